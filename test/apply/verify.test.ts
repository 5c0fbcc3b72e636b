import { describe, expect, test } from "vitest";

import type { Call } from "../../src/sandbox/calls.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { arn, entryOf, EVERYTHING, OURS, story } from "./story.ts";

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
  let seen = 0;
  return ({ operation, input }) => operation === "GetUser" && input["UserName"] === user && ++seen === 2;
}

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

describe("somebody who was found closed, and is only to be marked as such,", () => {
  const HELD: AccountData = {
    ...ACCOUNT,
    users: [{ name: "emily", tags: OURS, policies: [arn("AWSDenyAll")] }, BOB],
  };
  const unhold = (sandbox: Sandbox) =>
    sandbox.act("DetachUserPolicy", { UserName: "emily", PolicyArn: arn("AWSDenyAll") });

  test("is looked at before that, and closed where the deny is gone", async () => {
    const { apply, sandbox } = await story(HELD);
    const { plan, report } = await apply(FILES, { meanwhile: () => unhold(sandbox) });
    expect(plan.entries.flatMap(({ changes }) => changes).map(({ kind }) => kind)).toEqual(["TagUser"]);
    expect(entryOf(report, "emily").extra.map(({ kind }) => kind)).toEqual(["AttachUserPolicy"]);
    expect(emilyIn(sandbox)?.policies).toEqual([arn("AWSDenyAll")]);
  });

  test("is not marked where another has the name by then", async () => {
    const { apply, sandbox } = await story(HELD);
    const meanwhile = () => {
      unhold(sandbox);
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
