import { type ByKind, byKind, type Change, type SubjectType } from "../../core/change.ts";
import { fold } from "../../core/rules/names.ts";
import type { Group, Path, Tag, User } from "../../core/state.ts";
import { join, type Phrase, say } from "../phrase.ts";
import { policyWords } from "./changes.ts";

/** What a difference is between. */
export interface Sides {
  readonly roster: Phrase;
  readonly account: Phrase;
}

/** Whose difference it is: what stands above it. */
export interface Whose {
  readonly type: SubjectType;
  /** As it is; undefined: not there. */
  readonly live: User | Group | undefined;
}

/** What the files say, and what the account has, where the plan would make this change. */
export function sidesOf(change: Change, whose: Whose): Sides {
  return byKind(SIDES, change, whose);
}

const SIDES: ByKind<Sides, [Whose]> = {
  CreateUser: () => sides(say`declared`, say`no such user`),
  UpdateUser: ({ user, newName, newPath }, whose) => moved({ name: user, newName, newPath }, whose),
  DeleteUser: () => sides(say`no such user`, say`the user is there`),
  TagUser: ({ tags, stamps = [] }, whose) =>
    sides(
      join([...tags.map(tagWords), ...stamps.map((key) => say`tag ${key}`)], ", "),
      tagsNow([...tags.map(({ key }) => key), ...stamps], whose),
    ),
  UntagUser: ({ keys }, whose) =>
    sides(
      join(
        keys.map((key) => say`no tag ${key}`),
        ", ",
      ),
      tagsNow(keys, whose),
    ),
  PutUserPermissionsBoundary: ({ boundary, replaces }) =>
    sides(
      say`permissions boundary ${policyWords(boundary)}`,
      replaces === undefined ? NO_BOUNDARY : say`permissions boundary ${policyWords(replaces)}`,
    ),
  DeleteUserPermissionsBoundary: ({ boundary }) =>
    sides(NO_BOUNDARY, say`permissions boundary ${policyWords(boundary)}`),
  AddUserToGroup: ({ group }) => sides(say`in group ${group}`, say`not in group ${group}`),
  RemoveUserFromGroup: ({ user, group }, { type }) =>
    type === "user"
      ? sides(say`not in group ${group}`, say`in group ${group}`)
      : sides(say`${user} is no member: the group is exclusive`, say`${user} is a member`),
  AttachUserPolicy: ({ policy }) => attached(policyWords(policy)),
  DetachUserPolicy: ({ policy }) => turned(attached(policyWords(policy))),
  PutUserPolicy: ({ name, replaces }) => inline(name, replaces !== undefined),
  DeleteUserPolicy: ({ name }) => turned(inline(name, false)),
  DeleteLoginProfile: () => sides(say`no password`, say`a password (login profile)`),
  UpdateAccessKey: ({ key }) => inactive(say`access key ${key}`),
  DeleteAccessKey: ({ key }) => gone(say`access key ${key}`),
  UpdateSSHPublicKey: ({ key }) => inactive(say`SSH key ${key}`),
  DeleteSSHPublicKey: ({ key }) => gone(say`SSH key ${key}`),
  UpdateSigningCertificate: ({ certificate }) => inactive(say`signing certificate ${certificate}`),
  DeleteSigningCertificate: ({ certificate }) => gone(say`signing certificate ${certificate}`),
  UpdateServiceSpecificCredential: ({ credential, service }) =>
    inactive(say`${service} credential ${credential}`),
  DeleteServiceSpecificCredential: ({ credential, service }) =>
    gone(say`${service} credential ${credential}`),
  DeactivateMFADevice: ({ serial }) => gone(say`MFA device ${serial}`),
  DeleteVirtualMFADevice: ({ serial }) => gone(say`virtual MFA device ${serial}`),
  IssuePassword: ({ token, replaces }) =>
    sides(
      token === undefined ? say`a password` : say`a password for the token ${token}`,
      replaces === true ? say`one from before, or one that nobody was handed` : say`no password`,
    ),
  IssueKey: ({ token }) =>
    token === undefined
      ? sides(say`an active access key`, say`no active access key, or one that nobody was handed`)
      : sides(say`an access key for the token ${token}`, say`none for this token yet`),
  CreateGroup: () => sides(say`declared`, say`no such group`),
  UpdateGroup: ({ group, newName, newPath }, whose) => moved({ name: group, newName, newPath }, whose),
  DeleteGroup: () => sides(say`no such group`, say`the group is there`),
  AttachGroupPolicy: ({ policy }) => attached(policyWords(policy)),
  DetachGroupPolicy: ({ policy }) => turned(attached(policyWords(policy))),
  PutGroupPolicy: ({ name, replaces }) => inline(name, replaces !== undefined),
  DeleteGroupPolicy: ({ name }) => turned(inline(name, false)),
};

function sides(roster: Phrase, account: Phrase): Sides {
  return { roster, account };
}

function turned({ roster, account }: Sides): Sides {
  return { roster: account, account: roster };
}

const NO_BOUNDARY: Phrase = ["no permissions boundary"];

function attached(policy: Phrase): Sides {
  return sides(say`${policy} attached`, say`${policy} not attached`);
}

function inline(name: string, isOther: boolean): Sides {
  const account = isOther ? say`inline policy ${name} with another document` : say`no inline policy ${name}`;
  return sides(say`inline policy ${name}`, account);
}

function inactive(credential: Phrase): Sides {
  return sides(say`${credential} not active`, say`${credential} active`);
}

function gone(credential: Phrase): Sides {
  return sides(say`no ${credential}`, say`${credential}`);
}

function moved(
  { name, newName, newPath }: { name: string; newName?: string | undefined; newPath?: Path | undefined },
  { live }: Whose,
): Sides {
  const named = (is: string | undefined): readonly Phrase[] =>
    newName === undefined || is === undefined ? [] : [say`named ${is}`];
  const under = (path: Path | undefined): readonly Phrase[] =>
    newPath === undefined || path === undefined ? [] : [say`path ${path}`];
  return sides(
    join([...named(newName), ...under(newPath)], ", "),
    join([...named(name), ...under(live?.path)], ", "),
  );
}

function tagWords({ key, value }: Tag): Phrase {
  return say`tag ${key} = ${value}`;
}

function tagsNow(keys: readonly string[], { live }: Whose): Phrase {
  const tags = live !== undefined && "tags" in live ? live.tags : undefined;
  const now = keys.map((key) => {
    const tag = tags?.get(fold(key));
    return tag === undefined ? say`no tag ${key}` : tagWords(tag);
  });
  return join(now, ", ");
}
