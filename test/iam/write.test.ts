import { expect, test } from "vitest";

import type { Change, WriteKind } from "../../src/core/change.ts";
import { WRITE_PERMISSIONS } from "../../src/iam/permissions.ts";
import type { AccountData, UserData } from "../../src/sandbox/data.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { connect, NOW } from "./connect.ts";
import { ACCOUNT, SAMPLES } from "./samples.ts";

const KINDS = Object.keys(SAMPLES) as readonly WriteKind[];

/** The unique id that the change's subject has now. */
function idOf(sandbox: Sandbox, change: Change): string | undefined {
  const { users, groups } = sandbox.snapshot();
  const holders = "user" in change ? users : groups;
  const name = "user" in change ? change.user : change.group;
  return holders.find((holder) => holder.name === name)?.id;
}

function find(sandbox: Sandbox, name: string): UserData | undefined {
  return sandbox.snapshot().users.find((user) => user.name === name);
}

test.each(KINDS)("%s is one call of that name, and changes the account", async (kind) => {
  const { sandbox, write, operations } = await connect({ state: ACCOUNT });
  const before = sandbox.snapshot();
  const created = await write.write(SAMPLES[kind], { now: NOW });
  expect(created !== undefined).toBe(kind.startsWith("Create"));
  expect(operations()).toEqual([kind]);
  expect(sandbox.snapshot()).not.toEqual(before);
  expect(WRITE_PERMISSIONS[kind]).toContain(`iam:${kind}`);
});

test.each(KINDS)("%s whose answer is lost is made once and counts as done", async (kind) => {
  const calm = await connect({ state: ACCOUNT, seed: "one", clock: () => 0 });
  await calm.write.write(SAMPLES[kind], { now: NOW });

  const rough = await connect({ state: ACCOUNT, seed: "one", clock: () => 0 });
  const id = idOf(rough.sandbox, SAMPLES[kind]);
  rough.sandbox.setFaults([{ kind: "lost-answer", times: 1 }]);
  await rough.write.write(SAMPLES[kind], { now: NOW, id });
  expect(withoutTime(rough.sandbox)).toEqual(withoutTime(calm.sandbox));
  expect(rough.operations().slice(0, 2)).toEqual([kind, kind]);
  for (const operation of rough.operations()) expect(WRITE_PERMISSIONS[kind]).toContain(`iam:${operation}`);
});

test.each(["CreateUser", "CreateGroup"] as const)(
  "%s gives the unique id of what it created, also where its answer was lost",
  async (kind) => {
    for (const faults of [[], [{ kind: "lost-answer", times: 1 } as const]]) {
      const { sandbox, write } = await connect({ state: ACCOUNT, faults });
      const id = await write.write(SAMPLES[kind], { now: NOW });
      expect(id).toMatch(/^A[IG]/);
      expect(id).toBe(idOf(sandbox, SAMPLES[kind]));
    }
  },
);

/** Waiting puts the clock forward, so what was made later is dated later. */
function withoutTime(sandbox: Sandbox): unknown {
  return JSON.parse(
    JSON.stringify(sandbox.snapshot(), (key, value: unknown) => (key.endsWith("edAt") ? undefined : value)),
  );
}

/** A user or group that is not there under its name may have another one. */
const WHOLE = ["DeleteUser", "DeleteGroup"] as const;
const REMOVALS = KINDS.filter(
  (kind) => /^(Delete|Detach|Deactivate|Remove|Untag)/.test(kind) && !WHOLE.some((each) => each === kind),
);

test.each(REMOVALS)("%s of what is gone already counts as done", async (kind) => {
  const { write } = await connect({ state: ACCOUNT });
  await write.write(SAMPLES[kind], { now: NOW });
  await expect(write.write(SAMPLES[kind], { now: NOW })).resolves.toBeUndefined();
});

