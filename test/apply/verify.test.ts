import { describe, expect, test } from "vitest";

import { isComplete, type Report } from "../../src/core/report.ts";
import type { Call } from "../../src/sandbox/calls.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { arn, entryOf, EVERYTHING, OURS, outcomes, story } from "./story.ts";

const GROUPS = [declaredGroup("developers"), declaredGroup("oncall"), declaredGroup("admins")];
const FILES = roster([declaredUser("bob", { groups: ["developers", "oncall", "admins"] })], GROUPS);
const BOB = { name: "bob", tags: OURS, groups: ["developers", "oncall", "admins"] };
const ACCOUNT: AccountData = {
  groups: [{ name: "developers" }, { name: "oncall" }, { name: "admins" }],
  users: [{ name: "emily", ...EVERYTHING }, BOB],
};

const emilyIn = (sandbox: Sandbox) => sandbox.snapshot().users.find(({ name }) => name === "emily");

/** The second time that the user is read afresh is after the wait. */
function secondReading(user: string): (call: Call) => boolean {
  return reading(user, 2);
}

function reading(user: string, time: number): (call: Call) => boolean {
  let seen = 0;
  return ({ operation, input }) => operation === "GetUser" && input["UserName"] === user && ++seen === time;
}

const takeOffDeny = (sandbox: Sandbox) =>
  sandbox.act("DetachUserPolicy", { UserName: "emily", PolicyArn: arn("AWSDenyAll") });

test("there is one wait for all who leave, and each is then looked at once more", async () => {
  const leavers = ["ann", "bea", "cat"].map((name) => ({ name, tags: OURS }));
  const { apply } = await story({ ...ACCOUNT, users: [...leavers, BOB] });
  const limits = { losing: { people: 10, percent: 100 }, override: undefined };
  const { progress, calls } = await apply({ ...FILES, settings: { ...FILES.settings, limits } });
  expect(progress.filter(({ step }) => step === "wait")).toHaveLength(1);
  for (const { name } of leavers) {
    const looks = calls.filter(
      ({ operation, input }) => operation === "GetUser" && input["UserName"] === name,
    );
    const [first, second] = looks.map(({ at }) => at);
    expect(looks).toHaveLength(2);
    expect((second ?? 0) - (first ?? 0)).toBe(15_000);
  }
});

test("without verifyAfter there is no wait, and all the same a second look", async () => {
  const { apply } = await story(ACCOUNT);
  const offboarding = { deleteAfter: "never", verifyAfter: 0 } as const;
  const { progress, calls } = await apply({ ...FILES, settings: { ...FILES.settings, offboarding } });
  expect(progress.filter(({ step }) => step === "wait")).toEqual([]);
  expect(calls.filter(({ operation }) => operation === "GetUser")).toHaveLength(2);
});

test("the wait is as long as verifyAfter says", async () => {
  const { plan, apply, milliseconds } = await story(ACCOUNT);
  const offboarding = { deleteAfter: "never", verifyAfter: 1_750 } as const;
  const files = { ...FILES, settings: { ...FILES.settings, offboarding } };
  const live = await plan(files);
  const begun = milliseconds();
  await apply(files, { live });
  expect(milliseconds() - begun).toBe(1_750);
});

