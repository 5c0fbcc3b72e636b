import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import { codes, plan, steps } from "../ask.ts";
import { declaredGroup, declaredUser, group, OURS, roster, state, user } from "../build.ts";

const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";

describe("an end", () => {
  test("that is already over when the head writes it is asked for by the head, and passes no limit", () => {
    const names = Array.from({ length: 10 }, (_, index) => `user${index}`);
    const live = state(
      names.map((name) => user(name)),
      [],
    );
    const base = roster(names.map((name) => declaredUser(name)));
    const head = roster(names.map((name) => declaredUser(name, { until: "2025-12-31" })));
    const result = plan(head, live, base);
    expect(new Set(steps(result).map(({ cause }) => cause))).toEqual(new Set(["requested"]));
    expect(codes(result)).toContain("losing");
  });

  test("that the base has too is `due`, and not asked for by the head", () => {
    const live = state([user("ann", { groups: ["g"] })], [group("g")]);
    const files = roster(
      [declaredUser("ann", { groups: [{ group: "g", until: "2026-11-21" }] })],
      [declaredGroup("g")],
    );
    expect(steps(plan(files, live, files)).map(({ cause }) => cause)).toEqual(["due"]);
  });

  test("of a leaver's grace period is asked for by the head that takes the line out, whole or not at all", () => {
    const since = { [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" };
    const closed = user("ann", { tags: { ...OURS, ...since }, policies: [DENY_ALL] });
    const settings = { offboarding: { deleteAfter: 86_400_000, verifyAfter: 0 } };
    const base = roster([declaredUser("ann"), declaredUser("bob")], [], settings);
    const head = roster([declaredUser("bob")], [], settings);
    const result = plan(head, state([closed, user("bob")], []), base);
    expect(steps(result).map(({ kind, cause }) => `${kind} ${cause}`)).toEqual([
      "DetachUserPolicy requested",
      "DeleteUser requested",
    ]);
    const again = plan(head, state([closed, user("bob")], []), head);
    expect(steps(again).map(({ cause }) => cause)).toEqual(["due", "due"]);
  });

  test("and drift stay what they are where the head renames the user", () => {
    const live = state([user("emily", { groups: ["g", "h"] })], [group("g"), group("h")]);
    const groups = [declaredGroup("g"), declaredGroup("h")];
    const lines = { groups: [{ group: "g", until: "2026-11-21" }] };
    const base = roster([declaredUser("emily", lines)], groups);
    const head = roster([declaredUser("emma", { ...lines, renamedFrom: "emily" })], groups);
    expect(steps(plan(head, live, base)).map(({ kind, cause }) => `${kind} ${cause}`)).toEqual([
      "RemoveUserFromGroup due",
      "RemoveUserFromGroup pending",
      "UpdateUser requested",
    ]);
  });
});
