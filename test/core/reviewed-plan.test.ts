import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Grant } from "../../src/core/grant.ts";
import {
  noReview,
  parsePlanFile,
  planFileText,
  type ReviewedPlan,
  unionOf,
} from "../../src/core/reviewed-plan.ts";

const GRANTS: readonly Grant[] = [
  { user: "emily", policy: "sha256:00" },
  { user: "emily", via: "power-users", policy: "arn:aws:iam::aws:policy/PowerUserAccess" },
  { user: "emily", group: "power-users" },
  { user: "emily", boundary: "none" },
  { user: "emily", tag: "team" },
  { user: "emily", tag: "team", value: "platform" },
  { user: "emily", path: "/" },
  { user: "emily", renamedFrom: "em" },
  { group: "power-users", path: "/" },
  { group: "power-users", renamedFrom: "powerusers" },
];

// oxlint-disable-next-line unicorn/no-null -- JSON has one
const NULL = null;

const FILE = {
  version: 1,
  account: { id: "123456789012", partition: "aws", alias: "acme" },
  findings: [],
  entries: [
    { subject: { type: "user", name: "emily" }, intent: "create", changes: [] },
    { subject: { type: "group", name: "power-users" }, intent: "update", id: "AGPAONE", changes: [] },
  ],
  grants: GRANTS,
  digest: "0".repeat(64),
};

const PLAN: ReviewedPlan = {
  account: "123456789012",
  digest: "0".repeat(64),
  subjects: [
    { type: "user", name: "emily" },
    { type: "group", name: "power-users", id: "AGPAONE" },
  ],
  grants: GRANTS,
};

const ENDING: ReviewedPlan = {
  ...PLAN,
  subjects: [
    { type: "user", name: "emily", id: "AIDAONE", ends: true },
    { type: "user", name: "marco" },
  ],
};

describe("a reviewed plan", () => {
  test("is read back from its text as it was", () => {
    expect(parsePlanFile(planFileText(PLAN))).toStrictEqual({ plan: PLAN });
    expect(parsePlanFile(planFileText(ENDING))).toStrictEqual({ plan: ENDING });
  });

  test.each([
    ["delete", true],
    ["deactivate", true],
    ["update", undefined],
    ["reactivate", undefined],
    [7, undefined],
  ])("of which an entry has the intent %s, ends its subject: %s", (intent, ends) => {
    const entries = [{ subject: { type: "user", name: "emily" }, intent, changes: [] }];
    const { plan } = parsePlanFile(JSON.stringify({ ...FILE, entries }));
    expect(plan?.subjects).toStrictEqual([{ type: "user", name: "emily", ...(ends && { ends }) }]);
  });

  test("of nothing covers nothing", () => {
    expect(noReview("123456789012")).toEqual({
      account: "123456789012",
      digest: "",
      subjects: [],
      grants: [],
    });
  });

  test("and another one cover together what each of them does, the newer one last", () => {
    const marco: ReviewedPlan = {
      ...PLAN,
      digest: "1".repeat(64),
      subjects: [{ type: "user", name: "emily", id: "AIDAONE" }],
      grants: [{ user: "marco", group: "auditors" }],
    };
    expect(unionOf([PLAN, marco])).toEqual({
      account: "123456789012",
      digest: "0".repeat(64),
      subjects: [...PLAN.subjects, { type: "user", name: "emily", id: "AIDAONE" }],
      grants: [...GRANTS, { user: "marco", group: "auditors" }],
    });
  });
});

function problemOf(change: object): string | undefined {
  return parsePlanFile(JSON.stringify({ ...FILE, ...change })).problem;
}

