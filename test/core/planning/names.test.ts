import { describe, expect, test } from "vitest";
import { kinds, plan } from "../ask.ts";
import { declaredGroup, declaredUser, group, roster, state, user } from "../build.ts";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
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
