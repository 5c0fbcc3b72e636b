import { type Change, DEACTIVATED_TAG, type Intent } from "../change.ts";
import { type Aim, aimOf, type Case, casesOf } from "./aim.ts";
import { deactivatedUser, denyWay, desiredUser } from "./desire.ts";
import { closingChanges, deletionChanges } from "./closing.ts";
import { endedCredentials, firstCredentials, isOpen, nextCredentials } from "./issuing.ts";
import type { Drafting, Refused, UnorderedChange, UnorderedDraft, UnorderedEntry } from "./draft.ts";
import {
  callerName,
  foreignOwner,
  isDenied,
  isHeld,
  isHeldByDeny,
  ownerName,
  standing,
} from "../ownership.ts";
import { closingReach, mayBroaden, reach } from "../reach.ts";
import type { Refusal, Warning } from "../refusal.ts";
import type { DeclaredUser } from "../roster.ts";
import { fold, sameName } from "../rules/names.ts";
import { simulate } from "../simulate/simulate.ts";
import type { State, User } from "../state.ts";
import { createUser, userChanges } from "./user-difference.ts";
import { userWarnings } from "./user-warnings.ts";

/*
 * What the files ask of each user: the changes that reach the aim, or why they are refused.
 */

export function draftUsers(drafting: Drafting): UnorderedDraft {
  const entries: UnorderedEntry[] = [];
  const refused: Refused<UnorderedEntry>[] = [];
  const warnings: Warning[] = [];
  const unread: string[] = [];
  for (const each of casesOf(drafting)) {
    const contested = contestedRename(each, drafting);
    if (contested !== undefined) {
      refused.push(contested);
      continue;
    }
    const aim = aimOf(each, drafting);
    const entry = entryOf(aim, drafting);
    if (entry !== undefined) {
      const refusal = refusalOf(each, entry, drafting);
      if (refusal !== undefined) refused.push({ entry, refusal });
      else if (entry.changes.length > 0) entries.push(entry);
      if ("live" in aim && mustBeRead(aim, entry, drafting))
        unread.push(drafting.renames.users.get(fold(aim.live.name)) ?? aim.live.name);
    }
    warnings.push(...userWarnings(each, aim.kind, drafting));
  }
  return { entries, refused, warnings, unread };
}

/** The rename that the line asks for, refused: the new name is somebody else's. */
function contestedRename(
  { declared }: Case,
  { contested, live: { users } }: Drafting,
): Refused<UnorderedEntry> | undefined {
  if (declared === undefined) return undefined;
  const old = contested.users.get(fold(declared.name));
  const live = old === undefined ? undefined : users.get(fold(old));
  if (live === undefined) return undefined;
  const rename = { kind: "UpdateUser", user: live.name, newName: declared.name } as const;
  const subject = { type: "user", name: declared.name } as const;
  return {
    entry: {
      subject,
      intent: "rename",
      id: live.id,
      live,
      changes: [{ ...rename, reach: "either", phase: "prepare" }],
    },
    refusal: { code: "name-taken", subject, arguments: { name: declared.name } },
  };
}

function entryOf(aim: Aim, drafting: Drafting): UnorderedEntry | undefined {
  switch (aim.kind) {
    case "nothing":
      return undefined;
    case "create":
      return creation(aim.declared, drafting);
    case "close":
      return entryOn(aim.live, { intent: "deactivate", changes: closing(aim.live, drafting) });
    case "delete":
      return entryOn(aim.live, { intent: "delete", changes: deletion(aim.live, drafting) });
    case "keep":
    case "reactivate":
      return updated(aim, drafting);
  }
}

function creation(declared: DeclaredUser, drafting: Drafting): UnorderedEntry {
  const changes = createUser(desiredUser(declared, undefined, drafting)).concat(
    firstCredentials(declared, drafting),
  );
  return {
    subject: { type: "user", name: declared.name },
    id: undefined,
    live: undefined,
    intent: "create",
    changes: changes.map((change) => withReach(change, drafting)),
  };
}

function entryOn(live: User, intended: Pick<UnorderedEntry, "intent" | "changes">): UnorderedEntry {
  return { subject: { type: "user", name: live.name }, id: live.id, live, ...intended };
}

type Updating = Extract<Aim, { readonly kind: "keep" | "reactivate" }>;

function updated(aim: Updating, drafting: Drafting): UnorderedEntry {
  const changes = update(aim, drafting);
  return entryOn(aim.live, { intent: updateIntent(aim, changes, drafting), changes });
}

function updateIntent(
  { kind, live }: Updating,
  changes: readonly UnorderedChange[],
  { settings }: Drafting,
): Intent {
  if (standing(live, ownerName(settings)) !== "managed") return "adopt";
  if (kind === "reactivate") return "reactivate";
  return changes.some((change) => "newName" in change) ? "rename" : "update";
}

function withReach(change: Change, { live }: Drafting): UnorderedChange {
  return { ...change, reach: reach(change, live), phase: undefined };
}

function update({ kind, declared, live }: Updating, drafting: Drafting): readonly UnorderedChange[] {
  const issuing = isHeld(declared, live)
    ? []
    : nextCredentials(declared, live, { ...drafting, reactivated: kind === "reactivate" });
  const changes = renaming(userChanges(live, desiredUser(declared, live, drafting)), live, drafting)
    .map((change) => withReach(change, drafting))
    .concat(issuing.map((change) => ({ ...withReach(change, drafting), phase: "issue" })))
    .concat(endedCredentials(declared, live, drafting).map(ended));
  if (!isHeld(declared, live)) return changes;
  const held = isHeldByDeny(declared, live) ? changes.map(underDeny) : changes;
  return held.filter((change) => !mayBroaden(change.reach) && !(isDenied(live) && unmarks(change)));
}

