import type { Subject } from "./change.ts";
import { draft, type Draft, type DraftEntry, type DraftInput } from "./draft.ts";
import { fold, sameName } from "./rules/names.ts";
import type { Group, User } from "./state.ts";

/** What the files ask of one subject: nothing any more, changes, or changes that are refused. */
export interface Redraft {
  readonly entry: DraftEntry | undefined;
  readonly refused: boolean;
}

/**
 * What the files ask of one user who was read afresh, under the name that the user has now; `subject` is its name in the
 * plan. In a chain of renames the fresh name is also the new name of another, so both are told apart by the subject.
 */
export function redraftUser(input: DraftInput, fresh: User, subject: Subject): Redraft {
  const users = new Map(
    [...input.roster.users].filter(
      ([, { name, renamedFrom }]) =>
        sameName(name, fresh.name) || (renamedFrom !== undefined && sameName(renamedFrom, fresh.name)),
    ),
  );
  const alone = {
    ...input,
    roster: { ...input.roster, users },
    actual: { ...input.actual, users: new Map([[fold(fresh.name), fresh]]) },
  };
  return redrafted(draft(alone), subject);
}

/** The same for a group. */
export function redraftGroup(input: DraftInput, fresh: Group, subject: Subject): Redraft {
  const groups = new Map(input.actual.groups).set(fold(fresh.name), fresh);
  const drafted = draft({ ...input, actual: { ...input.actual, groups } });
  return redrafted(drafted, subject);
}

function redrafted({ entries, refused }: Draft, wanted: Subject): Redraft {
  const matches = ({ type, name }: Subject): boolean => type === wanted.type && sameName(name, wanted.name);
  return {
    entry: entries.find(({ subject }) => matches(subject)),
    refused: refused.some(({ entry }) => matches(entry.subject)),
  };
}
