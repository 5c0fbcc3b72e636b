import type { DraftChange, DraftEntry, Refused } from "./draft.ts";
import type { Subject } from "../change.ts";
import { deniesOfHolder, inOrder } from "../order.ts";
import { fold } from "../rules/names.ts";
import { simulate } from "../simulate/simulate.ts";
import { type Group, type State, type User, type UserName, valuesAt } from "../state.ts";

/*
 * What the one order cannot hold. A deny that newly comes another way is lifted late; then whoever leaves a group late
 * would for a moment get what the group newly gets, and whoever joins one would get what it loses late. In these rare
 * plans the giving change waits for the next run.
 */

type Member = DraftChange & { readonly kind: "RemoveUserFromGroup" | "AddUserToGroup" };

export interface Settled {
  readonly entries: readonly DraftEntry[];
  readonly refused: readonly Refused[];
}

/**
 * Moves late leavings that need not be late, since no deny that stays would be missing, and takes out the changes that
 * have to wait. `live` has all renames done.
 */
export function settleCollisions(entries: readonly DraftEntry[], live: State): Settled {
  const settled = settleLeaving(entries, live);
  const late = new Map<string, Subject>();
  for (const { subject, changes } of settled.entries) {
    if (subject.type === "group" && changes.some(({ phase }) => phase === "lift"))
      late.set(fold(subject.name), subject);
  }
  return waitFor(settled, (change) =>
    change.kind === "AddUserToGroup" ? late.get(fold(change.group)) : undefined,
  );
}

function settleLeaving(entries: readonly DraftEntry[], live: State): Settled {
  const late = entries
    .flatMap(({ changes }) => changes)
    .filter((change): change is Member => change.kind === "RemoveUserFromGroup" && change.phase === "lift");
  if (late.length === 0) return { entries, refused: [] };
  const steps = inOrder<DraftEntry, DraftChange>(entries).map(({ change }) => change);
  const after = simulate(live, steps, STAMP).state;
  const staying = late.filter((change) => losesKeptDeny(change, live, after));
  const early = new Set<DraftChange>(late.filter((change) => !staying.includes(change)));
  const waiting = new Map(
    staying.map(({ user, group }) => [fold(group), { type: "user", name: user } as const]),
  );
  return waitFor({ entries: entries.map((entry) => leavingEarly(entry, early)), refused: [] }, (change) =>
    change.phase === "broaden-groups" && "group" in change ? waiting.get(fold(change.group)) : undefined,
  );
}

/** Only for the tags of a state that nobody sees. */
const STAMP = "1970-01-01T00:00:00Z";

function leavingEarly(entry: DraftEntry, early: ReadonlySet<DraftChange>): DraftEntry {
  const changes = entry.changes.map((change) =>
    early.has(change) ? { ...change, phase: "leave" as const } : change,
  );
  return { ...entry, changes };
}

/** Takes out the changes that wait for another subject, and says so. */
function waitFor(
  { entries, refused }: Settled,
  waits: (change: DraftChange) => Subject | undefined,
): Settled {
  const left = [...refused];
  const kept = entries.flatMap((entry) => {
    const waiting = entry.changes.filter((change) => waits(change) !== undefined);
    const [first] = waiting;
    const on = first && waits(first);
    if (on === undefined) return [entry];
    left.push({
      entry: { ...entry, changes: waiting },
      refusal: { code: "next-run", subject: entry.subject, arguments: { on } },
    });
    const changes = entry.changes.filter((change) => !waiting.includes(change));
    return changes.length === 0 ? [] : [{ ...entry, changes }];
  });
  return { entries: kept, refused: left };
}

/** Is there a deny of the group that the user is to keep, and that so far reaches the user only through it? */
function losesKeptDeny({ user, group }: Member, live: State, after: State): boolean {
  const groupsAfter = groupsOf(user, after);
  const later = deniesOn(user, groupsAfter, after);
  const throughout = deniesOn(user, groupsOf(user, live).intersection(groupsAfter), live);
  return [...denies(valuesAt(live.groups, [fold(group)]))].some(
    (deny) => later.has(deny) && !throughout.has(deny),
  );
}

function groupsOf(user: UserName, { users }: State): ReadonlySet<string> {
  return new Set(valuesAt(users, [fold(user)]).flatMap(({ groups }) => [...groups.keys()]));
}

/** What denies the user, or might, by itself and through these groups. */
function deniesOn(
  user: UserName,
  through: ReadonlySet<string>,
  { users, groups }: State,
): ReadonlySet<string> {
  return denies([...valuesAt(users, [fold(user)]), ...valuesAt(groups, through)]);
}

function denies(holders: readonly (User | Group)[]): ReadonlySet<string> {
  return new Set(holders.flatMap((holder) => [...deniesOfHolder(holder)]));
}