/** The tag that tells of it goes first, in the phase of what is taken. */
function ended(change: Change): UnorderedChange {
  return { ...change, reach: change.kind === "TagUser" ? "keeps" : "narrows", phase: "narrow" };
}

/** The tag says that the deny is ours, so it stays as long as that does. */
function unmarks(change: Change): boolean {
  return change.kind === "UntagUser" && change.keys.includes(DEACTIVATED_TAG);
}

/** Under a deny over everything, leaving a group only takes away, also one that may deny. */
function underDeny(change: UnorderedChange): UnorderedChange {
  return change.kind === "RemoveUserFromGroup" ? { ...change, reach: "narrows", phase: "narrow" } : change;
}

/** The rename itself, joined with a new path, since both are one call. */
function renaming(changes: readonly Change[], live: User, { renames }: Drafting): readonly Change[] {
  const old = renames.users.get(fold(live.name));
  if (old === undefined) return changes;
  const rest = changes.filter(({ kind }) => kind !== "UpdateUser");
  const moved = changes.find((change) => change.kind === "UpdateUser");
  const newPath = moved?.newPath === undefined ? {} : { newPath: moved.newPath };
  return [{ kind: "UpdateUser", user: old, newName: live.name, ...newPath }, ...rest];
}

const STAMP = "1970-01-01T00:00:00Z";

function closing(live: User, drafting: Drafting): readonly UnorderedChange[] {
  const desired = deactivatedUser(live, drafting, STAMP);
  return closingChanges(live, desired, denyWay(live, drafting)).map((change) => ({
    ...change,
    reach: closingReach(change),
    phase: change.kind === "TagUser" ? "mark" : "disable",
  }));
}

function deletion(live: User, drafting: Drafting): readonly UnorderedChange[] {
  const closed = closing(live, drafting);
  const alone: State = {
    account: drafting.live.account,
    users: new Map([[fold(live.name), live]]),
    groups: drafting.live.groups,
  };
  const after = simulate(alone, closed, STAMP).state;
  const deleting = [...after.users.values()].flatMap((user) => deletionChanges(user));
  return [
    ...closed,
    ...deleting.map((change): UnorderedChange => ({
      ...change,
      reach: closingReach(change),
      phase: "delete",
    })),
  ];
}

function refusalOf(each: Case, entry: UnorderedEntry, drafting: Drafting): Refusal | undefined {
  const { subject, changes } = entry;
  const { declared, live } = each;
  const owner = ownerName(drafting.settings);
  const foreign = live && foreignOwner(live, owner);
  if (foreign !== undefined)
    return { code: "foreign-owner", subject, arguments: { owner: foreign, ours: owner } };
  if (changes.length === 0) return undefined;
  const guarded = protectedName(each, drafting);
  if (guarded !== undefined) return { code: "protected", subject, arguments: guarded };
  if (live === undefined || standing(live, owner) === "managed" || declared === undefined) return undefined;
  return adoptionRefusal(declared, live, entry);
}

/** Is the user protected, by its name as it is, was or will be, or as the one who runs this? */
function protectedName(
  { declared, live }: Case,
  { settings, live: state }: Drafting,
): { readonly user: string; readonly caller: boolean; readonly through: undefined } | undefined {
  const names = [declared?.name, declared?.renamedFrom, live?.name].filter((name) => name !== undefined);
  const caller = callerName(state.account);
  const user = names.find((name) => settings.protected.some((guarded) => sameName(guarded, name)));
  if (user !== undefined) return { user, caller: false, through: undefined };
  const self = names.find((name) => caller !== undefined && sameName(caller, name));
  return self === undefined ? undefined : { user: self, caller: true, through: undefined };
}

/** A user that is there and not ours yet is taken over for free only where nothing but our tag would change. */
function adoptionRefusal(
  declared: DeclaredUser,
  live: User,
  { subject, changes }: UnorderedEntry,
): Refusal | undefined {
  const password = live.credentials?.password !== undefined;
  const activeKeys = live.credentials?.accessKeys.filter(({ status }) => status === "Active").length ?? 0;
  if (declared.status === "active" && declared.access === undefined && (password || activeKeys > 0)) {
    return { code: "access-not-stated", subject, arguments: { password, activeKeys } };
  }
  const others = changes.filter((change) => change.kind !== "TagUser" || change.reach !== "keeps");
  if (declared.adopt || others.length === 0) return undefined;
  return { code: "adoption", subject, arguments: { changes: others.length } };
}

/** Does anything hang on this user's credentials that the pages and the report do not settle? */
function mustBeRead(aim: Aim & { readonly live: User }, entry: UnorderedEntry, drafting: Drafting): boolean {
  const { credentials, reported } = aim.live;
  if (credentials !== undefined) return false;
  if (entry.changes.length > 0 || reported === undefined) return true;
  if (!("declared" in aim))
    return reported.password || reported.activeKeys > 0 || reported.activeCertificates > 0;
  if (isOpen(aim.declared, aim.live, drafting)) return true;
  const console = aim.declared.access?.has("console") ?? false;
  const programmatic = aim.declared.access?.has("programmatic") ?? false;
  return reported.password !== console || reported.activeKeys !== (programmatic ? 1 : 0);
}