test.each(WHOLE)("%s of what is not there is refused", async (kind) => {
  const { write } = await connect({ state: ACCOUNT });
  await write.write(SAMPLES[kind], { now: NOW });
  await expect(write.write(SAMPLES[kind], { now: NOW })).rejects.toMatchObject({ code: "NoSuchEntity" });
});

const HELD = REMOVALS.filter((kind) => {
  const change = SAMPLES[kind];
  return "user" in change && change.user === "emily" && kind !== "DeleteVirtualMFADevice";
});

test.each(HELD)("%s fails where its user has another name by now, and holds it still", async (kind) => {
  const { sandbox, write } = await connect({ state: ACCOUNT });
  sandbox.act("UpdateUser", { UserName: "emily", NewUserName: "emilia" });
  const before = find(sandbox, "emilia");
  await expect(write.write(SAMPLES[kind], { now: NOW })).rejects.toMatchObject({ code: "NoSuchEntity" });
  expect(find(sandbox, "emilia")).toEqual(before);
});

test.each(["DetachGroupPolicy", "DeleteGroupPolicy"] as const)(
  "%s fails where its group has another name by now, or is another group",
  async (kind) => {
    const { sandbox, write } = await connect({ state: ACCOUNT });
    const id = idOf(sandbox, SAMPLES[kind]);
    sandbox.act("UpdateGroup", { GroupName: "readers", NewGroupName: "lectors" });
    await expect(write.write(SAMPLES[kind], { now: NOW })).rejects.toMatchObject({ code: "NoSuchEntity" });
    sandbox.act("CreateGroup", { GroupName: "readers" });
    await expect(write.write(SAMPLES[kind], { now: NOW, id })).rejects.toMatchObject({
      code: "NoSuchEntity",
    });
  },
);

test("a removal fails where somebody else has the name by now", async () => {
  const { sandbox, write } = await connect({ state: ACCOUNT });
  sandbox.act("UpdateUser", { UserName: "emily", NewUserName: "emilia" });
  sandbox.act("CreateUser", { UserName: "emily" });
  const occasion = { now: NOW, id: "AIDAEMILY" };
  await expect(write.write(SAMPLES.DeleteAccessKey, occasion)).rejects.toMatchObject({
    code: "NoSuchEntity",
  });
});

test("a user is created with path, tags and boundary in one call", async () => {
  const { sandbox, write } = await connect({ state: ACCOUNT });
  await write.write(SAMPLES.CreateUser, { now: NOW });
  expect(find(sandbox, "oscar")).toMatchObject({
    path: "/people/",
    tags: { "iam-roster:owner": "acme/access" },
    boundary: "arn:aws:iam::aws:policy/PowerUserAccess",
  });
});

test("stamped tags carry the moment of the write", async () => {
  const { sandbox, write } = await connect({ state: ACCOUNT });
  await write.write(SAMPLES.TagUser, { now: NOW });
  expect(find(sandbox, "emily")?.tags).toEqual({ Team: "data", "iam-roster:deactivated": NOW });
});

test("documents arrive as they are, whatever letters they have", async () => {
  const { read, write } = await connect({ state: ACCOUNT });
  const document = {
    Version: "2012-10-17",
    Statement: [{ Sid: "a", Effect: "Deny", Action: "*", Resource: "arn:aws:s3:::ü+%2F &=" }],
  };
  await write.write({ kind: "PutGroupPolicy", group: "readers", name: "odd", document }, { now: NOW });
  expect((await read.group("readers"))?.inlinePolicies.get("odd")?.document).toEqual(document);
});

test("a user who is there already is not taken for one of ours", async () => {
  const { write } = await connect({ state: ACCOUNT });
  await write.write(SAMPLES.CreateUser, { now: NOW });
  await expect(write.write(SAMPLES.CreateUser, { now: NOW })).rejects.toMatchObject({
    code: "EntityAlreadyExists",
  });
});

