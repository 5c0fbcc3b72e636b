import { describe, expect, test } from "vitest";

import { OWNER_TAG } from "../../src/core/change.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { ALLOW, arn, entryOf, EVERYTHING, OURS, story } from "./story.ts";

const GROUPS = [declaredGroup("developers"), declaredGroup("oncall")];
const BOB = declaredUser("bob", { groups: ["developers", "oncall"] });
const ACCOUNT: AccountData = {
  groups: [{ name: "developers" }, { name: "oncall" }, { name: "old", policies: [arn("ReadOnlyAccess")] }],
  users: [
    { name: "emily", tags: OURS, groups: ["developers"] },
    { name: "bob", tags: OURS, groups: ["developers", "oncall"] },
  ],
};

const LEAVING = roster([BOB], GROUPS);
const MOVING = roster([BOB, declaredUser("emily", { groups: ["oncall"] })], GROUPS);
const DELETING = roster([BOB, declaredUser("emily", { status: "absent" })], GROUPS);

/** Somebody deletes Emily and makes another of that name, ours by its tag. */
function recreate(sandbox: Sandbox): void {
  sandbox.act("RemoveUserFromGroup", { UserName: "emily", GroupName: "developers" });
  sandbox.act("DeleteUser", { UserName: "emily" });
  sandbox.act("CreateUser", { UserName: "emily", Tags: [{ Key: OWNER_TAG, Value: OURS[OWNER_TAG] }] });
  sandbox.act("AddUserToGroup", { UserName: "emily", GroupName: "developers" });
}