describe("where nobody has made sure that nothing came back, the report says so:", () => {
  /** Closed before, and in a group again; nothing is left to be marked. */
  const BACK: AccountData = {
    ...ACCOUNT,
    users: [
      {
        name: "emily",
        tags: { ...OURS, "iam-roster:deactivated": "2026-01-01T00:00:00Z" },
        policies: [arn("AWSDenyAll")],
        groups: ["admins"],
      },
      BOB,
    ],
  };

  function expectDoubt(report: Report, because: string): void {
    expect(isComplete(report)).toBe(false);
    const { problem } = entryOf(report, "emily");
    expect(problem).toMatch(/^emily was denied everything, but is not yet closed whole\. /);
    expect(problem).toContain(` Nobody has made sure that nothing came back: ${because}`);
    expect(problem).toMatch(/[^.]\. Run apply again: it goes on from what is there then\.$/);
    expect(problem).not.toContain("\n");
  }

  test.each([
    { who: "to be marked", state: ACCOUNT, left: ["TagUser not-tried"] },
    { who: "marked already", state: BACK, left: [] },
  ])("the run is stopped while it waits for somebody who is $who", async ({ state, left }) => {
    const { plan, apply, milliseconds } = await story(state);
    const live = await plan(FILES);
    const begun = milliseconds();
    const stopping = () => milliseconds() - begun >= 3_000;
    const { report, progress, calls } = await apply(FILES, { live, stopping });
    expect(milliseconds() - begun).toBeLessThanOrEqual(3_500);
    expect(progress.filter(({ step }) => step === "wait")).toHaveLength(1);
    expect(calls.filter(({ operation }) => operation === "GetUser")).toHaveLength(1);
    const { changes, extra } = entryOf(report, "emily");
    expect(outcomes({ changes }).filter((outcome) => !outcome.endsWith(" done"))).toEqual(left);
    expect(extra).toEqual([]);
    expectDoubt(report, "the run was stopped");
    const again = await apply(FILES);
    expect(isComplete(again.report)).toBe(true);
    expect((await apply(FILES)).plan.entries).toEqual([]);
  });

  const join = (sandbox: Sandbox) =>
    sandbox.act("AddUserToGroup", { UserName: "emily", GroupName: "oncall" });

  test.each([
    { what: "a deny that was taken off", who: "to be marked", state: ACCOUNT, act: takeOffDeny },
    { what: "a deny that was taken off", who: "marked already", state: BACK, act: takeOffDeny },
    { what: "a group that was joined", who: "to be marked", state: ACCOUNT, act: join },
    { what: "a group that was joined", who: "marked already", state: BACK, act: join },
  ])("the run is stopped when it has seen $what by somebody who is $who", async ({ state, act }) => {
    const { apply, sandbox } = await story(state);
    let isStopping = false;
    sandbox.before(secondReading("emily"), () => {
      act(sandbox);
      isStopping = true;
    });
    const { report } = await apply(FILES, { stopping: () => isStopping });
    expect(entryOf(report, "emily").extra).toEqual([]);
    expectDoubt(report, "the run was stopped");
    expect(isComplete((await apply(FILES)).report)).toBe(true);
    expect(emilyIn(sandbox)).toMatchObject({ policies: [arn("AWSDenyAll")], groups: [] });
  });

  test("but not where it is stopped once it has seen that nothing did", async () => {
    const { apply, sandbox } = await story(BACK);
    let isStopping = false;
    sandbox.before(secondReading("emily"), () => (isStopping = true));
    const { report } = await apply(FILES, { stopping: () => isStopping });
    expect(isComplete(report)).toBe(true);
    expect(entryOf(report, "emily").problem).toBeUndefined();
  });

  test("the deny is taken off each time, and nothing is left to be marked", async () => {
    const { apply, sandbox } = await story(BACK);
    for (const time of [2, 3, 4]) sandbox.before(reading("emily", time), () => takeOffDeny(sandbox));
    const { report } = await apply(FILES);
    expect(isComplete(report)).toBe(false);
    expect(entryOf(report, "emily").problem).toMatch(/^emily may NOT be closed: the deny was put on 3 times/);
  });

  test("the second look is refused, and nothing is left to be marked", async () => {
    const { apply, sandbox } = await story(BACK);
    sandbox.before(secondReading("emily"), () =>
      sandbox.setFaults([{ kind: "access-denied", operations: ["GetUser"] }]),
    );
    const { report } = await apply(FILES);
    expectDoubt(report, "emily could not be read afresh: GetUser emily: AWS answers AccessDenied");
  });
});

describe("somebody who was found closed, and is only to be marked as such,", () => {
  const HELD: AccountData = {
    ...ACCOUNT,
    users: [{ name: "emily", tags: OURS, policies: [arn("AWSDenyAll")] }, BOB],
  };
  test("is looked at before that, and closed where the deny is gone", async () => {
    const { apply, sandbox } = await story(HELD);
    const { plan, report } = await apply(FILES, { meanwhile: () => takeOffDeny(sandbox) });
    expect(plan.entries.flatMap(({ changes }) => changes).map(({ kind }) => kind)).toEqual(["TagUser"]);
    expect(entryOf(report, "emily").extra.map(({ kind }) => kind)).toEqual(["AttachUserPolicy"]);
    expect(emilyIn(sandbox)?.policies).toEqual([arn("AWSDenyAll")]);
  });

  test("is not marked where another has the name by then", async () => {
    const { apply, sandbox } = await story(HELD);
    const meanwhile = () => {
      takeOffDeny(sandbox);
      sandbox.act("DeleteUser", { UserName: "emily" });
      sandbox.act("CreateUser", { UserName: "emily" });
    };
    const { report, writes } = await apply(FILES, { meanwhile });
    expect(writes).toEqual([]);
    expect(entryOf(report, "emily").changes).toMatchObject([{ kind: "TagUser", outcome: "skipped" }]);
  });
});

