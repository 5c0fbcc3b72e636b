import type { Grant } from "../../core/grant.ts";
import type { PlannedChange } from "../../core/plan.ts";
import { compareText, fold } from "../../core/rules/names.ts";
import { join, type Phrase, plain, say } from "../phrase.ts";
import { heldWords } from "./grants.ts";

/** What comes to a user through a group: by the names of both. */
export type Gained = ReadonlyMap<string, readonly Phrase[]>;

export function gainedOf(grants: readonly Grant[]): Gained {
  const gained = new Map<string, Phrase[]>();
  for (const grant of grants) {
    if (!("via" in grant) || grant.via === undefined) continue;
    const key = keyOf(grant.user, grant.via);
    gained.set(key, [...(gained.get(key) ?? []), heldWords(grant.policy)]);
  }
  return gained;
}

/**
 * `: PowerUserAccess, IAMFullAccess` behind a membership that is new. All of it: what is not shown is not reviewed, and of
 * an external group no file tells what it gives.
 */
export function gainedWords(change: PlannedChange, gained: Gained): Phrase {
  if (change.kind !== "AddUserToGroup") return [];
  const policies = (gained.get(keyOf(change.user, change.group)) ?? []).toSorted((one, other) =>
    compareText(plain(one), plain(other)),
  );
  return policies.length === 0 ? [] : say`: ${join(policies, ", ")}`;
}

function keyOf(user: string, group: string): string {
  return `${fold(user)} ${fold(group)}`;
}
