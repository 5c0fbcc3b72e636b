import { type ByKind, isOwnTag } from "../change.ts";
import { isIgnored } from "../planning/desire.ts";
import type { Access, DeclaredUser } from "../roster.ts";
import type { Json, JsonObject } from "../rules/documents.ts";
import { fold } from "../rules/names.ts";
import {
  type Arn,
  type ByName,
  type Group,
  type GroupName,
  type Path,
  type Tag,
  valuesAt,
} from "../state.ts";
import { groupDeclaration, policyReference } from "./declaring.ts";
import type { AdoptionInput, Edit, Place, Unadoptable } from "./edit.ts";

/*
 * For each kind of change, what to write so that no plan asks for it.
 */

export type Ways = readonly (Edit | Unadoptable)[];

/** What an answer hangs on. */
export interface Asking extends AdoptionInput {
  /** The key of the entry's user or group in the files. */
  readonly at: Place;
  readonly user: Pick<DeclaredUser, "groups" | "tags" | "access">;
  readonly holder: Pick<DeclaredUser, "policies" | "inlinePolicies">;
  /** What is there now: one, or none. */
  readonly live: readonly Pick<Group, "path">[];
  readonly liveTags: ByName<Tag>;
}

/** Only leavers get a change of these kinds, and they are answered as a whole. */
const closing = (): Ways => ["closed"];

export const WAYS: ByKind<Ways, [Asking]> = {
  CreateUser: (_, { at }) => [{ how: "drop", at }],
  UpdateUser: ({ user, newName, newPath }, asking) => moving({ name: user, newName, newPath }, asking),
  DeleteUser: closing,
  TagUser: ({ tags }, asking) => tags.map(({ key }) => tagWay(key, asking)),
  UntagUser: ({ keys }, asking) => keys.map((key) => tagWay(key, asking)),
  PutUserPermissionsBoundary: ({ replaces }, { at }) => [
    setOrDrop([...at, "permissionsBoundary"], replaces, true),
  ],
  DeleteUserPermissionsBoundary: ({ boundary }, { at }) => [
    setOrDrop([...at, "permissionsBoundary"], boundary, true),
  ],
  AddUserToGroup: ({ group }, { at, user }) => [
    { how: "take", at: [...at, "groups"], value: user.groups.get(fold(group))?.group ?? group },
  ],
  RemoveUserFromGroup: ({ group }, asking) => stayingIn(group, asking),
  AttachUserPolicy: ({ policy }, asking) => [withoutPolicy(policy, asking)],
  DetachUserPolicy: ({ policy }, asking) => [withPolicy(policy, asking)],
  PutUserPolicy: ({ name, replaces }, asking) => [inlineWay(name, replaces, asking)],
  DeleteUserPolicy: ({ name, document }, asking) => [inlineWay(name, document, asking)],
  DeleteLoginProfile: (_, asking) => keeping("console", asking),
  UpdateAccessKey: (_, asking) => keeping("programmatic", asking),
  // It makes room for another one, which has its own answer.
  DeleteAccessKey: () => [],
  UpdateSSHPublicKey: closing,
  DeleteSSHPublicKey: closing,
  UpdateSigningCertificate: closing,
  DeleteSigningCertificate: closing,
  UpdateServiceSpecificCredential: closing,
  DeleteServiceSpecificCredential: closing,
  DeactivateMFADevice: closing,
  DeleteVirtualMFADevice: closing,
  IssuePassword: ({ token, replaces }, { at }) => {
    // A run was cut before anybody had it: only our tag tells.
    if (token === undefined && replaces === true) return ["note"];
    return [...forgoing("resetPassword", token, at), ...(replaces === true ? [] : [without("console", at)])];
  },
  IssueKey: ({ token }, { at }) =>
    token === undefined ? [without("programmatic", at)] : forgoing("rotateKey", token, at),
  CreateGroup: (_, { at }) => [{ how: "drop", at }],
  UpdateGroup: ({ group, newName, newPath }, asking) => moving({ name: group, newName, newPath }, asking),
  DeleteGroup: closing,
  AttachGroupPolicy: ({ policy }, asking) => [withoutPolicy(policy, asking)],
  DetachGroupPolicy: ({ policy }, asking) => [withPolicy(policy, asking)],
  PutGroupPolicy: ({ name, replaces }, asking) => [inlineWay(name, replaces, asking)],
  DeleteGroupPolicy: ({ name, document }, asking) => [inlineWay(name, document, asking)],
};

