import { describe, expect, test } from "vitest";
import { codes, plan, steps } from "../ask.ts";
import { declaredGroup, declaredUser, group, roster, state, user } from "../build.ts";

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