describe("a reviewed plan's file", () => {
  test("gives the account, the digest, whoever has an entry, and the grants", () => {
    expect(parsePlanFile(JSON.stringify(FILE)).plan).toEqual({
      account: "123456789012",
      digest: "0".repeat(64),
      subjects: [
        { type: "user", name: "emily" },
        { type: "group", name: "power-users", id: "AGPAONE" },
      ],
      grants: GRANTS,
    });
  });

  test("may have keys that this version does not know", () => {
    expect(problemOf({ later: true })).toBeUndefined();
  });

  test.each([
    ["", "is not JSON"],
    ["{", "is not JSON"],
    ["null", "is not a plan of iam-roster, as plan --out writes it"],
    ["[]", "is not a plan of iam-roster, as plan --out writes it"],
    ['{"version":4,"terraform_version":"1.9"}', "is not a plan of iam-roster, as plan --out writes it"],
  ])("is told from another file: %s", (text, problem) => {
    expect(parsePlanFile(text)).toEqual({ problem });
  });

  test.each([
    [{ version: 2 }, "is a plan of version 2; this iam-roster reads version 1"],
    [{ version: "1" }, 'is a plan of version "1"; this iam-roster reads version 1'],
    [{ account: undefined }, "is not a whole plan: account.id should be twelve digits, and is missing"],
    [{ account: { id: 123 } }, "is not a whole plan: account.id should be twelve digits, and is 123"],
    ...[`${FILE.account.id}0`, `0${FILE.account.id}`].map((id): [object, string] => [
      { account: { id } },
      `is not a whole plan: account.id should be twelve digits, and is "${id}"`,
    ]),
    [
      { account: { id: 123456789012 } },
      "is not a whole plan: account.id should be twelve digits, and is 123456789012",
    ],
    ...[`${FILE.digest}0`, `0${FILE.digest}`].map((digest): [object, string] => [
      { digest },
      `is not a whole plan: digest should be 64 hexadecimal digits, and is "${digest}"`,
    ]),
    [
      { digest: [FILE.digest] },
      `is not a whole plan: digest should be 64 hexadecimal digits, and is ["${FILE.digest}"]`,
    ],
    [
      { entries: [NULL] },
      "is not a whole plan: entries[0] should be a subject with type and name, and is null",
    ],
    [
      { entries: [{ subject: NULL }] },
      'is not a whole plan: entries[0] should be a subject with type and name, and is {"subject":null}',
    ],
    [
      { grants: [NULL] },
      "is not a whole plan: grants[0] should be a grant that this iam-roster knows, and is null",
    ],
    [
      { grants: ["x".repeat(78)] },
      `is not a whole plan: grants[0] should be a grant that this iam-roster knows, and is "${"x".repeat(78)}"`,
    ],
    [{ entries: [{}] }, "is not a whole plan: entries[0] should be a subject with type and name, and is {}"],
    [{ digest: "abc" }, 'is not a whole plan: digest should be 64 hexadecimal digits, and is "abc"'],
    [{ entries: {} }, "is not a whole plan: entries should be a list, and is {}"],
    [{ grants: undefined }, "is not a whole plan: grants should be a list, and is missing"],
    [
      { entries: [{ subject: { type: "role", name: "x" } }] },
      'is not a whole plan: entries[0] should be a subject with type and name, and is {"subject":{"type":"role","name":"x"}}',
    ],
    [
      { entries: [{ subject: { type: "user", name: "x" }, id: 1 }] },
      'is not a whole plan: entries[0] should be a subject with type and name, and is {"subject":{"type":"user","name":"x"},"id":1}',
    ],
    [
      { entries: [{ subject: { type: "user", name: "" } }, 1] },
      'is not a whole plan: entries[0] should be a subject with type and name, and is {"subject":{"type":"user","name":""}}',
    ],
    [
      { entries: [...FILE.entries, { subject: { type: "group", name: 1 } }] },
      'is not a whole plan: entries[2] should be a subject with type and name, and is {"subject":{"type":"group","name":1}}',
    ],
    [
      { grants: ["ä\n"] },
      'is not a whole plan: grants[0] should be a grant that this iam-roster knows, and is "\\u00e4\\n"',
    ],
    [
      { grants: ["x".repeat(100)] },
      `is not a whole plan: grants[0] should be a grant that this iam-roster knows, and is "${"x".repeat(79)}…`,
    ],
    [
      { grants: [...GRANTS, { user: "emily", policy: "x", until: "2026-12-31" }] },
      'is not a whole plan: grants[10] should be a grant that this iam-roster knows, and is {"user":"emily","policy":"x","until":"2026-12-31"}',
    ],
    [
      { grants: [{ user: "emily", group: 1 }] },
      'is not a whole plan: grants[0] should be a grant that this iam-roster knows, and is {"user":"emily","group":1}',
    ],
  ])("says what is wrong with it: %j", (change, problem) => {
    expect(problemOf(change)).toBe(problem);
  });

  test("says so where it was written from wrong files", () => {
    const text = JSON.stringify({ ...FILE, digest: "" }).replace('"digest":""', '"digest":null');
    expect(parsePlanFile(text).problem).toBe("holds no plan: the files had findings when it was written");
  });

  property.prop([fc.json(), fc.json(), fc.json()])(
    "never throws, and names what is wrong on one printable line",
    (entries, grants, whole) => {
      const file = `{"version":1,"account":{"id":"123456789012"},"digest":"${"0".repeat(64)}","entries":[${entries}],"grants":[${grants}]}`;
      for (const text of [file, whole]) {
        const { problem } = parsePlanFile(text);
        expect(problem ?? "").toMatch(/^[ -~…]*$/);
        expect((problem ?? "").length).toBeLessThan(200);
      }
    },
  );
});
