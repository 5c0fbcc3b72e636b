import type { Change, Intent, Reach, Subject } from "../change.ts";
import { settleCollisions } from "./collisions.ts";
import { draftGroups, strangers } from "./draft-groups.ts";
import { draftUsers } from "./draft-users.ts";
import { isIgnored, type Situation } from "./desire.ts";
import { gainedDenies, isAfterRenames, type Phase, PHASES, phaseOf, type Placing } from "../order.ts";
import type { Recipients } from "./issuing.ts";
import {
  afterRenames,
  type Contested,
  findContested,
  findRenames,
  type Renames,
  underOldNames,
} from "./renames.ts";
import { ownerName, standing } from "../ownership.ts";
import type { Unmanaged } from "../plan.ts";
import type { Refusal, Warning } from "../refusal.ts";
import type { Roster } from "../roster.ts";
import { compareNames, fold } from "../rules/names.ts";
import { membersByGroup } from "../simulate/simulate.ts";
import { type GroupName, type Instant, type State, type User, type UserName, valuesAt } from "../state.ts";

/*
 * The first stage of a plan: what the files ask of the account, subject by subject, before causes and limits.
 */

export type DraftChange = Change & { readonly reach: Reach; readonly phase: Phase };

export interface DraftEntry {
  readonly subject: Subject;
  readonly intent: Intent;
  readonly id: string | undefined;
  /** The user as it is, under its name after all renames; undefined for a group and for what is not there. */
  readonly live: User | undefined;
  readonly changes: readonly DraftChange[];
}

/** A change before its place in the order is known; closing and deleting set their own phase. */
export type UnorderedChange = Change & { readonly reach: Reach; readonly phase: Phase | undefined };

export interface UnorderedEntry extends Omit<DraftEntry, "changes"> {
  readonly changes: readonly UnorderedChange[];
}

export interface Refused<Entry = DraftEntry> {
  readonly entry: Entry;
  readonly refusal: Refusal;
}

interface DraftOf<Entry> {
  readonly entries: readonly Entry[];
  readonly refused: readonly Refused<Entry>[];
  readonly warnings: readonly Warning[];
  /** Live users whose credentials have to be read before the plan can be trusted, by the names they have now. */
  readonly unread: readonly UserName[];
}

export interface Draft extends DraftOf<DraftEntry> {
  readonly unmanaged: Unmanaged;
}
export type UnorderedDraft = DraftOf<UnorderedEntry>;

export interface DraftInput {
  readonly roster: Roster;
  readonly actual: State;
  /** What the roster was before, where that is known: whose groups are ours depends on it. */
  readonly base: Roster | undefined;
  /** undefined: as if no time ever passed. */
  readonly now: Instant | undefined;
  /** undefined: nobody can be looked up. */
  readonly recipients: Recipients;
}

/** All that the drafting of one subject may look at; `live` is the account with all renames taken as done. */
export interface Drafting extends Situation {
  readonly recipients: Recipients;
  readonly roster: Roster;
  readonly base: Roster | undefined;
  readonly live: State;
  readonly renames: Renames;
  readonly contested: Contested;
  /** In no order. */
  readonly membersOf: (group: GroupName) => readonly User[];
}

export function draft({ roster, actual, base, now, recipients }: DraftInput): Draft {
  const renames = findRenames(roster, actual, base);
  const live = afterRenames(actual, renames, roster);
  const { partition, quotas } = live.account;
  const contested = findContested(roster, actual, base);
  const drafting: Drafting = {
    roster,
    base,
    live,
    renames,
    contested,
    staying: new Set([...contested.groups.values()].map(fold)),
    now,
    recipients,
    partition,
    quotas,
    settings: roster.settings,
    membersOf: memberLookup(live),
  };
  const users = draftUsers(drafting);
  const written = new Set(users.entries.map(({ subject }) => fold(subject.name)));
  const drafts = [users, draftGroups(drafting, written)];
  const entries = drafts.flatMap((each) => each.entries);
  const placing = {
    live,
    gained: gainedDenies(
      entries.flatMap(({ changes }) => changes),
      live,
    ),
  };
  const placed = settleCollisions(
    entries.map((entry) => placedEntry(entry, placing)),
    live,
  );
  const refused = drafts
    .flatMap((each) => each.refused)
    .map(({ entry, refusal }) => ({ entry: placedEntry(entry, placing), refusal }))
    .concat(placed.refused);
  return {
    entries: placed.entries.map((entry) => finished(entry, renames)),
    refused: refused.map(({ entry, refusal }) => ({ entry: finished(entry, renames), refusal })),
    warnings: drafts.flatMap((each) => each.warnings),
    unread: drafts.flatMap((each) => each.unread),
    unmanaged: unmanaged(drafting),
  };
}

function placedEntry(entry: UnorderedEntry, placing: Omit<Placing, "isNew">): DraftEntry {
  const isNew = entry.intent === "create";
  const changes = entry.changes.map((change) => ({
    ...change,
    phase: change.phase ?? phaseOf(change, { ...placing, isNew }),
  }));
  return { ...entry, changes };
}

/** The entry as it stands in the plan: its changes in the order in which they are made, under the names of their time. */
function finished(entry: DraftEntry, renames: Renames): DraftEntry {
  const changes = entry.changes
    .map((change): DraftChange => {
      const { reach, phase } = change;
      return isAfterRenames(phase) ? change : { ...underOldNames(change, renames), reach, phase };
    })
    .toSorted((one, other) => PHASES.indexOf(one.phase) - PHASES.indexOf(other.phase));
  return { ...entry, changes };
}

function memberLookup(live: State): (group: GroupName) => readonly User[] {
  const members = membersByGroup(live);
  return (group) => valuesAt(live.users, members.get(fold(group)) ?? []);
}

/** What lives in the account and no file speaks of. */
function unmanaged(drafting: Drafting): Unmanaged {
  const { roster, live, settings } = drafting;
  const owner = ownerName(settings);
  const users = [...live.users]
    .filter(([key, user]) => !roster.users.has(key) && standing(user, owner) !== "managed")
    .map(([, { name }]) => name)
    .filter((name) => !isIgnored(name, settings.ignore.users));
  const groups = [...live.groups]
    .filter(([key]) => !roster.groups.has(key))
    .map(([, { name }]) => name)
    .filter((name) => !isIgnored(name, settings.ignore.groups));
  const members = valuesAt(live.groups, roster.groups.keys()).flatMap((group) =>
    strangers(group, drafting).map(({ name }) => ({ user: name, group: group.name })),
  );
  return {
    users: users.toSorted(compareNames),
    groups: groups.toSorted(compareNames),
    members: members.toSorted(
      (one, other) => compareNames(one.group, other.group) || compareNames(one.user, other.user),
    ),
  };
}
