import { type Change, DEACTIVATED_TAG, type Intent, OWNER_TAG } from "../change.ts";
import { deactivatedUser, denyWay, desiredUser, isIgnored } from "./desire.ts";
import { closingChanges, deletionChanges } from "./closing.ts";
import type { Drafting, Refused, UnorderedChange, UnorderedDraft, UnorderedEntry } from "./draft.ts";
import {
  callerName,
  deactivatedAt,
  isDeactivated,
  isDenied,
  isHeld,
  isHeldByDeny,
  orphanedTags,
  ownerName,
  standing,
} from "../ownership.ts";
import { closingReach, mayBroaden, reach } from "../reach.ts";
import type { Refusal, Warning } from "../refusal.ts";
import type { DeclaredUser } from "../roster.ts";
import { compareText, fold, sameName } from "../rules/names.ts";
import { simulate } from "../simulate/simulate.ts";
import type { State, User, UserName } from "../state.ts";
import { isPast } from "../time.ts";
import { createUser, userChanges } from "./user-difference.ts";
import { userWarnings } from "./user-warnings.ts";

/*
 * What the files ask of each user: the aim is chosen first, then the changes that reach it.
 */

/** A user that the files name, or one of ours that they no longer name, with what is there. */
export interface Case {
  readonly declared: DeclaredUser | undefined;
  readonly live: User | undefined;
}

export type Aim = "nothing" | "create" | "keep" | "reactivate" | "close" | "delete";

export function draftUsers(drafting: Drafting): UnorderedDraft {
  const entries: UnorderedEntry[] = [];
  const refused: Refused<UnorderedEntry>[] = [];
  const warnings: Warning[] = [];
  const unread: string[] = [];
  for (const each of casesOf(drafting)) {
    const aim = aimOf(each, drafting);
    const entry = entryOf(each, aim, drafting);
    const refusal = entry && refusalOf(each, entry, drafting);
    if (refusal !== undefined && entry !== undefined) refused.push({ entry, refusal });
    else if (entry !== undefined && entry.changes.length > 0) entries.push(entry);
    warnings.push(...userWarnings(each, aim, drafting));
    if (each.live !== undefined && mustBeRead(each, aim, entry)) {
      unread.push(drafting.renames.users.get(fold(each.live.name)) ?? each.live.name);
    }
  }
  return { entries, refused, warnings, unread };
}

/**
 * In the order of names: every declared user, and every live user of ours that is not declared; so is one from whom
 * somebody took the owner tag, who is only warned about.
 */
function casesOf(drafting: Drafting): readonly Case[] {
  const { roster, live, settings } = drafting;
  const cases: { key: string; each: Case }[] = [];
  const taken = new Set<string>();
  for (const [key, declared] of roster.users) {
    if (isIgnored(declared.name, settings.ignore.users)) continue;
    const found = live.users.get(key);
    if (found !== undefined) taken.add(fold(found.name));
    cases.push({ key, each: { declared, live: found } });
  }
  const owner = ownerName(settings);
  for (const [key, user] of live.users) {
    const isOurs = standing(user, owner) === "managed" || orphanedTags(user).length > 0;
    if (taken.has(key) || !isOurs || isIgnored(user.name, settings.ignore.users)) continue;
    cases.push({ key, each: { declared: undefined, live: user } });
  }
  return cases.toSorted((one, other) => compareText(one.key, other.key)).map(({ each }) => each);
}

function aimOf({ declared, live }: Case, drafting: Drafting): Aim {
  if (declared === undefined || isExpired(declared, drafting)) return absentAim(declared, live, drafting);
  if (declared.status === "absent") return live === undefined ? "nothing" : "delete";
  if (declared.status === "inactive") return live === undefined ? "nothing" : "close";
  if (live === undefined) return "create";
  return isDeactivated(live) ? "reactivate" : "keep";
}

function isExpired(declared: DeclaredUser, { now }: Pick<Drafting, "now">): boolean {
  return now !== undefined && isPast(declared.until, now);
}

/** The file does not name the user, or its time is over: one of ours is closed, and deleted later if that is set. */
function absentAim(declared: DeclaredUser | undefined, live: User | undefined, drafting: Drafting): Aim {
  if (live === undefined || standing(live, ownerName(drafting.settings)) !== "managed") return "nothing";
  if (declared !== undefined || !isDueForDeletion(live, drafting)) return "close";
  return isOldName(live.name, drafting) ? "close" : "delete";
}

/** Does a line of the file call the user by this name, though it renames nobody? */
function isOldName(name: UserName, { roster }: Drafting): boolean {
  return [...roster.users.values()].some(
    ({ renamedFrom }) => renamedFrom !== undefined && sameName(renamedFrom, name),
  );
}

function isDueForDeletion(live: User, { settings, now }: Drafting): boolean {
  const { deleteAfter } = settings.offboarding;
  const since = Date.parse(deactivatedAt(live) ?? "");
  if (deleteAfter === "never" || now === undefined || Number.isNaN(since)) return false;
  return Date.parse(now) >= since + deleteAfter;
}

