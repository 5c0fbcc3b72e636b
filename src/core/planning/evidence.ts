import { isDeactivated, isDenied } from "../ownership.ts";
import type { After, AfterGroup, Evidence } from "../plan.ts";
import type { Access, DeclaredUser } from "../roster.ts";
import { compareNames, compareText, fold } from "../rules/names.ts";
import { isDenyAll } from "../rules/policies.ts";
import type { Credential, Credentials, User } from "../state.ts";
import { latest } from "../time.ts";

/*
 * What a reviewer should know beside the changes: what is known of the user today, and what holds afterwards.
 */

/** What is known of a live user; undefined for one that is being created. */
export function evidenceOf(live: User | undefined): Evidence | undefined {
  if (live === undefined) return undefined;
  const { credentials, reported } = live;
  return {
    createdAt: live.createdAt,
    password: credentials === undefined ? reported?.password : credentials.password !== undefined,
    passwordLastUsed: reported?.passwordLastUsed,
    activeKeys:
      credentials === undefined ? reported?.activeKeys : credentials.accessKeys.filter(isActive).length,
    keyLastUsed: latest([
      reported?.keyLastUsed,
      ...(credentials?.accessKeys.map(({ lastUsed }) => lastUsed) ?? []),
    ]),
    mfa: credentials === undefined ? reported?.mfa : credentials.mfaDevices.length > 0,
    otherCredentials: credentials && otherCredentials(credentials),
  };
}

function otherCredentials({ sshKeys, certificates, serviceCredentials }: Credentials): number {
  return [...sshKeys, ...certificates, ...serviceCredentials].filter(isActive).length;
}

function isActive({ status }: Credential): boolean {
  return status === "Active";
}

/** A user's state after the plan; `after` is undefined where the user is gone. */
export function afterOf(after: User | undefined, declared: DeclaredUser | undefined): After {
  if (after === undefined) return { ...GONE, until: undefined };
  return {
    status: statusOf(after),
    groups: [...after.groups.values()].toSorted(compareNames).map((group) => afterGroup(group, declared)),
    policies: [...after.policies].filter((policy) => !isDenyAll(policy)).toSorted(compareText),
    inlinePolicies: [...after.inlinePolicies.values()].map(({ name }) => name).toSorted(compareNames),
    access: accessOf(after, declared),
    boundary: after.boundary,
    until: declared?.status === "active" ? declared.until : undefined,
  };
}

const GONE = {
  status: "deleted",
  groups: [],
  policies: [],
  inlinePolicies: [],
  access: [],
  boundary: undefined,
} as const;

function statusOf(after: User): After["status"] {
  if (isDeactivated(after)) return "deactivated";
  return isDenied(after) ? "held" : "active";
}

function afterGroup(group: string, declared: DeclaredUser | undefined): AfterGroup {
  return { group, until: declared?.groups.get(fold(group))?.until };
}

/** How the user can sign in; where credentials were not read, what the file says. */
function accessOf(after: User, declared: DeclaredUser | undefined): readonly Access[] {
  const { credentials } = after;
  if (credentials === undefined) return [...(declared?.access ?? [])];
  const console: readonly Access[] = credentials.password === undefined ? [] : ["console"];
  return credentials.accessKeys.some(isActive) ? [...console, "programmatic"] : console;
}
