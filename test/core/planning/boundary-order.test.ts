import { describe, expect, test } from "vitest";
import { inOrder } from "../../../src/core/order.ts";
import type { Entry, Plan, PlannedChange } from "../../../src/core/plan.ts";
import type { Roster } from "../../../src/core/roster.ts";
import type { State } from "../../../src/core/state.ts";
import { declaredGroup, declaredUser, group, planned, roster, state, user } from "../build.ts";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
function plan(declared: Roster, actual: State, base?: Roster): Plan {
  return planned({ roster: declared, actual, base }).plan;
}

function steps(result: Plan): readonly PlannedChange[] {
  return inOrder<Entry, PlannedChange>(result.entries).map(({ change }) => change);
}

function kinds(result: Plan): readonly string[] {
  return steps(result).map(({ kind }) => kind);
}

describe("a boundary", () => {
  test("is taken away only when all that it bounded and that goes is gone", () => {
    const live = state(
      [user("ann", { groups: ["old"], boundary: BOUNDARY })],
      [group("old", { policies: [CUSTOM, ADMIN] }), group("new", { policies: [CUSTOM] })],
    );
    const files = roster(
      [declaredUser("ann", { groups: ["new"], boundary: "none" })],
      [
        declaredGroup("old", { policies: [CUSTOM, "AdministratorAccess"] }),
        declaredGroup("new", { policies: [CUSTOM] }),
      ],
    );
    const order = kinds(plan(files, live));
    expect(order.indexOf("DeleteUserPermissionsBoundary")).toBeGreaterThan(
      order.indexOf("RemoveUserFromGroup"),
    );
  });
});
