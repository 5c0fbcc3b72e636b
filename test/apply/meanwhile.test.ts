import { describe, expect, test } from "vitest";
import { reviewedChanges } from "../../src/apply/reviewed.ts";
import { OWNER_TAG } from "../../src/core/change.ts";
import { inOrder } from "../../src/core/order.ts";
import type { Entry, PlannedChange } from "../../src/core/plan.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { reviewOf } from "./review.ts";
import { type Applied, arn, entryOf, OURS, story } from "./story.ts";
import {
  declaredGroup,
  declaredUser,
  group,
  NOW,
  planned,
  roster,
  sha256,
  state,
  user,
} from "../core/build.ts";
import { connect } from "../iam/connect.ts";

const ADMIN = arn("AdministratorAccess");
const NO = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }] };

function recreate(sandbox: Sandbox, name: string): void {
  sandbox.act("DeleteUser", { UserName: name });
  sandbox.act("CreateUser", {
    UserName: name,
    Tags: [{ Key: "iam-roster:owner", Value: OURS["iam-roster:owner"] }],
  });
}

describe("with a reviewed plan", () => {
  const files = roster(
    [declaredUser("emily", { groups: ["admins"] })],
    [declaredGroup("admins", { policies: [ADMIN] })],
  );
  const live = (id: string) =>
    state(
      [{ ...user("emily"), id }, user("bob", { groups: ["admins"] })],
      [group("admins", { policies: [ADMIN] })],
    );

  test("another of the same name is given nothing that the reviewed one was to get", () => {
    const review = reviewOf(planned({ roster: files, actual: live("AIDAONE") }).plan);
    const actual = live("AIDATWO");
    const { plan } = planned({ roster: files, actual });
    const { covered } = reviewedChanges({ plan, actual, review, now: NOW, sha256 });
    expect([...covered].map(({ kind }) => kind)).not.toContain("AddUserToGroup");
  });

  test("the user who keeps a name is given nothing that the one who was to be renamed to it would get", () => {
    const groups = [declaredGroup("admins", { policies: [ADMIN] })];
    const actual = state([user("ann"), user("bea")], [group("admins", { policies: [ADMIN] })]);
    const chain = roster(
      [
        declaredUser("bea", { renamedFrom: "ann", groups: ["admins"] }),
        declaredUser("cleo", { renamedFrom: "bea" }),
      ],
      groups,
    );
    const review = reviewOf(planned({ roster: chain, actual }).plan);
    const later = roster([declaredUser("bea", { renamedFrom: "ann", groups: ["admins"] })], groups);
    const { plan } = planned({ roster: later, actual });
    const { covered } = reviewedChanges({ plan, actual, review, now: NOW, sha256 });
    const joins = inOrder<Entry, PlannedChange>(plan.entries).filter(({ change }) => covered.has(change));
    expect(joins.map(({ change }) => change.kind)).not.toContain("AddUserToGroup");
  });
});

describe("a user who was to be created, and is there when the reviewed plan is applied,", () => {
  const TO_MARCO = { UserName: "marco" };
  const files = roster(
    [declaredUser("marco", { groups: ["admins"], access: ["programmatic"] })],
    [declaredGroup("admins", { policies: [ADMIN] })],
  );

  /** What is written to the user, who was made with our tag, and then this. */
  async function writesAfter(more: (sandbox: Sandbox) => void): Promise<Applied> {
    const { plan, apply, sandbox } = await story({ groups: [{ name: "admins", policies: [ADMIN] }] });
    const review = reviewOf((await plan(files)).plan);
    sandbox.act("CreateUser", { ...TO_MARCO, Tags: [{ Key: OWNER_TAG, Value: OURS[OWNER_TAG] }] });
    more(sandbox);
    return apply(files, { review });
  }

  test("and with whom nobody can sign in, was left by a run that broke off: the rest is made", async () => {
    const { writes } = await writesAfter(() => undefined);
    expect(writes).toEqual(["AddUserToGroup marco admins"]);
  });

  test.each<[string, (sandbox: Sandbox) => void]>([
    [
      "a password",
      (sandbox) => sandbox.act("CreateLoginProfile", { ...TO_MARCO, Password: "Sunny-day-4711!" }),
    ],
    ["an access key", (sandbox) => sandbox.act("CreateAccessKey", TO_MARCO)],
    [
      "a key that can be made Active again",
      (sandbox) => {
        const { AccessKey } = sandbox.act("CreateAccessKey", TO_MARCO) as {
          AccessKey: { AccessKeyId: string };
        };
        const { AccessKeyId } = AccessKey;
        sandbox.act("UpdateAccessKey", { ...TO_MARCO, AccessKeyId, Status: "Inactive" });
      },
    ],
    [
      "a service credential",
      (sandbox) =>
        sandbox.act("CreateServiceSpecificCredential", {
          ...TO_MARCO,
          ServiceName: "codecommit.amazonaws.com",
        }),
    ],
  ])(
    "and has %s, may be somebody else's: nothing is given that was reviewed for a new one",
    async (_, make) => {
      const { writes, report } = await writesAfter(make);
      expect(writes).toEqual([]);
      expect(entryOf(report, "marco").problem).toMatch(/^marco has changes that no review covers/);
    },
  );
});

