import { CreateAccessKeyCommand } from "@aws-sdk/client-iam";
import { expect, onTestFinished, test } from "vitest";

import { IamFailure } from "../../src/core/failure.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { iamRead } from "../../src/iam/read.ts";
import { iamWrite } from "../../src/iam/write.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { clientsOf, connect, HURRY, NOW } from "./connect.ts";
import { ACCOUNT, SAMPLES } from "./samples.ts";
import { answerOf, errorOf, impostor } from "./impostor.ts";

test("a quota that is used up is final at once", async () => {
  const { write, operations, waits } = await connect({ state: ACCOUNT, quotas: { users: 2 } });
  await expect(write.write(SAMPLES.CreateUser, { now: NOW })).rejects.toMatchObject({
    code: "LimitExceeded",
  });
  expect(operations()).toEqual(["CreateUser"]);
  expect(waits).toEqual([]);
});

const PASSING: readonly (readonly [string, Fault])[] = [
  ["throttled seven times", { kind: "throttle", times: 7 }],
  ["locked ten times", { kind: "locked", times: 10, operations: ["DeleteLoginProfile"] }],
  [
    "modified by somebody else at the same time",
    { kind: "concurrent-modification", operations: ["DeleteLoginProfile"], times: 3 },
  ],
  ["answered with a failure of the service", { kind: "failure", times: 3 }],
  ["cut three times", { kind: "lost-request", times: 3 }],
];

test.each(PASSING)("a call that is %s is made in the end", async (_how, fault) => {
  const { sandbox, write } = await connect({ state: ACCOUNT, faults: [fault] });
  await write.write(SAMPLES.DeleteLoginProfile, { now: NOW });
  expect(sandbox.snapshot().users.find(({ name }) => name === "emily")?.password).toBeUndefined();
  expect(sandbox.calls).toHaveLength(1 + (fault.kind === "invisible" ? 0 : (fault.times ?? 0)));
});

test("the waits between attempts grow", async () => {
  const { write, waits } = await connect({ state: ACCOUNT, faults: [{ kind: "throttle", times: 6 }] });
  await write.write(SAMPLES.UntagUser, { now: NOW });
  // Half of each is drawn, so only every other one must be longer.
  for (const [index, wait] of waits.slice(2).entries()) expect(wait).toBeGreaterThanOrEqual(waits[index]!);
});

test("throttling that does not end is an answer after eight attempts", async () => {
  const { write, operations } = await connect({ state: ACCOUNT, faults: [{ kind: "throttle" }] });
  await expect(write.write(SAMPLES.UntagUser, { now: NOW })).rejects.toMatchObject({
    code: "Throttling",
    kind: "answer",
    ambiguous: false,
  });
  expect(operations()).toHaveLength(8);
});

test("hundreds of retries in one run use up no budget that later calls would need", async () => {
  const { write, sandbox, waits } = await connect({ state: ACCOUNT });
  for (let round = 0; round < 100; round += 1) {
    sandbox.setFaults([{ kind: "failure", times: 3 }]);
    await write.write(SAMPLES.TagUser, { now: NOW });
  }
  expect(waits).toHaveLength(300);
});

test("what this run created is waited for until it can be seen", async () => {
  const sandbox = await startSandbox({ faults: [{ kind: "invisible", duration: 400 }] });
  onTestFinished(() => sandbox.close());
  const write = iamWrite(clientsOf(sandbox.url, HURRY));
  const read = iamRead(clientsOf(sandbox.url, HURRY), HURRY);
  await write.write(SAMPLES.CreateUser, { now: NOW });
  await write.write({ kind: "CreateGroup", group: "readers", path: "/" }, { now: NOW });
  expect(await read.user("oscar")).toBeUndefined();
  await write.write({ kind: "AddUserToGroup", user: "Oscar", group: "READERS" }, { now: NOW });
  await write.write({ kind: "UpdateUser", user: "oscar", newName: "otto" }, { now: NOW });
  await write.write({ kind: "TagUser", user: "otto", tags: [{ key: "a", value: "b" }] }, { now: NOW });
  expect(sandbox.calls.filter(({ outcome }) => outcome === "NoSuchEntity").length).toBeGreaterThan(2);
  expect(sandbox.snapshot().users[0]).toMatchObject({ name: "otto", groups: ["readers"], tags: { a: "b" } });
});

