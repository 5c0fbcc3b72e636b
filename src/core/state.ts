import type { JsonObject } from "./rules/documents.ts";
import type { Quotas } from "./rules/quotas.ts";

/*
 * What an account holds: users, groups and what hangs on them. The desired state and the actual state are both a State,
 * so that they can be compared, and a plan can be tried on one.
 */

export type UserName = string;
export type GroupName = string;
export type Path = string;
export type Arn = string;
/** A moment as RFC 3339 in UTC, to the second or finer: `2026-11-22T10:00:00Z`. */
export type Instant = string;

/** A map whose keys are folded names (see `fold`); the values keep the spelling. */
export type ByName<Value> = ReadonlyMap<string, Value>;

/** The values of those keys that are there, in the order of the keys. */
export function valuesAt<Value>(map: ByName<Value>, keys: Iterable<string>): readonly Value[] {
  const values: Value[] = [];
  for (const key of keys) {
    const value = map.get(key);
    if (value !== undefined) values.push(value);
  }
  return values;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface InlinePolicy {
  readonly name: string;
  readonly document: JsonObject;
}

export interface State {
  readonly account: Account;
  readonly users: ByName<User>;
  readonly groups: ByName<Group>;
}

export interface Account {
  /** Twelve digits. */
  readonly id: string;
  readonly partition: string;
  readonly alias: string | undefined;
  readonly quotas: Quotas;
  /** undefined: the account has no policy of its own, and IAM's default holds. */
  readonly passwordPolicy: PasswordPolicy | undefined;
  /** Who runs this, from STS GetCallerIdentity; undefined without an account. */
  readonly caller: Arn | undefined;
  /** undefined: not known. */
  readonly root?: Root | undefined;
}

/** How the account's root user can sign in. */
export interface Root {
  readonly password: boolean;
  readonly keys: boolean;
  readonly mfa: boolean;
}

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly usersMayChange: boolean;
}

export interface User {
  readonly name: UserName;
  /** IAM's unique id, never used again for another; undefined for a user that is not created yet. */
  readonly id: string | undefined;
  readonly createdAt: Instant | undefined;
  readonly path: Path;
  readonly tags: ByName<Tag>;
  readonly boundary: Arn | undefined;
  readonly groups: ByName<GroupName>;
  readonly policies: ReadonlySet<Arn>;
  readonly inlinePolicies: ByName<InlinePolicy>;
  /** What was read of this user one by one; undefined: not read. Only this justifies a change. */
  readonly credentials: Credentials | undefined;
  /** The user's row of the credential report, up to four hours old: it selects whom to read one by one. */
  readonly reported: Reported | undefined;
}

export interface Credentials {
  readonly password: Password | undefined;
  readonly accessKeys: readonly AccessKey[];
  readonly sshKeys: readonly Credential[];
  readonly certificates: readonly Credential[];
  readonly serviceCredentials: readonly ServiceCredential[];
  readonly mfaDevices: readonly MfaDevice[];
}

export type Status = "Active" | "Inactive";

export interface Password {
  readonly createdAt: Instant | undefined;
  readonly resetRequired: boolean;
}

export interface Credential {
  readonly id: string;
  readonly status: Status;
  readonly createdAt: Instant | undefined;
}

export interface AccessKey extends Credential {
  readonly lastUsed: Instant | undefined;
}

export interface ServiceCredential extends Credential {
  readonly service: string;
}

export interface MfaDevice {
  readonly serial: string;
}

export interface Reported {
  readonly password: boolean;
  readonly passwordLastUsed: Instant | undefined;
  /** When it was made or set anew, by whomever. */
  readonly passwordLastChanged?: Instant | undefined;
  readonly mfa: boolean;
  readonly activeKeys: number;
  readonly keyLastUsed: Instant | undefined;
  /** The active ones. */
  readonly keys: readonly ReportedKey[];
  readonly activeCertificates: number;
}

/** An access key as the report has it: without its id. */
export interface ReportedKey {
  /** When it was made, or its status last changed. */
  readonly lastRotated: Instant | undefined;
  /** undefined: never, or not known. */
  readonly lastUsed: Instant | undefined;
}

export interface Group {
  readonly name: GroupName;
  /** IAM's unique id; undefined for a group that is not created yet. */
  readonly id: string | undefined;
  readonly path: Path;
  readonly policies: ReadonlySet<Arn>;
  readonly inlinePolicies: ByName<InlinePolicy>;
}

/** A managed policy that is there. */
export interface ManagedPolicy {
  /** What its default version says; undefined for one of AWS's own, which are known by their names. */
  readonly document: JsonObject | undefined;
}

export const NO_CREDENTIALS: Credentials = {
  password: undefined,
  accessKeys: [],
  sshKeys: [],
  certificates: [],
  serviceCredentials: [],
  mfaDevices: [],
};

/** A virtual MFA device's serial is an ARN; a hardware or FIDO device can only be deactivated, not deleted. */
export function isVirtualMfa(device: MfaDevice): boolean {
  return /^arn:[a-z-]+:iam::\d{12}:mfa\//.test(device.serial);
}
