import { type Change, DEACTIVATED_TAG, OWNER_TAG } from "../change.ts";
import type { DenyWay } from "./desire.ts";
import { isInlineDeny } from "../ownership.ts";
import { compareNames, compareText } from "../rules/names.ts";
import { INLINE_DENY, isDenyAll } from "../rules/policies.ts";
import { type Credentials, type InlinePolicy, isVirtualMfa, type User, valuesAt } from "../state.ts";
import {
  accessKeyChanges,
  disabledIds,
  membershipChanges,
  passwordChanges,
  userInlineChanges,
  userPolicyChanges,
} from "./user-difference.ts";

/*
 * The two sequences that end a user's access: closing, which can be undone, and deleting, which cannot.
 */

/**
 * The changes that close a user, in the order in which they are to be made: the deny over everything first, then every
 * kind of credential, memberships and policies; the tag that says when comes last.
 */
export function closingChanges(live: User, desired: User, way: DenyWay): readonly Change[] {
  const { name: user } = live;
  const stamped = desired.tags.has(DEACTIVATED_TAG) && !live.tags.has(DEACTIVATED_TAG);
  const tags = valuesAt(desired.tags, [OWNER_TAG]).filter(
    ({ value }) => live.tags.get(OWNER_TAG)?.value !== value,
  );
  const takenAway = [...userPolicyChanges(live, desired), ...userInlineChanges(live, desired)].filter(
    takesPolicy,
  );
  const deny = denyChanges(desired, way, takenAway);
  return [
    ...deny,
    ...accessKeyChanges(live, desired),
    ...passwordChanges(live, desired),
    ...otherCredentialChanges(live, desired),
    ...membershipChanges(live, desired),
    ...takenAway.filter((change) => !deny.includes(change)),
    ...(stamped || tags.length > 0
      ? [{ kind: "TagUser", user, tags, ...(stamped && { stamps: [DEACTIVATED_TAG] }) } as const]
      : []),
  ];
}

function takesPolicy({ kind }: Change): boolean {
  return kind === "DetachUserPolicy" || kind === "DeleteUserPolicy";
}

function denyChanges(
  { name: user, policies }: User,
  way: DenyWay,
  takenAway: readonly Change[],
): readonly Change[] {
  const attach = [...policies]
    .filter(isDenyAll)
    .map((policy): Change => ({ kind: "AttachUserPolicy", user, policy }));
  switch (way) {
    case "there":
      return [];
    case "attach":
      return attach;
    case "inline":
      return [{ kind: "PutUserPolicy", user, ...INLINE_DENY }];
    case "detach-first":
      // The quota is full, so an attached policy stands first.
      return [...takenAway.slice(0, 1), ...attach];
  }
}

function otherCredentialChanges({ name: user, credentials }: User, desired: User): readonly Change[] {
  const wanted = desired.credentials;
  return [
    ...disabledIds(credentials?.serviceCredentials, wanted?.serviceCredentials).map(
      ({ id, service }): Change => ({
        kind: "UpdateServiceSpecificCredential",
        user,
        credential: id,
        service,
        status: "Inactive",
      }),
    ),
    ...disabledIds(credentials?.sshKeys, wanted?.sshKeys).map(({ id }): Change => ({
      kind: "UpdateSSHPublicKey",
      user,
      key: id,
      status: "Inactive",
    })),
    ...disabledIds(credentials?.certificates, wanted?.certificates).map(({ id }): Change => ({
      kind: "UpdateSigningCertificate",
      user,
      certificate: id,
      status: "Inactive",
    })),
  ];
}

/** The changes that delete a closed user: every child that IAM knows, the deny last, then the user. */
export function deletionChanges(closed: User): readonly Change[] {
  const { name: user } = closed;
  const inline = [...closed.inlinePolicies.values()].toSorted((one, other) =>
    compareNames(one.name, other.name),
  );
  const attached = [...closed.policies].toSorted(compareText);
  const deleteInline = ({ name, document }: InlinePolicy): Change => ({
    kind: "DeleteUserPolicy",
    user,
    name,
    document,
  });
  const detach = (policy: string): Change => ({ kind: "DetachUserPolicy", user, policy });
  return [
    ...(closed.credentials === undefined ? [] : credentialDeletions(user, closed.credentials)),
    ...[...closed.groups.values()]
      .toSorted(compareNames)
      .map((group): Change => ({ kind: "RemoveUserFromGroup", user, group })),
    ...inline.filter((policy) => !isInlineDeny(policy)).map(deleteInline),
    ...attached.filter((policy) => !isDenyAll(policy)).map(detach),
    ...inline.filter(isInlineDeny).map(deleteInline),
    ...attached.filter(isDenyAll).map(detach),
    { kind: "DeleteUser", user },
  ];
}

function credentialDeletions(user: string, credentials: Credentials): readonly Change[] {
  const { accessKeys, certificates, sshKeys, serviceCredentials, mfaDevices } = credentials;
  return [
    ...accessKeys.map(({ id }): Change => ({ kind: "DeleteAccessKey", user, key: id })),
    ...certificates.map(({ id }): Change => ({ kind: "DeleteSigningCertificate", user, certificate: id })),
    ...sshKeys.map(({ id }): Change => ({ kind: "DeleteSSHPublicKey", user, key: id })),
    ...serviceCredentials.map(({ id, service }): Change => ({
      kind: "DeleteServiceSpecificCredential",
      user,
      credential: id,
      service,
    })),
    ...mfaDevices.flatMap((device): readonly Change[] => [
      { kind: "DeactivateMFADevice", user, serial: device.serial },
      ...(isVirtualMfa(device)
        ? [{ kind: "DeleteVirtualMFADevice", user, serial: device.serial } as const]
        : []),
    ]),
  ];
}