test("a user without tags cannot be proven ours, even where our answer was lost", async () => {
  const { write } = await connect({ faults: [{ kind: "lost-answer", times: 1 }] });
  await expect(write.write({ ...SAMPLES.CreateUser, tags: [] }, { now: NOW })).rejects.toMatchObject({
    code: "EntityAlreadyExists",
  });
});

const OURS = {
  UserName: "oscar",
  Path: "/people/",
  PermissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess",
  Tags: [{ Key: "iam-roster:owner", Value: "acme/access" }],
};

const TWINS: readonly (readonly [string, Partial<typeof OURS>])[] = [
  ["another path", { Path: "/" }],
  ["another owner", { Tags: [{ Key: "iam-roster:owner", Value: "other" }] }],
  ["one tag more", { Tags: [...OURS.Tags, { Key: "team", Value: "x" }] }],
  ["another spelling", { UserName: "Oscar" }],
  ["another boundary", { PermissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
];

test.each(TWINS)("a user with %s who was created while our call was cut is not ours", async (_how, twin) => {
  const { sandbox, write } = await connect({
    faults: [{ kind: "lost-request", operations: ["CreateUser"], times: 1 }],
  });
  beforeSecond(sandbox, "CreateUser", () => sandbox.act("CreateUser", { ...OURS, ...twin }));
  await expect(write.write(SAMPLES.CreateUser, { now: NOW })).rejects.toMatchObject({
    code: "EntityAlreadyExists",
  });
});

function beforeSecond(sandbox: Sandbox, operation: string, action: () => unknown): void {
  let seen = 0;
  sandbox.before((call) => call.operation === operation && (seen += 1) === 2, action);
}

const GROUP_TWINS: readonly (readonly [string, AccountData["groups"] & object, readonly UserData[]])[] = [
  ["another path", [{ name: "writers", path: "/" }], []],
  [
    "a policy",
    [{ name: "writers", path: "/team/", policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }],
    [],
  ],
  ["a member", [{ name: "writers", path: "/team/" }], [{ name: "oscar", groups: ["writers"] }]],
];

test.each(GROUP_TWINS)(
  "a group with %s made while our answer was lost is not ours",
  async (_how, groups, users) => {
    const { sandbox, write } = await connect({
      faults: [{ kind: "lost-request", operations: ["CreateGroup"], times: 1 }],
    });
    let seen = 0;
    sandbox.before(
      (call) => call.operation === "CreateGroup" && (seen += 1) === 2,
      () => sandbox.load({ groups, users }),
    );
    await expect(write.write(SAMPLES.CreateGroup, { now: NOW })).rejects.toMatchObject({
      code: "EntityAlreadyExists",
    });
  },
);

test("a group that is there already is not taken for a new one", async () => {
  const { write } = await connect();
  await write.write(SAMPLES.CreateGroup, { now: NOW });
  await expect(write.write(SAMPLES.CreateGroup, { now: NOW })).rejects.toMatchObject({
    code: "EntityAlreadyExists",
  });
});

test.each(["UpdateUser", "UpdateGroup"] as const)(
  "%s to a name that only another one has, or without knowing which, is not done",
  async (kind) => {
    for (const id of [undefined, "AIDASOMEBODYELSE"]) {
      const { sandbox, write } = await connect({ state: ACCOUNT });
      sandbox.setFaults([{ kind: "lost-answer", times: 1 }]);
      await expect(write.write(SAMPLES[kind], { now: NOW, id })).rejects.toMatchObject({
        code: "NoSuchEntity",
      });
    }
  },
);

test("a refusal stands where the proof that it is so already cannot be read", async () => {
  const { write } = await connect({
    state: { users: [{ name: "emily" }] },
    faults: [{ kind: "access-denied", operations: ["GetUser"] }],
  });
  await expect(write.write(SAMPLES.DetachUserPolicy, { now: NOW })).rejects.toMatchObject({
    code: "NoSuchEntity",
  });
});
