import type { Subject } from "../core/change.ts";
import type { Plan } from "../core/plan.ts";
import type { AppliedChange, AppliedEntry, Report } from "../core/report.ts";
import { paintOf } from "./entry-text.ts";
import { type Paint, PLAIN } from "./paint.ts";
import { plain, visible } from "./phrase.ts";
import { INTENT_WORDS, nameWords } from "./words/entries.ts";
import {
  appliedWords,
  OUTCOME_WORDS,
  type OutcomeName,
  outcomesOf,
  resultWords,
  waysOn,
} from "./words/outcomes.ts";
import { INTENT_SIGN, signOf } from "./words/signs.ts";
import { refusedSentence } from "./words/summary.ts";

/** What became of a plan, for a terminal. Ends with a line break. */
export function renderReport(
  report: Report,
  { refused }: Pick<Plan, "refused">,
  paint: Paint = PLAIN,
): string {
  const outcomes = outcomesOf(report.entries);
  const names = report.entries.map(nameWords);
  const width = Math.min(32, Math.max(0, ...names.map((name) => plain(name).length)));
  const blocks = [
    ...report.entries.map((entry) => appliedEntryText(entry, width, paint)),
    [
      paint.strong(`Applied: ${resultWords(outcomes)}.${refusedSentence(refused)}`),
      ...waysOn(outcomes),
      paint.faint(`Digest: ${report.digest}`),
    ],
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function appliedEntryText(entry: AppliedEntry, width: number, paint: Paint): readonly string[] {
  const { subject, intent, changes, extra, problem } = entry;
  const sign = INTENT_SIGN[intent];
  const name = paint.strong(plain(nameWords(entry)).padEnd(width));
  const heading = `${paintOf(sign, paint)(sign)} ${name}   ${INTENT_WORDS[intent]} ${subject.type}: ${resultWords(
    outcomesOf([entry]),
  )}`;
  const line = (change: AppliedChange, beside: string): string =>
    appliedChangeText(change, `${OUTCOME_WORDS[change.outcome]}${beside}`, { subject, paint });
  return [
    heading,
    ...changes.map((change) => line(change, "")),
    ...extra.map((change) => line(change, " besides")),
    ...(problem === undefined ? [] : [paint.alarm(`    Now: ${visible(problem)}`)]),
  ];
}

const OUTCOME_PAINT: Readonly<Record<OutcomeName, keyof Paint>> = {
  done: "faint",
  failed: "alarm",
  skipped: "changes",
  "not-reviewed": "changes",
  "not-tried": "changes",
};

interface Painting {
  readonly subject: Subject;
  readonly paint: Paint;
}

/** `  FAILED           - delete the user: AccessDenied …` */
function appliedChangeText(change: AppliedChange, outcome: string, { subject, paint }: Painting): string {
  const ended = paint[OUTCOME_PAINT[change.outcome]](outcome.padEnd(WIDEST_OUTCOME));
  const sign = signOf(change);
  return `  ${ended}   ${paintOf(sign, paint)(sign)} ${plain(appliedWords(change, subject))}`;
}

const WIDEST_OUTCOME = "FAILED besides".length;
