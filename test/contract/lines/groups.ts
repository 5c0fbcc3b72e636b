import type { IAM } from "@aws-sdk/client-iam";

import { failure } from "../../sandbox/start.ts";
import { emily, GroupName, member, numbered, readers, UserName } from "../given.ts";
import { allEnd, end, ends, endsFor, type Lines } from "../line.ts";

export const BAD_GROUP_NAMES = ["", "a b", "é", "a".repeat(129)];
export const LONG_GROUP_NAME = "a".repeat(128);

async function found(iam: IAM, name: string): Promise<readonly string[]> {
  const { Group } = await iam.getGroup({ GroupName: name });
  return [Group?.GroupName ?? "", Group?.Path ?? ""];
}

export const groups = {
  "has an id that begins with AGPA, and keeps it when it is renamed": {
    does: async ({ iam }) => {
      const { Group: before } = await readers(iam);
      await iam.updateGroup({ GroupName, NewGroupName: "auditors" });
      const { Group } = await iam.getGroup({ GroupName: "auditors" });
      return [/^AGPA[A-Z0-9]{17}$/.test(before?.GroupId ?? ""), Group?.GroupId === before?.GroupId];
    },
    gives: [true, true],
  },
  "has its path in its ARN": {
    does: async ({ iam, account }) => {
      const { Group } = await iam.createGroup({ GroupName, Path: "/team/" });
      return Group?.Arn?.replace(account, "ACCOUNT") ?? "";
    },
    gives: "arn:aws:iam::ACCOUNT:group/team/readers",
  },
  "has a name that no other group has, in whatever case": {
    does: async ({ iam }) => {
      await readers(iam);
      return ends([() => readers(iam), () => iam.createGroup({ GroupName: "READERS" })]);
    },
    gives: ["EntityAlreadyExists 409", "EntityAlreadyExists 409"],
  },
  "is found under any case of its name, and shown as it was written": {
    does: async ({ iam }) => {
      await iam.createGroup({ GroupName: "Readers" });
      return found(iam, "rEADERS");
    },
    gives: ["Readers", "/"],
  },
  "has a name of 1 to 128 letters, digits and `_+=,.@-`": {
    does: ({ iam }) =>
      endsFor([...BAD_GROUP_NAMES, LONG_GROUP_NAME], (name) => iam.createGroup({ GroupName: name })),
    gives: { ...allEnd(BAD_GROUP_NAMES, "ValidationError 400"), [LONG_GROUP_NAME]: "done" },
  },
  "that is missing is named in the message": {
    does: ({ iam }) => failure(iam.getGroup({ GroupName: "none" })),
    gives: "NoSuchEntityException: The group with name none cannot be found.",
  },
  "is moved without being renamed": {
    does: async ({ iam }) => {
      await readers(iam);
      await iam.updateGroup({ GroupName, NewPath: "/team/" });
      return found(iam, GroupName);
    },
    gives: ["readers", "/team/"],
  },
  "keeps its members when it is renamed": {
    does: async ({ iam }) => {
      await member(iam);
      await iam.updateGroup({ GroupName, NewGroupName: "auditors" });
      const { Users } = await iam.getGroup({ GroupName: "auditors" });
      const { Groups } = await iam.listGroupsForUser({ UserName });
      return [...(Users ?? []).map((user) => user.UserName ?? ""), Groups?.[0]?.GroupName ?? ""];
    },
    gives: ["emily", "auditors"],
  },
  "is not renamed onto another": {
    does: async ({ iam }) => {
      await readers(iam);
      await iam.createGroup({ GroupName: "auditors" });
      return end(iam.updateGroup({ GroupName, NewGroupName: "auditors" }));
    },
    gives: "EntityAlreadyExists 409",
  },
  "is listed by path prefix": {
    does: async ({ iam }) => {
      await readers(iam);
      await iam.createGroup({ GroupName: "auditors", Path: "/team/" });
      const { Groups } = await iam.listGroups({ PathPrefix: "/team/" });
      return (Groups ?? []).map((group) => group.GroupName ?? "");
    },
    gives: ["auditors"],
  },
  "is deleted once": {
    does: async ({ iam }) => {
      await readers(iam);
      return ends([() => iam.deleteGroup({ GroupName }), () => iam.deleteGroup({ GroupName })]);
    },
    gives: ["done", "NoSuchEntity 404"],
  },
} satisfies Lines;

export const memberships = {
  "is made twice and shown once, from both sides": {
    does: async ({ iam }) => {
      await member(iam);
      await iam.addUserToGroup({ UserName, GroupName });
      const { Users } = await iam.getGroup({ GroupName });
      const { Groups } = await iam.listGroupsForUser({ UserName });
      return [
        (Users ?? []).map((user) => user.UserName ?? ""),
        (Groups ?? []).map((group) => group.GroupName ?? ""),
      ];
    },
    gives: [["emily"], ["readers"]],
  },
  "is ended twice without an error": {
    does: async ({ iam }) => {
      await member(iam);
      const leave = () => iam.removeUserFromGroup({ UserName, GroupName });
      return ends([leave, leave]);
    },
    gives: ["done", "done"],
  },
  "is the eleventh of a user never": {
    does: async ({ iam }) => {
      await emily(iam);
      const names = numbered("g", 11);
      const join = async (name: string) => {
        await iam.createGroup({ GroupName: name });
        await iam.addUserToGroup({ UserName, GroupName: name });
      };
      return (await ends(names.map((name) => () => join(name)))).slice(-3);
    },
    gives: ["done", "done", "LimitExceeded 409"],
  },
  "shows no tags of the member": {
    does: async ({ iam }) => {
      await member(iam);
      await iam.tagUser({ UserName, Tags: [{ Key: "team", Value: "x" }] });
      return (await iam.getGroup({ GroupName })).Users?.[0]?.Tags?.length ?? 0;
    },
    gives: 0,
  },
} satisfies Lines;
