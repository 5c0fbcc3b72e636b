import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import type { Roster } from "../../../src/core/roster.ts";
import { codes, kinds, plan } from "../ask.ts";
import { declaredGroup, declaredUser, group, OURS, roster, state, user } from "../build.ts";

const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const CLOSED = { ...OURS, [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" };
describe("a quota of ten", () => {
  test("groups is not in the way of a move between groups that share a policy", () => {
    const names = Array.from({ length: 11 }, (_, index) => `g${index}`);
    const groups = names.map((name) => group(name, { policies: [CUSTOM] }));
    const live = state([user("ann", { groups: names.slice(0, 10) })], groups);
    const files = roster(
      [declaredUser("ann", { groups: names.slice(1) })],
      names.map((name) => declaredGroup(name, { policies: [CUSTOM] })),
    );
    const result = plan(files, live);
    expect(codes(result)).toEqual([]);
    expect(kinds(result).toSorted()).toEqual(["AddUserToGroup", "RemoveUserFromGroup"]);
  });

  test("policies is in the way of coming back with ten of them, since the deny is an eleventh: that is said", () => {
    const policies = Array.from({ length: 10 }, (_, index) => `${CUSTOM}${index}`);
    const live = state([user("ann", { tags: CLOSED, policies: [DENY_ALL] })], []);
    const result = plan(roster([declaredUser("ann", { policies })]), live);
    expect(result.refusals).toMatchObject([
      { code: "quota", arguments: { quota: "policiesPerUser", most: 10 } },
    ]);
  });
});

describe("an external group", () => {
  test("that is exclusive and full of strangers takes its first managed member once it is adopted", () => {
    const live = state(
      [user("ann"), user("mallory", { tags: {}, groups: ["g"] })],
      [group("g", { policies: [ADMIN] })],
    );
    const files = (adopt: boolean): Roster =>
      roster(
        [declaredUser("ann", { groups: ["g"] })],
        [declaredGroup("g", { external: true, exclusive: true, adopt })],
      );
    expect(codes(plan(files(false), live))).toEqual(["adoption", "depends-on"]);
    expect(kinds(plan(files(true), live))).toEqual(["RemoveUserFromGroup", "AddUserToGroup"]);
  });
});
