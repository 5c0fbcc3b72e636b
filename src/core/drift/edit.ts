import type { Roster } from "../roster.ts";
import type { Json } from "../rules/documents.ts";
import type { Instant, State } from "../state.ts";

/*
 * What to write into the files, so that they say what the account has.
 */

/** The keys that lead to a place in the files. The first one tells the file: `users` or `groups`. */
export type Place = readonly string[];

export type Edit =
  /** The key gets this value. `replaces`: the files have another one, as far as is known; else the key is new. */
  | { readonly how: "set"; readonly at: Place; readonly value: Json; readonly replaces: boolean }
  /** The list gets this item besides. */
  | { readonly how: "add"; readonly at: Place; readonly value: string }
  /** The list loses the item that is this text, or the membership of this group. */
  | { readonly how: "take"; readonly at: Place; readonly value: string }
  /** The key goes, with all that is in it. */
  | { readonly how: "drop"; readonly at: Place }
  /** The key gets another name, and keeps its value. */
  | { readonly how: "rename"; readonly at: Place; readonly value: string };

/**
 * Why no line keeps what the account has. `until`: a date in the files has passed, and only a later one does. `delay`: a
 * delay of roster.yaml is over. `closed`: who is deactivated keeps nothing. `note`: it is a tag of ours.
 */
export type Unadoptable = "until" | "delay" | "closed" | "note";

export interface Adoption {
  /** On the files as they are; the rename of a key comes last. */
  readonly edits: readonly Edit[];
  readonly unadoptable: readonly Unadoptable[];
}

export interface AdoptionInput {
  readonly roster: Roster;
  readonly actual: State;
  readonly now: Instant;
}
