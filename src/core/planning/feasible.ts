import { type Change, credentialOf, isIssue, type Subject } from "../change.ts";
import type { Conflict } from "../simulate/ledger.ts";
import type { DraftChange, DraftEntry, Refused } from "./draft.ts";
import { inOrder, isAfterRenames } from "../order.ts";
import type { Refusal } from "../refusal.ts";
import { compareNames, fold } from "../rules/names.ts";
import { isDenyAll } from "../rules/policies.ts";
import { simulator } from "../simulate/simulate.ts";
import type { Arn, GroupName, Instant, State } from "../state.ts";

/*
 * What IAM would refuse is refused in the plan: the entries are tried on the state, and those that meet a quota, a taken
 * name or a missing policy stand back, with what depends on them, until the rest goes through.
 */

export interface Feasible {
  readonly entries: readonly DraftEntry[];
  readonly refused: readonly Refused[];
}

export interface Trying {
  readonly actual: State;
  readonly now: Instant;
  /** Policies that were looked up and are not there. */
  readonly missingPolicies: ReadonlySet<Arn>;
  /** Could recipients be looked up? Where not, none does not mean that there is none. */
  readonly isLookedUp: boolean;
  /** Would everybody see the ciphertext of what is issued? */
  readonly inPublic: boolean;
}

/** Splits the entries into those that can be made and those that cannot. `refused` are refused already. */
export function feasible(drafted: Feasible, trying: Trying): Feasible {
  // The draft takes no rename as done whose new name it knows to be another's: that name means the other group.
  const contested = new Set(drafted.refused.filter(({ refusal }) => refusal.code === "name-taken"));
  const readable = refuseUnreadable(refuseMissingPolicies(drafted, trying.missingPolicies), trying);
  let current = refusePublic(readable, trying);
  for (;;) {
    const next = refuseConflicts(refuseDependents(current, contested), trying);
    if (next.refused.length === current.refused.length) return next;
    current = next;
  }
}

function refuseMissingPolicies({ entries, refused }: Feasible, missing: ReadonlySet<Arn>): Feasible {
  if (missing.size === 0) return { entries, refused };
  const refusals = new Map<DraftEntry, Refusal>();
  for (const entry of entries) {
    const policy = entry.changes.flatMap(newPolicies).find((arn) => missing.has(arn));
    if (policy === undefined) continue;
    refusals.set(entry, { code: "no-such-policy", subject: entry.subject, arguments: { policy } });
  }
  return standBack({ entries, refused }, refusals);
}

/** Nothing is issued that nobody could read; the rest of the entry goes on. */
function refuseUnreadable(current: Feasible, { isLookedUp }: Trying): Feasible {
  if (!isLookedUp) return current;
  return withoutChanges(current, (change, subject) =>
    isIssue(change) && change.to.length === 0
      ? { code: "no-usable-recipient", subject, arguments: { what: credentialOf(change) } }
      : undefined,
  );
}

/** Ciphertext that anybody may keep is opened by whoever gets the private key in ten years. */
function refusePublic(current: Feasible, { inPublic }: Trying): Feasible {
  if (!inPublic) return current;
  return withoutChanges(current, (change, subject) =>
    isIssue(change)
      ? { code: "public-repository", subject, arguments: { what: credentialOf(change) } }
      : undefined,
  );
}

/**
 * Managed policies that the change newly puts on somebody. AWSDenyAll needs no proof: where it is not, a leaver gets an
 * inline deny.
 */
export function newPolicies(change: Change): readonly Arn[] {
  switch (change.kind) {
    case "AttachUserPolicy":
    case "AttachGroupPolicy":
      return isDenyAll(change.policy) ? [] : [change.policy];
    case "PutUserPermissionsBoundary":
    case "CreateUser":
      return change.boundary === undefined ? [] : [change.boundary];
    default:
      return [];
  }
}

function standBack({ entries, refused }: Feasible, refusals: ReadonlyMap<DraftEntry, Refusal>): Feasible {
  return {
    entries: entries.filter((entry) => !refusals.has(entry)),
    refused: [...refused, ...[...refusals].map(([entry, refusal]) => ({ entry, refusal }))],
  };
}

/**
 * Nobody joins a group whose own changes were refused: it might give more than the files say, and a managed member
 * would make a group that was never ours look like one.
 */
function refuseDependents(current: Feasible, contested: ReadonlySet<Refused>): Feasible {
  const refusedGroups = current.refused.filter(({ entry }) => entry.subject.type === "group");
  const groups = new Set(refusedGroups.map(({ entry }) => fold(entry.subject.name)));
  if (groups.size === 0) return current;
  const oldNames = new Map(
    refusedGroups
      .filter((each) => !contested.has(each))
      .flatMap(({ entry }) => entry.changes.flatMap(renameOf)),
  );
  const entries = current.entries.map((entry) => ({
    ...entry,
    changes: entry.changes.map((change) => leavingByOldName(change, oldNames)),
  }));
  return withoutChanges({ ...current, entries }, (change, subject) =>
    change.kind === "AddUserToGroup" && groups.has(fold(change.group))
      ? { code: "depends-on", subject, arguments: { on: { type: "group", name: change.group } } }
      : undefined,
  );
}

