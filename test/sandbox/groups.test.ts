import { describe, expect, test } from "vitest";

import { allow, awsPolicy, failure, start } from "./start.ts";

describe("a group", () => {
  test("is made, found in any case, moved and renamed with its id, and deleted", async () => {
    const { iam } = await start();
    const made = await iam.createGroup({ GroupName: "Power", Path: "/team/" });
    expect(made.Group?.GroupId).toMatch(/^AGPA[A-Z2-7]{17}$/);
    await iam.updateGroup({ GroupName: "power", NewGroupName: "Strong" });
    await iam.updateGroup({ GroupName: "strong", NewPath: "/other/" });
    const { Group } = await iam.getGroup({ GroupName: "STRONG" });
    expect(Group).toMatchObject({ GroupName: "Strong", Path: "/other/", GroupId: made.Group?.GroupId });
    await iam.deleteGroup({ GroupName: "strong" });
    const gone = await failure(iam.getGroup({ GroupName: "Strong" }));
    expect(gone).toBe("NoSuchEntityException: The group with name Strong cannot be found.");
  });

  test("under a name that differs in case only is refused, under a user's name it is not", async () => {
    const { iam } = await start({
      state: { users: [{ name: "emily" }], groups: [{ name: "Power" }, { name: "b" }] },
    });
    expect(await failure(iam.createGroup({ GroupName: "POWER" }))).toMatch(/^EntityAlreadyExists/);
    expect(await failure(iam.updateGroup({ GroupName: "b", NewGroupName: "power" }))).toMatch(
      /^EntityAlreadyExists/,
    );
    await iam.createGroup({ GroupName: "emily" });
  });

  test("may have a name of 128 characters, and no more", async () => {
    const { iam } = await start();
    await iam.createGroup({ GroupName: "a".repeat(128) });
    expect(await failure(iam.createGroup({ GroupName: "b".repeat(129) }))).toMatch(/^ValidationError/);
    expect(await failure(iam.createGroup({ GroupName: "b", Path: "x" }))).toMatch(/^ValidationError/);
  });

  test("beyond the account's quota is refused", async () => {
    const { iam } = await start({ quotas: { groups: 1 }, state: { groups: [{ name: "one" }] } });
    const error = await failure(iam.createGroup({ GroupName: "two" }));
    expect(error).toBe("LimitExceededException: Cannot exceed quota for GroupsPerAccount: 1");
  });

  test("is not deleted while anything is in it or on it", async () => {
    const { iam } = await start({
      state: {
        users: [{ name: "emily", groups: ["members"] }],
        groups: [
          { name: "members" },
          { name: "attached", policies: [awsPolicy("ReadOnlyAccess")] },
          { name: "inline", inlinePolicies: { one: allow("s3:*") } },
        ],
      },
    });
    const words = async (GroupName: string) => failure(iam.deleteGroup({ GroupName }));
    expect(await words("members")).toMatch(/DeleteConflict.*must remove users from group first\.$/);
    expect(await words("attached")).toMatch(/DeleteConflict.*must detach all policies first\.$/);
    expect(await words("inline")).toMatch(/DeleteConflict.*must delete policies first\.$/);
  });

  test("is listed by path prefix", async () => {
    const { iam } = await start({ state: { groups: [{ name: "b" }, { name: "A", path: "/team/" }] } });
    const names = async (PathPrefix: string) =>
      (await iam.listGroups({ PathPrefix })).Groups?.map(({ GroupName }) => GroupName);
    expect(await names("/")).toEqual(["A", "b"]);
    expect(await names("/team/")).toEqual(["A"]);
  });
});

describe("a membership", () => {
  const both = () => start({ state: { users: [{ name: "Emily" }], groups: [{ name: "Power" }] } });
  const membership = { UserName: "emily", GroupName: "power" };

  test("is made twice and undone twice without an error", async () => {
    const { iam } = await both();
    await iam.addUserToGroup(membership);
    await iam.addUserToGroup(membership);
    expect((await iam.getGroup({ GroupName: "power" })).Users?.map(({ UserName }) => UserName)).toEqual([
      "Emily",
    ]);
    expect((await iam.listGroupsForUser({ UserName: "emily" })).Groups?.[0]?.GroupName).toBe("Power");
    await iam.removeUserFromGroup(membership);
    await iam.removeUserFromGroup(membership);
    expect((await iam.getGroup({ GroupName: "power" })).Users).toEqual([]);
  });

  test("needs the user and the group", async () => {
    const { iam } = await both();
    expect(await failure(iam.addUserToGroup({ ...membership, UserName: "no" }))).toMatch(
      /The user with name no/,
    );
    expect(await failure(iam.addUserToGroup({ ...membership, GroupName: "no" }))).toMatch(
      /The group with name no/,
    );
    expect(await failure(iam.removeUserFromGroup({ ...membership, GroupName: "no" }))).toMatch(
      /^NoSuchEntity/,
    );
  });

  test("beyond ten groups is refused", async () => {
    const groups = Array.from({ length: 11 }, (_, index) => ({ name: `g${index}` }));
    const users = [{ name: "emily", groups: groups.slice(0, 10).map(({ name }) => name) }];
    const { iam } = await start({ state: { users, groups } });
    const error = await failure(iam.addUserToGroup({ UserName: "emily", GroupName: "g10" }));
    expect(error).toBe("LimitExceededException: Cannot exceed quota for GroupsPerUser: 10");
    await iam.addUserToGroup({ UserName: "emily", GroupName: "g9" });
  });
});
