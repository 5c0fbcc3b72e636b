import { type ByKind, byKind, type Change, isOwnTag, type Reach } from "./change.ts";
import { documentAllows, documentDenies, type JsonObject } from "./rules/documents.ts";
import { fold } from "./rules/names.ts";
import { isDenyAll, isQuarantine, mayDeny } from "./rules/policies.ts";
import type { Arn, Group, State } from "./state.ts";

/**
 * What a change does to what people can do. `either` is what may go both ways: leaving a group that denies, a tag,
 * name or path that policies may look at, a policy or boundary replaced by another. It counts as broadening for
 * review and as narrowing for limits.
 */
export function reach(change: Change, state: Pick<State, "groups">): Reach {
  return byKind(REACH, change, state);
}

/**
 * The same for a user being closed (deactivated or deleted). A deny over everything stands first there, so that leaving
 * a group that denies gives nothing back.
 */
export function closingReach(change: Change): Reach {
  return change.kind === "TagUser" ? "keeps" : "narrows";
}

/** Must this be among the reviewed grants before it may run? */
export function mayBroaden(reached: Reach): boolean {
  return reached === "broadens" || reached === "either";
}

/** Does this count where people may lose something? */
export function mayNarrow(reached: Reach): boolean {
  return reached === "narrows" || reached === "either";
}

export function groupMayDeny(group: Group): boolean {
  return (
    [...group.policies].some(mayDeny) ||
    [...group.inlinePolicies.values()].some((policy) => documentDenies(policy.document))
  );
}

const REACH: ByKind<Reach, [state: Pick<State, "groups">]> = {
  CreateUser: () => "broadens",
  UpdateUser: () => "either",
  DeleteUser: () => "narrows",
  TagUser: ({ tags }) => (tags.every((tag) => isOwnTag(tag.key)) ? "keeps" : "either"),
  UntagUser: ({ keys }) => (keys.every(isOwnTag) ? "keeps" : "either"),
  PutUserPermissionsBoundary: ({ replaces }) => (replaces === undefined ? "narrows" : "either"),
  DeleteUserPermissionsBoundary: () => "broadens",
  AddUserToGroup: () => "broadens",
  RemoveUserFromGroup: ({ group }, state) => {
    const left = state.groups.get(fold(group));
    return left !== undefined && groupMayDeny(left) ? "either" : "narrows";
  },
  AttachUserPolicy: ({ policy }) => attaching(policy),
  DetachUserPolicy: ({ policy }) => detaching(policy),
  PutUserPolicy: ({ document, replaces }) => putting(document, replaces),
  DeleteUserPolicy: ({ document }) => deleting(document),
  DeleteLoginProfile: () => "narrows",
  UpdateAccessKey: () => "narrows",
  DeleteAccessKey: () => "narrows",
  UpdateSSHPublicKey: () => "narrows",
  DeleteSSHPublicKey: () => "narrows",
  UpdateSigningCertificate: () => "narrows",
  DeleteSigningCertificate: () => "narrows",
  UpdateServiceSpecificCredential: () => "narrows",
  DeleteServiceSpecificCredential: () => "narrows",
  DeactivateMFADevice: () => "narrows",
  DeleteVirtualMFADevice: () => "narrows",
  IssuePassword: () => "broadens",
  IssueKey: () => "broadens",
  CreateGroup: () => "keeps",
  UpdateGroup: () => "either",
  DeleteGroup: () => "narrows",
  AttachGroupPolicy: ({ policy }) => attaching(policy),
  DetachGroupPolicy: ({ policy }) => detaching(policy),
  PutGroupPolicy: ({ document, replaces }) => putting(document, replaces),
  DeleteGroupPolicy: ({ document }) => deleting(document),
};

/** A policy that is known only to deny narrows; any other is taken to give something. */
function attaching(policy: Arn): Reach {
  return onlyDenies(policy) ? "narrows" : "broadens";
}

function detaching(policy: Arn): Reach {
  if (onlyDenies(policy)) return "broadens";
  return mayDeny(policy) ? "either" : "narrows";
}

function onlyDenies(policy: Arn): boolean {
  return isDenyAll(policy) || isQuarantine(policy);
}

function putting(document: JsonObject, replaces: JsonObject | undefined): Reach {
  if (replaces !== undefined) return "either";
  if (!documentDenies(document)) return "broadens";
  return documentAllows(document) ? "either" : "narrows";
}

function deleting(document: JsonObject): Reach {
  if (!documentDenies(document)) return "narrows";
  return documentAllows(document) ? "either" : "broadens";
}
