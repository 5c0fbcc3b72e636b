import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, test } from "vitest";

import type { Fault } from "../../src/sandbox/faults.ts";
import { client, failure, start, type Started } from "./start.ts";

const people = (faults: readonly Fault[]): Promise<Started> =>
  start({ faults, seed: "faults", state: { users: ["a", "b", "c", "d"].map((name) => ({ name })) } });

/** What so many calls of ListUsers end with. */
async function outcomes({ iam }: Started, count: number): Promise<readonly string[]> {
  const all: string[] = [];
  for (let call = 0; call < count; call += 1)
    all.push((await failure(iam.listUsers({}))).split(":")[0] ?? "");
  return all;
}

describe("a fault hits", () => {
  test("every call unless told otherwise", async () => {
    const started = await people([{ kind: "throttle" }]);
    expect(await outcomes(started, 2)).toEqual(["Throttling", "Throttling"]);
  });

  test("only the operations it names", async () => {
    const started = await people([{ kind: "throttle", operations: ["GetUser"] }]);
    expect(await outcomes(started, 1)).toEqual(["no failure"]);
    expect(await failure(started.iam.getUser({ UserName: "a" }))).toBe("Throttling: Rate exceeded");
  });

  test("so many calls, after so many", async () => {
    const started = await people([{ kind: "throttle", after: 1, times: 2 }]);
    const expected = ["no failure", "Throttling", "Throttling", "no failure"];
    expect(await outcomes(started, 4)).toEqual(expected);
  });

  test("a share of the calls, the same ones for the same seed", async () => {
    const run = async () => outcomes(await people([{ kind: "throttle", share: 0.5 }]), 40);
    const first = await run();
    expect(first.filter((outcome) => outcome === "Throttling").length).toBeGreaterThan(10);
    expect(first.filter((outcome) => outcome === "Throttling").length).toBeLessThan(30);
    expect(await run()).toEqual(first);
  });

  test("nothing any more once there are others", async () => {
    const started = await people([{ kind: "throttle" }]);
    started.sandbox.setFaults([{ kind: "access-denied", times: 1 }]);
    expect(await outcomes(started, 2)).toEqual(["AccessDenied", "no failure"]);
  });
});

describe("an answer may be", () => {
  test("throttling, which the SDK's own retries get over", async () => {
    const { sandbox } = await people([{ kind: "throttle", times: 2 }]);
    const patient = client(sandbox, { maxAttempts: 4 });
    expect((await patient.listUsers({})).Users).toHaveLength(4);
    expect(sandbox.calls.map(({ outcome }) => outcome)).toEqual(["Throttling", "Throttling", "done"]);
  });

  test("a failure of the service before the write", async () => {
    const { iam, sandbox } = await people([{ kind: "failure" }]);
    expect(await failure(iam.createUser({ UserName: "new" }))).toMatch(/^ServiceFailureException/);
    expect(sandbox.snapshot().users).toHaveLength(4);
  });

  test("a failure of the service after the write", async () => {
    const { iam, sandbox } = await people([{ kind: "failure", when: "after" }]);
    expect(await failure(iam.createUser({ UserName: "new" }))).toMatch(/^ServiceFailureException/);
    expect(sandbox.snapshot().users).toHaveLength(5);
  });

  test("lost after the write, so that a retry finds the user there", async () => {
    const { sandbox } = await people([{ kind: "lost-answer", operations: ["CreateUser"], times: 1 }]);
    const patient = client(sandbox, { maxAttempts: 3 });
    expect(await failure(patient.createUser({ UserName: "new" }))).toMatch(/^EntityAlreadyExists/);
    expect(sandbox.calls.map(({ outcome }) => outcome)).toEqual(["cut", "EntityAlreadyExists"]);
  });

  test("cut in half, the write made all the same", async () => {
    const { iam, sandbox } = await people([{ kind: "half-answer" }]);
    expect(await failure(iam.createUser({ UserName: "new" }))).not.toBe("no failure");
    expect(sandbox.snapshot().users).toHaveLength(5);
  });

  test("none at all from some call on", async () => {
    const started = await people([{ kind: "lost-request", after: 2 }]);
    expect(await outcomes(started, 4)).toEqual(["no failure", "no failure", "TimeoutError", "TimeoutError"]);
    expect(await failure(started.iam.createUser({ UserName: "new" }))).not.toBe("no failure");
    expect(started.sandbox.snapshot().users).toHaveLength(4);
    expect(started.sandbox.calls.map(({ outcome }) => outcome)).toEqual([
      "done",
      "done",
      "cut",
      "cut",
      "cut",
    ]);
  });

  test("ConcurrentModification, where IAM answers so", async () => {
    const { iam } = await people([{ kind: "concurrent-modification", times: 1 }]);
    await iam.listUsers({});
    expect(await failure(iam.createUser({ UserName: "new" }))).toMatch(/^ConcurrentModificationException/);
    await iam.createUser({ UserName: "new" });
  });

  test("AccessDenied, with who and what", async () => {
    const { iam } = await people([{ kind: "access-denied", operations: ["DeleteUser"] }]);
    expect(await failure(iam.deleteUser({ UserName: "a" }))).toMatch(
      /^AccessDenied: User: arn:\S+:assumed-role\/sandbox-admin\/you is not authorized to perform: iam:DeleteUser/,
    );
  });

  test("any other error", async () => {
    const { iam } = await people([{ kind: "error", code: "LimitExceeded", message: "enough" }]);
    expect(await failure(iam.generateCredentialReport({}))).toBe("LimitExceededException: enough");
  });

  test("late", async () => {
    const { iam } = await people([{ kind: "delay", duration: 100, times: 1 }]);
    const begun = performance.now();
    await iam.listUsers({});
    expect(performance.now() - begun).toBeGreaterThan(95);
  });
});

