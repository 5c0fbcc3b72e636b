import { describe, expect, test } from "vitest";

import { isComplete } from "../../src/core/report.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { arn, changesOf, entryOf, outcomes, OURS, story } from "./story.ts";

const ACCOUNT: AccountData = {
  groups: [
    { name: "admins", policies: [arn("AdministratorAccess"), arn("ReadOnlyAccess")] },
    { name: "developers", policies: [arn("PowerUserAccess")] },
    { name: "oncall" },
  ],
  users: [
    { name: "ann", tags: OURS, groups: ["admins"] },
    { name: "bob", tags: OURS, groups: ["developers"] },
    { name: "cat", tags: OURS, groups: ["oncall"] },
  ],
};

function denied(...operations: readonly string[]): Fault {
  return { kind: "access-denied", operations };
}

describe("a narrowing that failed holds back what broadens", () => {
  test("on the group that it was taken from: nobody joins it, and nothing is attached to it", async () => {
    const { apply, sandbox } = await story(ACCOUNT, { faults: [denied("DetachGroupPolicy")] });
    const groups = [
      declaredGroup("admins", { policies: ["ReadOnlyAccess", "SecurityAudit"] }),
      declaredGroup("developers", { policies: ["PowerUserAccess", "SecurityAudit"] }),
      declaredGroup("oncall"),
    ];
    const users = [
      declaredUser("ann", { groups: ["admins"] }),
      declaredUser("bob", { groups: ["developers", "admins", "oncall"] }),
      declaredUser("cat", { groups: ["oncall"] }),
    ];
    const { writes, report } = await apply(roster(users, groups));
    expect(writes).toEqual([
      "DetachGroupPolicy admins AdministratorAccess (AccessDenied)",
      "AttachGroupPolicy developers SecurityAudit",
      "AddUserToGroup bob oncall",
    ]);
    expect(outcomes(entryOf(report, "admins"))).toEqual([
      "DetachGroupPolicy failed",
      "AttachGroupPolicy skipped",
    ]);
    expect(entryOf(report, "bob").changes).toMatchObject([
      { group: "admins", outcome: "skipped", error: "DetachGroupPolicy on admins was not done" },
      { group: "oncall", outcome: "done" },
    ]);
    sandbox.setFaults([]);
    expect(isComplete((await apply(roster(users, groups))).report)).toBe(true);
    expect((await apply(roster(users, groups))).plan.entries).toEqual([]);
  });

  test("on the user: who cannot be taken out of one group joins no other", async () => {
    const { apply } = await story(ACCOUNT, { faults: [denied("RemoveUserFromGroup")] });
    const groups =
      ACCOUNT.groups?.map(({ name, policies }) => declaredGroup(name, { policies: policies ?? [] })) ?? [];
    const users = [
      declaredUser("ann", { groups: ["admins"] }),
      declaredUser("bob", { groups: ["oncall"], policies: ["SecurityAudit"] }),
      declaredUser("cat", { groups: ["oncall", "admins"] }),
    ];
    const { writes, report } = await apply(roster(users, groups));
    expect(writes).toEqual([
      "RemoveUserFromGroup bob developers (AccessDenied)",
      "AddUserToGroup cat admins",
    ]);
    expect(outcomes(entryOf(report, "bob"))).toEqual([
      "RemoveUserFromGroup failed",
      "AddUserToGroup skipped",
      "AttachUserPolicy skipped",
    ]);
    expect(entryOf(report, "bob").problem).toBe(
      "0 of 3 changes of bob are made. Run apply again: it goes on from what is there then.",
    );
  });

  test("on the group that somebody could not be taken out of: it is given nothing that this one would get too", async () => {
    const { apply } = await story(ACCOUNT, { faults: [denied("RemoveUserFromGroup")] });
    const groups = [
      declaredGroup("admins", { policies: ["AdministratorAccess", "ReadOnlyAccess"] }),
      declaredGroup("developers", { policies: ["PowerUserAccess", "SecurityAudit"] }),
      declaredGroup("oncall"),
    ];
    const users = [
      declaredUser("ann", { groups: ["admins", "developers"] }),
      declaredUser("bob"),
      declaredUser("cat", { groups: ["oncall"] }),
    ];
    const { writes } = await apply(roster(users, groups));
    expect(writes).toEqual(["RemoveUserFromGroup bob developers (AccessDenied)"]);
  });

  test("by a rename: nobody joins the group that still has the name", async () => {
    const { apply } = await story(ACCOUNT, { faults: [denied("UpdateGroup")] });
    const groups = [
      declaredGroup("chiefs", { renamedFrom: "admins", policies: ["AdministratorAccess", "ReadOnlyAccess"] }),
      declaredGroup("admins", { renamedFrom: "developers", policies: ["PowerUserAccess"] }),
      declaredGroup("oncall"),
    ];
    const users = [
      declaredUser("ann", { groups: ["chiefs"] }),
      declaredUser("bob", { groups: ["admins"] }),
      declaredUser("cat", { groups: ["oncall", "admins"] }),
    ];
    const { writes, report } = await apply(roster(users, groups));
    expect(writes).toEqual(["UpdateGroup admins chiefs (AccessDenied)"]);
    expect(outcomes(entryOf(report, "cat"))).toEqual(["AddUserToGroup skipped"]);
  });

  test("by a rename: nor does anybody try the new name", async () => {
    const { apply } = await story(ACCOUNT, { faults: [denied("UpdateGroup")] });
    const groups = [
      declaredGroup("chiefs", { renamedFrom: "admins", policies: ["AdministratorAccess", "ReadOnlyAccess"] }),
      declaredGroup("developers", { policies: ["PowerUserAccess"] }),
      declaredGroup("oncall"),
    ];
    const users = [
      declaredUser("ann", { groups: ["chiefs"] }),
      declaredUser("bob", { groups: ["developers"] }),
      declaredUser("cat", { groups: ["oncall", "chiefs"] }),
    ];
    const { writes } = await apply(roster(users, groups));
    expect(writes).toEqual(["UpdateGroup admins chiefs (AccessDenied)"]);
  });

  test("by what was found only when looking again", async () => {
    const { apply, sandbox } = await story(ACCOUNT, { faults: [denied("DetachGroupPolicy")] });
    const groups = [
      declaredGroup("admins", { policies: ["AdministratorAccess"], inlinePolicies: {} }),
      declaredGroup("developers", { policies: ["PowerUserAccess"] }),
      declaredGroup("oncall"),
    ];
    const users = [
      declaredUser("ann", { groups: ["admins"] }),
      declaredUser("bob", { groups: ["developers", "admins"] }),
      declaredUser("cat", { groups: ["oncall"] }),
    ];
    const { report } = await apply(roster(users, groups), {
      meanwhile: () =>
        sandbox.act("AttachGroupPolicy", { GroupName: "admins", PolicyArn: arn("IAMFullAccess") }),
    });
    expect(entryOf(report, "admins").extra).toMatchObject([{ kind: "DetachGroupPolicy", outcome: "failed" }]);
    expect(outcomes(entryOf(report, "bob"))).toEqual(["AddUserToGroup skipped"]);
  });
});

