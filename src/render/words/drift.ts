import { type Difference, type Drift, isOfOtherAccount } from "../../core/drift/drift.ts";
import type { Ending } from "../../core/drift/endings.ts";
import type { PlannedChange } from "../../core/plan.ts";
import type { Refusal } from "../../core/refusal.ts";
import { sameName } from "../../core/rules/names.ts";
import { counted, type Phrase, plain, say } from "../phrase.ts";
import { adoptionLines, type FileLines, unadoptableWords } from "./adoption.ts";
import { untilWords } from "./dates.ts";
import { type Detail, documentDetails } from "./documents.ts";
import { INTENT_WORDS, nameWords } from "./entries.ts";
import { evidenceWords, membersWords } from "./people.ts";
import { type Sides, sidesOf } from "./sides.ts";

/** A difference in words, before any output has laid it out. */
export interface DifferenceWords {
  readonly name: Phrase;
  /** What applying would do: `change user`. */
  readonly intent: string;
  readonly sides: readonly SideWords[];
  readonly evidence: Phrase | undefined;
  /** What to write to keep what the account has. */
  readonly files: readonly FileLines[];
  /** What no line keeps, and why. */
  readonly notes: readonly Phrase[];
  readonly refusals: readonly Refusal[];
}

export interface SideWords extends Sides {
  readonly isDue: boolean;
  readonly details: readonly Detail[];
}

export function differenceWords(difference: Difference, refusals: readonly Refusal[]): DifferenceWords {
  const { entry, isRefused, adoption, live } = difference;
  const { subject, intent, changes, evidence, members } = entry;
  return {
    name: nameWords(entry),
    intent: `${INTENT_WORDS[intent]} ${subject.type}`,
    sides: changes.map((change) => ({
      ...sidesOf(change, { type: subject.type, live }),
      isDue: isDue(change),
      details: documentDetails(change),
    })),
    evidence: members === undefined ? evidence && evidenceWords(evidence) : membersWords(members),
    files: adoptionLines(adoption.edits),
    notes: adoption.unadoptable.map(unadoptableWords),
    refusals: isRefused ? refusals.filter((refusal) => isOf(refusal, difference)) : [],
  };
}

/** Refusals of what no difference tells of. */
export function otherRefusals({ plan, differences }: Drift): readonly Refusal[] {
  const refused = differences.filter(({ isRefused }) => isRefused);
  return plan.refusals.filter(
    (refusal) => refusal.subject !== undefined && !refused.some((difference) => isOf(refusal, difference)),
  );
}

function isOf({ subject }: Refusal, { entry }: Difference): boolean {
  return subject?.type === entry.subject.type && sameName(subject.name, entry.subject.name);
}

function isDue({ cause }: PlannedChange): boolean {
  return cause === "due";
}

/** `3 differences, 1 of them due` */
export function driftVerdict({ plan, differences }: Pick<Drift, "plan" | "differences">): string {
  if (isOfOtherAccount(plan)) return "Another account: nothing was compared";
  const changes = differences.flatMap(({ entry }) => entry.changes);
  // What is refused may have no change to show.
  const count = Math.max(changes.length, differences.length);
  if (count === 0) return "No differences: the account matches the roster";
  const due = changes.filter(isDue).length;
  const ofThem = due === 0 ? "" : `, ${due} of them due`;
  return `${plain(counted(count, "difference"))}${ofThem}`;
}

/** `emily in ops until 31 December 2026` */
export function endingWords({ user, group, until }: Ending): Phrase {
  return group === undefined
    ? say`${user} ${untilWords(until)}`
    : say`${user} in ${group} ${untilWords(until)}`;
}

/** The command that makes the account follow the files. */
export function applyCommand(digest: string): string {
  return `iam-roster apply --digest ${digest}`;
}
