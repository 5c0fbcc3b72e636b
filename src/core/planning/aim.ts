import type { Drafting } from "./draft.ts";
import { isIgnored } from "./desire.ts";
import { deactivatedAt, isDeactivated, orphanedTags, ownerName, standing } from "../ownership.ts";
import type { DeclaredUser } from "../roster.ts";
import { compareText, sameName } from "../rules/names.ts";
import { type User, type UserName, valuesAt } from "../state.ts";
import { isPast } from "../time.ts";

/*
 * What is to become of each user: whom the files or the account speak of, and the aim for each of them.
 */

/** A user that the files name, with what is there; or one of ours that they no longer name. */
export type Case =
  | { readonly declared: DeclaredUser; readonly live: User | undefined }
  | { readonly declared: undefined; readonly live: User };

export type Aim =
  | { readonly kind: "nothing" }
  | { readonly kind: "create"; readonly declared: DeclaredUser }
  | { readonly kind: "keep" | "reactivate"; readonly declared: DeclaredUser; readonly live: User }
  | { readonly kind: "close" | "delete"; readonly live: User };

const NOTHING: Aim = { kind: "nothing" };

/**
 * In the order of names: every declared user, and every live user of ours that is not declared; so is one from whom
 * somebody took the owner tag, who is only warned about.
 */
export function casesOf(drafting: Drafting): readonly Case[] {
  const { roster, live, settings } = drafting;
  const cases = new Map<string, Case>();
  for (const [key, declared] of roster.users) {
    if (!isIgnored(declared.name, settings.ignore.users))
      cases.set(key, { declared, live: live.users.get(key) });
  }
  const owner = ownerName(settings);
  for (const [key, user] of live.users) {
    const isOurs = standing(user, owner) === "managed" || orphanedTags(user).length > 0;
    if (cases.has(key) || !isOurs || isIgnored(user.name, settings.ignore.users)) continue;
    cases.set(key, { declared: undefined, live: user });
  }
  return valuesAt(cases, [...cases.keys()].toSorted(compareText));
}

export function aimOf(each: Case, drafting: Drafting): Aim {
  const { declared, live } = each;
  if (declared === undefined || isExpired(declared, drafting)) return absentAim(each, drafting);
  if (live === undefined) return declared.status === "active" ? { kind: "create", declared } : NOTHING;
  if (declared.status === "absent") return { kind: "delete", live };
  if (declared.status === "inactive") return { kind: "close", live };
  return { kind: isDeactivated(live) ? "reactivate" : "keep", declared, live };
}

function isExpired(declared: DeclaredUser, { now }: Pick<Drafting, "now">): boolean {
  return now !== undefined && isPast(declared.until, now);
}

/** The file does not name the user, or its time is over: one of ours is closed, and deleted later if that is set. */
function absentAim({ declared, live }: Case, drafting: Drafting): Aim {
  if (live === undefined || standing(live, ownerName(drafting.settings)) !== "managed") return NOTHING;
  // A line means this user, and cannot have its way.
  if ([...drafting.contested.users.values()].some((name) => sameName(name, live.name))) return NOTHING;
  if (declared !== undefined || !isDueForDeletion(live, drafting)) return { kind: "close", live };
  return { kind: isOldName(live.name, drafting) ? "close" : "delete", live };
}

/** Does a line of the file call the user by this name, though it renames nobody? */
function isOldName(name: UserName, { roster }: Drafting): boolean {
  return [...roster.users.values()].some(
    ({ renamedFrom }) => renamedFrom !== undefined && sameName(renamedFrom, name),
  );
}

function isDueForDeletion(live: User, { settings, now }: Drafting): boolean {
  const { deleteAfter } = settings.offboarding;
  if (deleteAfter === "never" || now === undefined) return false;
  // No moment is reached where the tag tells none.
  return Date.parse(now) >= Date.parse(deactivatedAt(live) ?? "") + deleteAfter;
}
