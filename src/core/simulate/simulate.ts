import { type ByKind, byKind, type Change } from "../change.ts";
import { GROUP_EFFECTS } from "./group-effects.ts";
import { addMember, type Conflict, type Ledger } from "./ledger.ts";
import { fold } from "../rules/names.ts";
import {
  type Group,
  type GroupName,
  type Instant,
  type State,
  type User,
  type UserName,
  valuesAt,
} from "../state.ts";
import { USER_EFFECTS } from "./user-effects.ts";

/*
 * What a change does to a state, under IAM's own rules: the inverse of `plan`. From it come the laws, the preview of the
 * state after, plans without an account, and the refusals for quotas and conflicts.
 */

export interface Simulator {
  /** The state after the changes so far. Linear in the state's size: call it at the end. */
  readonly state: () => State;
  readonly user: (name: UserName) => User | undefined;
  readonly group: (name: GroupName) => Group | undefined;
  readonly membersOf: (group: GroupName) => readonly User[];
  /** Makes one change; a conflict leaves everything as it was. `now` fills stamped tags. */
  readonly apply: (change: Change, now: Instant) => Conflict | undefined;
}

const EFFECT: ByKind<Conflict | undefined, [ledger: Ledger, now: Instant]> = {
  ...USER_EFFECTS,
  ...GROUP_EFFECTS,
};

/** A copy of the state to try changes on. */
export function simulator(state: State): Simulator {
  const ledger: Ledger = {
    quotas: state.account.quotas,
    users: new Map(state.users),
    groups: new Map(state.groups),
    members: membersByGroup(state),
  };
  return {
    state: () => ({ account: state.account, users: new Map(ledger.users), groups: new Map(ledger.groups) }),
    user: (name) => ledger.users.get(fold(name)),
    group: (name) => ledger.groups.get(fold(name)),
    membersOf: (group) => valuesAt(ledger.users, ledger.members.get(fold(group)) ?? []),
    apply: (change, now) => byKind(EFFECT, change, ledger, now),
  };
}

/** Applies all changes in order; gives the state after, and the conflicts of those that IAM would refuse. */
export function simulate(
  state: State,
  changes: Iterable<Change>,
  now: Instant,
): {
  readonly state: State;
  readonly conflicts: readonly { readonly change: Change; readonly conflict: Conflict }[];
} {
  const simulation = simulator(state);
  const conflicts: { change: Change; conflict: Conflict }[] = [];
  for (const change of changes) {
    const conflict = simulation.apply(change, now);
    if (conflict !== undefined) conflicts.push({ change, conflict });
  }
  return { state: simulation.state(), conflicts };
}

/** Folded group names to the folded names of their members, for every group that has any. */
export function membersByGroup(state: Pick<State, "users">): Map<string, Set<string>> {
  const members = new Map<string, Set<string>>();
  for (const [user, { groups }] of state.users) {
    for (const group of groups.keys()) addMember(members, group, user);
  }
  return members;
}
