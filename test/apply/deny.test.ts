import { describe, expect, test } from "vitest";

import { isComplete } from "../../src/core/report.ts";
import { INLINE_DENY } from "../../src/core/rules/policies.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { ALLOW, arn, contents, entryOf, EVERYTHING, outcomes, OURS, story } from "./story.ts";

const GROUPS = [declaredGroup("developers"), declaredGroup("oncall")];
const FILES = roster([declaredUser("bob", { groups: ["developers", "oncall"] })], GROUPS);
const ACCOUNT: AccountData = {
  groups: [{ name: "developers" }, { name: "oncall" }],
  users: [
    { name: "emily", ...EVERYTHING },
    { name: "bob", tags: OURS, groups: ["developers", "oncall"] },
  ],
};

const fill = (most: number): readonly string[] =>
  Array.from({ length: most }, (_, index) => arn(POLICIES[index] ?? ""));
const POLICIES = [
  "ReadOnlyAccess",
  "SecurityAudit",
  "IAMReadOnlyAccess",
  "AmazonS3ReadOnlyAccess",
  "AmazonEC2ReadOnlyAccess",
  "AmazonS3FullAccess",
  "AmazonEC2FullAccess",
  "PowerUserAccess",
  "IAMFullAccess",
  "IAMUserChangePassword",
];