/** A group's folded new name, and its old one. */
function renameOf(change: Change): readonly (readonly [string, GroupName])[] {
  if (change.kind !== "UpdateGroup" || change.newName === undefined) return [];
  return [[fold(change.newName), change.group]];
}

/** Whoever leaves a group late leaves it under the name that it keeps when its rename is refused. */
function leavingByOldName(change: DraftChange, oldNames: ReadonlyMap<string, GroupName>): DraftChange {
  if (change.kind !== "RemoveUserFromGroup" || !isAfterRenames(change.phase)) return change;
  const group = oldNames.get(fold(change.group));
  return group === undefined ? change : { ...change, group };
}

/** Takes out the changes that are refused by themselves; the rest of their entries stays. */
function withoutChanges(
  current: Feasible,
  refusalOf: (change: DraftChange, subject: Subject) => Refusal | undefined,
): Feasible {
  const entries: DraftEntry[] = [];
  const refused = [...current.refused];
  for (const entry of current.entries) {
    const dropped = entry.changes.filter((change) => refusalOf(change, entry.subject) !== undefined);
    const [first] = dropped;
    const refusal = first && refusalOf(first, entry.subject);
    if (refusal === undefined) {
      entries.push(entry);
      continue;
    }
    refused.push({ entry: { ...entry, changes: dropped }, refusal });
    const kept = entry.changes.filter((change) => !dropped.includes(change));
    if (kept.length > 0) entries.push({ ...entry, changes: kept });
  }
  return { entries, refused };
}

interface Met {
  readonly entry: DraftEntry;
  readonly change: DraftChange;
  readonly conflict: Conflict;
}

function refuseConflicts(current: Feasible, { actual, now }: Trying): Feasible {
  if (current.entries.length === 0) return current;
  const simulation = simulator(actual);
  const met = inOrder<DraftEntry, DraftChange>(current.entries).flatMap(
    ({ owner, change }): readonly Met[] => {
      const conflict = simulation.apply(change, now);
      return conflict === undefined ? [] : [{ entry: owner, change, conflict }];
    },
  );
  const alone = new Map(met.filter(standsAlone).map((each) => [each.change, each]));
  const planned = plannedGroups(current);
  const firsts = new Map<DraftEntry, Refusal>();
  for (const { entry, change, conflict } of met) {
    if (alone.has(change) || firsts.has(entry)) continue;
    firsts.set(entry, conflictRefusal(entry.subject, conflict, planned));
  }
  const settled = standBack(current, firsts);
  return withoutChanges(settled, (change, subject) => {
    const found = alone.get(change);
    return found && (blockedRotation(found) ?? conflictRefusal(subject, found.conflict, planned));
  });
}

const MEMBERSHIP: ReadonlySet<Change["kind"]> = new Set<Change["kind"]>([
  "AddUserToGroup",
  "RemoveUserFromGroup",
]);

/**
 * A membership in a group that is not there is left out, and so is the tag on a leaver that says when: everything else
 * in that entry can go on.
 */
function standsAlone({ change, conflict }: Met): boolean {
  if (change.phase === "mark" || (isIssue(change) && conflict.error === "LimitExceeded")) return true;
  return (
    MEMBERSHIP.has(change.kind) && conflict.error === "NoSuchEntity" && conflict.subject.type === "group"
  );
}

/** A third key cannot be, and the two that are there are active: nobody is to lose one without being asked. */
function blockedRotation({ entry, change }: Met): Refusal | undefined {
  if (change.kind !== "IssueKey") return undefined;
  return { code: "rotation-blocked", subject: entry.subject, arguments: { keys: change.before } };
}

/** Folded names of the groups that have an entry, refused or not: whatever of them is missing waits for that entry. */
function plannedGroups({ entries, refused }: Feasible): ReadonlySet<string> {
  const groups = [...entries, ...refused.map(({ entry }) => entry)].flatMap(({ subject }) =>
    subject.type === "group" ? [fold(subject.name)] : [],
  );
  return new Set(groups);
}

function conflictRefusal(subject: Subject, conflict: Conflict, planned: ReadonlySet<string>): Refusal {
  switch (conflict.error) {
    case "LimitExceeded":
      return { code: "quota", subject, arguments: { quota: conflict.quota, most: conflict.most } };
    case "EntityAlreadyExists":
      return { code: "name-taken", subject, arguments: { name: conflict.subject.name } };
    case "NoSuchEntity": {
      const { subject: on } = conflict;
      return on.type === "group" && !planned.has(fold(on.name))
        ? { code: "no-such-group", subject, arguments: { group: on.name } }
        : { code: "depends-on", subject, arguments: { on } };
    }
    case "DeleteConflict": {
      const members = conflict.members.toSorted(compareNames);
      return { code: "unmanaged-members", subject, arguments: { members } };
    }
  }
}
