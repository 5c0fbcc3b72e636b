import { expect, test } from "vitest";
import { offlineState } from "../../../src/core/planning/offline.ts";
import type { Plan } from "../../../src/core/plan.ts";
import type { Roster } from "../../../src/core/roster.ts";
import { ACCOUNT, declaredGroup, declaredUser, NOW, planned, roster, sha256 } from "../build.ts";

/** The plan from one roster to the other, without an account. */
function between(base: Roster, head: Roster): Plan {
  const actual = offlineState({ base, roster: head, account: ACCOUNT.id, now: NOW, sha256 });
  return planned({ roster: head, base, actual }).plan;
}

function intents({ entries }: Plan): readonly string[] {
  return entries.map(({ subject, intent }) => `${intent} ${subject.name}`);
}

test("who was inactive comes back, and is not somebody new", () => {
  const base = roster([declaredUser("ann", { status: "inactive" })]);
  expect(intents(between(base, roster([declaredUser("ann")])))).toEqual(["reactivate ann"]);
});

test("whose time was over comes back, and is not somebody new", () => {
  const base = roster([declaredUser("ann", { until: "2026-01-01" })]);
  expect(intents(between(base, roster([declaredUser("ann")])))).toEqual(["reactivate ann"]);
});

test("who was to be absent is not there", () => {
  for (const until of [undefined, "2026-01-01"]) {
    const base = roster([declaredUser("ann", { status: "absent", until })]);
    expect(intents(between(base, roster([declaredUser("ann")])))).toEqual(["create ann"]);
  }
});

test("who leaves the file is deactivated, without a word on credentials that nobody has read", () => {
  const plan = between(roster([declaredUser("ann"), declaredUser("bob")]), roster([declaredUser("bob")]));
  expect(intents(plan)).toEqual(["deactivate ann"]);
  expect(plan.entries[0]?.changes.map(({ kind }) => kind)).toEqual(["AttachUserPolicy", "TagUser"]);
});

test("a group that is made elsewhere can be joined at once", () => {
  const external = declaredGroup("platform", { external: true });
  const plan = between(
    roster([declaredUser("ann")]),
    roster([declaredUser("ann", { groups: ["platform"] })], [external]),
  );
  expect(plan.refusals).toEqual([]);
  expect(intents(plan)).toEqual(["update ann"]);
});

test("a group of which the files say what it gives is made by them", () => {
  const files = (policies: readonly string[]) => roster([], [declaredGroup("readers", { policies })]);
  expect(intents(between(roster([]), files(["ReadOnlyAccess"])))).toEqual(["create readers"]);
  expect(between(files(["ReadOnlyAccess"]), files([])).entries).toMatchObject([
    { intent: "update", changes: [{ kind: "DetachGroupPolicy" }] },
  ]);
});

test("a quota that the account may have raised refuses nothing", () => {
  const many = Array.from({ length: 12 }, (_, index) => `Policy${index}`);
  const base = roster([], [declaredGroup("readers", { policies: many })]);
  const plan = between(base, roster([], [declaredGroup("readers", { policies: [...many, "OneMore"] })]));
  expect(plan.refusals).toEqual([]);
  expect(plan.entries[0]?.changes).toMatchObject([{ kind: "AttachGroupPolicy" }]);
});