test("the new name of who was renamed is waited for as well", async () => {
  const { write, sandbox } = await connect({ state: ACCOUNT });
  const message = "The user with name returner cannot be found.";
  sandbox.setFaults([{ kind: "error", code: "NoSuchEntity", message, operations: ["TagUser"], times: 3 }]);
  await write.write(SAMPLES.UpdateUser, { now: NOW });
  await write.write({ kind: "TagUser", user: "returner", tags: [{ key: "a", value: "b" }] }, { now: NOW });
  expect(sandbox.calls).toHaveLength(5);
});

test("a user who is not there is missing at once, where this run did not create it", async () => {
  const { write, read, waits } = await connect({ state: ACCOUNT });
  await expect(write.write(SAMPLES.UntagUser, { now: NOW })).resolves.toBeUndefined();
  await expect(
    write.write({ kind: "AddUserToGroup", user: "nobody", group: "readers" }, { now: NOW }),
  ).rejects.toMatchObject({ code: "NoSuchEntity" });
  expect(await read.user("nobody")).toBeUndefined();
  expect(waits).toEqual([]);
});

test("of what this run created, only the thing itself is waited for, not what it never had", async () => {
  const { write, read, waits } = await connect({ state: ACCOUNT });
  await write.write(SAMPLES.CreateUser, { now: NOW });
  expect((await read.user("oscar"))?.credentials?.password).toBeUndefined();
  await expect(
    write.write(
      { kind: "AttachUserPolicy", user: "oscar", policy: "arn:aws:iam::aws:policy/None" },
      { now: NOW },
    ),
  ).rejects.toMatchObject({ code: "NoSuchEntity" });
  await expect(
    write.write({ kind: "AddUserToGroup", user: "oscar", group: "nobody" }, { now: NOW }),
  ).rejects.toMatchObject({ code: "NoSuchEntity" });
  expect(waits).toEqual([]);
});

test("what this run created and deleted again is gone at once", async () => {
  const { write, read, waits } = await connect();
  await write.write(SAMPLES.CreateUser, { now: NOW });
  await write.write({ kind: "UpdateUser", user: "oscar", newName: "otto" }, { now: NOW });
  expect(await read.user("oscar")).toBeUndefined();
  await write.write({ kind: "DeleteUser", user: "otto" }, { now: NOW });
  expect(await read.user("otto")).toBeUndefined();
  expect(waits).toEqual([]);
});

test("a service that cannot be reached is a failed connection, after few attempts, and nothing was done", async () => {
  const sandbox = await startSandbox();
  await sandbox.close();
  const waits: number[] = [];
  const clock = { sleep: async (duration: number) => void waits.push(duration) };
  const failure = iamWrite(clientsOf(sandbox.url, clock)).write(SAMPLES.DeleteGroup, { now: NOW });
  await expect(failure).rejects.toBeInstanceOf(IamFailure);
  await expect(failure).rejects.toMatchObject({ kind: "connection", code: "ECONNREFUSED", ambiguous: false });
  expect(waits).toHaveLength(3);
});

test("a connection that breaks every time is a failed connection, and the write may have been made", async () => {
  const { write } = await connect({ state: ACCOUNT, faults: [{ kind: "lost-answer" }] });
  await expect(write.write(SAMPLES.AttachGroupPolicy, { now: NOW })).rejects.toMatchObject({
    kind: "connection",
    ambiguous: true,
  });
});