/** So long that no inline deny fits beside it. */
const LONG = {
  ...ALLOW,
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${"b".repeat(1950)}` }],
};

function denied(...operations: readonly string[]): Fault {
  return { kind: "access-denied", operations };
}

/** A tidy end: nothing is open, whatever way the deny came. */
function closedBy(policies: readonly string[], inline: readonly string[]) {
  return {
    groups: [],
    password: undefined,
    policies,
    inlinePolicies: Object.fromEntries(inline.map((name) => [name, expect.anything() as unknown])),
    accessKeys: [{ status: "Inactive" }, { status: "Inactive" }],
    sshKeys: [{ status: "Inactive" }],
    certificates: [{ status: "Inactive" }],
    serviceCredentials: [{ status: "Inactive" }],
  };
}

describe("where AWSDenyAll cannot be attached,", () => {
  for (const fault of [
    denied("AttachUserPolicy"),
    { kind: "error", code: "LimitExceeded", operations: ["AttachUserPolicy"] },
  ] as const) {
    test(`an inline deny is put on (${fault.kind})`, async () => {
      const { apply, sandbox } = await story(ACCOUNT, { faults: [fault] });
      const { report, writes } = await apply(FILES);
      expect(writes.slice(0, 2)).toEqual([
        expect.stringMatching(/^AttachUserPolicy emily AWSDenyAll \(/),
        "PutUserPolicy emily iam-roster-deny-all",
      ]);
      expect(sandbox.snapshot().users.find(({ name }) => name === "emily")).toMatchObject(
        closedBy([], [INLINE_DENY.name]),
      );
      const entry = entryOf(report, "emily");
      expect(entry.changes.filter(({ outcome }) => outcome !== "done")).toMatchObject([
        { kind: "AttachUserPolicy", outcome: "failed" },
      ]);
      expect(entry.extra).toMatchObject([{ kind: "PutUserPolicy", outcome: "done" }]);
      expect(entry.problem).toBe(
        "emily is closed: the deny that could not be put on was put on in another way.",
      );
      expect(isComplete(report)).toBe(false);
      sandbox.setFaults([]);
      expect((await apply(FILES)).plan.entries).toEqual([]);
    });
  }

  test("and a deletion goes on behind the inline deny, which goes last", async () => {
    const { apply, sandbox } = await story(ACCOUNT, { faults: [denied("AttachUserPolicy")] });
    const absent = roster([...FILES.users.values(), declaredUser("emily", { status: "absent" })], GROUPS);
    const { writes } = await apply(absent);
    expect(writes.slice(-2)).toEqual(["DeleteUserPolicy emily iam-roster-deny-all", "DeleteUser emily"]);
    expect(sandbox.snapshot().users.map(({ name }) => name)).toEqual(["bob"]);
  });

  test("and a deletion that is broken off leaves the inline deny on", async () => {
    const { apply, sandbox } = await story(ACCOUNT, {
      faults: [denied("AttachUserPolicy", "DeleteSSHPublicKey")],
    });
    const absent = roster([...FILES.users.values(), declaredUser("emily", { status: "absent" })], GROUPS);
    const { report } = await apply(absent);
    expect(sandbox.snapshot().users.find(({ name }) => name === "emily")?.inlinePolicies).toHaveProperty(
      INLINE_DENY.name,
    );
    expect(entryOf(report, "emily").problem).toMatch(/^emily is denied everything, but is not yet deleted\./);
  });

  test("nor an inline one, everything else is closed all the same, and the report says that no deny stands", async () => {
    const { apply, sandbox } = await story(ACCOUNT, {
      faults: [denied("AttachUserPolicy", "PutUserPolicy")],
    });
    const { report } = await apply(FILES);
    const emily = sandbox.snapshot().users.find(({ name }) => name === "emily");
    expect(emily).toMatchObject(closedBy([], []));
    expect(emily?.tags).toEqual(OURS);
    const entry = entryOf(report, "emily");
    expect(entry.problem).toMatch(/^emily is NOT closed: no deny stands/);
    expect(outcomes(entry).filter((outcome) => !outcome.endsWith(" done"))).toEqual([
      "AttachUserPolicy failed",
      "TagUser skipped",
    ]);
    sandbox.setFaults([]);
    await apply(FILES);
    expect((await apply(FILES)).plan.entries).toEqual([]);
  });
});

describe("where the quota of attached policies is full,", () => {
  const emily = { name: "emily", ...EVERYTHING, policies: fill(10) };

  test("the inline deny is planned", async () => {
    const { apply, sandbox } = await story({
      ...ACCOUNT,
      users: [emily, ...(ACCOUNT.users?.slice(1) ?? [])],
    });
    const { report, writes } = await apply(FILES);
    expect(writes[0]).toBe("PutUserPolicy emily iam-roster-deny-all");
    expect(entryOf(report, "emily")).toMatchObject({ problem: undefined, extra: [] });
    expect(sandbox.snapshot().users.find(({ name }) => name === "emily")).toMatchObject(
      closedBy([], [INLINE_DENY.name]),
    );
  });

  test("and that of inline ones too, a direct policy is taken away first", async () => {
    const both = { ...emily, inlinePolicies: { own: LONG } };
    const { apply } = await story({ ...ACCOUNT, users: [both, ...(ACCOUNT.users?.slice(1) ?? [])] });
    const { report, writes } = await apply(FILES);
    expect(writes.slice(0, 2)).toEqual([
      expect.stringMatching(/^DetachUserPolicy emily /),
      "AttachUserPolicy emily AWSDenyAll",
    ]);
    expect(entryOf(report, "emily")).toMatchObject({ problem: undefined, extra: [] });
  });

  test("and the inline deny fails, the same", async () => {
    const { apply, sandbox } = await story(
      { ...ACCOUNT, users: [emily, ...(ACCOUNT.users?.slice(1) ?? [])] },
      { faults: [denied("PutUserPolicy")] },
    );
    const { report, writes } = await apply(FILES);
    expect(writes.slice(0, 3)).toEqual([
      "PutUserPolicy emily iam-roster-deny-all (AccessDenied)",
      expect.stringMatching(/^DetachUserPolicy emily /),
      "AttachUserPolicy emily AWSDenyAll",
    ]);
    expect(sandbox.snapshot().users.find(({ name }) => name === "emily")).toMatchObject(
      closedBy([arn("AWSDenyAll")], []),
    );
    expect(entryOf(report, "emily").problem).toMatch(/^emily is closed: /);
  });

  test("and it only shows at the attaching, the same", async () => {
    const nearly = { ...EVERYTHING, name: "emily", policies: fill(9), inlinePolicies: { own: LONG } };
    const { apply, sandbox } = await story({
      ...ACCOUNT,
      users: [nearly, ...(ACCOUNT.users?.slice(1) ?? [])],
    });
    sandbox.before("AttachUserPolicy", () =>
      sandbox.act("AttachUserPolicy", { UserName: "emily", PolicyArn: fill(10)[9] ?? "" }),
    );
    const { report, writes } = await apply(FILES);
    expect(writes.slice(0, 4)).toEqual([
      "AttachUserPolicy emily AWSDenyAll (LimitExceeded)",
      "PutUserPolicy emily iam-roster-deny-all (LimitExceeded)",
      expect.stringMatching(/^DetachUserPolicy emily /),
      "AttachUserPolicy emily AWSDenyAll",
    ]);
    // What was attached just then is found when everybody is looked at again.
    expect(sandbox.snapshot().users.find(({ name }) => name === "emily")).toMatchObject(
      closedBy([arn("AWSDenyAll")], []),
    );
    expect(entryOf(report, "emily").extra.at(-1)).toMatchObject({
      kind: "DetachUserPolicy",
      outcome: "done",
    });
  });
});

test("whichever step of closing fails, all the others are made, only the tag and the deletion wait, and it is said", async () => {
  const { apply: whole } = await story(ACCOUNT);
  const absent = roster([...FILES.users.values(), declaredUser("emily", { status: "absent" })], GROUPS);
  const closing = entryOf((await whole(absent)).report, "emily").changes.filter(
    ({ phase }) => phase === "disable",
  );
  const { apply, sandbox } = await story(ACCOUNT);
  for (const kind of new Set(closing.map((change) => change.kind))) {
    sandbox.load(ACCOUNT);
    sandbox.setFaults([denied(kind)]);
    const entry = entryOf((await apply(absent)).report, "emily");
    const made = entry.changes.filter(({ phase }) => phase === "disable" && kind !== "AttachUserPolicy");
    expect(made.filter(({ outcome }) => outcome !== "done").every((change) => change.kind === kind)).toBe(
      true,
    );
    if (kind === "AttachUserPolicy") continue;
    expect(entry.problem).toMatch(/^emily is denied everything, but is not yet deleted\./);
    expect(
      entry.changes
        .filter(({ phase }) => phase === "mark" || phase === "delete")
        .map(({ outcome }) => outcome),
    ).not.toContain("done");
    sandbox.setFaults([]);
    await apply(absent);
    expect(contents(sandbox)).toMatchObject({ users: [{ name: "bob" }] });
  }
});
