import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import type { Entry, Plan } from "../../src/core/plan.ts";
import { NO_CIRCUMSTANCES } from "../../src/render/circumstances.ts";
import { findingsSections } from "../../src/render/findings-markdown.ts";
import { CHECK_RUN_ROOM, COMMENT_ROOM, fitted, type Room, SUMMARY_ROOM } from "../../src/render/fitted.ts";
import { planSections } from "../../src/render/markdown.ts";
import { clippedText } from "../../src/render/phrase.ts";
import { reportSections } from "../../src/render/report-markdown.ts";
import { type Section, sectionMarkdown, sectionsMarkdown } from "../../src/render/sections.ts";
import { expectSafeMarkdown, hostileText } from "./hostile-text.ts";
import { ALICE_KNOWN, deactivateAlice, DENY_ALL, EMPTY, entry, group, planned, user } from "./plans.ts";

const ROOMS = [COMMENT_ROOM, CHECK_RUN_ROOM, SUMMARY_ROOM] as const;
const SUMMARY = "the job summary";

function leaver(name: string): Entry {
  return { ...deactivateAlice, subject: user(name), evidence: ALICE_KNOWN };
}

function joiner(name: string): Entry {
  return entry(user(name), "create", [
    planned({ kind: "CreateUser", user: name, path: "/", tags: [] }, "broadens"),
    planned({ kind: "AddUserToGroup", user: name, group: "developers" }, "broadens"),
  ]);
}

function quiet(name: string): Entry {
  return entry(group(name), "create", [planned({ kind: "CreateGroup", group: name, path: "/" }, "keeps")]);
}

function many(count: number, make: (name: string) => Entry, prefix = "user"): readonly Entry[] {
  return Array.from({ length: count }, (_, index) => make(`${prefix}-${index + 1}`));
}

function pageOf(plan: Plan, room: Room = COMMENT_ROOM): string {
  return fitted(planSections(plan, NO_CIRCUMSTANCES), room, SUMMARY);
}

/** What a page says of a section that it shortened: how many, and how many of them in each form. */
interface Told {
  readonly all: number;
  readonly whole: number;
  readonly lines: number;
  readonly names: number;
  readonly hidden: number;
}

/** The part of the page below a heading; whole where no note says otherwise. */
function toldOf(page: string, { title, items = [] }: Section): Told {
  const parts = page.split(/^(?=#### |<details>|Digest )/m);
  const part = parts.find((each) => each.split("\n")[0]?.includes(title ?? "### ")) ?? "";
  const note = /^✂️ Shortened\. (\d+) \w+: (.*)\. All of it is in the job summary\.$/m.exec(part);
  const count = (how: string): number => Number(new RegExp(`(\\d+) ${how}`).exec(note?.[2] ?? "")?.[1] ?? 0);
  const told =
    note === null
      ? { all: items.length, whole: items.length, lines: 0, names: 0, hidden: 0 }
      : {
          all: Number(note[1]),
          whole: count("in full"),
          lines: count("in one line"),
          names: count("by name only"),
          hidden: count("not shown"),
        };
  // What is said to be there is there.
  const [lines, names] = [told.whole + told.lines, told.whole + told.lines + told.names];
  const shown = [
    ...items.slice(0, told.whole).map(({ whole }) => whole),
    ...items.slice(told.whole, lines).map(({ line }) => line),
    ...(told.names === 0
      ? []
      : [
          items
            .slice(lines, names)
            .map(({ name }) => name)
            .join(", "),
        ]),
  ];
  expect(part.includes(sectionMarkdown({ title: undefined, fold: "open" }, shown))).toBe(true);
  return told;
}

function expectHonest(page: string, sections: readonly Section[]): void {
  for (const section of sections.filter(({ items = [] }) => items.length > 0)) {
    const { all, whole, lines, names, hidden } = toldOf(page, section);
    expect(all).toBe(section.items?.length);
    expect(whole + lines + names + hidden).toBe(all);
  }
}

const anEntry = fc.record({
  name: hostileText,
  make: fc.constantFrom(leaver, joiner, quiet),
  cause: fc.constantFrom("requested", "pending", "due"),
  refused: fc.boolean(),
  times: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 })),
});

