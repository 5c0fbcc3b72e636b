import { fold } from "../core/rules/names.ts";
import { mergeTags } from "../core/rules/tags.ts";
import { type Account, type AccountSettings, arnOf, createAccount, newId, timeOf } from "./account.ts";
import type { AccountData, HolderData, PasswordData, PolicyData, UserData } from "./data.ts";
import { parseDocument } from "./documents.ts";
import { hashPassword } from "./passwords.ts";
import type {
  GroupRecord,
  Holder,
  InlineRecord,
  PasswordRecord,
  PolicyRecord,
  UserRecord,
} from "./records.ts";

/*
 * From an account's data to the account, with ids and times for what has none.
 */

/** The account that the data describes. Unknown groups in it are an error; quotas are not looked at. */
export function loadAccount(data: AccountData, settings: AccountSettings = {}): Account {
  const account = createAccount({ ...settings, seed: data.seed ?? settings.seed });
  account.sequence = data.sequence ?? 0;
  account.alias = data.alias;
  account.passwordPolicy = data.passwordPolicy;
  account.report = data.report;
  for (const policy of data.policies ?? []) {
    const record = policyRecord(account, policy);
    account.policies.set(record.arn, record);
  }
  for (const group of data.groups ?? []) account.groups.add(groupRecord(account, group));
  for (const user of data.users ?? []) addUser(account, user);
  for (const key of data.retiredKeys ?? []) account.retiredKeys.add(key);
  for (const device of data.virtualDevices ?? []) account.virtualDevices.set(device.serial, { ...device });
  return account;
}

function policyRecord(account: Account, data: PolicyData): PolicyRecord {
  const place = { name: data.name, path: data.path ?? "/" };
  return {
    ...place,
    id: data.id ?? newId(account, "ANPA", 21),
    arn: arnOf(account, "policy", place),
    createdAt: data.createdAt ?? timeOf(account),
    description: data.description,
    text: textOf(data.document ?? { Version: "2012-10-17", Statement: [] }),
    tags: data.tags ?? [],
  };
}

function textOf(document: NonNullable<PolicyData["document"]>): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

function holderRecord(account: Account, data: HolderData, prefix: string): Holder {
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

function groupRecord(account: Account, data: HolderData): GroupRecord {
  return { ...holderRecord(account, data, "AGPA"), members: new Set() };
}

function addUser(account: Account, data: UserData): void {
  const user = userRecord(account, data);
  account.users.add(user);
  for (const key of user.accessKeys) account.keyOwners.set(key.id, user.id);
  for (const name of data.groups ?? []) {
    const group = account.groups.find(name);
    if (group === undefined)
      throw new Error(`the account's data puts ${user.name} into the unknown group ${name}`);
    user.groups.add(group.id);
    group.members.add(user.id);
  }
}

function userRecord(account: Account, data: UserData): UserRecord {
  const tags = Object.entries(data.tags ?? {}).map(([key, value]) => ({ key, value }));
  return {
    ...holderRecord(account, data, "AIDA"),
    tags: mergeTags(new Map(), tags),
    boundary: data.boundary,
    groups: new Set(),
    password: data.password && passwordRecord(account, data.password),
    passwordLastUsed: data.passwordLastUsed,
    ...credentialRecords(account, data),
  };
}

type Credentials = "accessKeys" | "sshKeys" | "certificates" | "serviceCredentials" | "mfaDevices";

function credentialRecords(account: Account, data: UserData): Pick<UserRecord, Credentials> {
  const now = timeOf(account);
  const active = { status: "Active", createdAt: now } as const;
  return {
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
}

function passwordRecord(account: Account, data: PasswordData): PasswordRecord {
  const { secret, ...given } = data;
  const hash = secret === undefined ? "" : hashPassword(newId(account, "", 16), secret);
  const createdAt = given.createdAt ?? timeOf(account);
  return { hash, former: [], createdAt, changedAt: createdAt, resetRequired: false, ...given };
}
