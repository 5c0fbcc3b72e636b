import { createHash } from "node:crypto";
import { OWNER_TAG } from "../../src/core/change.ts";
import { type Planned, plan, type PlanInput } from "../../src/core/planning/planner.ts";
import type { DeclaredGroup, DeclaredUser, Membership, Roster, Settings } from "../../src/core/roster.ts";
import type { JsonObject } from "../../src/core/rules/documents.ts";
import { fold } from "../../src/core/rules/names.ts";
import { DEFAULT_QUOTAS } from "../../src/core/rules/quotas.ts";
import {
  type Account,
  type ByName,
  type Credentials,
  type Group,
  type InlinePolicy,
  NO_CREDENTIALS,
  type State,
  type Tag,
  type User,
} from "../../src/core/state.ts";

/* Short ways to write rosters and accounts in tests. */

export const NOW = "2026-11-22T10:00:00Z";
export const OWNER = "acme/access";
export const OURS: Readonly<Record<string, string>> = { [OWNER_TAG]: OWNER };

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function named<Value extends { readonly name: string }>(values: Iterable<Value>): ByName<Value> {
  return new Map([...values].map((value) => [fold(value.name), value]));
}

function tags(record: Readonly<Record<string, string>>): ByName<Tag> {
  return new Map(Object.entries(record).map(([key, value]) => [fold(key), { key, value }]));
}

export const ACCOUNT: Account = {
  id: "123456789012",
  partition: "aws",
  alias: "acme",
  quotas: DEFAULT_QUOTAS,
  passwordPolicy: undefined,
  caller: "arn:aws:sts::123456789012:assumed-role/ci/run",
};

interface UserParts extends Partial<
  Omit<User, "groups" | "tags" | "policies" | "inlinePolicies" | "credentials">
> {
  readonly groups?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly policies?: readonly string[];
  readonly inlinePolicies?: Readonly<Record<string, JsonObject>>;
  readonly credentials?: Partial<Credentials> | undefined;
}

/** A live user of ours without anything, with the given parts; `credentials: undefined` is a user not read one by one. */
export function user(name: string, parts: UserParts = {}): User {
  return {
    name,
    id: `AIDA${name.toUpperCase()}`,
    createdAt: "2025-01-01T00:00:00Z",
    path: "/",
    boundary: undefined,
    reported: {
      password: false,
      passwordLastUsed: undefined,
      mfa: false,
      activeKeys: 0,
      keyLastUsed: undefined,
      keys: [],
      activeCertificates: 0,
    },
    ...parts,
    tags: tags(parts.tags ?? OURS),
    groups: new Map((parts.groups ?? []).map((each) => [fold(each), each])),
    policies: new Set(parts.policies),
    inlinePolicies: inline(parts.inlinePolicies),
    credentials:
      "credentials" in parts && parts.credentials === undefined
        ? undefined
        : { ...NO_CREDENTIALS, ...parts.credentials },
  };
}

function inline(policies: Readonly<Record<string, JsonObject>> = {}): ByName<InlinePolicy> {
  return named(Object.entries(policies).map(([name, document]) => ({ name, document })));
}

interface GroupParts {
  readonly path?: string;
  readonly policies?: readonly string[];
  readonly inlinePolicies?: Readonly<Record<string, JsonObject>>;
}

export function group(name: string, parts: GroupParts = {}): Group {
  return {
    name,
    id: `AGPA${name.toUpperCase()}`,
    path: parts.path ?? "/",
    policies: new Set(parts.policies),
    inlinePolicies: inline(parts.inlinePolicies),
  };
}

export function state(
  users: readonly User[],
  groups: readonly Group[],
  account: Partial<Account> = {},
): State {
  return { account: { ...ACCOUNT, ...account }, users: named(users), groups: named(groups) };
}

interface DeclaredParts extends Partial<Omit<DeclaredUser, "groups" | "tags" | "inlinePolicies" | "access">> {
  readonly groups?: readonly (string | Partial<Membership>)[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly inlinePolicies?: Readonly<Record<string, JsonObject>>;
  readonly access?: readonly ("console" | "programmatic")[] | undefined;
}

export function declaredUser(name: string, parts: DeclaredParts = {}): DeclaredUser {
  const groups = (parts.groups ?? []).map((each): Membership =>
    typeof each === "string"
      ? { group: each, until: undefined, reason: undefined }
      : { group: "", until: undefined, reason: undefined, ...each },
  );
  return {
    name,
    person: undefined,
    email: undefined,
    github: undefined,
    encryptTo: [],
    path: "/",
    boundary: undefined,
    policies: [],
    until: undefined,
    status: "active",
    resetPassword: undefined,
    rotateKey: undefined,
    adopt: false,
    renamedFrom: undefined,
    ...parts,
    groups: new Map(groups.map((each) => [fold(each.group), each])),
    tags: tags(parts.tags ?? {}),
    inlinePolicies: inline(parts.inlinePolicies),
    access: parts.access && new Set(parts.access),
  };
}

interface DeclaredGroupParts extends Partial<Omit<DeclaredGroup, "inlinePolicies">> {
  readonly inlinePolicies?: Readonly<Record<string, JsonObject>>;
}

export function declaredGroup(name: string, parts: DeclaredGroupParts = {}): DeclaredGroup {
  return {
    name,
    description: undefined,
    path: "/",
    policies: [],
    owners: [],
    exclusive: false,
    external: false,
    status: "present",
    adopt: false,
    renamedFrom: undefined,
    ...parts,
    inlinePolicies: inline(parts.inlinePolicies),
  };
}

export const SETTINGS: Settings = {
  account: ACCOUNT.id,
  owner: OWNER,
  protected: [],
  ignore: { users: [], groups: [], tags: ["AKIA*"] },
  admins: { groups: [], atLeast: 0 },
  limits: { losing: { people: 3, percent: 10 }, override: undefined },
  offboarding: { deleteAfter: "never", verifyAfter: 15_000 },
  credentials: { unclaimedAfter: 604_800_000, rotationOverlap: 604_800_000 },
  hygiene: { keyAge: 7_776_000_000, unused: 7_776_000_000 },
};

export function roster(
  users: readonly DeclaredUser[],
  groups: readonly DeclaredGroup[] = [],
  settings: Partial<Settings> = {},
): Roster {
  return { settings: { ...SETTINGS, ...settings }, users: named(users), groups: named(groups) };
}

/** Plans with the usual clock, no base and every policy existing. */
export function planned(input: Partial<PlanInput> & Pick<PlanInput, "roster" | "actual">): Planned {
  return plan({
    base: undefined,
    now: NOW,
    policies: new Map(),
    recipients: undefined,
    sha256,
    ...input,
  });
}