describe("while a plan is applied", () => {
  const GROUPS = [declaredGroup("developers"), declaredGroup("admins", { policies: [ADMIN] })];
  const LIVE = [{ name: "developers" }, { name: "admins", policies: [ADMIN] }];
  const BOB = declaredUser("bob", { groups: ["developers", "admins"] });
  const LIVE_BOB = { name: "bob", tags: OURS, groups: ["developers", "admins"] };

  test("another who has got the name meanwhile is given nothing", async () => {
    const { apply, sandbox } = await story({
      groups: LIVE,
      users: [{ name: "emily", tags: OURS }, LIVE_BOB],
    });
    const files = roster([BOB, declaredUser("emily", { groups: ["admins"] })], GROUPS);
    const { writes } = await apply(files, { meanwhile: () => recreate(sandbox, "emily") });
    expect(writes).toEqual([]);
  });

  test("nobody is given anything whom somebody else has put on hold meanwhile", async () => {
    const { apply, sandbox } = await story({
      groups: LIVE,
      users: [{ name: "emily", tags: OURS }, LIVE_BOB],
    });
    const files = roster([BOB, declaredUser("emily", { groups: ["admins"] })], GROUPS);
    const { writes } = await apply(files, {
      meanwhile: () => sandbox.act("AttachUserPolicy", { UserName: "emily", PolicyArn: arn("AWSDenyAll") }),
    });
    expect(writes).toEqual([]);
  });

  test("a leaver on whom no deny could be put keeps what denies", async () => {
    const denied = (...operations: string[]) => ({ kind: "access-denied" as const, operations });
    const { apply } = await story(
      {
        groups: [...LIVE, { name: "restricted", inlinePolicies: { no: NO } }],
        users: [{ name: "emily", tags: OURS, groups: ["restricted"], inlinePolicies: { no: NO } }, LIVE_BOB],
      },
      { faults: [denied("AttachUserPolicy", "PutUserPolicy")] },
    );
    const { report, writes } = await apply(
      roster([BOB], [...GROUPS, declaredGroup("restricted", { inlinePolicies: { no: NO } })]),
    );
    expect(entryOf(report, "emily").problem).toContain("NOT closed");
    expect(writes).not.toContain("RemoveUserFromGroup emily restricted");
    expect(writes).not.toContain("DeleteUserPolicy emily no");
  });

  test("a group to delete that somebody else has joined meanwhile keeps what it gives", async () => {
    const { apply, sandbox } = await story({
      groups: [...LIVE, { name: "old", policies: [arn("ReadOnlyAccess")] }],
      users: [{ name: "emily", tags: OURS, groups: ["old"] }, LIVE_BOB, { name: "stranger" }],
    });
    const { writes } = await apply(
      roster([BOB, declaredUser("emily")], [...GROUPS, declaredGroup("old", { status: "absent" })]),
      { meanwhile: () => sandbox.act("AddUserToGroup", { UserName: "stranger", GroupName: "old" }) },
    );
    expect(writes).not.toContain("DetachGroupPolicy old ReadOnlyAccess");
  });
});

describe("what is taken away", () => {
  test("is not taken for gone where the user was renamed, and is a member still", async () => {
    const { sandbox, write } = await connect();
    sandbox.act("CreateGroup", { GroupName: "admins" });
    sandbox.act("CreateUser", { UserName: "emily" });
    sandbox.act("AddUserToGroup", { UserName: "emily", GroupName: "admins" });
    sandbox.act("UpdateUser", { UserName: "emily", NewUserName: "emma" });
    const removal = { kind: "RemoveUserFromGroup", user: "emily", group: "admins" } as const;
    await expect(write.write(removal, { now: NOW, id: undefined })).rejects.toThrow();
  });
});

test("who comes back gets nothing where somebody makes a key between the plan and its application", async () => {
  const told = await story({
    users: [
      {
        name: "emily",
        tags: { ...OURS, "iam-roster:deactivated": NOW },
        policies: [arn("AWSDenyAll")],
      },
    ],
  });
  const files = roster([declaredUser("emily", { access: ["programmatic"] })]);
  const { report } = await told.apply(files, {
    meanwhile: () => told.sandbox.act("CreateAccessKey", { UserName: "emily" }),
  });
  const entry = entryOf(report, "emily");
  expect(entry.changes.map(({ outcome }) => outcome)).toEqual(["skipped", "skipped"]);
  expect(entry.problem).toContain("somebody gave emily a password or a key meanwhile");
  const again = await told.apply(files);
  expect(again.writes).toMatchObject([
    expect.stringContaining("UpdateAccessKey emily"),
    "DetachUserPolicy emily AWSDenyAll",
    "UntagUser emily",
  ]);
});
