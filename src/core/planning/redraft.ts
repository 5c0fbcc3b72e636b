import type { Subject } from "../change.ts";
import { draft, type DraftChange, type DraftEntry, type DraftInput } from "./draft.ts";
import { isAfterRenames } from "../order.ts";
import { findRenames, type Renames, underOldNames } from "./renames.ts";
import { fold, sameName } from "../rules/names.ts";
import type { Group, User } from "../state.ts";

/** What the files ask of one subject: nothing any more, changes, or changes that are refused. */
export interface Redraft {
  readonly entry: DraftEntry | undefined;
  /** All of it is; what only has to wait for the next run leaves the rest to be done. */
  readonly refused: boolean;
}

/**
 * What the files ask of one user who was read afresh, under the name that the user has now; `subject` is its name in the
 * plan. Whether a line renames the user depends on who else is there, so that is asked of the whole account.
 */
export function redraftUser(input: DraftInput, fresh: User, subject: Subject): Redraft {
  const { roster, actual, base } = input;
  const live = { ...actual, users: new Map(actual.users).set(fold(fresh.name), fresh) };
  const { users: renames } = findRenames(roster, live, base);
  const renamed = [...renames].find(([, old]) => sameName(old, fresh.name));
  const key = renamed?.[0] ?? fold(fresh.name);
  const declared = roster.users.get(key);
  const alone = {
    ...input,
    roster: { ...roster, users: new Map(declared === undefined ? [] : [[key, declared]]) },
    actual: { ...actual, users: new Map([[fold(fresh.name), fresh]]) },
  };
  return redrafted(alone, subject);
}

/** The same for a group. */
export function redraftGroup(input: DraftInput, fresh: Group, subject: Subject): Redraft {
  const groups = new Map(input.actual.groups).set(fold(fresh.name), fresh);
  return redrafted({ ...input, actual: { ...input.actual, groups } }, subject);
}

function redrafted(input: DraftInput, wanted: Subject): Redraft {
  const { entries, refused } = draft(input);
  const renames = findRenames(input.roster, input.actual, input.base);
  const matches = ({ type, name }: Subject): boolean => type === wanted.type && sameName(name, wanted.name);
  const entry = entries.find(({ subject }) => matches(subject));
  return {
    entry: entry && { ...entry, changes: entry.changes.map((change) => underLiveNames(change, renames)) },
    refused: entry === undefined && refused.some((each) => matches(each.entry.subject)),
  };
}

/**
 * What the plan puts early may stand late where the subject is drafted alone, since it depends on what others gain. Who is
 * read afresh is not renamed yet, so every change is told under the names that hold now.
 */
function underLiveNames(change: DraftChange, renames: Renames): DraftChange {
  const { reach, phase } = change;
  // A rename names the old name itself.
  if (!isAfterRenames(phase) || "newName" in change) return change;
  return { ...underOldNames(change, renames), reach, phase };
}
