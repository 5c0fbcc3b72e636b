import type { Subject } from "../core/change.ts";
import type { Plan } from "../core/plan.ts";
import type { AppliedChange, AppliedEntry, Report } from "../core/report.ts";
import { codeSpan, inMarkdown } from "./markdown-phrase.ts";
import { say, verbatim } from "./phrase.ts";
import { filled, type Section, sectionsMarkdown } from "./sections.ts";
import { accountWords } from "./words/account.ts";
import { INTENT_WORDS, nameWords } from "./words/entries.ts";
import {
  appliedWords,
  OUTCOME_WORDS,
  type OutcomeName,
  outcomesOf,
  resultWords,
  waysOn,
} from "./words/outcomes.ts";
import { refusedCount } from "./words/summary.ts";

/** What the report itself does not say of its plan. */
type AppliedPlan = Pick<Plan, "account" | "refused">;

/** What became of a plan, as a page for GitHub. Ends with a line break. */
export function renderReportMarkdown(report: Report, plan: AppliedPlan): string {
  return sectionsMarkdown(reportSections(report, plan));
}

/** The page in its parts: what was not done is never folded. */
export function reportSections(report: Report, { account, refused }: AppliedPlan): readonly Section[] {
  const outcomes = outcomesOf(report.entries);
  const whole = report.entries.filter(isWhole);
  const left = report.entries.filter((entry) => !isWhole(entry));
  const mark = left.length + refused.length === 0 ? "✅" : "⚠️";
  const verdict = `### ${mark} Applied: ${[resultWords(outcomes), ...refusedCount(refused)].join(", ")}`;
  const ways = waysOn(outcomes).map((words) => `- ${words}`);
  return filled([
    open(undefined, [
      verdict,
      `Account ${inMarkdown(accountWords(account))}`,
      ...(ways.length === 0 ? [] : [ways.join("\n")]),
    ]),
    open("Not done, or not wholly", left.map(appliedMarkdown)),
    {
      title: `Done (${whole.length})`,
      blocks: whole.map(appliedMarkdown),
      fold: "folded",
      essential: false,
    },
    open(undefined, [`Digest ${codeSpan(report.digest)}`]),
  ]);
}

function open(title: string | undefined, blocks: readonly string[]): Section {
  return { title, blocks, fold: "open", essential: true };
}

function isWhole({ changes, problem }: AppliedEntry): boolean {
  return problem === undefined && changes.every(({ outcome }) => outcome === "done");
}

function appliedMarkdown(entry: AppliedEntry): string {
  const { subject, intent, changes, extra, problem } = entry;
  const result = resultWords(outcomesOf([entry]));
  const lines = [
    ...changes.map((change) => appliedLine(change, subject, "")),
    ...extra.map((change) => appliedLine(change, subject, "besides: ")),
  ];
  return [
    `**${inMarkdown(nameWords(entry))}** · ${INTENT_WORDS[intent]} ${subject.type}: ${result}`,
    ...(lines.length === 0 ? [] : [lines.join("\n")]),
    ...(problem === undefined ? [] : [inMarkdown(say`Now: ${verbatim(problem)}`)]),
  ].join("\n\n");
}

const OUTCOME_MARK: Readonly<Record<OutcomeName, string>> = {
  done: "✅",
  failed: "❌",
  skipped: "⏭️",
  "not-reviewed": "👀",
  "not-tried": "⏸️",
};

/** `- ❌ FAILED: set access key … Inactive: AccessDenied …` */
function appliedLine(change: AppliedChange, subject: Subject, prefix: string): string {
  const outcome = change.outcome === "done" ? "" : `${OUTCOME_WORDS[change.outcome]}: `;
  return `- ${OUTCOME_MARK[change.outcome]} ${prefix}${outcome}${inMarkdown(appliedWords(change, subject))}`;
}
