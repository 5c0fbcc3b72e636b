import type { JsonObject } from "./rules/documents.ts";
import type { NamedRecipient } from "./recipient.ts";
import type { Credential } from "./roster.ts";
import { fold } from "./rules/names.ts";
import type { Arn, GroupName, Path, Tag, UserName } from "./state.ts";

/*
 * The changes that exist. A write is one IAM call, named as IAM names it, with everything it needs; issuing a credential
 * is more than one, since what is needed is known only when it is done. The names in a change are those that hold at its
 * place in the order: before a rename the old one, after it the new one.
 */

interface Writes {
  CreateUser: { user: UserName; path: Path; tags: readonly Tag[]; boundary?: Arn };
  /** A rename or a new path; */
  UpdateUser: { user: UserName; newName?: UserName; newPath?: Path };
  DeleteUser: { user: UserName };
  /** `stamps` are keys whose value is the moment of the write, since no time is in a plan. */
  TagUser: { user: UserName; tags: readonly Tag[]; stamps?: readonly string[] };
  UntagUser: { user: UserName; keys: readonly string[] };
  PutUserPermissionsBoundary: { user: UserName; boundary: Arn; replaces?: Arn };
  DeleteUserPermissionsBoundary: { user: UserName; boundary: Arn };
  AddUserToGroup: { user: UserName; group: GroupName };
  RemoveUserFromGroup: { user: UserName; group: GroupName };
  AttachUserPolicy: { user: UserName; policy: Arn };
  DetachUserPolicy: { user: UserName; policy: Arn };
  PutUserPolicy: { user: UserName; name: string; document: JsonObject; replaces?: JsonObject };
  DeleteUserPolicy: { user: UserName; name: string; document: JsonObject };
  DeleteLoginProfile: { user: UserName };
  UpdateAccessKey: { user: UserName; key: string; status: "Inactive" };
  DeleteAccessKey: { user: UserName; key: string };
  UpdateSSHPublicKey: { user: UserName; key: string; status: "Inactive" };
  DeleteSSHPublicKey: { user: UserName; key: string };
  UpdateSigningCertificate: { user: UserName; certificate: string; status: "Inactive" };
  DeleteSigningCertificate: { user: UserName; certificate: string };
  UpdateServiceSpecificCredential: {
    user: UserName;
    credential: string;
    service: string;
    status: "Inactive";
  };
  DeleteServiceSpecificCredential: { user: UserName; credential: string; service: string };
  DeactivateMFADevice: { user: UserName; serial: string };
  DeleteVirtualMFADevice: { user: UserName; serial: string };
  CreateGroup: { group: GroupName; path: Path };
  UpdateGroup: { group: GroupName; newName?: GroupName; newPath?: Path };
  DeleteGroup: { group: GroupName };
  AttachGroupPolicy: { group: GroupName; policy: Arn };
  DetachGroupPolicy: { group: GroupName; policy: Arn };
  PutGroupPolicy: { group: GroupName; name: string; document: JsonObject; replaces?: JsonObject };
  DeleteGroupPolicy: { group: GroupName; name: string; document: JsonObject };
}

/** `to`: who can read it, and nobody else. `token`: what in the file asked for another one, to be remembered. */
interface Issues {
  /** `replaces`: there is one, which ends then. */
  IssuePassword: { user: UserName; to: readonly NamedRecipient[]; token?: string; replaces?: true };
  /** `before` are the ids of the keys that the user has already. */
  IssueKey: { user: UserName; to: readonly NamedRecipient[]; before: readonly string[]; token?: string };
}

interface Changes extends Writes, Issues {}

export type WriteKind = keyof Writes;
export type IssueKind = keyof Issues;
export type ChangeKind = keyof Changes;

/** A flat union over the kinds. (`Readonly` around the whole intersection would break look-ups by kind.) */
export type Change<Kind extends ChangeKind = ChangeKind> = {
  [Each in Kind]: { readonly kind: Each } & Readonly<Changes[Each]>;
}[Kind];

/** A table with one answer for each kind: a new kind does not compile until every table answers for it. */
export type PerKind<Value, Kinds extends ChangeKind = ChangeKind> = { readonly [Kind in Kinds]: Value };

/** A table with one function for each kind, given the change as that kind has it. */
export type ByKind<Result, Rest extends readonly unknown[] = [], Kinds extends ChangeKind = ChangeKind> = {
  readonly [Kind in Kinds]: (change: Change<Kind>, ...rest: Rest) => Result;
};

/** Looks the change's kind up in the table and calls what stands there. */
export function byKind<Result, Rest extends readonly unknown[], Kinds extends ChangeKind>(
  table: ByKind<Result, Rest, Kinds>,
  change: Change<Kinds>,
  ...rest: Rest
): Result {
  return table[change.kind](change, ...rest);
}

export function isIssue<Each extends Change>(change: Each): change is Each & { readonly kind: IssueKind } {
  return change.kind === "IssuePassword" || change.kind === "IssueKey";
}

/** What is issued. */
export function credentialOf({ kind }: { readonly kind: IssueKind }): Credential {
  return kind === "IssuePassword" ? "password" : "key";
}

/** What a change does to what a person can do; `either` counts as both where it matters. */
export type Reach = "broadens" | "narrows" | "keeps" | "either";

/** Who asked for it: only the head's files, the base's too (drift, or not applied yet), or time alone. */
export type Cause = "requested" | "pending" | "due";

export type Intent = "create" | "adopt" | "update" | "rename" | "deactivate" | "reactivate" | "delete";

export type SubjectType = "user" | "group";

export interface Subject {
  readonly type: SubjectType;
  readonly name: string;
}

/** The tags that are ours; nothing else under this prefix is ever written or removed. */
const OWN_TAG_PREFIX = "iam-roster:";

/** Is the tag one of ours? Keys compare without case. */
export function isOwnTag(key: string): boolean {
  return fold(key).startsWith(OWN_TAG_PREFIX);
}

export const OWNER_TAG = "iam-roster:owner";
/** When the user was deactivated; its presence makes an AWSDenyAll ours. */
export const DEACTIVATED_TAG = "iam-roster:deactivated";
