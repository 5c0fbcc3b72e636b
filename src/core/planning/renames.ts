import type { Change } from "../change.ts";
import { isIgnored } from "./desire.ts";
import { ownerName, standing } from "../ownership.ts";
import type { Roster } from "../roster.ts";
import { fold } from "../rules/names.ts";
import { type ByName, type GroupName, type State, type UserName, valuesAt } from "../state.ts";

/*
 * Renames are found first and then taken as done, so that everything else compares names as they will be.
 */

export interface Renames {
  /** Folded new name to the live name it has now. */
  readonly users: ByName<UserName>;
  readonly groups: ByName<GroupName>;
}

/** Lines that ask for a rename which cannot be: both names are there, and no file says that they are two. */
export interface Contested {
  /** Folded new name to the live name that should become it. */
  readonly users: ByName<UserName>;
  readonly groups: ByName<GroupName>;
}

/** A declared line that names an old name; both names folded. */
interface Line {
  readonly to: string;
  readonly from: string;
}

/** One kind of subject, users or groups, as far as renames look at it. */
interface Kind {
  readonly live: ByName<{ readonly name: string }>;
  /** Those whose rename may run. */
  readonly lines: readonly Line[];
  /** Is what has the old name there, and ours? */
  readonly isOurs: (key: string) => boolean;
  readonly isDeclared: (key: string) => boolean;
}

/**
 * Which users and groups still carry the old name of a declared new one. A user must be ours; a group must be one that
 * the base declares, where a base is given. Neither may be one that the settings ignore. A new name that exists already
 * ends the rename, unless it is itself about to be freed by another.
 */
export function findRenames(roster: Roster, live: State, base: Roster | undefined): Renames {
  const { users, groups } = kindsOf(roster, live, base);
  return { users: renamesOf(users), groups: renamesOf(groups) };
}

/**
 * Which of them cannot be renamed, since somebody else has the new name. Nobody may then be taken for one who left, nor
 * for the one whose name it is.
 */
export function findContested(roster: Roster, live: State, base: Roster | undefined): Contested {
  const { users, groups } = kindsOf(roster, live, base);
  return { users: contestedIn(users), groups: contestedIn(groups) };
}

function contestedIn(kind: Kind): ByName<string> {
  const { live, lines, isOurs, isDeclared } = kind;
  const running = renamesOf(kind);
  // A rename of what is ours runs, unless the new name is there.
  const contested = lines.filter(({ to, from }) => !running.has(to) && isOurs(from) && !isDeclared(from));
  return namesOf(contested, live);
}

function kindsOf(
  roster: Roster,
  live: State,
  base: Roster | undefined,
): { readonly users: Kind; readonly groups: Kind } {
  const { ignore } = roster.settings;
  const owner = ownerName(roster.settings);
  const users: Kind = {
    live: live.users,
    lines: [...roster.users].flatMap(([to, { renamedFrom, status }]) =>
      renamedFrom !== undefined && status === "active" ? [{ to, from: fold(renamedFrom) }] : [],
    ),
    isOurs: (key) =>
      valuesAt(live.users, [key]).some((user) => standing(user, owner) === "managed") &&
      !isIgnored(key, ignore.users),
    isDeclared: (key) => roster.users.has(key),
  };
  const groups: Kind = {
    live: live.groups,
    lines: [...roster.groups].flatMap(([to, { renamedFrom, status, external }]) =>
      renamedFrom !== undefined && status === "present" && !external ? [{ to, from: fold(renamedFrom) }] : [],
    ),
    isOurs: (key) =>
      live.groups.has(key) && (base === undefined || base.groups.has(key)) && !isIgnored(key, ignore.groups),
    isDeclared: (key) => roster.groups.has(key),
  };
  return { users, groups };
}

function renamesOf({ live, lines, isOurs }: Kind): ByName<string> {
  const freedBy = new Map(lines.map((line) => [line.from, line]));
  const runs = (line: Line | undefined, before: ReadonlySet<Line>): boolean => {
    if (line === undefined || before.has(line) || !isOurs(line.from)) return false;
    return !live.has(line.to) || runs(freedBy.get(line.to), new Set([...before, line]));
  };
  return namesOf(
    lines.filter((line) => runs(line, new Set())),
    live,
  );
}

/** Folded new names to the old ones as the account has them. */
function namesOf(lines: readonly Line[], live: Kind["live"]): ByName<string> {
  return new Map(
    lines.flatMap(({ to, from }) => valuesAt(live, [from]).map(({ name }) => [to, name] as const)),
  );
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
  return new Map(
    [...renames].flatMap(([key, old]) =>
      valuesAt(declared, [key]).map(({ name }) => [fold(old), name] as const),
    ),
  );
}

function byName<Value>(values: readonly Value[], nameOf: (value: Value) => string): ByName<Value> {
  return new Map(values.map((value) => [fold(nameOf(value)), value]));
}

/** The change under the names that hold before the renames. */
export function underOldNames(change: Change, renames: Renames): Change {
  const oldUser = "user" in change ? renames.users.get(fold(change.user)) : undefined;
  const oldGroup = "group" in change ? renames.groups.get(fold(change.group)) : undefined;
  return {
    ...change,
    ...(oldUser !== undefined && { user: oldUser }),
    ...(oldGroup !== undefined && { group: oldGroup }),
  };
}