describe("between the plan and its application", () => {
  for (const [what, files] of Object.entries({ LEAVING, MOVING, DELETING })) {
    test(`another user under the name is left alone (${what.toLowerCase()})`, async () => {
      const { apply, sandbox } = await story(ACCOUNT);
      const { report, writes } = await apply(files, { meanwhile: () => recreate(sandbox) });
      expect(writes).toEqual([]);
      const entry = entryOf(report, "emily");
      expect(new Set(entry.changes.map(({ outcome }) => outcome))).toEqual(new Set(["skipped"]));
      expect(entry.problem).toMatch(/^Nothing was begun: emily is another now: its unique id is AIDA/);
    });
  }

  test("another group under the name is left alone, and nobody joins it", async () => {
    const { apply, sandbox } = await story(ACCOUNT);
    const groups = [...GROUPS, declaredGroup("old", { adopt: true, inlinePolicies: { own: ALLOW } })];
    const files = roster([BOB, declaredUser("emily", { groups: ["developers", "old"] })], groups);
    const { report, writes } = await apply(files, {
      meanwhile: () => {
        sandbox.act("DetachGroupPolicy", { GroupName: "old", PolicyArn: arn("ReadOnlyAccess") });
        sandbox.act("DeleteGroup", { GroupName: "old" });
        sandbox.act("CreateGroup", { GroupName: "old" });
        sandbox.act("AttachGroupPolicy", { GroupName: "old", PolicyArn: arn("AdministratorAccess") });
      },
    });
    expect(writes).toEqual([]);
    expect(entryOf(report, "old").problem).toMatch(/^Nothing was begun: old is another now/);
    expect(entryOf(report, "emily").changes).toMatchObject([{ kind: "AddUserToGroup", outcome: "skipped" }]);
  });

  test("a group of the name of one to be made is not joined", async () => {
    const { apply, sandbox } = await story(ACCOUNT);
    const files = roster(
      [BOB, declaredUser("emily", { groups: ["developers", "new"] })],
      [...GROUPS, declaredGroup("new")],
    );
    const { report, writes } = await apply(files, {
      meanwhile: () => {
        sandbox.act("CreateGroup", { GroupName: "new" });
        sandbox.act("AttachGroupPolicy", { GroupName: "new", PolicyArn: arn("AdministratorAccess") });
      },
    });
    expect(writes).toEqual(["CreateGroup new / (EntityAlreadyExists)"]);
    expect(entryOf(report, "emily").changes).toMatchObject([
      { kind: "AddUserToGroup", outcome: "skipped", error: "CreateGroup on new was not done" },
    ]);
  });

  test("a key, a password and a membership that were made are closed too, and reported", async () => {
    const { apply, sandbox } = await story(ACCOUNT);
    const { report } = await apply(LEAVING, {
      meanwhile: () => {
        sandbox.act("CreateAccessKey", { UserName: "emily" });
        sandbox.act("CreateLoginProfile", { UserName: "emily", Password: "Correct-horse-1" });
        sandbox.act("AddUserToGroup", { UserName: "emily", GroupName: "oncall" });
      },
    });
    const { extra, problem } = entryOf(report, "emily");
    expect(extra.map(({ kind }) => kind)).toEqual([
      "UpdateAccessKey",
      "DeleteLoginProfile",
      "RemoveUserFromGroup",
    ]);
    expect(problem).toBeUndefined();
    expect((await apply(LEAVING)).plan.entries).toEqual([]);
  });

  test("what was made for somebody who only moves is taken away too", async () => {
    const { apply, sandbox } = await story(ACCOUNT);
    const { report, writes } = await apply(MOVING, {
      meanwhile: () => sandbox.act("CreateLoginProfile", { UserName: "emily", Password: "Correct-horse-1" }),
    });
    expect(writes).toEqual([
      "DeleteLoginProfile emily",
      "RemoveUserFromGroup emily developers",
      "AddUserToGroup emily oncall",
    ]);
    expect(entryOf(report, "emily").extra.map(({ kind }) => kind)).toEqual(["DeleteLoginProfile"]);
  });

  test("what is done already counts as done, without another write", async () => {
    const { apply, sandbox } = await story({
      ...ACCOUNT,
      users: [{ name: "emily", ...EVERYTHING }, ...(ACCOUNT.users?.slice(1) ?? [])],
    });
    const { report, writes } = await apply(LEAVING, {
      meanwhile: () => {
        sandbox.act("AttachUserPolicy", { UserName: "emily", PolicyArn: arn("AWSDenyAll") });
        sandbox.act("DeleteLoginProfile", { UserName: "emily" });
      },
    });
    expect(writes).not.toContain("DeleteLoginProfile emily");
    expect(writes).not.toContain("AttachUserPolicy emily AWSDenyAll");
    expect(entryOf(report, "emily")).toMatchObject({ problem: undefined, extra: [] });
  });

  test("a user who vanished is skipped where something should stay, and done where nothing should", async () => {
    const vanish = (sandbox: Sandbox): void => {
      sandbox.act("RemoveUserFromGroup", { UserName: "emily", GroupName: "developers" });
      sandbox.act("DeleteUser", { UserName: "emily" });
    };
    for (const [files, outcome] of [
      [LEAVING, "skipped"],
      [MOVING, "skipped"],
      [DELETING, "done"],
    ] as const) {
      const { apply, sandbox } = await story(ACCOUNT);
      const { report, writes } = await apply(files, { meanwhile: () => vanish(sandbox) });
      expect(writes).toEqual([]);
      const entry = entryOf(report, "emily");
      expect(new Set(entry.changes.map((change) => change.outcome))).toEqual(new Set([outcome]));
      if (outcome === "skipped")
        expect(entry.problem).toMatch(/^Nothing was begun: emily is no longer there\./);
    }
  });

  for (const [how, act] of Object.entries({
    "took over": (sandbox: Sandbox) =>
      sandbox.act("TagUser", { UserName: "emily", Tags: [{ Key: OWNER_TAG, Value: "other/team" }] }),
    "took the owner tag off": (sandbox: Sandbox) =>
      sandbox.act("UntagUser", { UserName: "emily", TagKeys: [OWNER_TAG] }),
  })) {
    test(`a user whom somebody ${how} is not touched`, async () => {
      for (const files of [LEAVING, MOVING, DELETING]) {
        const { apply, sandbox } = await story(ACCOUNT);
        const { report, writes } = await apply(files, { meanwhile: () => act(sandbox) });
        expect(writes).toEqual([]);
        const entry = entryOf(report, "emily");
        expect(new Set(entry.changes.map(({ outcome }) => outcome))).toEqual(new Set(["skipped"]));
        expect(entry.problem).toMatch(/^Nothing was begun: /);
      }
    });
  }

  test("what is not asked for again is skipped, and the plan is the one that was made", async () => {
    const { apply } = await story(ACCOUNT);
    const seen: Plan[] = [];
    const { report } = await apply(LEAVING, { meanwhile: (plan) => seen.push(plan) });
    expect(report.digest).toBe(seen[0]?.digest);
  });
});

test("a user in a chain of renames is read under its own name, and not taken for the one that gets that name", async () => {
  const users = [
    { name: "ann", tags: OURS, groups: ["developers", "oncall"] },
    { name: "bea", tags: OURS, groups: ["developers", "oncall"], password: { secret: "Correct-horse-1" } },
  ];
  const { apply, sandbox } = await story({ groups: ACCOUNT.groups ?? [], users });
  const renamed = [
    declaredUser("bea", { renamedFrom: "ann", groups: ["developers", "oncall"] }),
    declaredUser("cleo", { renamedFrom: "bea", groups: ["oncall"] }),
  ];
  const { report } = await apply(roster(renamed, GROUPS));
  expect(report.entries.map(({ problem }) => problem)).toEqual([undefined, undefined]);
  expect(sandbox.snapshot().users).toMatchObject([
    { name: "bea", groups: ["developers", "oncall"] },
    { name: "cleo", groups: ["oncall"], password: undefined },
  ]);
});
