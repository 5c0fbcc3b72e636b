import { expect, test } from "vitest";

import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { ALLOW, arn, contents, OURS, story } from "./story.ts";

const BOB = { name: "bob", tags: OURS, groups: ["developers"] };
const DEVELOPERS = { name: "developers", policies: [arn("PowerUserAccess")] };

test("a new group is made at its path and given its policies before anybody joins it", async () => {
  const { apply, sandbox } = await story({ users: [{ name: "bob", tags: OURS }] });
  const group = declaredGroup("admins", {
    path: "/high/",
    policies: ["AdministratorAccess"],
    inlinePolicies: { own: ALLOW },
  });
  const { writes, report } = await apply(roster([declaredUser("bob", { groups: ["admins"] })], [group]));
  expect(writes).toEqual([
    "CreateGroup admins /high/",
    "AttachGroupPolicy admins AdministratorAccess",
    "PutGroupPolicy admins own",
    "AddUserToGroup bob admins",
  ]);
  expect(report.entries.map(({ problem }) => problem)).toEqual([undefined, undefined]);
  expect(sandbox.snapshot().groups).toMatchObject(
    [{ name: "admins", path: "/high/", inlinePolicies: { own: "{" } }].map(
      ({ inlinePolicies: _, ...rest }) => rest,
    ),
  );
});

test("a group loses policies before it gains others, in one document too", async () => {
  const { apply } = await story({
    users: [BOB],
    groups: [{ ...DEVELOPERS, inlinePolicies: { own: ALLOW, old: ALLOW } }],
  });
  const deny = { ...ALLOW, Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }] };
  const group = declaredGroup("developers", {
    policies: ["ReadOnlyAccess"],
    inlinePolicies: { own: { ...ALLOW, Statement: [...(ALLOW["Statement"] as []), ...deny.Statement] } },
  });
  const { writes } = await apply(roster([declaredUser("bob", { groups: ["developers"] })], [group]));
  expect(writes).toEqual([
    "DetachGroupPolicy developers PowerUserAccess",
    "DeleteGroupPolicy developers old",
    "AttachGroupPolicy developers ReadOnlyAccess",
    "PutGroupPolicy developers own",
  ]);
});

test("groups are renamed with their members, in a chain too, what they lose under the old name", async () => {
  const { apply, account } = await story({
    users: [{ ...BOB, groups: ["one", "two"] }],
    groups: [
      { name: "one", policies: [arn("PowerUserAccess")] },
      { name: "two", policies: [arn("ReadOnlyAccess"), arn("SecurityAudit")] },
    ],
  });
  const before = await account();
  const groups = [
    declaredGroup("two", { renamedFrom: "one", policies: ["PowerUserAccess"] }),
    declaredGroup("three", {
      renamedFrom: "two",
      policies: ["ReadOnlyAccess", "ViewOnlyAccess".replace(/^/, "job-function/")],
    }),
  ];
  const { writes } = await apply(roster([declaredUser("bob", { groups: ["two", "three"] })], groups));
  expect(writes).toEqual([
    "DetachGroupPolicy two SecurityAudit",
    "UpdateGroup two three",
    "UpdateGroup one two",
    "AttachGroupPolicy three job-function/ViewOnlyAccess",
  ]);
  const after = await account();
  expect(after.groups.get("three")?.id).toBe(before.groups.get("two")?.id);
  expect(after.groups.get("two")?.id).toBe(before.groups.get("one")?.id);
  expect([...(after.users.get("bob")?.groups.keys() ?? [])].toSorted()).toEqual(["three", "two"]);
});

test("an absent group is deleted once its managed members have left and its policies are gone", async () => {
  const { apply, sandbox } = await story({
    users: [BOB, { name: "cat", tags: OURS, groups: ["developers"] }],
    groups: [{ ...DEVELOPERS, inlinePolicies: { own: ALLOW } }],
  });
  const files = roster(
    [declaredUser("bob"), declaredUser("cat")],
    [declaredGroup("developers", { status: "absent" })],
  );
  const { writes } = await apply(files);
  expect(writes.toSorted()).toEqual(
    [
      "RemoveUserFromGroup bob developers",
      "RemoveUserFromGroup cat developers",
      "DetachGroupPolicy developers PowerUserAccess",
      "DeleteGroupPolicy developers own",
      "DeleteGroup developers",
    ].toSorted(),
  );
  expect(writes.at(-1)).toBe("DeleteGroup developers");
  expect(sandbox.snapshot().groups).toEqual([]);
});

test("from an exclusive group those leave who are not managed; from another they do not", async () => {
  const { apply } = await story({
    users: [
      { ...BOB, groups: ["developers", "oncall"] },
      { name: "guest", groups: ["developers", "oncall"] },
    ],
    groups: [DEVELOPERS, { name: "oncall" }],
  });
  const groups = [
    declaredGroup("developers", { policies: ["PowerUserAccess"], exclusive: true }),
    declaredGroup("oncall"),
  ];
  const { writes } = await apply(roster([declaredUser("bob", { groups: ["developers", "oncall"] })], groups));
  expect(writes).toEqual(["RemoveUserFromGroup guest developers"]);
});

test("a person who moves leaves the one group before joining the other", async () => {
  const { apply, sandbox } = await story({
    users: [BOB, { ...BOB, name: "cat" }],
    groups: [DEVELOPERS, { name: "oncall" }],
  });
  const groups = [declaredGroup("developers", { policies: ["PowerUserAccess"] }), declaredGroup("oncall")];
  const files = roster(
    [declaredUser("bob", { groups: ["oncall"] }), declaredUser("cat", { groups: ["developers"] })],
    groups,
  );
  expect((await apply(files)).writes).toEqual([
    "RemoveUserFromGroup bob developers",
    "AddUserToGroup bob oncall",
  ]);
  const then = contents(sandbox);
  expect((await apply(files)).writes).toEqual([]);
  expect(contents(sandbox)).toEqual(then);
});

test("never more than ten calls are under way, however many users and groups there are", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `user-${index}`);
  const { apply, sandbox } = await story(
    { users: names.map((name) => ({ ...BOB, name })), groups: [DEVELOPERS, { name: "oncall" }] },
    { latency: 1 },
  );
  const groups = [declaredGroup("developers", { policies: ["PowerUserAccess"] }), declaredGroup("oncall")];
  const moved = names.map((name, index) =>
    declaredUser(name, { groups: [index % 2 === 0 ? "oncall" : "developers"] }),
  );
  const { writes } = await apply(roster(moved, groups));
  expect(writes).toHaveLength(40);
  const most = Math.max(...sandbox.calls.map(({ concurrency }) => concurrency));
  expect(most).toBeGreaterThan(5);
  expect(most).toBeLessThanOrEqual(10);
});
