import type { Subject } from "../../core/change.ts";
import type { Entry, Plan } from "../../core/plan.ts";
import type { Refusal } from "../../core/refusal.ts";
import { sameName } from "../../core/rules/names.ts";
import { type EntryWords, entryWords } from "./entries.ts";

/** A plan's refusals, each in the one place where it is told. */
export interface Refused {
  readonly entries: readonly RefusedEntry[];
  /** Of subjects that have no refused entry. */
  readonly others: readonly Refusal[];
  readonly ofPlan: readonly Refusal[];
}

export interface RefusedEntry {
  readonly entry: Entry;
  readonly words: EntryWords;
  readonly refusals: readonly Refusal[];
}

export function refusedOf({ refused, refusals }: Plan): Refused {
  const of = (entry: Entry): readonly Refusal[] => refusals.filter(({ subject }) => isOf(subject, entry));
  return {
    entries: refused.map((entry) => ({ entry, words: refusedWords(entry), refusals: of(entry) })),
    others: refusals.filter(
      ({ subject }) => subject !== undefined && !refused.some((entry) => isOf(subject, entry)),
    ),
    ofPlan: refusals.filter(({ subject }) => subject === undefined),
  };
}

/** Nothing of the state after: it will not come. */
function refusedWords(entry: Entry): EntryWords {
  return { ...entryWords(entry, new Map()), takesAway: false, sentences: [] };
}

function isOf(subject: Subject | undefined, entry: Entry): boolean {
  return subject?.type === entry.subject.type && sameName(subject.name, entry.subject.name);
}
