import { createHash } from "node:crypto";

import { fold } from "../core/rules/names.ts";
import { DEFAULT_QUOTAS, type Quotas } from "../core/rules/quotas.ts";
import { instant } from "../core/time.ts";
import { SECRETS } from "./calls.ts";
import { Directory } from "./directory.ts";
import { noSuch } from "./errors.ts";
import type {
  GroupRecord,
  PasswordPolicyRecord,
  PolicyRecord,
  ReportRecord,
  UserRecord,
  VirtualMfaRecord,
} from "./records.ts";

/*
 * The store of one account, and the few look-ups that every operation begins with.
 */

export interface AccountSettings {
  /** Twelve digits; default 123456789012. */
  readonly accountId?: string | undefined;
  /** Default `aws`. */
  readonly partition?: string | undefined;
  /** Those not given are as in a new account. */
  readonly quotas?: Partial<Quotas> | undefined;
  /** Milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
  /** Ids and secrets follow from it; the same seed and the same calls give the same ids. */
  readonly seed?: string | undefined;
  /** Milliseconds from STARTED until the credential report is COMPLETE; default 0. */
  readonly reportDelay?: number | undefined;
}

export interface Account {
  readonly id: string;
  readonly partition: string;
  readonly quotas: Quotas;
  readonly clock: () => number;
  readonly seed: string;
  readonly reportDelay: number;
  readonly users: Directory<UserRecord>;
  readonly groups: Directory<GroupRecord>;
  /** Customer managed policies by ARN. */
  readonly policies: Map<string, PolicyRecord>;
  readonly virtualDevices: Map<string, VirtualMfaRecord>;
  /** Whose key it is: user ids by access key id. */
  readonly keyOwners: Map<string, string>;
  /** Keys that were deleted; whoever signs with one is refused. */
  readonly retiredKeys: Set<string>;
  /** When users and groups were made and passwords set, by id, in milliseconds that only go forward. */
  readonly births: Map<string, number>;
  alias: string | undefined;
  passwordPolicy: PasswordPolicyRecord | undefined;
  report: ReportRecord | undefined;
  /** How many ids were given out; none is given twice. */
  sequence: number;
  /** For so many milliseconds after its creation a user or group is not seen (a fault). */
  concealment: number;
  /** Permissions, folded, that a fault takes from everybody: `iam:createuser`. */
  denied: ReadonlySet<string>;
}

export function createAccount(settings: AccountSettings = {}): Account {
  return {
    id: settings.accountId ?? "123456789012",
    partition: settings.partition ?? "aws",
    quotas: { ...DEFAULT_QUOTAS, ...settings.quotas },
    clock: settings.clock ?? Date.now,
    seed: settings.seed ?? crypto.randomUUID(),
    reportDelay: settings.reportDelay ?? 0,
    users: new Directory(),
    groups: new Directory(),
    policies: new Map(),
    virtualDevices: new Map(),
    keyOwners: new Map(),
    retiredKeys: new Set(),
    births: new Map(),
    alias: undefined,
    passwordPolicy: undefined,
    report: undefined,
    sequence: 0,
    concealment: 0,
    denied: new Set(),
  };
}

/** The time as IAM writes it, to the second. */
export function timeOf(account: Account): string {
  return instant(account.clock());
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An id that was never given out before: AIDA…, AGPA…, AKIA… */
export function newId(account: Account, prefix: string, length: number): string {
  const bytes = newBytes(account);
  const letters = Array.from(bytes, (byte) => BASE32[byte % 32]).join("");
  return prefix + letters.slice(0, length - prefix.length);
}

/** A secret of the given length, in base64's characters. */
export function newSecret(account: Account, length: number): string {
  let secret = "";
  while (secret.length < length) secret += newBytes(account).toString("base64").slice(0, 40);
  const made = secret.slice(0, length);
  SECRETS.publish(made);
  return made;
}

function newBytes(account: Account): Buffer {
  account.sequence += 1;
  return createHash("sha256").update(`${account.seed}:${account.sequence}`).digest();
}

export function arnOf(account: Account, type: "user" | "group" | "policy" | "mfa", entry: Place): string {
  return `arn:${account.partition}:iam::${account.id}:${type}${entry.path}${entry.name}`;
}

interface Place {
  readonly path: string;
  readonly name: string;
}

/** Has it been made too recently to be seen? Creating it once more is refused all the same. */
export function isConcealed(account: Account, entry: { readonly id: string }): boolean {
  return account.concealment > 0 && ageOf(account, entry.id) < account.concealment;
}

/** Milliseconds since the birth that stands under this key; Infinity where none does. */
export function ageOf(account: Account, key: string): number {
  return performance.now() - (account.births.get(key) ?? -Infinity);
}

export function requireUser(account: Account, name: string): UserRecord {
  const user = account.users.find(name);
  if (user === undefined || isConcealed(account, user)) {
    throw noSuch(`The user with name ${name} cannot be found.`);
  }
  return user;
}

export function requireGroup(account: Account, name: string): GroupRecord {
  const group = account.groups.find(name);
  if (group === undefined || isConcealed(account, group)) {
    throw noSuch(`The group with name ${name} cannot be found.`);
  }
  return group;
}

/** The groups of a user, in order of their names. */
export function groupsOf(account: Account, user: UserRecord): readonly GroupRecord[] {
  const groups = [...user.groups].flatMap((id) => account.groups.get(id) ?? []);
  return groups.toSorted((one, other) => (fold(one.name) < fold(other.name) ? -1 : 1));
}
