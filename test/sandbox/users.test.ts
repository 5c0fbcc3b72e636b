import { describe, expect, test } from "vitest";

import { awsPolicy, failure, start } from "./start.ts";

describe("creating a user", () => {
  test("gives an id that is never given again, also after a deletion", async () => {
    const { iam } = await start();
    const first = await iam.createUser({ UserName: "emily" });
    await iam.deleteUser({ UserName: "emily" });
    const second = await iam.createUser({ UserName: "emily" });
    expect(first.User?.UserId).toMatch(/^AIDA[A-Z2-7]{17}$/);
    expect(second.User?.UserId).not.toBe(first.User?.UserId);
  });

  test("keeps path, tags and boundary, and puts the path into the ARN", async () => {
    const { iam } = await start();
    const PermissionsBoundary = awsPolicy("PowerUserAccess");
    const Tags = [{ Key: "Team", Value: "platform" }];
    await iam.createUser({ UserName: "bot", Path: "/machines/", PermissionsBoundary, Tags });
    const { User } = await iam.getUser({ UserName: "bot" });
    expect(User).toMatchObject({ Arn: "arn:aws:iam::123456789012:user/machines/bot", Tags });
    expect(User?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(PermissionsBoundary);
  });

  test("under a name that differs in case only is refused", async () => {
    const { iam } = await start();
    await iam.createUser({ UserName: "Emily" });
    const error = await failure(iam.createUser({ UserName: "emily" }));
    expect(error).toBe("EntityAlreadyExistsException: User with name emily already exists.");
  });

  test.each(["", "a".repeat(65), "é", "a b", "line\n"])("named %j is refused", async (UserName) => {
    const { iam } = await start();
    expect(await failure(iam.createUser({ UserName }))).toMatch(
      /^ValidationError: 1 validation error detected/,
    );
  });

  test.each(["//", "/team", "team/", "/ space/", "/é/", "/del\u007f/", `/${"a".repeat(511)}/`])(
    "at path %j is refused",
    async (Path) => {
      const { iam } = await start();
      expect(await failure(iam.createUser({ UserName: "emily", Path }))).toMatch(/^ValidationError/);
    },
  );

  test("at path /a//b/ succeeds", async () => {
    const { iam } = await start();
    expect((await iam.createUser({ UserName: "emily", Path: "/a//b/" })).User?.Path).toBe("/a//b/");
  });

  test("with one bad tag creates nothing", async () => {
    const { iam, sandbox } = await start();
    const Tags = [
      { Key: "good", Value: "" },
      { Key: "aws:bad", Value: "" },
    ];
    expect(await failure(iam.createUser({ UserName: "emily", Tags }))).toMatch(/^InvalidInput/);
    expect(sandbox.snapshot().users).toEqual([]);
  });

  test("with a boundary that does not exist is refused", async () => {
    const { iam } = await start();
    const boundary = (arn: string) =>
      failure(iam.createUser({ UserName: "emily", PermissionsBoundary: arn }));
    expect(await boundary("arn:aws:iam::123456789012:policy/none")).toMatch(/^NoSuchEntity/);
    expect(await boundary(awsPolicy("NoSuchPolicyOfAws"))).toMatch(/^NoSuchEntity/);
    expect(await boundary("arn:aws:s3:::not-a-policy-at-all")).toMatch(/^InvalidInput/);
  });

  test("beyond the account's quota is refused", async () => {
    const { iam } = await start({ quotas: { users: 1 } });
    await iam.createUser({ UserName: "one" });
    const error = await failure(iam.createUser({ UserName: "two" }));
    expect(error).toBe("LimitExceededException: Cannot exceed quota for UsersPerAccount: 1");
  });
});

describe("looking a user up", () => {
  test("by another case finds the name as it was written", async () => {
    const { iam } = await start({ state: { users: [{ name: "Emily" }] } });
    expect((await iam.getUser({ UserName: "EMILY" })).User?.UserName).toBe("Emily");
  });

  test("who is not there says so in IAM's words", async () => {
    const { iam } = await start();
    const error = await failure(iam.getUser({ UserName: "nobody" }));
    expect(error).toBe("NoSuchEntityException: The user with name nobody cannot be found.");
  });

  test("without a name is refused to a role", async () => {
    const { iam } = await start();
    expect(await failure(iam.getUser({}))).toMatch(/^ValidationError: Must specify userName/);
  });

  test("in a list leaves tags and boundary out", async () => {
    const boundary = awsPolicy("PowerUserAccess");
    const { iam } = await start({ state: { users: [{ name: "emily", tags: { Team: "one" }, boundary }] } });
    const [user] = (await iam.listUsers({})).Users ?? [];
    expect(Object.keys(user ?? {}).toSorted()).toEqual(["Arn", "CreateDate", "Path", "UserId", "UserName"]);
  });

  test("lists by path prefix, in order of names without case", async () => {
    const users = [{ name: "b" }, { name: "C" }, { name: "a" }, { name: "bot", path: "/machines/" }];
    const { iam } = await start({ state: { users } });
    const names = async (PathPrefix: string) =>
      (await iam.listUsers({ PathPrefix })).Users?.map(({ UserName }) => UserName);
    expect(await names("/")).toEqual(["a", "b", "bot", "C"]);
    expect(await names("/machines/")).toEqual(["bot"]);
  });
});

describe("renaming a user", () => {
  test("keeps id, tags, keys, memberships and policies", async () => {
    const { iam } = await start({
      state: {
        users: [
          {
            name: "emily",
            tags: { Team: "one" },
            groups: ["power"],
            accessKeys: [{ id: "AKIAEMILY00000000000" }],
            policies: [awsPolicy("ReadOnlyAccess")],
          },
        ],
        groups: [{ name: "power" }],
      },
    });
    const before = await iam.getUser({ UserName: "emily" });
    await iam.updateUser({ UserName: "emily", NewUserName: "emma", NewPath: "/people/" });
    const { User } = await iam.getUser({ UserName: "emma" });
    expect(User).toMatchObject({ UserId: before.User?.UserId, Path: "/people/", Tags: before.User?.Tags });
    expect((await iam.listGroupsForUser({ UserName: "emma" })).Groups).toHaveLength(1);
    expect((await iam.getAccessKeyLastUsed({ AccessKeyId: "AKIAEMILY00000000000" })).UserName).toBe("emma");
    expect(await failure(iam.getUser({ UserName: "emily" }))).toMatch(/^NoSuchEntity/);
  });

  test("onto another's name is refused, onto another case of one's own is not", async () => {
    const { iam } = await start({ state: { users: [{ name: "emily" }, { name: "Ben" }] } });
    const taken = iam.updateUser({ UserName: "emily", NewUserName: "BEN" });
    expect(await failure(taken)).toBe("EntityAlreadyExistsException: User with name BEN already exists.");
    await iam.updateUser({ UserName: "emily", NewUserName: "Emily" });
    expect((await iam.getUser({ UserName: "emily" })).User?.UserName).toBe("Emily");
  });

  test("to more than 64 characters is refused", async () => {
    const { iam } = await start({ state: { users: [{ name: "emily" }] } });
    const long = iam.updateUser({ UserName: "emily", NewUserName: "a".repeat(65) });
    expect(await failure(long)).toMatch(/less than or equal to 64/);
  });
});

describe("deleting a user", () => {
  const children = {
    groups: [["power"], "must remove users from group first."],
    policies: [[awsPolicy("ReadOnlyAccess")], "must detach all policies first."],
    inlinePolicies: [
      { one: { Version: "2012-10-17", Statement: { Effect: "Deny", Action: "*", Resource: "*" } } },
      "must delete policies first.",
    ],
    password: [{ secret: "Abcdef12!" }, "must delete login profile first."],
    accessKeys: [[{}], "must delete access keys first."],
    sshKeys: [[{}], "must remove referenced objects first."],
    certificates: [[{}], "must delete certificates first."],
    serviceCredentials: [[{}], "must remove referenced objects first."],
    mfaDevices: [[{ serial: "GAHT12345678" }], "must remove tokens from principal first."],
  } as const;

  test.each(Object.entries(children))("who has %s is refused", async (kind, [value, words]) => {
    const { iam } = await start({
      state: { users: [{ name: "emily", [kind]: value }], groups: [{ name: "power" }] },
    });
    const error = await failure(iam.deleteUser({ UserName: "emily" }));
    expect(error).toBe(`DeleteConflictException: Cannot delete entity, ${words}`);
  });

  test("who has only tags and a boundary succeeds, once", async () => {
    const user = { name: "emily", tags: { Team: "one" }, boundary: awsPolicy("PowerUserAccess") };
    const { iam } = await start({ state: { users: [user] } });
    await iam.deleteUser({ UserName: "emily" });
    expect(await failure(iam.deleteUser({ UserName: "emily" }))).toMatch(/^NoSuchEntity/);
  });
});

describe("tags", () => {
  const tagged = () => start({ state: { users: [{ name: "emily", tags: { Team: "one" } }] } });
  const key = (Key: string) => [{ Key, Value: "" }];

  test("written under another case replace key and value", async () => {
    const { iam } = await tagged();
    await iam.tagUser({ UserName: "emily", Tags: [{ Key: "team", Value: "two" }] });
    expect((await iam.listUserTags({ UserName: "emily" })).Tags).toEqual([{ Key: "team", Value: "two" }]);
  });

  test("given twice by case are refused", async () => {
    const { iam } = await tagged();
    const error = await failure(iam.tagUser({ UserName: "emily", Tags: [...key("a"), ...key("A")] }));
    expect(error).toMatch(/^InvalidInputException: Duplicate tag keys found/);
  });

  test.each([
    ["aws:x", "InvalidInputException: Tag keys beginning with aws: are reserved for system use."],
    ["AWS:x", "InvalidInputException"],
    ["  ", "ValidationError"],
    ["a!b", "ValidationError"],
    ["a".repeat(129), "ValidationError"],
  ])("with the key %j are refused", async (Key, error) => {
    const { iam } = await tagged();
    expect(await failure(iam.tagUser({ UserName: "emily", Tags: key(Key) }))).toMatch(
      new RegExp(`^${error}`),
    );
  });

  test("may have an empty value, and one that begins with aws:", async () => {
    const { iam } = await tagged();
    await iam.tagUser({ UserName: "emily", Tags: [...key("empty"), { Key: "value", Value: "aws:x" }] });
    expect((await iam.listUserTags({ UserName: "emily" })).Tags).toHaveLength(3);
  });

  test("beyond fifty are refused whole", async () => {
    const { iam } = await tagged();
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: "" }));
    expect(await failure(iam.tagUser({ UserName: "emily", Tags: many(50) }))).toMatch(/^LimitExceeded/);
    expect(await failure(iam.tagUser({ UserName: "emily", Tags: many(51) }))).toMatch(/^ValidationError/);
    expect((await iam.listUserTags({ UserName: "emily" })).Tags).toHaveLength(1);
    await iam.tagUser({ UserName: "emily", Tags: many(49) });
    expect((await iam.listUserTags({ UserName: "emily" })).Tags).toHaveLength(50);
  });

  test("are taken off in any case, and absent ones without a word", async () => {
    const { iam } = await tagged();
    await iam.untagUser({ UserName: "emily", TagKeys: ["TEAM", "absent", "aws:x"] });
    await iam.untagUser({ UserName: "emily", TagKeys: [] });
    expect((await iam.listUserTags({ UserName: "emily" })).Tags).toEqual([]);
  });

  test("given as an empty list are refused", async () => {
    const { iam } = await tagged();
    expect(await failure(iam.tagUser({ UserName: "emily", Tags: [] }))).toMatch(/^InvalidInput/);
  });
});

describe("a permissions boundary", () => {
  test("is put, put again, and deleted once", async () => {
    const { iam } = await start({ state: { users: [{ name: "emily" }] } });
    const put = (name: string) =>
      iam.putUserPermissionsBoundary({ UserName: "emily", PermissionsBoundary: awsPolicy(name) });
    await put("PowerUserAccess");
    await put("ReadOnlyAccess");
    expect(await failure(put("NoSuchPolicyOfAws"))).toMatch(/^NoSuchEntity/);
    const { User } = await iam.getUser({ UserName: "emily" });
    expect(User?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(awsPolicy("ReadOnlyAccess"));
    await iam.deleteUserPermissionsBoundary({ UserName: "emily" });
    const again = failure(iam.deleteUserPermissionsBoundary({ UserName: "emily" }));
    expect(await again).toMatch(/^NoSuchEntity/);
  });
});