function entryOf({ declared, live }: Case, aim: Aim, drafting: Drafting): UnorderedEntry | undefined {
  if (aim === "nothing") return undefined;
  const intended =
    live === undefined ? creating(declared, drafting) : changing(declared, { live, aim, drafting });
  if (intended === undefined) return undefined;
  const name = live?.name ?? declared?.name ?? "";
  return { subject: { type: "user", name }, id: live?.id, live, ...intended };
}

type Intended = Pick<UnorderedEntry, "intent" | "changes">;

function creating(declared: DeclaredUser | undefined, drafting: Drafting): Intended | undefined {
  if (declared === undefined) return undefined;
  const changes = createUser(desiredUser(declared, undefined, drafting));
  return { intent: "create", changes: changes.map((change) => withReach(change, drafting)) };
}

interface Changing {
  readonly live: User;
  readonly aim: Aim;
  readonly drafting: Drafting;
}

function changing(
  declared: DeclaredUser | undefined,
  { live, aim, drafting }: Changing,
): Intended | undefined {
  if (aim === "close") return { intent: "deactivate", changes: closing(live, drafting) };
  if (aim === "delete") return { intent: "delete", changes: deletion(live, drafting) };
  if (declared === undefined) return undefined;
  return { intent: updateIntent(aim, live, drafting), changes: update(declared, live, drafting) };
}

function updateIntent(aim: Aim, live: User, { settings, renames }: Drafting): Intent {
  if (standing(live, ownerName(settings)) !== "managed") return "adopt";
  if (aim === "reactivate") return "reactivate";
  return renames.users.has(fold(live.name)) ? "rename" : "update";
}

function withReach(change: Change, { live }: Drafting): UnorderedChange {
  return { ...change, reach: reach(change, live), phase: undefined };
}

function update(declared: DeclaredUser, live: User, drafting: Drafting): readonly UnorderedChange[] {
  const changes = renaming(userChanges(live, desiredUser(declared, live, drafting)), live, drafting).map(
    (change) => withReach(change, drafting),
  );
  if (!isHeld(declared, live)) return changes;
  const held = isHeldByDeny(declared, live) ? changes.map(underDeny) : changes;
  return held.filter((change) => !mayBroaden(change.reach) && !(isDenied(live) && unmarks(change)));
}

/** The tag says that the deny is ours, so it stays as long as that does. */
function unmarks(change: Change): boolean {
  return change.kind === "UntagUser" && change.keys.includes(DEACTIVATED_TAG);
}

/** Under a deny over everything, leaving what may deny gives nothing back. */
function underDeny(change: UnorderedChange): UnorderedChange {
  return change.reach === "either" && change.kind === "RemoveUserFromGroup"
    ? { ...change, reach: "narrows", phase: "narrow" }
    : change;
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
  const after = simulate(alone, closed, STAMP).state.users.get(fold(live.name)) ?? live;
  return [
    ...closed,
    ...deletionChanges(after).map((change): UnorderedChange => ({
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
  if (live !== undefined && standing(live, owner) === "foreign") {
    const tag = live.tags.get(OWNER_TAG);
    return { code: "foreign-owner", subject, arguments: { owner: tag?.value ?? "", ours: owner } };
  }
  if (changes.length === 0) return undefined;
  const guarded = protectedName(each, drafting);
  if (guarded !== undefined) return { code: "protected", subject, arguments: guarded };
  if (live === undefined || standing(live, owner) === "managed" || declared === undefined) return undefined;
  return adoptionRefusal(declared, live, entry);
}

/** Is the user protected, by its name as it is, was or will be, or as the one who runs this? */
function protectedName(
  { declared, live }: Case,
  { settings, live: state, renames }: Drafting,
): { readonly user: string; readonly caller: boolean; readonly through: undefined } | undefined {
  const old = live === undefined ? undefined : renames.users.get(fold(live.name));
  const names = [declared?.name, declared?.renamedFrom, live?.name, old].filter((name) => name !== undefined);
  const caller = callerName(state.account);
  const user = names.find((name) => settings.protected.some((guarded) => sameName(guarded, name)));
  if (user !== undefined) return { user, caller: false, through: undefined };
  const self =
    live === undefined ? undefined : names.find((name) => caller !== undefined && sameName(caller, name));
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
function mustBeRead({ declared, live }: Case, aim: Aim, entry: UnorderedEntry | undefined): boolean {
  if (live === undefined || live.credentials !== undefined || aim === "nothing") return false;
  if (entry !== undefined && entry.changes.length > 0) return true;
  const { reported } = live;
  if (reported === undefined) return true;
  if (aim === "close") return reported.password || reported.activeKeys > 0 || reported.activeCertificates > 0;
  const console = declared?.access?.has("console") ?? false;
  const programmatic = declared?.access?.has("programmatic") ?? false;
  return reported.password !== console || reported.activeKeys !== (programmatic ? 1 : 0);
}
