import type { Change } from "../change.ts";
import { isIgnored } from "./desire.ts";
import { isAfterRenames, type Phase } from "../order.ts";
import { ownerName, standing } from "../ownership.ts";
import type { Roster } from "../roster.ts";
import { fold } from "../rules/names.ts";
import type { ByName, GroupName, State, UserName } from "../state.ts";

/*
 * Renames are found first and then taken as done, so that everything else compares names as they will be.
 */

export interface Renames {
  /** Folded new name to the live name it has now. */
  readonly users: ByName<UserName>;
  readonly groups: ByName<GroupName>;
}

/** One kind of subject, users or groups, as far as renames look at it. */
interface Kind {
  readonly live: ByName<{ readonly name: string }>;
  /** Folded new name to the old name as written, for those whose rename may run. */
  readonly written: ByName<string>;
  readonly isOurs: (key: string) => boolean;
}

/**
 * Which users and groups still carry the old name of a declared new one. A user must be ours; a group must be one that
 * the base declares, where a base is given. Neither may be one that the settings
 * ignore. A new name that exists already ends the rename, unless it is itself about to be freed by another.
 */
export function findRenames(roster: Roster, live: State, base: Roster | undefined): Renames {
  const { ignore } = roster.settings;
  const owner = ownerName(roster.settings);
  const users: Kind = {
    live: live.users,
    written: new Map(
      [...roster.users].flatMap(([key, { renamedFrom, status }]) =>
        renamedFrom !== undefined && status === "active" ? [[key, renamedFrom] as const] : [],
      ),
    ),
    isOurs: (key) => {
      const user = live.users.get(key);
      return user !== undefined && standing(user, owner) === "managed" && !isIgnored(key, ignore.users);
    },
  };
  const groups: Kind = {
    live: live.groups,
    written: new Map(
      [...roster.groups].flatMap(([key, { renamedFrom, status, external }]) =>
        renamedFrom !== undefined && status === "present" && !external ? [[key, renamedFrom] as const] : [],
      ),
    ),
    isOurs: (key) => (base === undefined || base.groups.has(key)) && !isIgnored(key, ignore.groups),
  };
  return { users: renamesOf(users), groups: renamesOf(groups) };
}

function renamesOf(kind: Kind): ByName<string> {
  const freedBy = new Map([...kind.written].map(([key, from]) => [fold(from), key]));
  const runs = (key: string, seen: ReadonlySet<string>): boolean => {
    const from = kind.written.get(key);
    if (from === undefined || seen.has(key)) return false;
    if (!kind.live.has(fold(from)) || !kind.isOurs(fold(from))) return false;
    const freeing = freedBy.get(key);
    return !kind.live.has(key) || (freeing !== undefined && runs(freeing, new Set([...seen, key])));
  };
  const running = [...kind.written].filter(([key]) => runs(key, new Set()));
  return new Map(running.map(([key, from]) => [key, kind.live.get(fold(from))?.name ?? from]));
}

/** The state as it will be once all renames are made. */
export function afterRenames(live: State, renames: Renames, roster: Roster): State {
  if (renames.users.size === 0 && renames.groups.size === 0) return live;
  const groupNames = newNames(renames.groups, roster.groups);
  const userNames = newNames(renames.users, roster.users);
  const moved = [...live.users.values()].map((user) => ({
    ...user,
    name: userNames.get(fold(user.name)) ?? user.name,
    groups: byName(
      [...user.groups.values()].map((group) => groupNames.get(fold(group)) ?? group),
      (group) => group,
    ),
  }));
  const groups = [...live.groups.values()].map((group) => ({
    ...group,
    name: groupNames.get(fold(group.name)) ?? group.name,
  }));
  return {
    account: live.account,
    users: byName(moved, ({ name }) => name),
    groups: byName(groups, ({ name }) => name),
  };
}

/** Folded old names to the new names as declared. */
function newNames(renames: ByName<string>, declared: ByName<{ readonly name: string }>): ByName<string> {
  return new Map([...renames].map(([key, old]) => [fold(old), declared.get(key)?.name ?? key]));
}

function byName<Value>(values: readonly Value[], nameOf: (value: Value) => string): ByName<Value> {
  return new Map(values.map((value) => [fold(nameOf(value)), value]));
}

/** The change under the names that hold in its phase: before `prepare` the old ones. */
export function underOldNames(change: Change, phase: Phase, renames: Renames): Change {
  if (isAfterRenames(phase)) return change;
  const oldUser = "user" in change ? renames.users.get(fold(change.user)) : undefined;
  const oldGroup = "group" in change ? renames.groups.get(fold(change.group)) : undefined;
  return {
    ...change,
    ...(oldUser !== undefined && { user: oldUser }),
    ...(oldGroup !== undefined && { group: oldGroup }),
  };
}
