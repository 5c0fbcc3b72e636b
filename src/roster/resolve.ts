import type { Access, DeclaredGroup, DeclaredUser, Membership, Roster } from "../core/roster.ts";
import { fold } from "../core/rules/names.ts";
import type { ByName, InlinePolicy, Tag } from "../core/state.ts";
import type { Group, InlinePolicies, LimitedMembership, User } from "./schema/written.ts";
import { resolveSettings } from "./settings.ts";
import type { Sound } from "./sound.ts";

/*
 * From the files as written to the roster as resolved: every default filled in, every map keyed by folded name. Pure,
 * and total for files without findings.
 */

export function resolve({ users, groups, roster }: Sound): Roster {
  const declared = byName(groups, resolveGroup);
  return {
    settings: resolveSettings(roster),
    users: byName(users, (name, user) => resolveUser(name, user, declared)),
    groups: declared,
  };
}

function byName<From, To>(
  map: Readonly<Record<string, From>> = {},
  to: (name: string, from: From) => To,
): ByName<To> {
  return new Map(Object.entries(map).map(([name, from]) => [fold(name), to(name, from)]));
}

function resolveUser(name: string, user: User, declared: Roster["groups"]): DeclaredUser {
  return {
    name,
    person: user.name,
    email: user.email,
    github: user.github,
    groups: memberships(user, declared),
    access: user.access && new Set<Access>(user.access),
    encryptTo: recipients(user.encryptTo),
    path: user.path ?? "/",
    boundary: user.permissionsBoundary,
    tags: byName(user.tags, (key, value): Tag => ({ key, value })),
    policies: user.policies ?? [],
    inlinePolicies: inlinePolicies(user.inlinePolicies),
    until: user.until,
    status: user.status ?? "active",
    resetPassword: token(user.resetPassword),
    rotateKey: token(user.rotateKey),
    adopt: user.adopt ?? false,
    renamedFrom: user.renamedFrom,
  };
}

/** Under the spelling with which the group is declared. */
function memberships({ groups = [] }: User, declared: Roster["groups"]): ByName<Membership> {
  return new Map(
    groups.map((entry) => {
      const { group, until, reason } = typeof entry === "string" ? limited(entry) : entry;
      return [fold(group), { group: declared.get(fold(group))?.name ?? group, until, reason }];
    }),
  );
}

function limited(group: string): LimitedMembership {
  return { group };
}

function recipients(encryptTo: User["encryptTo"]): readonly string[] {
  if (encryptTo === undefined) return [];
  return typeof encryptTo === "string" ? [encryptTo] : encryptTo;
}

function token(written: string | number | undefined): string | undefined {
  return written === undefined ? undefined : String(written);
}

function inlinePolicies(policies: InlinePolicies | undefined): ByName<InlinePolicy> {
  return byName(policies, (name, document): InlinePolicy => ({ name, document }));
}

function resolveGroup(name: string, group: Group): DeclaredGroup {
  return {
    name,
    description: group.description,
    path: group.path ?? "/",
    policies: group.policies ?? [],
    inlinePolicies: inlinePolicies(group.inlinePolicies),
    owners: group.owners ?? [],
    exclusive: group.exclusive ?? false,
    external: group.external ?? false,
    status: group.status ?? "present",
    adopt: group.adopt ?? false,
    renamedFrom: group.renamedFrom,
  };
}
