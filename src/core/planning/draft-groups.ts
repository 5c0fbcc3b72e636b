import type { Change, Intent, Subject } from "../change.ts";
import { desiredGroup, isIgnored } from "./desire.ts";
import { createGroup, deletionOfGroup, groupChanges } from "./group-difference.ts";
import type { Drafting, Refused, UnorderedChange, UnorderedDraft, UnorderedEntry } from "./draft.ts";
import { callerName, ownerName, standing } from "../ownership.ts";
import { mayNarrow, reach } from "../reach.ts";
import type { Refusal, Warning } from "../refusal.ts";
import type { DeclaredGroup } from "../roster.ts";
import { compareNames, fold, sameName } from "../rules/names.ts";
import { type Group, type User, valuesAt } from "../state.ts";

/*
 * What the files ask of each group. Memberships of managed users are the users' own affair; here stand the group itself
 * and, where it is exclusive, members that are not managed.
 */

/** `written` are the users (folded) on whom the same plan makes changes: all of them are ours by then. */
export function draftGroups(drafting: Drafting, written: ReadonlySet<string>): UnorderedDraft {
  const entries: UnorderedEntry[] = [];
  const refused: Refused<UnorderedEntry>[] = [];
  const warnings: Warning[] = [];
  const declaredGroups = [...drafting.roster.groups.values()].toSorted((one, other) =>
    compareNames(one.name, other.name),
  );
  for (const declared of declaredGroups) {
    if (isIgnored(declared.name, drafting.settings.ignore.groups)) continue;
    const contested = contestedRename(declared, drafting);
    if (contested !== undefined) {
      refused.push(contested);
      continue;
    }
    const live = drafting.live.groups.get(fold(declared.name));
    const foreign = live !== undefined && needsAdoption(live, drafting, written);
    const entry = entryOf(declared, live, { drafting, foreign });
    const refusal =
      entry.changes.length === 0 ? undefined : refusalOf(declared, entry, { live, drafting, foreign });
    if (refusal !== undefined) refused.push({ entry, refusal });
    else if (entry.changes.length > 0) entries.push(entry);
    warnings.push(...lineWarnings(declared, live, { entry, drafting }));
  }
  return { entries, refused, warnings, unread: [] };
}

/** The rename that the line asks for, refused: the new name is another group's. */
function contestedRename(
  { name }: DeclaredGroup,
  { contested, live }: Drafting,
): Refused<UnorderedEntry> | undefined {
  const [old] = valuesAt(live.groups, [fold(contested.groups.get(fold(name)) ?? "")]);
  if (old === undefined) return undefined;
  const rename = { kind: "UpdateGroup", group: old.name, newName: name } as const;
  const subject = { type: "group", name } as const;
  return {
    entry: {
      subject,
      intent: "rename",
      id: old.id,
      live: undefined,
      changes: [{ ...rename, reach: "either", phase: "prepare" }],
    },
    refusal: { code: "name-taken", subject, arguments: { name } },
  };
}

interface Looked {
  readonly drafting: Drafting;
  /** Is the live group one that was not ours so far? */
  readonly foreign: boolean;
}

function entryOf(declared: DeclaredGroup, live: Group | undefined, looked: Looked): UnorderedEntry {
  const { drafting } = looked;
  const subject: Subject = { type: "group", name: live?.name ?? declared.name };
  const changes = [...ownChanges(declared, live, drafting), ...removals(declared, live, drafting)].map(
    (change) => withReach(change, declared, drafting),
  );
  return { subject, intent: intentOf(declared, live, looked), id: live?.id, live: undefined, changes };
}

function withReach(change: Change, { status }: DeclaredGroup, { live }: Drafting): UnorderedChange {
  return { ...change, reach: reach(change, live), phase: status === "absent" ? "delete" : undefined };
}

function ownChanges(declared: DeclaredGroup, live: Group | undefined, drafting: Drafting): readonly Change[] {
  if (declared.external) return [];
  if (declared.status === "absent") return live === undefined ? [] : deletionOfGroup(live);
  const desired = desiredGroup(declared, live, drafting.partition);
  if (live === undefined) return createGroup(desired);
  const changes = groupChanges(live, desired);
  const old = drafting.renames.groups.get(fold(live.name));
  if (old === undefined) return changes;
  const rest = changes.filter(({ kind }) => kind !== "UpdateGroup");
  const newPath = live.path === desired.path ? {} : { newPath: desired.path };
  return [{ kind: "UpdateGroup", group: old, newName: live.name, ...newPath }, ...rest];
}

