import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import { simulate } from "../../../src/core/simulate/simulate.ts";
import { kinds, plan, steps } from "../ask.ts";
import { declaredUser, NOW, OURS, roster, state, user } from "../build.ts";

const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
const CLOSED = { ...OURS, [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" };
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
