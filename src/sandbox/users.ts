import { userDeletionConflict } from "../core/rules/deletion.ts";
import { fold } from "../core/rules/names.ts";
import { mergeTags, removeTags, tagProblem } from "../core/rules/tags.ts";
import { type Account, arnOf, isConcealed, newId, requireUser, timeOf } from "./account.ts";
import { alreadyExists, IamError, noSuch, quotaExceeded } from "./errors.ts";
import { requireBoundary } from "./managed.ts";
import {
  arn,
  listOf,
  newUserName,
  optional,
  PAGE,
  path,
  pathPrefix,
  tags as tagList,
  text,
  userName,
  type WireTag,
} from "./members.ts";
import { type Caller, type Operations, reading, writing } from "./operation.ts";
import { pageOf } from "./page.ts";
import type { Tags, UserRecord } from "./records.ts";
import type { Answer } from "./wire.ts";

/** The user as lists give it: without tags and boundary. */
export function userSummary(account: Account, user: UserRecord): { readonly [name: string]: Answer } {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: arnOf(account, "user", user),
    CreateDate: user.createdAt,
    PasswordLastUsed: user.passwordLastUsed,
  };
}

function userDetail(account: Account, user: UserRecord): Answer {
  return {
    ...userSummary(account, user),
    PermissionsBoundary: boundaryAnswer(user),
    Tags: user.tags.size > 0 ? tagsAnswer(user.tags.values()) : undefined,
  };
}

export function boundaryAnswer(user: UserRecord): Answer {
  if (user.boundary === undefined) return undefined;
  return { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: user.boundary };
}

export function tagsAnswer(tags: Iterable<WireTag>): readonly Answer[] {
  return Array.from(tags, ({ key, value }) => ({ Key: key, Value: value }));
}

/** The user that is named, or, where none is, the user whose key signed. */
export function namedOrCaller(account: Account, name: string | undefined, caller: Caller): UserRecord {
  if (name !== undefined) return requireUser(account, name);
  const user = caller.user === undefined ? undefined : account.users.get(caller.user);
  if (user === undefined) {
    throw new IamError("ValidationError", "Must specify userName when calling with non-User credentials");
  }
  return user;
}

function checkTags(tags: Tags, written: readonly WireTag[]): void {
  const problem = tagProblem(tags, written);
  if (problem !== undefined) throw new IamError(problem.code, problem.message);
}

const NO_TAGS: Tags = new Map();

export const userOperations: Operations = {
  CreateUser: writing(
    {
      UserName: newUserName,
      Path: optional(path),
      PermissionsBoundary: optional(arn),
      Tags: optional(tagList),
    },
    (account, input) => {
      const tags = input.Tags ?? [];
      checkTags(NO_TAGS, tags);
      if (account.users.find(input.UserName)) {
        throw alreadyExists(`User with name ${input.UserName} already exists.`);
      }
      if (account.users.size >= account.quotas.users)
        throw quotaExceeded("UsersPerAccount", account.quotas.users);
      if (input.PermissionsBoundary !== undefined) requireBoundary(account, input.PermissionsBoundary);
      const user = newUser(account, { name: input.UserName, path: input.Path ?? "/" });
      user.boundary = input.PermissionsBoundary;
      user.tags = mergeTags(NO_TAGS, tags);
      account.users.add(user);
      account.births.set(user.id, performance.now());
      return { User: userDetail(account, user) };
    },
  ),

  GetUser: reading({ UserName: optional(userName) }, (account, input, caller) => ({
    User: userDetail(account, namedOrCaller(account, input.UserName, caller)),
  })),

  ListUsers: reading({ PathPrefix: optional(pathPrefix), ...PAGE }, (account, input) => {
    const prefix = input.PathPrefix ?? "/";
    const seen = account.users
      .sorted()
      .filter((user) => user.path.startsWith(prefix) && !isConcealed(account, user));
    const { items, end } = pageOf(
      { items: seen, key: (user) => fold(user.name), of: ["ListUsers", prefix] },
      input,
    );
    return { Users: items.map((user) => userSummary(account, user)), ...end };
  }),

  UpdateUser: writing(
    { UserName: userName, NewPath: optional(path), NewUserName: optional(newUserName) },
    (account, input) => {
      const user = requireUser(account, input.UserName);
      const name = input.NewUserName ?? user.name;
      const other = account.users.find(name);
      if (other !== undefined && other !== user)
        throw alreadyExists(`User with name ${name} already exists.`);
      if (name !== user.name) account.users.rename(user, name);
      user.path = input.NewPath ?? user.path;
    },
  ),

  DeleteUser: writing({ UserName: userName }, (account, input) => {
    const user = requireUser(account, input.UserName);
    const conflict = userDeletionConflict({
      groups: user.groups.size,
      policies: user.policies.size,
      inlinePolicies: user.inline.size,
      passwords: user.password === undefined ? 0 : 1,
      accessKeys: user.accessKeys.length,
      certificates: user.certificates.length,
      sshKeys: user.sshKeys.length,
      serviceCredentials: user.serviceCredentials.length,
      mfaDevices: user.mfaDevices.length,
    });
    if (conflict !== undefined) throw new IamError("DeleteConflict", conflict);
    account.users.remove(user);
  }),

  TagUser: writing({ UserName: userName, Tags: tagList }, (account, input) => {
    if (input.Tags.length === 0)
      throw new IamError("InvalidInput", "The provided tag map must not be null/empty.");
    const user = requireUser(account, input.UserName);
    checkTags(user.tags, input.Tags);
    user.tags = mergeTags(user.tags, input.Tags);
  }),

  UntagUser: writing(
    { UserName: userName, TagKeys: listOf(text({ least: 1, most: 128 })) },
    (account, input) => {
      const user = requireUser(account, input.UserName);
      user.tags = removeTags(user.tags, input.TagKeys);
    },
  ),

  ListUserTags: reading({ UserName: userName, ...PAGE }, (account, input) => {
    const user = requireUser(account, input.UserName);
    const sorted = [...user.tags].toSorted(([one], [other]) => (one < other ? -1 : 1));
    const listing = { items: sorted, key: ([key]: [string, WireTag]) => key, of: ["ListUserTags", user.id] };
    const { items, end } = pageOf(listing, input);
    return { Tags: tagsAnswer(items.map(([, tag]) => tag)), ...end };
  }),

  PutUserPermissionsBoundary: writing({ UserName: userName, PermissionsBoundary: arn }, (account, input) => {
    const user = requireUser(account, input.UserName);
    requireBoundary(account, input.PermissionsBoundary);
    user.boundary = input.PermissionsBoundary;
  }),

  DeleteUserPermissionsBoundary: writing({ UserName: userName }, (account, input) => {
    const user = requireUser(account, input.UserName);
    if (user.boundary === undefined) throw noSuch(`User ${user.name} does not have a permissions boundary.`);
    user.boundary = undefined;
  }),
};

function newUser(
  account: Account,
  { name, path: at }: { readonly name: string; readonly path: string },
): UserRecord {
  return {
    id: newId(account, "AIDA", 21),
    name,
    path: at,
    createdAt: timeOf(account),
    policies: new Set(),
    inline: new Map(),
    tags: NO_TAGS,
    boundary: undefined,
    groups: new Set(),
    password: undefined,
    passwordLastUsed: undefined,
    accessKeys: [],
    sshKeys: [],
    certificates: [],
    serviceCredentials: [],
    mfaDevices: [],
  };
}
