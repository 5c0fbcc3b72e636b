import type { Subject, SubjectType } from "../change.ts";
import type { Quotas } from "../rules/quotas.ts";
import type { ByName, Group, User, UserName } from "../state.ts";

/*
 * The state that a simulation writes on, and the ways in which IAM says no.
 */

/** Why IAM would refuse a change, under the name of IAM's own error. */
export type Conflict =
  | { readonly error: "NoSuchEntity"; readonly subject: Subject }
  | { readonly error: "EntityAlreadyExists"; readonly subject: Subject }
  | { readonly error: "LimitExceeded"; readonly quota: QuotaName; readonly most: number }
  /** `members` are users still in a group to delete; empty for a user that still has something. */
  | { readonly error: "DeleteConflict"; readonly members: readonly UserName[] };

export type QuotaName = keyof Quotas | "tagsPerUser";

/** A state that is being changed: the maps are its own, the values in them are shared and never changed. */
export interface Ledger {
  readonly quotas: Quotas;
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  /** Folded group name to the folded names of its members. */
  readonly members: Map<string, Set<string>>;
}

export function addMember(members: Map<string, Set<string>>, group: string, user: string): void {
  const present = members.get(group);
  if (present === undefined) members.set(group, new Set([user]));
  else present.add(user);
}

export function missing(type: SubjectType, name: string): Conflict {
  return { error: "NoSuchEntity", subject: { type, name } };
}

export function taken(type: SubjectType, name: string): Conflict {
  return { error: "EntityAlreadyExists", subject: { type, name } };
}

export function limit(quota: QuotaName, most: number): Conflict {
  return { error: "LimitExceeded", quota, most };
}

export function exceeds(count: number, quota: keyof Quotas, quotas: Quotas): Conflict | undefined {
  return count > quotas[quota] ? limit(quota, quotas[quota]) : undefined;
}

export function without<Value>(map: ByName<Value>, keys: readonly string[]): ByName<Value> {
  const after = new Map(map);
  for (const key of keys) after.delete(key);
  return after;
}

export function hasPolicies(holder: Pick<User | Group, "policies" | "inlinePolicies">): boolean {
  return holder.policies.size > 0 || holder.inlinePolicies.size > 0;
}
