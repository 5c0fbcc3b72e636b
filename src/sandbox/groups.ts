import { groupDeletionConflict } from "../core/rules/deletion.ts";
import { fold } from "../core/rules/names.ts";
import {
  type Account,
  arnOf,
  groupsOf,
  isConcealed,
  newId,
  requireGroup,
  requireUser,
  timeOf,
} from "./account.ts";
import { alreadyExists, IamError, quotaExceeded } from "./errors.ts";
import { groupName, optional, PAGE, path, pathPrefix, userName } from "./members.ts";
import { type Operations, reading, writing } from "./operation.ts";
import { pageOf } from "./page.ts";
import type { GroupRecord } from "./records.ts";
import { userSummary } from "./users.ts";
import type { Answer } from "./wire.ts";

export function groupSummary(account: Account, group: GroupRecord): { readonly [name: string]: Answer } {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: arnOf(account, "group", group),
    CreateDate: group.createdAt,
  };
}

const byName = ({ name }: { readonly name: string }): string => fold(name);

export const groupOperations: Operations = {
  CreateGroup: writing({ GroupName: groupName, Path: optional(path) }, (account, input) => {
    if (account.groups.find(input.GroupName)) {
      throw alreadyExists(`Group with name ${input.GroupName} already exists.`);
    }
    if (account.groups.size >= account.quotas.groups) {
      throw quotaExceeded("GroupsPerAccount", account.quotas.groups);
    }
    const group: GroupRecord = {
      id: newId(account, "AGPA", 21),
      name: input.GroupName,
      path: input.Path ?? "/",
      createdAt: timeOf(account),
      policies: new Set(),
      inline: new Map(),
      members: new Set(),
    };
    account.groups.add(group);
    account.births.set(group.id, performance.now());
    return { Group: groupSummary(account, group) };
  }),

  GetGroup: reading({ GroupName: groupName, ...PAGE }, (account, input) => {
    const group = requireGroup(account, input.GroupName);
    const members = [...group.members].flatMap((id) => account.users.get(id) ?? []);
    const sorted = members.toSorted((one, other) => (byName(one) < byName(other) ? -1 : 1));
    const { items, end } = pageOf({ items: sorted, key: byName, of: ["GetGroup", group.id] }, input);
    return {
      Group: groupSummary(account, group),
      Users: items.map((user) => ({ ...userSummary(account, user), PasswordLastUsed: undefined })),
      ...end,
    };
  }),

  ListGroups: reading({ PathPrefix: optional(pathPrefix), ...PAGE }, (account, input) => {
    const prefix = input.PathPrefix ?? "/";
    const seen = account.groups
      .sorted()
      .filter((group) => group.path.startsWith(prefix) && !isConcealed(account, group));
    const { items, end } = pageOf({ items: seen, key: byName, of: ["ListGroups", prefix] }, input);
    return { Groups: items.map((group) => groupSummary(account, group)), ...end };
  }),

  ListGroupsForUser: reading({ UserName: userName, ...PAGE }, (account, input) => {
    const user = requireUser(account, input.UserName);
    const listing = { items: groupsOf(account, user), key: byName, of: ["ListGroupsForUser", user.id] };
    const { items, end } = pageOf(listing, input);
    return { Groups: items.map((group) => groupSummary(account, group)), ...end };
  }),

  UpdateGroup: writing(
    { GroupName: groupName, NewPath: optional(path), NewGroupName: optional(groupName) },
    (account, input) => {
      const group = requireGroup(account, input.GroupName);
      const name = input.NewGroupName ?? group.name;
      const other = account.groups.find(name);
      if (other !== undefined && other !== group)
        throw alreadyExists(`Group with name ${name} already exists.`);
      if (name !== group.name) account.groups.rename(group, name);
      group.path = input.NewPath ?? group.path;
    },
  ),

  DeleteGroup: writing({ GroupName: groupName }, (account, input) => {
    const group = requireGroup(account, input.GroupName);
    const conflict = groupDeletionConflict({
      members: group.members.size,
      policies: group.policies.size,
      inlinePolicies: group.inline.size,
    });
    if (conflict !== undefined) throw new IamError("DeleteConflict", conflict);
    account.groups.remove(group);
  }),

  AddUserToGroup: writing({ GroupName: groupName, UserName: userName }, (account, input) => {
    const group = requireGroup(account, input.GroupName);
    const user = requireUser(account, input.UserName);
    if (user.groups.has(group.id)) return;
    if (user.groups.size >= account.quotas.groupsPerUser) {
      throw quotaExceeded("GroupsPerUser", account.quotas.groupsPerUser);
    }
    user.groups.add(group.id);
    group.members.add(user.id);
  }),

  // Live, removing somebody who is no member is a success.
  RemoveUserFromGroup: writing({ GroupName: groupName, UserName: userName }, (account, input) => {
    const group = requireGroup(account, input.GroupName);
    const user = requireUser(account, input.UserName);
    user.groups.delete(group.id);
    group.members.delete(user.id);
  }),
};
