import { describe, expect, test } from "vitest";
import { inOrder } from "../../../src/core/order.ts";
import type { Entry, Plan, PlannedChange } from "../../../src/core/plan.ts";
import type { Roster } from "../../../src/core/roster.ts";
import type { State } from "../../../src/core/state.ts";
import { declaredGroup, declaredUser, group, planned, roster, state, user } from "../build.ts";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
function plan(declared: Roster, actual: State, base?: Roster): Plan {
  return planned({ roster: declared, actual, base }).plan;
}

function steps(result: Plan): readonly PlannedChange[] {
  return inOrder<Entry, PlannedChange>(result.entries).map(({ change }) => change);
}

function kinds(result: Plan): readonly string[] {
  return steps(result).map(({ kind }) => kind);
}

describe("names", () => {
  test("that JavaScript knows are names like any other", () => {
    const live = state(
      [user("__proto__", { groups: ["constructor"] }), user("toString", { tags: {} })],
      [group("constructor", { policies: [ADMIN] })],
    );
    const files = roster(
      [declaredUser("__proto__"), declaredUser("hasOwnProperty", { groups: ["constructor"] })],
      [declaredGroup("constructor", { policies: [ADMIN] })],
    );
    const result = plan(files, live);
    expect(kinds(result)).toEqual(["RemoveUserFromGroup", "CreateUser", "AddUserToGroup"]);
    expect(result.unmanaged.users).toEqual(["toString"]);
  });
});