test("a key is never created twice for a lost answer", async () => {
  const { clients, sandbox, operations } = await connect({
    job: "nothing",
    state: { users: [{ name: "emily" }] },
    faults: [{ kind: "lost-answer", times: 1 }],
  });
  await expect(clients.iam.send(new CreateAccessKeyCommand({ UserName: "emily" }))).rejects.toMatchObject({
    kind: "connection",
    ambiguous: true,
  });
  expect(operations()).toEqual(["CreateAccessKey"]);
  expect(sandbox.snapshot().users[0]?.accessKeys).toHaveLength(1);
});

test("a key is created once more where the first call was throttled", async () => {
  const { clients, sandbox } = await connect({
    state: { users: [{ name: "emily" }] },
    job: "nothing",
    faults: [{ kind: "throttle", times: 2 }],
  });
  await clients.iam.send(new CreateAccessKeyCommand({ UserName: "emily" }));
  expect(sandbox.snapshot().users[0]?.accessKeys).toHaveLength(1);
});

test("an answer that is not IAM's is tried again, then told as such", async () => {
  const url = await impostor({}, { status: 502, body: "<html><body>Bad Gateway</body></html>" });
  const read = iamRead(clientsOf(url, HURRY), HURRY).group("readers");
  await expect(read).rejects.toMatchObject({ kind: "answer", code: "HTTP 502", ambiguous: true });
});

test.each([
  ["ends in the middle of its XML", { body: "<CreateGroupResponse><CreateGroupResult><Gr" }],
  ["breaks off", { body: "<CreateGroupResponse><CreateGroupResult><Gr", promised: 1000 }],
])("a write whose answer %s may have been made", async (_how, words) => {
  const write = iamWrite(clientsOf(await impostor({ CreateGroup: words }), HURRY));
  await expect(write.write(SAMPLES.CreateGroup, { now: NOW })).rejects.toMatchObject({ ambiguous: true });
});

test("an access key of which the answer gives only a part may have been made", async () => {
  const body = answerOf("CreateAccessKey", "<AccessKey><AccessKeyId>AKIAONE</AccessKeyId></AccessKey>");
  const write = iamWrite(clientsOf(await impostor({ CreateAccessKey: { body } }), HURRY));
  await expect(write.createAccessKey("emily")).rejects.toMatchObject({ kind: "answer", ambiguous: true });
});

test.each([
  { code: "SignatureDoesNotMatch", isRepeated: true, how: "tried again" },
  { code: "AccessDenied", isRepeated: false, how: "final" },
])("where the machine's clock is days behind, $code is $how", async ({ code, isRepeated }) => {
  const date = new Date(Date.now() + 4 * 24 * 60 * 60 * 1000);
  const url = await impostor({ TagUser: { status: 403, body: errorOf(code, "no"), date } });
  const waits: number[] = [];
  const clock = { sleep: async (duration: number) => void waits.push(duration) };
  const write = iamWrite(clientsOf(url, clock)).write(SAMPLES.TagUser, { now: NOW });
  await expect(write).rejects.toMatchObject({ code });
  expect(waits.length > 0).toBe(isRepeated);
});

test("a user whose creation was proven afterwards is waited for like any other new one", async () => {
  const message = "The user with name oscar cannot be found.";
  const unseen = (operation: string): Fault => {
    return { kind: "error", code: "NoSuchEntity", message, operations: [operation], times: 2 };
  };
  const { write, operations } = await connect({
    faults: [{ kind: "lost-answer", times: 1 }, unseen("GetUser"), unseen("TagUser")],
  });
  await write.write(SAMPLES.CreateUser, { now: NOW });
  await write.write({ kind: "TagUser", user: "oscar", tags: [{ key: "a", value: "b" }] }, { now: NOW });
  const created = ["CreateUser", "CreateUser", "GetUser", "GetUser", "GetUser"];
  expect(operations()).toEqual([...created, "TagUser", "TagUser", "TagUser"]);
});