const aPlan = fc
  .record({ entries: fc.array(anEntry, { maxLength: 12 }), more: fc.array(hostileText, { maxLength: 40 }) })
  .map(({ entries, more }): Plan => {
    const made = entries.flatMap(({ name, make, cause, refused, times }, which) =>
      many(times, make, `${name}${which}`).map((each) => ({
        refused,
        entry: { ...each, changes: each.changes.map((change) => ({ ...change, cause })) },
      })),
    );
    const of = (wanted: boolean): readonly Entry[] =>
      made.filter(({ refused }) => refused === wanted).map((each) => each.entry);
    return {
      ...EMPTY,
      entries: of(false),
      refused: of(true),
      refusals: of(true).map(({ subject }) => ({
        code: "foreign-owner",
        subject,
        arguments: { owner: more[0] ?? "other", ours: "ours" },
      })),
      warnings: more.map((name) => ({ code: "ssh-keys", subject: user(name), arguments: { keys: more } })),
      unmanaged: { users: more, groups: [], members: [] },
    };
  });

const aRoom = fc.record({
  most: fc.integer({ min: 6_000, max: 80_000 }),
  measure: fc.constantFrom(COMMENT_ROOM.measure, SUMMARY_ROOM.measure),
});

describe("a page in the room there is", () => {
  property.prop([aPlan, aRoom], { numRuns: 25 })(
    "is never too long, never broken, and tells exactly what it leaves out",
    (plan, room) => {
      const sections = planSections(plan, NO_CIRCUMSTANCES);
      const page = fitted(sections, room, SUMMARY);
      expect(room.measure(page)).toBeLessThanOrEqual(room.most);
      expectSafeMarkdown(page);
      expect(page.isWellFormed()).toBe(true);
      expect(page.endsWith(`\n\nDigest \`${plan.digest}\`\n`)).toBe(true);
      expectHonest(page, sections);
    },
  );

  test("is whole where it fits, to the last character", () => {
    const sections = planSections({ ...EMPTY, entries: many(10, leaver) }, NO_CIRCUMSTANCES);
    const whole = sectionsMarkdown(sections);
    const { measure } = COMMENT_ROOM;
    expect(fitted(sections, { most: whole.length, measure }, SUMMARY)).toBe(whole);
    expect(fitted(sections, { most: whole.length - 1, measure }, SUMMARY)).toMatch(/✂️ Shortened/);
  });

  test("measures bytes where bytes count", () => {
    const sections = planSections({ ...EMPTY, entries: many(40, leaver, "ü".repeat(20)) }, NO_CIRCUMSTANCES);
    const whole = sectionsMarkdown(sections);
    const page = fitted(sections, { ...SUMMARY_ROOM, most: whole.length }, SUMMARY);
    expect(page).not.toBe(whole);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(whole.length);
  });
});