/** A rename undone in the files, and the path as it is. */
function moving(
  { name, newName, newPath }: { name: string; newName?: string | undefined; newPath?: string | undefined },
  { at, live }: Asking,
): Ways {
  return [
    ...(newPath === undefined
      ? []
      : live.map(({ path }): Edit => ({
          how: "set",
          at: [...at, "path"],
          value: path,
          replaces: isWritten(newPath),
        }))),
    ...(newName === undefined
      ? []
      : [{ how: "drop", at: [...at, "renamedFrom"] } as const, { how: "rename", at, value: name } as const]),
  ];
}

/** The root is what a line without a path says. */
function isWritten(path: Path): boolean {
  return path !== "/";
}

/** `replaces`: the files have the key. */
function setOrDrop(at: Place, value: Json | undefined, replaces: boolean): Edit {
  return value === undefined ? { how: "drop", at } : { how: "set", at, value, replaces };
}

/** The tag as it is now. */
function tagWay(key: string, { at, user, liveTags }: Asking): Edit | Unadoptable {
  if (isOwnTag(key)) return "note";
  const now = liveTags.get(fold(key));
  const written = user.tags.get(fold(key));
  return setOrDrop([...at, "tags", (written ?? now)?.key ?? key], now?.value, written !== undefined);
}

function stayingIn(group: GroupName, asking: Asking): Ways {
  const { at, user } = asking;
  if (at[0] === "groups") return [{ how: "set", at: [...at, "exclusive"], value: false, replaces: true }];
  // The line is there, and its time is over.
  if (user.groups.has(fold(group))) return ["until"];
  return [{ how: "add", at: [...at, "groups"], value: group }, ...declaringGroup(group, asking)];
}

function withPolicy(policy: Arn, { at, actual }: Asking): Edit {
  return { how: "add", at: [...at, "policies"], value: policyReference(policy, actual.account.partition) };
}

/** As the file has it, by name or by ARN. */
function withoutPolicy(policy: Arn, { at, holder, actual }: Asking): Edit {
  const written = holder.policies.includes(policy)
    ? policy
    : policyReference(policy, actual.account.partition);
  return { how: "take", at: [...at, "policies"], value: written };
}

/** The inline policy as it is now; undefined: there is none. */
function inlineWay(name: string, now: JsonObject | undefined, { at, holder }: Asking): Edit {
  const written = holder.inlinePolicies.get(fold(name))?.name;
  return setOrDrop([...at, "inlinePolicies", written ?? name], now, written !== undefined);
}

/** What the files ask for already, only time ends. */
function keeping(access: Access, { at, user }: Asking): Ways {
  if (user.access?.has(access) === true) return ["delay"];
  return [{ how: "add", at: [...at, "access"], value: access }];
}

function without(access: Access, at: Place): Edit {
  return { how: "take", at: [...at, "access"], value: access };
}

/** The token taken out, where it asks for another one. */
function forgoing(key: string, token: string | undefined, at: Place): Ways {
  return token === undefined ? [] : [{ how: "drop", at: [...at, key] }];
}

/** A membership needs a group that is declared. */
export function declaringGroup(name: GroupName, { roster, actual }: AdoptionInput): readonly Edit[] {
  if (roster.groups.has(fold(name)) || isIgnored(name, roster.settings.ignore.groups)) return [];
  return valuesAt(actual.groups, [fold(name)]).map((group) => ({
    how: "set",
    at: ["groups", group.name],
    value: groupDeclaration(group, actual.account.partition),
    replaces: false,
  }));
}
