import { describe, expect, test } from "vitest";
import { type Change, DEACTIVATED_TAG, OWNER_TAG } from "../../../src/core/change.ts";
import { closingChanges, deletionChanges } from "../../../src/core/planning/closing.ts";
import { deactivatedUser, denyWay } from "../../../src/core/planning/desire.ts";
import { INLINE_DENY } from "../../../src/core/rules/policies.ts";
import type { Credentials } from "../../../src/core/state.ts";
import { ACCOUNT, OURS, OWNER, SETTINGS, user } from "../build.ts";

const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const allow = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
const SINCE = "2026-01-01T00:00:00Z";
const active = { status: "Active", createdAt: undefined } as const;

const CREDENTIALS: Credentials = {
  password: { createdAt: undefined, resetRequired: false },
  accessKeys: [{ id: "K1", ...active, lastUsed: undefined }],
  sshKeys: [{ id: "S1", ...active }],
  certificates: [{ id: "C1", ...active }],
  serviceCredentials: [{ id: "A1", ...active, service: "codecommit.amazonaws.com" }],
  mfaDevices: [{ serial: "arn:aws:iam::123456789012:mfa/ann" }, { serial: "GAHT12345678" }],
};

type Parts = NonNullable<Parameters<typeof user>[1]>;

const EVERYTHING: Parts = {
  groups: ["Zoo", "admins"],
  policies: [READ, CUSTOM],
  inlinePolicies: { zeta: allow, Alpha: allow },
  credentials: CREDENTIALS,
};

/** Each change by its kind and what it is about. */
function words(changes: readonly Change[]): readonly string[] {
  return changes.map(({ kind, ...rest }) => {
    const { user: _, document: __, service: ___, ...about } = rest as Record<string, unknown>;
    return [
      kind,
      ...Object.values(about).map((each) => (typeof each === "string" ? each : JSON.stringify(each))),
    ].join(" ");
  });
}

function closed(parts: Parts, quotas: Partial<typeof ACCOUNT.quotas> = {}): readonly string[] {
  const live = user("ann", parts);
  const situation = {
    settings: SETTINGS,
    partition: "aws",
    quotas: { ...ACCOUNT.quotas, ...quotas },
    now: undefined,
    staying: new Set<string>(),
  };
  return words(closingChanges(live, deactivatedUser(live, situation, SINCE), denyWay(live, situation)));
}

const STAMP = `TagUser [] ["${DEACTIVATED_TAG}"]`;

describe("closing", () => {
  test("denies first, then disables, then takes away, and tags last", () => {
    expect(closed(EVERYTHING)).toEqual([
      `AttachUserPolicy ${DENY_ALL}`,
      "UpdateAccessKey K1 Inactive",
      "DeleteLoginProfile",
      "UpdateServiceSpecificCredential A1 Inactive",
      "UpdateSSHPublicKey S1 Inactive",
      "UpdateSigningCertificate C1 Inactive",
      "RemoveUserFromGroup admins",
      "RemoveUserFromGroup Zoo",
      `DetachUserPolicy ${CUSTOM}`,
      `DetachUserPolicy ${READ}`,
      "DeleteUserPolicy Alpha",
      "DeleteUserPolicy zeta",
      STAMP,
    ]);
  });

  test("of one whose credentials were not read does all the rest", () => {
    expect(closed({ policies: [READ], credentials: undefined })).toEqual([
      `AttachUserPolicy ${DENY_ALL}`,
      `DetachUserPolicy ${READ}`,
      STAMP,
    ]);
  });

  test("denies inline where no more policies fit, and keeps what denied before", () => {
    expect(closed({ policies: [READ], inlinePolicies: { mine: allow } }, { policiesPerUser: 1 })).toEqual([
      `PutUserPolicy ${INLINE_DENY.name}`,
      `DetachUserPolicy ${READ}`,
      "DeleteUserPolicy mine",
      STAMP,
    ]);
    expect(closed({ inlinePolicies: { [INLINE_DENY.name]: INLINE_DENY.document } })).toEqual([STAMP]);
  });

  test("takes one policy away first where nothing fits, and that one only once", () => {
    const quotas = { policiesPerUser: 2, userPolicySize: 10 };
    expect(closed({ policies: [READ, CUSTOM], inlinePolicies: { mine: allow } }, quotas)).toEqual([
      `DetachUserPolicy ${CUSTOM}`,
      `AttachUserPolicy ${DENY_ALL}`,
      `DetachUserPolicy ${READ}`,
      "DeleteUserPolicy mine",
      STAMP,
    ]);
  });

  test("writes the owner tag where it is missing or another's, and the time only once", () => {
    const owner = `[{"key":"${OWNER_TAG}","value":"${OWNER}"}]`;
    const denied = { policies: [DENY_ALL] };
    expect(closed({ ...denied, tags: {} })).toEqual([`TagUser ${owner} ["${DEACTIVATED_TAG}"]`]);
    expect(closed({ ...denied, tags: { [DEACTIVATED_TAG]: SINCE } })).toEqual([`TagUser ${owner}`]);
    expect(closed({ ...denied, tags: { [OWNER_TAG]: "other", [DEACTIVATED_TAG]: SINCE } })).toEqual([
      `TagUser ${owner}`,
    ]);
    expect(closed({ ...denied, tags: { ...OURS, [DEACTIVATED_TAG]: SINCE } })).toEqual([]);
  });
});

describe("deletion", () => {
  test("takes every child, by name, the denies last of all, then the user", () => {
    const live = user("ann", {
      ...EVERYTHING,
      policies: [DENY_ALL, READ, CUSTOM],
      inlinePolicies: { [INLINE_DENY.name]: INLINE_DENY.document, zeta: allow, Alpha: allow },
    });
    expect(words(deletionChanges(live))).toEqual([
      "DeleteAccessKey K1",
      "DeleteSigningCertificate C1",
      "DeleteSSHPublicKey S1",
      "DeleteServiceSpecificCredential A1",
      "DeactivateMFADevice arn:aws:iam::123456789012:mfa/ann",
      "DeleteVirtualMFADevice arn:aws:iam::123456789012:mfa/ann",
      "DeactivateMFADevice GAHT12345678",
      "RemoveUserFromGroup admins",
      "RemoveUserFromGroup Zoo",
      "DeleteUserPolicy Alpha",
      "DeleteUserPolicy zeta",
      `DetachUserPolicy ${CUSTOM}`,
      `DetachUserPolicy ${READ}`,
      `DeleteUserPolicy ${INLINE_DENY.name}`,
      `DetachUserPolicy ${DENY_ALL}`,
      "DeleteUser",
    ]);
  });

  test("takes a security key off without deleting it, whatever the path of its user looks like", () => {
    const serial = "arn:aws:iam::123456789012:u2f/user/arn:aws:iam::123456789012:mfa/ann/key-1";
    expect(words(deletionChanges(user("ann", { credentials: { mfaDevices: [{ serial }] } })))).toEqual([
      `DeactivateMFADevice ${serial}`,
      "DeleteUser",
    ]);
  });

  test("of one whose credentials were not read takes what is known", () => {
    expect(words(deletionChanges(user("ann", { policies: [READ], credentials: undefined })))).toEqual([
      `DetachUserPolicy ${READ}`,
      "DeleteUser",
    ]);
  });
});
