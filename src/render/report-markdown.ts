import type { Subject } from "../core/change.ts";
import type { Plan } from "../core/plan.ts";
import { type AppliedChange, type AppliedEntry, isComplete, type Report } from "../core/report.ts";
import { type Circumstances, footer, NO_CIRCUMSTANCES, rosterMarkdown } from "./circumstances.ts";
import { inMarkdown } from "./markdown-phrase.ts";
import { clipped, type Phrase, say, verbatim } from "./phrase.ts";
import { shortMarkdown } from "./refusals-markdown.ts";
import { filled, type Item, type Section, sectionsMarkdown } from "./sections.ts";
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

export interface ReportCircumstances extends Circumstances {
  /** How to go on where something was left, a sentence or two each; undefined: by running the command again. */
  readonly waysOn: readonly Phrase[] | undefined;
  /** What the caller has to tell besides: who was handed what. It follows what was not done. */
  readonly extra: readonly Section[];
}

/** What became of a plan, as a page for GitHub, whole. Ends with a line break. */
export function renderReportMarkdown(report: Report, plan: AppliedPlan): string {
  const circumstances = { ...NO_CIRCUMSTANCES, waysOn: undefined, extra: [] };
  return sectionsMarkdown(reportSections(report, plan, circumstances));
}

/** The page in its parts: what was not done is never folded, and what failed is first. */
export function reportSections(
  report: Report,
  plan: AppliedPlan,
  circumstances: ReportCircumstances,
): readonly Section[] {
  const whole = report.entries.filter(isWhole);
  const left = report.entries.filter((entry) => !isWhole(entry));
  return filled([
    verdictSection(report, plan, circumstances),
    {
      title: "Not done, or not wholly",
      blocks: [],
      items: worstFirst(left).map(appliedItem),
      fold: "open",
      essential: true,
    },
    ...circumstances.extra,
    {
      title: `Done (${whole.length})`,
      blocks: [],
      items: whole.map(appliedItem),
      fold: "folded",
      essential: false,
    },
    footer(report.digest, circumstances),
  ]);
}

function verdictSection(report: Report, plan: AppliedPlan, circumstances: ReportCircumstances): Section {
  const isLeft = report.entries.some((entry) => !isWhole(entry));
  const given = isLeft ? circumstances.waysOn?.map(inMarkdown) : [];
  const ways = given ?? waysOn(outcomesOf(report.entries));
  const about = [...rosterMarkdown(circumstances), `Account ${inMarkdown(accountWords(plan.account))}`];
  return {
    title: undefined,
    blocks: [
      `### ${verdict(report, plan)}`,
      about.join(" · "),
      ...(ways.length === 0 ? [] : [ways.map((words) => `- ${words}`).join("\n")]),
    ],
    fold: "open",
    essential: true,
  };
}

function verdict(report: Report, { refused }: AppliedPlan): string {
  const isAll = isComplete(report) && refused.length === 0;
  if (isAll && report.entries.length === 0) return "✅ No changes: the account matches the roster";
  const result = resultWords(outcomesOf(report.entries));
  return `${isAll ? "✅" : "⚠️"} Applied: ${[result, ...refusedCount(refused)].join(", ")}`;
}

function isWhole({ changes, problem }: AppliedEntry): boolean {
  return problem === undefined && changes.every(({ outcome }) => outcome === "done");
}

const WORST_FIRST: readonly OutcomeName[] = ["failed", "skipped", "not-tried", "not-reviewed", "done"];

function worstFirst(entries: readonly AppliedEntry[]): readonly AppliedEntry[] {
  const rank = ({ changes, extra }: AppliedEntry): number =>
    Math.min(...[...changes, ...extra].map(({ outcome }) => WORST_FIRST.indexOf(outcome)));
  return entries.toSorted((one, other) => rank(one) - rank(other));
}

/** What is now true is a sentence or two, which a line is to have too. */
const PROBLEM_SHOWN = 500;

function appliedItem(entry: AppliedEntry): Item {
  const { subject, intent, problem } = entry;
  const name = nameWords(entry);
  const became = `${INTENT_WORDS[intent]} ${subject.type}: ${resultWords(outcomesOf([entry]))}`;
  const now = problem === undefined ? [] : say`Now: ${verbatim(problem)}`;
  return {
    whole: [
      `**${inMarkdown(name)}** · ${became}`,
      ...(problem === undefined ? [] : [inMarkdown(now)]),
      ...appliedLines(entry),
    ].join("\n\n"),
    line: `- **${inMarkdown(clipped(name))}** · ${became}${problem === undefined ? "" : `. ${shortMarkdown(now, PROBLEM_SHOWN)}`}`,
    name: `${subject.type === "group" ? "group " : ""}${inMarkdown(clipped(name))}`,
  };
}

function appliedLines({ subject, changes, extra }: AppliedEntry): readonly string[] {
  const lines = [
    ...changes.map((change) => appliedLine(change, subject, "")),
    ...extra.map((change) => appliedLine(change, subject, "besides: ")),
  ];
  return lines.length === 0 ? [] : [lines.join("\n")];
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
