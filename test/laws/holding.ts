import { isDenied } from "../../src/core/ownership.ts";
import { canonicalDocument, documentAllows, documentDenies } from "../../src/core/rules/documents.ts";
import { fold } from "../../src/core/rules/names.ts";
import { mayDeny } from "../../src/core/rules/policies.ts";
import type { Group, State, User } from "../../src/core/state.ts";

/** What one principal holds: what may allow, what may deny, and the boundary; by IAM's unique id, which renames keep. */
export interface Holding {
  readonly allows: ReadonlySet<string>;
  readonly denies: ReadonlySet<string>;
  readonly boundary: string | undefined;
  readonly deniedAll: boolean;
}

export function holding(user: User, groups: (key: string) => Group | undefined): Holding {
  const holders = [user, ...[...user.groups.keys()].flatMap((key) => groups(key) ?? [])];
  const policies = holders.flatMap((holder) => [...holder.policies]);
  const documents = holders.flatMap((holder) =>
    [...holder.inlinePolicies.values()].map(({ document }) => document),
  );
  return {
    allows: new Set([
      ...policies.filter((policy) => !/Deny|Quarantine/.test(policy)),
      ...documents.filter(documentAllows).map(canonicalDocument),
    ]),
    denies: new Set([
      ...policies.filter(mayDeny),
      ...documents.filter(documentDenies).map(canonicalDocument),
    ]),
    boundary: user.boundary,
    deniedAll: isDenied(user),
  };
}

export const NOTHING: Holding = {
  allows: new Set(),
  denies: new Set(),
  boundary: undefined,
  deniedAll: false,
};

/** An account before a run, at some moment of it, and at its end. */
export interface Moments {
  readonly before: State;
  readonly now: State;
  readonly after: State;
}

/** What is wrong now: what somebody holds that neither end gives, what opens that neither has, a deny or boundary missing that both have. */
export function wrongs({ before, now, after }: Moments): readonly string[] {
  return [...now.users.values()].flatMap((user) => {
    const was = findById(before, user.id);
    // Somebody new has another id in each run, and is known by the name.
    const will = was === undefined ? after.users.get(fold(user.name)) : findById(after, user.id);
    const [old, held, end] = [heldIn(before, was), heldIn(now, user), heldIn(after, will)];
    const given = old.deniedAll && !held.deniedAll ? end.allows : old.allows.union(end.allows);
    const kept = held.deniedAll ? [] : old.denies.intersection(end.denies).difference(held.denies);
    const isUnbound = old.boundary !== undefined && end.boundary !== undefined && held.boundary === undefined;
    return [
      ...[...held.allows.difference(given)].map((policy) => `${user.name} holds ${policy}`),
      ...[...opens(user).difference(opens(was).union(opens(will)))].map(
        (each) => `${user.name}: ${each} opens`,
      ),
      ...[...kept].map((deny) => `${user.name} lacks ${deny}`),
      ...(isUnbound ? [`${user.name} has no boundary`] : []),
    ];
  });
}

function findById({ users }: State, id: string | undefined): User | undefined {
  return [...users.values()].find((user) => user.id === id);
}

export function heldIn({ groups }: State, user: User | undefined): Holding {
  return user === undefined ? NOTHING : holding(user, (key) => groups.get(key));
}

/** What lets somebody in: the password, and every credential that is Active, by its id. */
export function opens(user: User | undefined): ReadonlySet<string> {
  if (user?.credentials === undefined) return new Set();
  const { password, accessKeys, sshKeys, certificates, serviceCredentials } = user.credentials;
  const active = [...accessKeys, ...sshKeys, ...certificates, ...serviceCredentials].filter(
    ({ status }) => status === "Active",
  );
  return new Set([...(password === undefined ? [] : ["password"]), ...active.map(({ id }) => id)]);
}