describe("a page may be", () => {
  test("cut short, and say so", async () => {
    const { iam } = await people([{ kind: "short-page", items: 3 }]);
    const first = await iam.getAccountAuthorizationDetails({ Filter: ["User"], MaxItems: 1000 });
    expect(first.UserDetailList).toHaveLength(3);
    const { Marker } = first;
    const second = await iam.getAccountAuthorizationDetails({ Filter: ["User"], MaxItems: 1000, Marker });
    expect(second).toMatchObject({ UserDetailList: [{ UserName: "d" }], IsTruncated: false });
  });

  test("without some users, and not say so", async () => {
    const { iam } = await people([{ kind: "missing-items", items: 1 }]);
    const page = await iam.getAccountAuthorizationDetails({ Filter: ["User"] });
    expect(page).toMatchObject({ IsTruncated: false });
    expect(page.UserDetailList?.map(({ UserName }) => UserName)).toEqual(["b", "c", "d"]);
    expect((await iam.getAccountSummary({})).SummaryMap?.Users).toBe(4);
  });
});

describe("for a while", () => {
  test("a new user or group is not seen, though it is there", async () => {
    const { iam } = await people([{ kind: "invisible", duration: 150 }]);
    await iam.createUser({ UserName: "new" });
    await iam.createGroup({ GroupName: "new" });
    expect(await failure(iam.getUser({ UserName: "new" }))).toMatch(/^NoSuchEntity/);
    expect(await failure(iam.addUserToGroup({ UserName: "a", GroupName: "new" }))).toMatch(/^NoSuchEntity/);
    expect((await iam.listUsers({})).Users).toHaveLength(4);
    expect((await iam.getAccountAuthorizationDetails({ Filter: ["User"] })).UserDetailList).toHaveLength(4);
    expect(await failure(iam.createUser({ UserName: "new" }))).toMatch(/^EntityAlreadyExists/);
    await sleep(200);
    await iam.addUserToGroup({ UserName: "new", GroupName: "new" });
    expect((await iam.listUsers({})).Users).toHaveLength(5);
  });

  test("a new password cannot be changed", async () => {
    const { iam } = await people([{ kind: "locked", duration: 150 }]);
    await iam.createLoginProfile({ UserName: "a", Password: "Abcdef12!" });
    const update = () => failure(iam.updateLoginProfile({ UserName: "a", PasswordResetRequired: true }));
    expect(await update()).toMatch(
      /^EntityTemporarilyUnmodifiableException: Login Profile for User a cannot be/,
    );
    await sleep(200);
    expect(await update()).toBe("no failure");
  });

  test("an old user cannot be renamed either, if the fault has no duration", async () => {
    const { iam } = await people([{ kind: "locked", times: 2 }]);
    const rename = () => failure(iam.updateUser({ UserName: "a", NewUserName: "z" }));
    expect(await rename()).toMatch(/^EntityTemporarilyUnmodifiable/);
    expect(await rename()).toMatch(/^EntityTemporarilyUnmodifiable/);
    expect(await rename()).toBe("no failure");
  });
});

describe("another administrator", () => {
  test("may do something just before a call with a number, of an operation, or that fits", async () => {
    const { iam, sandbox } = await people([]);
    const tag = (Key: string) => () => sandbox.act("TagUser", { UserName: "a", Tags: [{ Key, Value: "" }] });
    sandbox.before(2, tag("number"));
    sandbox.before("GetUser", tag("operation"));
    sandbox.before((call) => call.input["UserName"] === "b", tag("fits"));
    const tags = async (UserName: string) =>
      (await iam.listUserTags({ UserName })).Tags?.map(({ Key }) => Key);
    expect(await tags("a")).toEqual([]);
    expect(await tags("a")).toEqual(["number"]);
    await iam.getUser({ UserName: "c" });
    await tags("b");
    await tags("b");
    expect(await tags("a")).toEqual(["fits", "number", "operation"]);
    expect(sandbox.calls.map(({ operation }) => operation)).not.toContain("TagUser");
  });

  test("gets IAM's answers and errors, even while the others are throttled", async () => {
    const { sandbox } = await people([{ kind: "throttle" }]);
    expect(sandbox.act("CreateAccessKey", { UserName: "a" })).toMatchObject({ AccessKey: { UserName: "a" } });
    expect(() => sandbox.act("DeleteUser", { UserName: "a" })).toThrow("must delete access keys first");
    expect(() => sandbox.act("MakeCoffee")).toThrow("no operation MakeCoffee");
  });
});

describe("the log of calls", () => {
  test("tells number, operation, names, caller and outcome", async () => {
    const { iam, sandbox } = await people([]);
    await iam.createLoginProfile({ UserName: "a", Password: "Abcdef12!" });
    await failure(iam.deleteUser({ UserName: "none" }));
    expect(sandbox.calls).toMatchObject([
      { number: 1, operation: "CreateLoginProfile", input: { UserName: "a" }, outcome: "done" },
      { number: 2, operation: "DeleteUser", input: { UserName: "none" }, outcome: "NoSuchEntity" },
    ]);
    expect(sandbox.calls[0]?.caller).toContain("sandbox-admin");
  });

  test("tells how many calls were under way", async () => {
    const { iam, sandbox } = await start({ latency: 50 });
    await Promise.all([1, 2, 3].map(() => iam.listUsers({})));
    expect(sandbox.calls.map(({ concurrency }) => concurrency)).toEqual([1, 2, 3]);
  });
});