describe("a change that failed", () => {
  test("stops what comes after it for the same user or group; the others go on, and every change has an outcome", async () => {
    const { apply } = await story(ACCOUNT, {
      faults: [{ ...denied("CreateUser"), times: 1 }, denied("AttachGroupPolicy")],
    });
    const groups = [
      ...(ACCOUNT.groups?.map(({ name, policies }) => declaredGroup(name, { policies: policies ?? [] })) ??
        []),
      declaredGroup("new", { policies: ["SecurityAudit"], inlinePolicies: {} }),
    ];
    const users = [
      declaredUser("ann", { groups: ["admins"] }),
      declaredUser("bob", { groups: ["developers", "new"] }),
      declaredUser("cat", { groups: ["oncall"] }),
      declaredUser("dan", { groups: ["oncall"], policies: ["SecurityAudit"] }),
      declaredUser("eve", { groups: ["oncall"] }),
    ];
    const { report, progress } = await apply(roster(users, groups));
    const [first, second] = ["dan", "eve"].map((name) => outcomes(entryOf(report, name)));
    // Both are made side by side, so either may be the first to be created.
    expect([first, second]).toContainEqual(
      expect.arrayContaining(["CreateUser failed", "AddUserToGroup skipped"]),
    );
    expect([first, second]).toContainEqual(
      expect.arrayContaining(["CreateUser done", "AddUserToGroup done"]),
    );
    expect(outcomes(entryOf(report, "new"))).toEqual(["CreateGroup done", "AttachGroupPolicy failed"]);
    // A group that lacks something gives less than the file says, so it may be joined.
    expect(outcomes(entryOf(report, "bob"))).toEqual(["AddUserToGroup done"]);
    expect(progress.filter(({ step }) => step === "change")).toHaveLength(changesOf(report).length);
    expect(report.entries.map(({ problem }) => problem)).toContain(
      "new exists, but not with all that is declared. Run apply again: it goes on from what is there then.",
    );
    expect(isComplete(report)).toBe(false);
  });

  test("and says which call, and what would be needed", async () => {
    const { apply } = await story(ACCOUNT, { faults: [denied("DetachGroupPolicy")] });
    const groups = [
      declaredGroup("admins", { policies: ["ReadOnlyAccess"] }),
      declaredGroup("developers", { policies: ["PowerUserAccess"] }),
      declaredGroup("oncall"),
    ];
    const users = ["ann", "bob", "cat"].map((name, index) =>
      declaredUser(name, { groups: [["admins"], ["developers"], ["oncall"]][index] ?? [] }),
    );
    const { report } = await apply(roster(users, groups));
    expect(entryOf(report, "admins").changes).toMatchObject([
      { outcome: "failed", error: expect.stringContaining("needs iam:DetachGroupPolicy") as unknown },
    ]);
  });
});

describe("a reactivation that fails half way", () => {
  const DEACTIVATED = { ...OURS, "iam-roster:deactivated": "2026-01-01T00:00:00Z" };
  const emily = { name: "emily", tags: DEACTIVATED, policies: [arn("AWSDenyAll")] };
  const files = roster(
    [declaredUser("emily", { groups: ["developers"] }), declaredUser("bob", { groups: ["developers"] })],
    [declaredGroup("developers", { policies: ["PowerUserAccess"] })],
  );
  const account = {
    groups: ACCOUNT.groups?.slice(1, 2) ?? [],
    users: [emily, ...(ACCOUNT.users?.slice(1, 2) ?? [])],
  };

  for (const [kind, says] of [
    ["AddUserToGroup", /^emily is not reactivated: the deny still stands/],
    ["DetachUserPolicy", /^emily is not reactivated: the deny still stands/],
    ["UntagUser", /^emily is let in again, but not all of its changes are made/],
  ] as const) {
    test(`at ${kind} says whether the deny stands, and goes on in the next run`, async () => {
      const { apply, sandbox } = await story(account, { faults: [denied(kind)] });
      const { report } = await apply(files);
      expect(entryOf(report, "emily").problem).toMatch(says);
      sandbox.setFaults([]);
      await apply(files);
      expect((await apply(files)).plan.entries).toEqual([]);
      expect(sandbox.snapshot().users.find(({ name }) => name === "emily")).toMatchObject({
        tags: OURS,
        policies: [],
        groups: ["developers"],
      });
    });
  }
});
