import type { Subject } from "../../core/change.ts";
import type { AppliedChange, AppliedEntry, Outcome } from "../../core/report.ts";
import { counted, listing, type Phrase, plain, say, verbatim } from "../phrase.ts";
import { changeWords } from "./changes.ts";
import { grantWords } from "./grants.ts";

export type OutcomeName = Outcome["outcome"];

export type Outcomes = Readonly<Record<OutcomeName, number>>;

/** How many changes ended in which way; what was made beyond the plan is not among them. */
export function outcomesOf(entries: readonly Pick<AppliedEntry, "changes">[]): Outcomes {
  const ended = entries.flatMap(({ changes }) => changes.map(({ outcome }) => outcome));
  const count = (outcome: OutcomeName): number => ended.filter((each) => each === outcome).length;
  return {
    done: count("done"),
    failed: count("failed"),
    skipped: count("skipped"),
    "not-reviewed": count("not-reviewed"),
    "not-tried": count("not-tried"),
  };
}

export const OUTCOME_WORDS: Readonly<Record<OutcomeName, string>> = {
  done: "done",
  failed: "FAILED",
  skipped: "skipped",
  "not-reviewed": "not reviewed",
  "not-tried": "not tried",
};

const UNDONE = ["failed", "skipped", "not-reviewed", "not-tried"] as const;

/** `9 of 14 changes done, 1 failed, 4 skipped` */
export function resultWords(outcomes: Outcomes): string {
  const all = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  if (all === 0) return "nothing to do";
  if (outcomes.done === all) return `${plain(counted(all, "change"))} done`;
  const undone = UNDONE.filter((outcome) => outcomes[outcome] > 0).map(
    (outcome) => `${outcomes[outcome]} ${OUTCOME_WORDS[outcome].toLowerCase()}`,
  );
  return [`${outcomes.done} of ${plain(counted(all, "change"))} done`, ...undone].join(", ");
}

/** So many grants tell why a change was left; the report as JSON has them all. */
const GRANTS_SHOWN = 3;

/** The change, with the error where there is one, and with what the review lacks where it does not cover it. */
export function appliedWords(change: AppliedChange, subject: Subject): Phrase {
  const words = changeWords(change, subject);
  if ("error" in change) return say`${words}: ${verbatim(onOneLine(change.error))}`;
  if (change.outcome !== "not-reviewed" || change.unreviewed.length === 0) return words;
  return say`${words}: beyond the review, ${listing(change.unreviewed.map(grantWords), GRANTS_SHOWN)}`;
}

/** An error's second line is what to do about it. */
function onOneLine(error: string): string {
  return error.replaceAll(/([.:;!?]?)\s*\n\s*/g, (_, end: string) => `${end === "" ? "." : end} `);
}

const WAYS_ON: readonly (readonly [OutcomeName, string])[] = [
  ["failed", "Failed: mend the cause and run apply again; it goes on from what is there."],
  ["skipped", "Skipped: held back by what failed or changed meanwhile; the next run does it."],
  ["not-tried", "Not tried: run apply again once the cause is gone."],
  [
    "not-reviewed",
    "Not reviewed: it was not in the reviewed plan. Plan again, have that reviewed, and apply it.",
  ],
];

/** What to do about what was left, a sentence for each way in which it was left. */
export function waysOn(outcomes: Outcomes): readonly string[] {
  return WAYS_ON.filter(([outcome]) => outcomes[outcome] > 0).map(([, words]) => words);
}