describe("five thousand entries", () => {
  const plans: readonly (readonly [string, Plan])[] = [
    ["leave", { ...EMPTY, entries: many(5_000, leaver) }],
    ["come", { ...EMPTY, entries: many(5_000, joiner) }],
    ["change nobody's access", { ...EMPTY, entries: many(5_000, quiet) }],
    ["leave and come", { ...EMPTY, entries: [...many(2_500, leaver), ...many(2_500, joiner)] }],
    ["are refused", { ...EMPTY, refused: many(5_000, joiner) }],
  ];

  test.each(plans)("that %s fit everywhere, and every section says what it leaves out", (_, plan) => {
    const sections = planSections(plan, NO_CIRCUMSTANCES);
    for (const room of ROOMS) {
      const page = fitted(sections, room, SUMMARY);
      expect(room.measure(page)).toBeLessThanOrEqual(room.most);
      // What room there is is used.
      const whole = room.measure(sectionsMarkdown(sections));
      expect(room.measure(page)).toBeGreaterThan(Math.min(whole, room.most) * 0.95);
      expectHonest(page, sections);
    }
  });

  test("that come do not push out one line about who leaves", () => {
    const plan = { ...EMPTY, entries: [...many(5_000, joiner), leaver("alice")] };
    const page = pageOf(plan);
    const [takes] = planSections(plan, NO_CIRCUMSTANCES).filter(({ title }) => title === "⚠️ Takes away");
    expect(page).toContain(sectionsMarkdown([takes!]).trimEnd());
    expect(page).toContain("Today: created 1 March 2024; password last used 2 November 2026");
  });

  test("that leave are named as long as names fit, and leave nobody who comes out of sight", () => {
    const plan = { ...EMPTY, entries: [...many(3_000, leaver), ...many(3, joiner, "new")] };
    const page = pageOf(plan);
    const sections = planSections(plan, NO_CIRCUMSTANCES);
    const told = sections.map((section) => toldOf(page, section));
    expect(told[1]).toMatchObject({ all: 3_000, hidden: 0 });
    expect(told[2]).toEqual({ all: 3, whole: 3, lines: 0, names: 0, hidden: 0 });
  });

  test("hide no warning about a guard that the same change lowers", () => {
    const plan: Plan = {
      ...EMPTY,
      entries: many(5_000, joiner),
      warnings: [
        ...many(5_000, joiner).map(
          ({ subject }) => ({ code: "long-lived-key", subject, arguments: {} }) as const,
        ),
        {
          code: "guard-changed",
          subject: undefined,
          arguments: { setting: "protected", before: '["daniel"]', after: "[]" },
        },
      ],
    };
    expect(pageOf(plan)).toContain('roster.yaml changes `protected` from `["daniel"]` to `[]`');
  });
});

test("a giant entry is told in a line, with what cannot be undone before the rest", () => {
  const tags = Array.from({ length: 50 }, (_, index) => ({
    key: `k${index}`.repeat(20),
    value: "v".repeat(256),
  }));
  const giant = entry(user("giant"), "update", [
    planned({ kind: "TagUser", user: "giant", tags }, "either"),
    ...Array.from({ length: 200 }, (_, index) =>
      planned({ kind: "AttachUserPolicy", user: "giant", policy: `${DENY_ALL}${index}` }, "broadens"),
    ),
    planned({ kind: "DeleteAccessKey", user: "giant", key: "AKIAIOSFODNN7EXAMPLE" }, "narrows"),
  ]);
  const [item] = planSections({ ...EMPTY, entries: [giant] }, NO_CIRCUMSTANCES)[1]?.items ?? [];
  expect(item?.whole.length).toBeGreaterThan(10_000);
  expect(item?.line.length).toBeLessThan(600);
  expect(item?.line).toContain("delete access key `AKIAIOSFODNN7EXAMPLE` (cannot be undone)");
  expect(item?.line).toMatch(/; \d+ more changes\.$/);
});

describe("a line", () => {
  const long = "x".repeat(5_000);
  const names = Array.from({ length: 500 }, (_, index) => `name-${index}`);
  const recipients = names.map((name) => ({ type: "age", fingerprint: name, source: name }) as const);

  test("is short whatever it is about", () => {
    const plan: Plan = {
      ...EMPTY,
      entries: [
        leaver(long),
        entry(user("b"), "update", [
          planned({ kind: "IssuePassword", user: "b", to: recipients }, "broadens"),
          planned({ kind: "AttachUserPolicy", user: "b", policy: long }, "broadens"),
        ]),
      ],
      warnings: [{ code: "ssh-keys", subject: user(long), arguments: { keys: names } }],
      refused: [joiner("c")],
      refusals: [
        { code: "rotation-blocked", subject: user("c"), arguments: { keys: names } },
        { code: "foreign-owner", subject: user("d"), arguments: { owner: long, ours: long } },
      ],
      unmanaged: { users: names, groups: [long], members: [] },
    };
    const finding: Finding = {
      file: "users.yaml",
      line: 1,
      column: 1,
      severity: "error",
      code: "unknown-group",
      arguments: { group: long, nearest: undefined },
    };
    const items = [
      ...planSections(plan, NO_CIRCUMSTANCES),
      ...findingsSections([finding], "roster", NO_CIRCUMSTANCES),
    ].flatMap((section) => section.items ?? []);
    expect(items.length).toBeGreaterThan(7);
    for (const { line } of items) {
      expect(line.length).toBeLessThan(1_000);
      expect(line).toMatch(/^- [^\n]+$/);
    }
  });

  test("tells whom a change of a group reaches", () => {
    const changed = {
      ...entry(group("developers"), "update", [
        planned({ kind: "AttachGroupPolicy", group: "developers", policy: "p" }, "broadens"),
      ]),
      members: { managed: ["emily"], others: ["terraform"] },
    };
    const [item] = planSections({ ...EMPTY, entries: [changed] }, NO_CIRCUMSTANCES)[1]?.items ?? [];
    expect(item).toMatchObject({
      line: "- **`developers`** · change group: attach `p`. Today: members: `emily`; members that are not managed: `terraform`.",
      name: "group `developers`",
    });
  });

  test("cuts a text between characters, and says that it is cut", () => {
    expect(clippedText("😀".repeat(4), 3)).toBe("😀😀…");
    expect(clippedText("😀".repeat(3), 3)).toBe("😀😀😀");
  });
});

