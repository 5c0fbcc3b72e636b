import { describe, expect, test } from "vitest";
import type { Roster } from "../../../src/core/roster.ts";
import type { User } from "../../../src/core/state.ts";
import { codes, kinds, plan, steps } from "../ask.ts";
import { declaredGroup, declaredUser, group, roster, state, user } from "../build.ts";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const allow = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
});

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

  test("is none where two who are there would have to free each other's name first", () => {
    const files = roster(
      [declaredUser("ann", { renamedFrom: "bob" }), declaredUser("bob", { renamedFrom: "ann" })],
      [declaredGroup("g", { renamedFrom: "h" }), declaredGroup("h", { renamedFrom: "g" })],
    );
    const result = plan(files, state([user("ann"), user("bob")], [group("g"), group("h")]));
    expect(result.entries).toEqual([]);
    expect(result.warnings.map(({ code, subject }) => [code, subject?.name])).toEqual([
      ["spent-rename", "ann"],
      ["spent-rename", "bob"],
      ["spent-rename", "g"],
      ["spent-rename", "h"],
    ]);
  });

  test("shows what holds afterwards of a user who is given more in the same plan", () => {
    const files = roster([declaredUser("bea", { renamedFrom: "ann", groups: ["g"] })], [declaredGroup("g")]);
    expect(plan(files, state([user("ann")], [group("g")])).entries).toMatchObject([
      { intent: "rename", after: { status: "active", groups: [{ group: "g" }] } },
    ]);
  });

  test("shows who is in a group that first loses something under its old name", () => {
    const files = roster(
      [declaredUser("ann", { groups: ["new"] })],
      [declaredGroup("new", { renamedFrom: "old" })],
    );
    const live = state([user("ann", { groups: ["old"] })], [group("old", { policies: [ADMIN] })]);
    expect(plan(files, live).entries).toMatchObject([
      {
        intent: "rename",
        changes: [{ kind: "DetachGroupPolicy", group: "old" }, { kind: "UpdateGroup" }],
        members: { managed: ["ann"], others: [] },
      },
    ]);
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

describe("a user with a new name in the file who is not renamed", () => {
  const keep = [declaredUser("bob"), declaredUser("cat")];
  const others = [user("bob"), user("cat")];
  const seen = (files: Roster, ann: User) =>
    plan(files, state([...others, ann], [group("g")])).entries.map(({ intent, changes, after }) => ({
      intent,
      users: [...new Set(changes.map((change) => "user" in change && change.user))],
      status: after?.status,
    }));

  test("since their time is over, is closed under the name they have, and not told as deleted", () => {
    const files = roster(
      [...keep, declaredUser("bea", { renamedFrom: "ann", until: "2026-01-01" })],
      [declaredGroup("g")],
    );
    expect(seen(files, user("ann", { groups: ["g"] }))).toEqual([
      { intent: "deactivate", users: ["ann"], status: "deactivated" },
    ]);
  });

  test("since somebody holds them, is held under the name they have", () => {
    const files = roster([...keep, declaredUser("bea", { renamedFrom: "ann" })], [declaredGroup("g")]);
    expect(seen(files, user("ann", { groups: ["g"], policies: [DENY_ALL] }))).toEqual([
      { intent: "update", users: ["ann"], status: "held" },
    ]);
  });
});
