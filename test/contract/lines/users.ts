import { awsPolicy, failure } from "../../sandbox/start.ts";
import { emily, member, newKey, tag, UserName } from "../given.ts";
import { allEnd, end, ends, endsFor, type Lines } from "../line.ts";

export const BAD_USER_NAMES = ["", "a b", "é", "line\n", "a".repeat(65)];
export const GOOD_USER_NAMES = ["a".repeat(64), "_+=,.@-"];
export const BAD_PATHS = ["//", "/team", "team/", "/a b/", "/é/", "/del\u007f/", `/${"a".repeat(511)}/`];

export const users = {
  "has an id that begins with AIDA and is never given again": {
    does: async ({ iam }) => {
      const first = (await emily(iam)).User?.UserId ?? "";
      await iam.deleteUser({ UserName });
      const second = (await emily(iam)).User?.UserId ?? "";
      return [/^AIDA[A-Z2-7]{17}$/.test(first), first === second];
    },
    gives: [true, false],
  },
  "has its path in its ARN, and `/` where none was given": {
    does: async ({ iam, account }) => {
      const bot = await iam.createUser({ UserName: "bot", Path: "/machines/" });
      const plain = await emily(iam);
      return [bot, plain].map(({ User }) => User?.Arn?.replace(account, "ACCOUNT") ?? "");
    },
    gives: ["arn:aws:iam::ACCOUNT:user/machines/bot", "arn:aws:iam::ACCOUNT:user/emily"],
  },
  "is made with its tags, or not at all": {
    does: async ({ iam }) => [
      await end(iam.createUser({ UserName: "bad", Tags: [tag("fine"), tag("aws:bad")] })),
      await end(iam.getUser({ UserName: "bad" })),
      (await iam.createUser({ UserName, Tags: [tag("team", "x")] })).User?.Tags?.length ?? 0,
    ],
    gives: ["InvalidInput 400", "NoSuchEntity 404", 1],
  },
  "is made with its boundary": {
    does: async ({ iam }) => {
      await iam.createUser({ UserName, PermissionsBoundary: awsPolicy("ReadOnlyAccess") });
      const { User } = await iam.getUser({ UserName });
      return User?.PermissionsBoundary?.PermissionsBoundaryArn ?? "none";
    },
    gives: awsPolicy("ReadOnlyAccess"),
  },
  "is not made where its boundary does not exist": {
    does: ({ iam }) => end(iam.createUser({ UserName, PermissionsBoundary: awsPolicy("NoSuchPolicy") })),
    gives: "NoSuchEntity 404",
  },
  "has a name that nobody else has, in whatever case": {
    does: async ({ iam }) => {
      await emily(iam);
      return ends([() => emily(iam), () => iam.createUser({ UserName: "EMILY" })]);
    },
    gives: ["EntityAlreadyExists 409", "EntityAlreadyExists 409"],
  },
  "is found under any case of its name, and shown as it was written": {
    does: async ({ iam }) => {
      await iam.createUser({ UserName: "Emily" });
      return (await iam.getUser({ UserName: "eMILY" })).User?.UserName ?? "";
    },
    gives: "Emily",
  },
  "has a name of 1 to 64 letters, digits and `_+=,.@-`": {
    does: async ({ iam }) => ({
      ...(await endsFor(BAD_USER_NAMES, (name) => iam.createUser({ UserName: name }))),
      ...(await endsFor(GOOD_USER_NAMES, (name) => iam.createUser({ UserName: name }))),
    }),
    gives: { ...allEnd(BAD_USER_NAMES, "ValidationError 400"), ...allEnd(GOOD_USER_NAMES, "done") },
  },
  "has a path between slashes, of visible ASCII characters": {
    does: ({ iam }) =>
      endsFor(BAD_PATHS, (Path) => iam.createUser({ UserName: `u${BAD_PATHS.indexOf(Path)}`, Path })),
    gives: allEnd(BAD_PATHS, "ValidationError 400"),
  },
  "may have two slashes in the middle of its path": {
    does: ({ iam }) => end(iam.createUser({ UserName, Path: "/a//b/" })),
    gives: "done",
  },
  "that is missing is named in the message": {
    does: ({ iam }) => failure(iam.getUser({ UserName: "nobody" })),
    gives: "NoSuchEntityException: The user with name nobody cannot be found.",
  },
  "is found with tags, and listed without": {
    does: async ({ iam }) => {
      await iam.createUser({ UserName, Tags: [tag("team", "x")] });
      const { User } = await iam.getUser({ UserName });
      const { Users } = await iam.listUsers({});
      return [User?.Tags?.length ?? 0, Users?.[0]?.Tags?.length ?? 0];
    },
    gives: [1, 0],
  },
  "is listed by path prefix": {
    does: async ({ iam }) => {
      await emily(iam);
      await iam.createUser({ UserName: "bot", Path: "/machines/" });
      const names = async (PathPrefix: string) =>
        (await iam.listUsers({ PathPrefix })).Users?.map((user) => user.UserName ?? "").toSorted() ?? [];
      return [await names("/"), await names("/machines/")];
    },
    gives: [["bot", "emily"], ["bot"]],
  },
  "keeps its id and its memberships when it is renamed and moved": {
    does: async ({ iam }) => {
      await member(iam);
      const { User: before } = await iam.getUser({ UserName });
      await iam.updateUser({ UserName, NewUserName: "emma", NewPath: "/people/" });
      const { User } = await iam.getUser({ UserName: "emma" });
      const { Groups } = await iam.listGroupsForUser({ UserName: "emma" });
      const gone = await end(iam.getUser({ UserName }));
      return [User?.UserId === before?.UserId, User?.Path ?? "", Groups?.length ?? 0, gone];
    },
    gives: [true, "/people/", 1, "NoSuchEntity 404"],
  },
  "keeps its tags when it is renamed": {
    does: async ({ iam }) => {
      await iam.createUser({ UserName, Tags: [tag("team", "x")] });
      await iam.updateUser({ UserName, NewUserName: "emma" });
      return (await iam.getUser({ UserName: "emma" })).User?.Tags?.length ?? 0;
    },
    gives: 1,
  },
  "keeps its tags when it is moved": {
    does: async ({ iam }) => {
      await iam.createUser({ UserName, Tags: [tag("team", "x")] });
      await iam.updateUser({ UserName, NewPath: "/people/" });
      return (await iam.getUser({ UserName })).User?.Tags?.length ?? 0;
    },
    gives: 1,
  },
  "keeps its access keys, under the new name, when it is renamed": {
    does: async ({ iam }) => {
      await emily(iam);
      const { AccessKeyId } = await newKey(iam);
      await iam.updateUser({ UserName, NewUserName: "emma" });
      return [
        (await iam.listAccessKeys({ UserName: "emma" })).AccessKeyMetadata?.length ?? 0,
        (await iam.getAccessKeyLastUsed({ AccessKeyId })).UserName ?? "",
      ];
    },
    gives: [1, "emma"],
  },
  "is not renamed onto another": {
    does: async ({ iam }) => {
      await emily(iam);
      await iam.createUser({ UserName: "ben" });
      return end(iam.updateUser({ UserName, NewUserName: "ben" }));
    },
    gives: "EntityAlreadyExists 409",
  },
  "is deleted once": {
    does: async ({ iam }) => {
      await emily(iam);
      return ends([() => iam.deleteUser({ UserName }), () => iam.deleteUser({ UserName })]);
    },
    gives: ["done", "NoSuchEntity 404"],
  },
  "may have the name of a group": {
    does: async ({ iam }) => {
      await emily(iam);
      return end(iam.createGroup({ GroupName: UserName }));
    },
    gives: "done",
  },
} satisfies Lines;
