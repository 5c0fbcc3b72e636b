import { describe, expect, test } from "vitest";
import type { Settings } from "../../../src/core/roster.ts";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import { plan } from "../ask.ts";
import { declaredUser, NOW, roster, state, user } from "../build.ts";

describe("our other tags without the owner tag", () => {
  test("are warned about also on whom no file names", () => {
    const live = state([user("ann", { tags: { [DEACTIVATED_TAG]: NOW } }), user("bob")], []);
    expect(plan(roster([declaredUser("bob")]), live).warnings).toMatchObject([
      { code: "owner-tag-missing", subject: { name: "ann" } },
    ]);
  });
});

describe("a setting that guards plans", () => {
  const day = 24 * 60 * 60 * 1000;
  const warned = (old: Partial<Settings>, now: Partial<Settings>): readonly unknown[] => {
    const [base, head] = [roster([], [], old), roster([], [], now)];
    return plan(head, state([], []), base)
      .warnings.filter(({ code }) => code === "guard-changed")
      .map(({ arguments: of }) => of);
  };

  test.each<readonly [string, Partial<Settings>, Partial<Settings>, string | undefined, string | undefined]>([
    ["account", { account: "123456789012" }, { account: undefined }, '"123456789012"', undefined],
    ["owner", { owner: "one" }, { owner: "other" }, '"one"', '"other"'],
    ["protected", { protected: ["daniel", "ann"] }, { protected: ["ann"] }, '["ann","daniel"]', '["ann"]'],
    [
      "admins.groups",
      { admins: { groups: ["a"], atLeast: 1 } },
      { admins: { groups: [], atLeast: 1 } },
      '["a"]',
      "[]",
    ],
    [
      "admins.atLeast",
      { admins: { groups: [], atLeast: 2 } },
      { admins: { groups: [], atLeast: 1 } },
      "2",
      "1",
    ],
    [
      "limits.losing",
      { limits: { losing: { people: 3, percent: 10 }, override: undefined } },
      { limits: { losing: { people: 3, percent: 100 }, override: undefined } },
      '{"people":3,"percent":10}',
      '{"people":3,"percent":100}',
    ],
    [
      "limits.override",
      { limits: { losing: { people: 3, percent: 10 }, override: undefined } },
      {
        limits: {
          losing: { people: 3, percent: 10 },
          override: { losing: 40, firstContact: false, until: "2026-12-01", reason: "team sold" },
        },
      },
      undefined,
      '{"firstContact":false,"losing":40,"reason":"team sold","until":"2026-12-01"}',
    ],
    [
      "offboarding.deleteAfter",
      { offboarding: { deleteAfter: "never", verifyAfter: 0 } },
      { offboarding: { deleteAfter: 90 * day, verifyAfter: 0 } },
      "never",
      "90d",
    ],
    [
      "offboarding.verifyAfter",
      { offboarding: { deleteAfter: "never", verifyAfter: 15_000 } },
      { offboarding: { deleteAfter: "never", verifyAfter: 0 } },
      "15s",
      "0s",
    ],
  ])("is told where the files change it: %s", (setting, ...[old, now, before, after]) => {
    expect(warned(old, now)).toEqual([{ setting, before, after }]);
    expect(warned(now, now)).toEqual([]);
  });

  test.each(["users", "groups", "tags"])("is told where the files hide %s behind ignore", (what) => {
    const nothing = { users: [], groups: [], tags: [] };
    expect(warned({ ignore: nothing }, { ignore: { ...nothing, [what]: ["x*"] } })).toEqual([
      { setting: `ignore.${what}`, before: "[]", after: '["x*"]' },
    ]);
  });

  test("is not told where only the order of names changes, nor without a base", () => {
    expect(warned({ protected: ["a", "b"] }, { protected: ["b", "a"] })).toEqual([]);
    expect(plan(roster([], [], { protected: ["a"] }), state([], [])).warnings).toEqual([]);
  });
});
