import type { JsonObject } from "../core/rules/documents.ts";
import { fold } from "../core/rules/names.ts";
import { mergeTags } from "../core/rules/tags.ts";
import {
  type Account,
  type AccountSettings,
  arnOf,
  createAccount,
  groupsOf,
  newId,
  timeOf,
} from "./account.ts";
import { parseDocument } from "./managed.ts";
import { hashPassword } from "./passwords.ts";
import type {
  AccessKeyRecord,
  CertificateRecord,
  GroupRecord,
  InlineRecord,
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

interface HolderData {
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

/** The account that the data describes. Unknown groups in it are an error; quotas are not looked at. */
export function loadAccount(data: AccountData, settings: AccountSettings = {}): Account {
  const account = createAccount({ ...settings, seed: data.seed ?? settings.seed });
  account.sequence = data.sequence ?? 0;
  account.alias = data.alias;
  account.passwordPolicy = data.passwordPolicy;
  account.report = data.report;
  for (const policy of data.policies ?? []) loadPolicy(account, policy);
  for (const group of data.groups ?? [])
    account.groups.add({ ...loadHolder(account, group, "AGPA"), members: new Set() });
  for (const user of data.users ?? []) loadUser(account, user);
  for (const key of data.retiredKeys ?? []) account.retiredKeys.add(key);
  for (const device of data.virtualDevices ?? []) account.virtualDevices.set(device.serial, { ...device });
  return account;
}

function loadPolicy(account: Account, data: PolicyData): void {
  const place = { name: data.name, path: data.path ?? "/" };
  const record: PolicyRecord = {
    ...place,
    id: data.id ?? newId(account, "ANPA", 21),
    arn: arnOf(account, "policy", place),
    createdAt: data.createdAt ?? timeOf(account),
    description: data.description,
    text: textOf(data.document ?? { Version: "2012-10-17", Statement: [] }),
    tags: data.tags ?? [],
  };
  account.policies.set(record.arn, record);
}

function textOf(document: string | JsonObject): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

function loadHolder(account: Account, data: HolderData, prefix: string): Omit<GroupRecord, "members"> {
  const inline = Object.entries(data.inlinePolicies ?? {}).map(([name, document]): [string, InlineRecord] => {
    const text = textOf(document);
    return [fold(name), { name, text, document: parseDocument(text) }];
  });
  return {
    id: data.id ?? newId(account, prefix, 21),
    name: data.name,
    path: data.path ?? "/",
    createdAt: data.createdAt ?? timeOf(account),
    policies: new Set(data.policies),
    inline: new Map(inline),
  };
}

function loadUser(account: Account, data: UserData): void {
  const now = timeOf(account);
  const active = { status: "Active", createdAt: now } as const;
  const user: UserRecord = {
    ...loadHolder(account, data, "AIDA"),
    tags: mergeTags(
      new Map(),
      Object.entries(data.tags ?? {}).map(([key, value]) => ({ key, value })),
    ),
    boundary: data.boundary,
    groups: new Set(),
    password: data.password && loadPassword(account, data.password),
    passwordLastUsed: data.passwordLastUsed,
    accessKeys: (data.accessKeys ?? []).map((key) => ({
      lastUsed: undefined,
      ...active,
      ...key,
      id: key.id ?? newId(account, "AKIA", 20),
    })),
    sshKeys: (data.sshKeys ?? []).map((key) => ({
      body: "ssh-rsa",
      fingerprint: "00",
      ...active,
      ...key,
      id: key.id ?? newId(account, "APKA", 20),
    })),
    certificates: (data.certificates ?? []).map((certificate) => ({
      body: "",
      ...active,
      ...certificate,
      id: certificate.id ?? newId(account, "", 32),
    })),
    serviceCredentials: (data.serviceCredentials ?? []).map((credential) => ({
      expiresAt: undefined,
      service: "codecommit.amazonaws.com",
      alias: `${data.name}-at-${account.id}`,
      ...active,
      ...credential,
      id: credential.id ?? newId(account, "ACCA", 21),
    })),
    mfaDevices: (data.mfaDevices ?? []).map((device) => ({ enabledAt: now, ...device })),
  };
  account.users.add(user);
  for (const key of user.accessKeys) account.keyOwners.set(key.id, user.id);
  for (const name of data.groups ?? []) {
    const group = account.groups.find(name);
    if (group === undefined)
      throw new Error(`the account's data put ${user.name} into the unknown group ${name}`);
    user.groups.add(group.id);
    group.members.add(user.id);
  }
}

function loadPassword(account: Account, data: PasswordData): PasswordRecord {
  const { secret, ...given } = data;
  const now = timeOf(account);
  const hash = secret === undefined ? "" : hashPassword(newId(account, "", 16), secret);
  const createdAt = given.createdAt ?? now;
  return { hash, former: [], createdAt, changedAt: createdAt, resetRequired: false, ...given };
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