describe("what a leaver does before the deny holds is undone, and reported:", () => {
  const tricks: Readonly<
    Record<string, { readonly act: (sandbox: Sandbox) => unknown; readonly undone: readonly string[] }>
  > = {
    "a new key": {
      act: (sandbox) => {
        sandbox.act("DeleteAccessKey", { UserName: "emily", AccessKeyId: "AKIAONE0000000000000" });
        sandbox.act("CreateAccessKey", { UserName: "emily" });
      },
      undone: ["UpdateAccessKey"],
    },
    "an old key set Active": {
      act: (sandbox) =>
        sandbox.act("UpdateAccessKey", {
          UserName: "emily",
          AccessKeyId: "AKIAONE0000000000000",
          Status: "Active",
        }),
      undone: ["UpdateAccessKey"],
    },
    "a new password": {
      act: (sandbox) => sandbox.act("CreateLoginProfile", { UserName: "emily", Password: "Another-horse-2" }),
      undone: ["DeleteLoginProfile"],
    },
    "the deny detached": {
      act: (sandbox) => sandbox.act("DetachUserPolicy", { UserName: "emily", PolicyArn: arn("AWSDenyAll") }),
      undone: ["AttachUserPolicy"],
    },
    "a group joined": {
      act: (sandbox) => sandbox.act("AddUserToGroup", { UserName: "emily", GroupName: "admins" }),
      undone: ["RemoveUserFromGroup"],
    },
    "policies put on": {
      act: (sandbox) => {
        sandbox.act("AttachUserPolicy", { UserName: "emily", PolicyArn: arn("AdministratorAccess") });
        sandbox.act("PutUserPolicy", {
          UserName: "emily",
          PolicyName: "mine",
          PolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
          }),
        });
      },
      undone: ["DetachUserPolicy", "DeleteUserPolicy"],
    },
  };

  for (const [trick, { act, undone }] of Object.entries(tricks)) {
    test(trick, async () => {
      const { apply, sandbox } = await story(ACCOUNT);
      sandbox.before(secondReading("emily"), () => act(sandbox));
      const entry = entryOf((await apply(FILES)).report, "emily");
      expect(entry.extra.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(
        undone.map((kind) => `${kind} done`),
      );
      expect(entry.problem).toBeUndefined();
      expect(emilyIn(sandbox)).toMatchObject({
        groups: [],
        password: undefined,
        policies: [arn("AWSDenyAll")],
        inlinePolicies: {},
        accessKeys: [{ status: "Inactive" }, { status: "Inactive" }],
      });
      expect((await apply(FILES)).plan.entries).toEqual([]);
    });
  }

  test("and where it cannot be undone, neither tag nor deletion follows, and the report says so", async () => {
    const { apply, sandbox } = await story(ACCOUNT);
    sandbox.before(secondReading("emily"), () => {
      sandbox.act("DetachUserPolicy", { UserName: "emily", PolicyArn: arn("AWSDenyAll") });
      sandbox.setFaults([{ kind: "access-denied", operations: ["AttachUserPolicy", "PutUserPolicy"] }]);
    });
    const absent = roster([...FILES.users.values(), declaredUser("emily", { status: "absent" })], GROUPS);
    const entry = entryOf((await apply(absent)).report, "emily");
    expect(entry.extra.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      "AttachUserPolicy failed",
      "PutUserPolicy failed",
    ]);
    expect(
      entry.changes.filter(({ phase }) => phase !== "disable").map(({ outcome }) => outcome),
    ).not.toContain("done");
    expect(entry.problem).toMatch(/^emily is NOT closed: no deny stands/);
  });
});

describe("a user that is being deleted", () => {
  const absent = roster([...FILES.users.values(), declaredUser("emily", { status: "absent" })], GROUPS);

  test("loses what came since it was looked at again, the deny still last", async () => {
    const { apply, sandbox } = await story(ACCOUNT);
    sandbox.before("DeleteSSHPublicKey", () => {
      sandbox.act("CreateAccessKey", { UserName: "emily" });
      sandbox.act("AddUserToGroup", { UserName: "emily", GroupName: "admins" });
    });
    const { writes, report } = await apply(absent);
    // IAM says that something is left; it is listed once more, and goes behind a deny.
    expect(writes.slice(writes.indexOf("DeleteUser emily (DeleteConflict)"))).toEqual([
      "DeleteUser emily (DeleteConflict)",
      "AttachUserPolicy emily AWSDenyAll",
      expect.stringMatching(/^UpdateAccessKey emily \w+ Inactive$/),
      "RemoveUserFromGroup emily admins",
      expect.stringMatching(/^DeleteAccessKey emily /),
      "DetachUserPolicy emily AWSDenyAll",
      "DeleteUser emily",
    ]);
    expect(entryOf(report, "emily").problem).toBeUndefined();
    expect(emilyIn(sandbox)).toBeUndefined();
  });

  test("and cannot be, is closed again, and the report says so", async () => {
    const { apply, sandbox } = await story(ACCOUNT, {
      faults: [{ kind: "access-denied", operations: ["DeleteUser"] }],
    });
    const { writes, report } = await apply(absent);
    expect(writes.slice(-2)).toEqual([
      "DeleteUser emily (AccessDenied)",
      "AttachUserPolicy emily AWSDenyAll",
    ]);
    const entry = entryOf(report, "emily");
    expect(entry.problem).toMatch(/^emily is denied everything, but is not yet deleted\./);
    expect(entry.extra).toMatchObject([{ kind: "AttachUserPolicy", outcome: "done" }]);
    sandbox.setFaults([]);
    await apply(absent);
    expect(emilyIn(sandbox)).toBeUndefined();
  });
});
