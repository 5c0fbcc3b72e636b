import { describe, expect, test } from "vitest";
import { inOrder } from "../../src/core/order.ts";
import type { Entry, Plan, PlannedChange } from "../../src/core/plan.ts";
import type { Roster } from "../../src/core/roster.ts";
import type { State } from "../../src/core/state.ts";
import { declaredGroup, declaredUser, group, planned, roster, state, user } from "../core/build.ts";

function plan(declared: Roster, actual: State, base?: Roster): Plan {
  return planned({ roster: declared, actual, base }).plan;
}

function steps(result: Plan): readonly PlannedChange[] {
  return inOrder<Entry, PlannedChange>(result.entries).map(({ change }) => change);
}

function kinds(result: Plan): readonly string[] {
  return steps(result).map(({ kind }) => kind);
}

describe("a rename", () => {
  test("touches nobody whom the settings ignore", () => {
    const ignore = { users: ["svc-*"], groups: ["sso-*"], tags: [] };
    const live = state([user("svc-build"), user("bob")], [group("sso-admins")]);
    const files = roster(
      [declaredUser("build", { renamedFrom: "svc-build" }), declaredUser("bob")],
      [declaredGroup("admins", { renamedFrom: "sso-admins" })],
      { ignore },
    );
    expect(kinds(plan(files, live)).filter((kind) => kind.startsWith("Update"))).toEqual([]);
  });
});
