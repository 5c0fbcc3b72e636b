import type { JsonObject } from "../core/rules/documents.ts";
import { type Account, groupsOf } from "./account.ts";
import type {
  AccessKeyRecord,
  CertificateRecord,
  GroupRecord,
  MfaRecord,
  PasswordPolicyRecord,
  PasswordRecord,
  PolicyRecord,
  ReportRecord,
  ServiceCredentialRecord,
  SshKeyRecord,
  UserRecord,
  VirtualMfaRecord,
} from "./records.ts";

/*
 * The account as JSON: what the state file holds, and what a test or demonstration begins with. Everything but names
 * may be left out; what is left out is as in a new account, with new ids and the present time.
 */

export interface AccountData {
  readonly alias?: string | undefined;
  readonly passwordPolicy?: PasswordPolicyRecord | undefined;
  readonly users?: readonly UserData[];
  readonly groups?: readonly GroupData[];
  readonly policies?: readonly PolicyData[];
  readonly virtualDevices?: readonly VirtualMfaRecord[];
  readonly report?: ReportRecord | undefined;
  readonly retiredKeys?: readonly string[];
  readonly sequence?: number;
  readonly seed?: string;
}

const KEYS: { readonly [Key in keyof Required<AccountData>]: true } = {
  alias: true,
  passwordPolicy: true,
  users: true,
  groups: true,
  policies: true,
  virtualDevices: true,
  report: true,
  retiredKeys: true,
  sequence: true,
  seed: true,
};

/** All that an account's data may have. */
export const ACCOUNT_KEYS: ReadonlySet<string> = new Set(Object.keys(KEYS));

export interface HolderData {
  readonly name: string;
  readonly id?: string;
  readonly path?: string;
  readonly createdAt?: string;
  /** ARNs. */
  readonly policies?: readonly string[];
  /** By name; a text is kept letter by letter. */
  readonly inlinePolicies?: Readonly<Record<string, string | JsonObject>>;
}

export interface GroupData extends HolderData {}

export interface UserData extends HolderData {
  readonly tags?: Readonly<Record<string, string>>;
  readonly boundary?: string | undefined;
  /** Names of groups. */
  readonly groups?: readonly string[];
  readonly password?: PasswordData | undefined;
  readonly passwordLastUsed?: string | undefined;
  readonly accessKeys?: readonly Credential<AccessKeyRecord>[];
  readonly sshKeys?: readonly Credential<SshKeyRecord>[];
  readonly certificates?: readonly Credential<CertificateRecord>[];
  readonly serviceCredentials?: readonly Credential<ServiceCredentialRecord>[];
  readonly mfaDevices?: readonly (Partial<MfaRecord> & { readonly serial: string })[];
}

type Credential<Of> = Partial<Of>;

/** `secret` is the password in clear, for a beginning; a snapshot has the hash in its place. */
export type PasswordData = Partial<PasswordRecord> & { readonly secret?: string };

export interface PolicyData {
  readonly name: string;
  readonly id?: string;
  readonly path?: string;
  readonly createdAt?: string;
  readonly description?: string | undefined;
  readonly document?: string | JsonObject;
  readonly tags?: PolicyRecord["tags"];
}

/** The data of this account, whole: loading it gives an equal one. */
export function snapshotOf(account: Account): Required<AccountData> {
  return {
    alias: account.alias,
    passwordPolicy: account.passwordPolicy,
    users: account.users.sorted().map((user) => userData(account, user)),
    groups: account.groups.sorted().map(holderData),
    policies: [...account.policies.values()].map(({ arn: _, text, ...policy }) => ({
      ...policy,
      document: text,
    })),
    virtualDevices: [...account.virtualDevices.values()],
    report: account.report,
    retiredKeys: [...account.retiredKeys],
    sequence: account.sequence,
    seed: account.seed,
  };
}

function holderData(holder: Omit<GroupRecord, "members">): Required<GroupData> {
  return {
    name: holder.name,
    id: holder.id,
    path: holder.path,
    createdAt: holder.createdAt,
    policies: [...holder.policies],
    inlinePolicies: Object.fromEntries(Array.from(holder.inline.values(), ({ name, text }) => [name, text])),
  };
}

function userData(account: Account, user: UserRecord): Required<UserData> {
  return {
    ...holderData(user),
    tags: Object.fromEntries(Array.from(user.tags.values(), ({ key, value }) => [key, value])),
    boundary: user.boundary,
    groups: groupsOf(account, user).map(({ name }) => name),
    password: user.password,
    passwordLastUsed: user.passwordLastUsed,
    accessKeys: user.accessKeys,
    sshKeys: user.sshKeys,
    certificates: user.certificates,
    serviceCredentials: user.serviceCredentials,
    mfaDevices: user.mfaDevices,
  };
}
