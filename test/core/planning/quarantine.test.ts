import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import { inOrder } from "../../../src/core/order.ts";
import type { Entry, Plan, PlannedChange } from "../../../src/core/plan.ts";
import type { Roster } from "../../../src/core/roster.ts";
import { simulate } from "../../../src/core/simulate/simulate.ts";
import type { State } from "../../../src/core/state.ts";
import { declaredUser, NOW, OURS, planned, roster, state, user } from "../build.ts";

const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
const CLOSED = { ...OURS, [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" };
function plan(declared: Roster, actual: State, base?: Roster): Plan {
  return planned({ roster: declared, actual, base }).plan;
}

function steps(result: Plan): readonly PlannedChange[] {
  return inOrder<Entry, PlannedChange>(result.entries).map(({ change }) => change);
}

function kinds(result: Plan): readonly string[] {
  return steps(result).map(({ kind }) => kind);
}

describe("a user under AWS's quarantine", () => {
  test("keeps the deactivation tag while the deny that it explains cannot be lifted", () => {
    const live = state([user("ann", { tags: CLOSED, policies: [DENY_ALL, QUARANTINE] })], []);
    expect(kinds(plan(roster([declaredUser("ann")]), live))).toEqual([]);
  });

  test("comes back whole once the quarantine is over", () => {
    const actual = state([user("ann", { tags: CLOSED, policies: [DENY_ALL, QUARANTINE] })], []);
    const files = roster([declaredUser("ann")]);
    const after = simulate(actual, steps(plan(files, actual)), NOW).state;
    const freed = new Map(
      [...after.users].map(([key, each]) => [key, { ...each, policies: new Set([DENY_ALL]) }]),
    );
    expect(kinds(plan(files, { ...after, users: freed }))).toContain("DetachUserPolicy");
  });
});
