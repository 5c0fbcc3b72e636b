import { fold } from "../../core/rules/names.ts";
import { nearest } from "../../core/rules/nearest.ts";
import type { RosterFile as FileName } from "../../core/port.ts";
import type { Group, RosterFile, User } from "../schema/written.ts";
import type { Sound } from "../sound.ts";

/** What a check looks at. */
export interface Context {
  readonly users: readonly (readonly [name: string, user: User])[];
  readonly groups: readonly (readonly [name: string, group: Group])[];
  readonly roster: RosterFile;
  /** undefined where the file cannot be read, so that nothing is known to be missing from it. */
  readonly userNames: Names | undefined;
  readonly groupNames: Names | undefined;
  /** How the scalar at a pointer is written. */
  readonly written: (file: FileName, pointer: string) => string | undefined;
  /** Whether something stands there that has not the right shape. */
  readonly isBroken: (file: FileName, pointer: string) => boolean;
}

export interface Names {
  readonly has: (name: string) => boolean;
  /** What the unknown name was most likely meant to be. */
  readonly nearest: (name: string) => string | undefined;
}

export function contextOf({ users, groups, roster, isBroken }: Sound, written: Context["written"]): Context {
  return {
    users: Object.entries(users ?? {}),
    groups: Object.entries(groups ?? {}),
    roster,
    userNames: users && names(Object.keys(users)),
    groupNames: groups && names(Object.keys(groups)),
    written,
    isBroken,
  };
}

/** How many unknown names are worth a search through all known ones. */
const MOST_SEARCHES = 100;

function names(known: readonly string[]): Names {
  const folded = new Set(known.map(fold));
  const found = new Map<string, string | undefined>();
  return {
    has: (name) => folded.has(fold(name)),
    nearest: (name) => {
      if (!found.has(name) && found.size < MOST_SEARCHES) found.set(name, nearest(name, known));
      return found.get(name);
    },
  };
}