/** From an exclusive group every member leaves that is not a managed user, or about to be one. */
function removals(declared: DeclaredGroup, live: Group | undefined, drafting: Drafting): readonly Change[] {
  if (!declared.exclusive || declared.status === "absent" || live === undefined) return [];
  return strangers(live, drafting)
    .filter((user) => standing(user, ownerName(drafting.settings)) === "unmanaged")
    .map(({ name }): Change => ({ kind: "RemoveUserFromGroup", user: name, group: live.name }));
}

/** Members that are not managed users, and that no file names, by name; ignored ones are nobody's business. */
export function strangers(group: Group, { membersOf, settings, roster }: Drafting): readonly User[] {
  const owner = ownerName(settings);
  return membersOf(group.name)
    .filter(
      (user) =>
        standing(user, owner) !== "managed" &&
        !roster.users.has(fold(user.name)) &&
        !isIgnored(user.name, settings.ignore.users),
    )
    .toSorted((one, other) => compareNames(one.name, other.name));
}

function intentOf(declared: DeclaredGroup, live: Group | undefined, { drafting, foreign }: Looked): Intent {
  if (live === undefined) return "create";
  if (declared.status === "absent") return "delete";
  if (drafting.renames.groups.has(fold(live.name))) return "rename";
  return declared.adopt && foreign ? "adopt" : "update";
}

/** Was the group not ours so far? The base tells, where there is one; and members none of whom is managed do. */
function needsAdoption(
  live: Group,
  { base, membersOf, settings, renames }: Drafting,
  written: ReadonlySet<string>,
): boolean {
  const members = membersOf(live.name);
  const owner = ownerName(settings);
  const isOurs = (user: User): boolean => standing(user, owner) === "managed" || written.has(fold(user.name));
  if (members.length > 0 && !members.some(isOurs)) return true;
  const known = fold(renames.groups.get(fold(live.name)) ?? live.name);
  return base !== undefined && !base.groups.has(known);
}

function refusalOf(
  declared: DeclaredGroup,
  entry: UnorderedEntry,
  { live, drafting, foreign }: Looked & { readonly live: Group | undefined },
): Refusal | undefined {
  if (live === undefined) return undefined;
  const { subject, changes } = entry;
  const reduced = reducedUser(live, changes, drafting);
  if (reduced !== undefined)
    return { code: "protected", subject, arguments: { ...reduced, through: live.name } };
  const others = strangers(live, drafting);
  if (declared.status === "absent" && others.length > 0) {
    return { code: "unmanaged-members", subject, arguments: { members: others.map(({ name }) => name) } };
  }
  if (declared.adopt || !foreign) return undefined;
  return { code: "adoption", subject, arguments: { changes: changes.length } };
}

/** The first protected user whom these changes of the group would reduce. */
function reducedUser(
  live: Group,
  changes: readonly UnorderedChange[],
  { membersOf, settings, live: state }: Drafting,
): { readonly user: string; readonly caller: boolean } | undefined {
  const caller = callerName(state.account);
  const guarded = (name: string): boolean =>
    settings.protected.some((each) => sameName(each, name)) ||
    (caller !== undefined && sameName(caller, name));
  const removed = changes.filter((change) => change.kind === "RemoveUserFromGroup").map(({ user }) => user);
  const reducesAll = changes.some((change) => REDUCES_MEMBERS.has(change.kind) && mayNarrow(change.reach));
  const touched = reducesAll ? membersOf(live.name).map(({ name }) => name) : removed;
  const [user] = touched.filter(guarded).toSorted(compareNames);
  if (user === undefined) return undefined;
  return { user, caller: caller !== undefined && sameName(caller, user) };
}

/** What takes something from every member of the group. */
export const REDUCES_MEMBERS: ReadonlySet<Change["kind"]> = new Set<Change["kind"]>([
  "DetachGroupPolicy",
  "DeleteGroupPolicy",
  "PutGroupPolicy",
  "AttachGroupPolicy",
  "DeleteGroup",
]);

function lineWarnings(
  declared: DeclaredGroup,
  live: Group | undefined,
  { entry, drafting }: { readonly entry: UnorderedEntry; readonly drafting: Drafting },
): readonly Warning[] {
  const { name, renamedFrom: from } = declared;
  const subject: Subject = { type: "group", name };
  const warnings: Warning[] = [];
  if (live !== undefined && live.name !== name) {
    warnings.push({ code: "case-drift", subject, arguments: { written: name, live: live.name } });
  }
  if (declared.adopt && live !== undefined && entry.changes.length === 0) {
    warnings.push({ code: "spent-adopt", subject, arguments: {} });
  }
  if (from !== undefined && !drafting.renames.groups.has(fold(name))) {
    const code = live === undefined ? "renamed-from-unknown" : "spent-rename";
    warnings.push({ code, subject, arguments: { from } });
  }
  return warnings;
}