describe("other pages", () => {
  test("five thousand findings fit, errors before what is only odd", () => {
    const findings = Array.from({ length: 5_000 }, (_, index): Finding => ({
      file: "users.yaml",
      line: index + 1,
      column: 5,
      severity: index % 2 === 0 ? "warning" : "error",
      code: "unknown-group",
      arguments: { group: `g${index}`, nearest: undefined },
    }));
    for (const room of ROOMS) {
      const page = fitted(findingsSections(findings, "roster", NO_CIRCUMSTANCES), room, SUMMARY);
      expect(room.measure(page)).toBeLessThanOrEqual(room.most);
    }
    const page = fitted(findingsSections(findings, "roster", NO_CIRCUMSTANCES), COMMENT_ROOM, SUMMARY);
    const [, errors, odd] = page.split("✂️ Shortened. 2500 findings: ");
    const count = Number(
      /^(\d+) in full, \d+ not shown\. All of it is in the job summary\.\n/.exec(errors ?? "")?.[1],
    );
    expect(count).toBeGreaterThan(300);
    expect(errors?.match(/^- ⛔ /gm)).toHaveLength(count);
    expect(odd?.match(/^- ⚠️ /gm)?.length).toBeLessThan(count / 2);
  });

  test("a report of five thousand names those first who were left, with what is now true", () => {
    const report = {
      digest: EMPTY.digest,
      entries: many(5_000, leaver).map((each, index) => ({
        ...each,
        changes: each.changes.map((change) =>
          index === 4_999
            ? ({ ...change, outcome: "failed", error: "AccessDenied: no" } as const)
            : ({ ...change, outcome: "done" } as const),
        ),
        extra: [],
        problem: index === 4_999 ? "user-5000 can still sign in." : undefined,
      })),
    };
    const circumstances = { ...NO_CIRCUMSTANCES, waysOn: undefined, extra: [] };
    const page = fitted(reportSections(report, EMPTY, circumstances), COMMENT_ROOM, SUMMARY);
    expect(page.length).toBeLessThanOrEqual(COMMENT_ROOM.most);
    expect(page).toContain("Now: `user-5000 can still sign in.`\n\n- ❌ FAILED: attach `AWSDenyAll`");
    expect(page).toMatch(/<summary>Done \(4999\)<\/summary>\n\n✂️ Shortened\. 4999 entries: /);
  });

  test("a part of a page that has no shorter form is left out rather than too long", () => {
    const section = { title: undefined, fold: "open", essential: true } as const;
    const sections: readonly Section[] = [
      { ...section, blocks: ["### Title"] },
      { ...section, title: "Long", blocks: ["x".repeat(900), "y".repeat(900)] },
      { ...section, blocks: ["The end"] },
    ];
    const room = { ...COMMENT_ROOM, most: 1_200 };
    expect(fitted(sections, room, SUMMARY)).toBe(
      `### Title\n\n#### Long\n\n${"x".repeat(900)}\n\n✂️ Shortened. 1 paragraph not shown. All of it is in the job summary.\n\nThe end\n`,
    );
  });
});
