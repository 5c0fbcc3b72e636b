import { describe, expect, test } from "vitest";
import { inOrder } from "../../../src/core/order.ts";
import type { Entry, Plan, PlannedChange } from "../../../src/core/plan.ts";
import type { RefusalCode } from "../../../src/core/refusal.ts";
import type { Roster } from "../../../src/core/roster.ts";
import type { State } from "../../../src/core/state.ts";
import { declaredGroup, declaredUser, group, planned, roster, state, user } from "../build.ts";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const allow = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
});

function plan(declared: Roster, actual: State, base?: Roster): Plan {
  return planned({ roster: declared, actual, base }).plan;
}

function codes({ refusals }: Plan): readonly RefusalCode[] {
  return refusals.map(({ code }) => code);
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

describe("a group whose rename is refused", () => {
  test("is left under its old name by whoever has to leave it late", () => {
    const no = { ...allow("s3:*"), Statement: [{ Effect: "Deny", Action: "sts:*", Resource: "*" }] };
    const live = state(
      [user("bob", { groups: ["old"] }), user("fay", { groups: ["old"] })],
      [group("old", { policies: [ADMIN], inlinePolicies: { no } }), group("other")],
    );
    const files = roster(
      [declaredUser("bob"), declaredUser("fay", { groups: ["new"] })],
      [
        declaredGroup("new", { renamedFrom: "old", inlinePolicies: { no } }),
        declaredGroup("other", { inlinePolicies: { no } }),
      ],
      { protected: ["fay"] },
    );
    const result = plan(files, live);
    expect(codes(result)).toEqual(["protected"]);
    expect(steps(result)).toContainEqual(
      expect.objectContaining({ kind: "RemoveUserFromGroup", user: "bob", group: "old" }),
    );
  });
});
