import type { JsonObject } from "../core/rules/documents.ts";
import type { WireTag } from "./members.ts";

/*
 * What the account holds. These are the store itself, so unlike everything else here they change in place; only the
 * operations change them.
 */

export type Tags = ReadonlyMap<string, WireTag>;

export interface InlineRecord {
  readonly name: string;
  /** The document as it was sent, which is how IAM gives it back. */
  readonly text: string;
  readonly document: JsonObject;
}

/** What users and groups have in common: both hold policies. */
export interface Holder {
  readonly id: string;
  name: string;
  path: string;
  readonly createdAt: string;
  readonly policies: Set<string>;
  /** By folded name. */
  readonly inline: Map<string, InlineRecord>;
}

export interface GroupRecord extends Holder {
  /** Ids of users. */
  readonly members: Set<string>;
}

export interface UserRecord extends Holder {
  tags: Tags;
  boundary: string | undefined;
  /** Ids of groups. */
  readonly groups: Set<string>;
  password: PasswordRecord | undefined;
  passwordLastUsed: string | undefined;
  accessKeys: readonly AccessKeyRecord[];
  sshKeys: readonly SshKeyRecord[];
  certificates: readonly CertificateRecord[];
  serviceCredentials: readonly ServiceCredentialRecord[];
  mfaDevices: readonly MfaRecord[];
}

export type Status = "Active" | "Inactive";

/** Passwords themselves are not kept, only salted hashes. */
export interface PasswordRecord {
  readonly hash: string;
  /** The hashes before, newest first, for the reuse rule. */
  readonly former: readonly string[];
  readonly createdAt: string;
  readonly changedAt: string;
  readonly resetRequired: boolean;
}

/** The secret is not kept: signatures are not checked. */
export interface AccessKeyRecord {
  readonly id: string;
  readonly status: Status;
  readonly createdAt: string;
  readonly lastUsed: KeyUse | undefined;
}

export interface KeyUse {
  readonly at: string;
  readonly region: string;
  readonly service: string;
}

export interface SshKeyRecord {
  readonly id: string;
  readonly status: Status;
  readonly createdAt: string;
  readonly body: string;
  readonly fingerprint: string;
}

export interface CertificateRecord {
  readonly id: string;
  readonly status: Status;
  readonly createdAt: string;
  readonly body: string;
}

export interface ServiceCredentialRecord {
  readonly id: string;
  readonly status: Status;
  readonly createdAt: string;
  readonly expiresAt: string | undefined;
  readonly service: string;
  /** `emily-at-123456789012`; it outlives a rename of the user. */
  readonly alias: string;
}

export interface MfaRecord {
  readonly serial: string;
  readonly enabledAt: string;
}

export interface VirtualMfaRecord {
  readonly serial: string;
  readonly seed: string;
  readonly tags: readonly WireTag[];
  /** The id of the user who has it. */
  user: string | undefined;
}

export interface PolicyRecord {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly createdAt: string;
  readonly description: string | undefined;
  readonly text: string;
  readonly tags: readonly WireTag[];
}

/** The account's own password policy, all of it: an update replaces the whole. */
export interface PasswordPolicyRecord {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly usersMayChange: boolean;
  readonly maxAge: number | undefined;
  readonly reusePrevention: number | undefined;
  readonly hardExpiry: boolean | undefined;
}

export interface ReportRecord {
  /** Milliseconds; before that the report is in progress. */
  readonly readyAt: number;
  readonly content: string;
}
