import { messageOf } from "../../core/failure.ts";
import { editComment, ownComments, stickyComment } from "../../github/comment.ts";
import type { MergedPull } from "../../github/pulls.ts";
import { NO_CIRCUMSTANCES } from "../../render/circumstances.ts";
import { findingsSections } from "../../render/findings-markdown.ts";
import { handedOverSections } from "../../render/letter-markdown.ts";
import { planSections } from "../../render/markdown.ts";
import { noticeSections } from "../../render/notice-markdown.ts";
import { refusalSections } from "../../render/refusals-markdown.ts";
import { reportSections } from "../../render/report-markdown.ts";
import type { Section } from "../../render/sections.ts";
import { outcomesOf, resultWords } from "../../render/words/outcomes.ts";
import { refusedCount } from "../../render/words/summary.ts";
import type { Ended } from "../applying.ts";
import {
  type ActionOutputs,
  type ActionPorts,
  circumstancesOf,
  commentPage,
  markOf,
  NO_PLAN,
} from "./ports.ts";
import { type Left, waysOn } from "./ways-on.ts";

/* What became of an apply, on the pull requests that asked for it. */

/** The page: what was left before what was done. */
export function pageOf(ports: ActionPorts, ended: Ended, left: Left): readonly Section[] {
  const circumstances = circumstancesOf(ports);
  if (ended.made === undefined) return findingsSections(ended.findings, ended.wrong, circumstances);
  const { report, made, problem, handedOver } = ended;
  if (problem !== undefined) {
    const notice = noticeSections("⛔ Nothing was applied", problem, NO_CIRCUMSTANCES);
    return [...notice, ...planSections(made, circumstances)];
  }
  const extra = [...refusalSections(made, "pending from before, or due"), ...handedOverSections(handedOver)];
  return reportSections(report, made, { ...circumstances, waysOn: waysOn(ports, report, left), extra });
}

/** The run in one line, and as outputs. */
export function linesOf(ended: Ended): ActionOutputs & { readonly line: string } {
  if (ended.made === undefined) return { ...NO_PLAN, line: "The files are wrong, so nothing was applied." };
  const { made, report, problem } = ended;
  const outcomes = outcomesOf(report.entries);
  const changes = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return {
    hasChanges: changes > 0,
    changes,
    refused: made.refusals.length,
    digest: made.digest,
    line: problem?.split("\n")[0] ?? appliedLine(ended),
  };
}

function appliedLine({ made, report }: Extract<Ended, { readonly report: unknown }>): string {
  const refused = refusedCount(made.refused);
  if (report.entries.length > 0)
    return `Applied: ${[resultWords(outcomesOf(report.entries)), ...refused].join(", ")}.`;
  return refused.length > 0
    ? `Nothing was applied: ${refused.join(", ")}.`
    : "No changes: the account matches the roster.";
}

/** Nothing was done, and nothing left. */
export function isSilent(ended: Ended): boolean {
  return ended.made !== undefined && ended.report.entries.length + ended.made.refusals.length === 0;
}

/** Writes on each pull request that an apply is under way: who can write that can write letters too. */
export async function announce(ports: ActionPorts, pulls: readonly MergedPull[]): Promise<void> {
  const mark = markOf(ports, "report");
  for (const { number: thread } of pulls)
    await stickyComment(ports.repository, { thread, mark, body: ANNOUNCEMENT, create: true });
}

const ANNOUNCEMENT = "⏳ Applying …";

/** Writes this in the place of what was announced; a report that is there stays. */
export async function revoke(
  ports: ActionPorts,
  pulls: readonly MergedPull[],
  sections: readonly Section[],
): Promise<void> {
  const { repository, terminal } = ports;
  const mark = markOf(ports, "report");
  for (const { number: thread } of pulls) {
    try {
      const [comment] = await ownComments(repository, thread, mark);
      if (comment?.body.trimEnd() === `${mark}\n${ANNOUNCEMENT}`)
        await editComment(repository, comment.id, `${mark}\n${commentPage(sections)}`);
    } catch (error) {
      terminal.err(`warning: the report could not be written on #${thread}: ${messageOf(error)}\n`);
    }
  }
}

interface ToReport {
  readonly sections: readonly Section[];
  /** Nothing to say, unless something was said before. */
  readonly isSilent: boolean;
}

/** Writes the report on each of them, and gives the address of the newest. What was announced is put right in any case. */
export async function reportOn(
  ports: ActionPorts,
  pulls: readonly MergedPull[],
  { sections, isSilent: hasNothing }: ToReport,
): Promise<string | undefined> {
  const mark = markOf(ports, "report");
  const body = commentPage(sections);
  const create = ports.comment && !hasNothing;
  const urls: (string | undefined)[] = [];
  for (const { number: thread } of pulls) {
    const url = await stickyComment(ports.repository, { thread, mark, body, create }).catch(
      (error: unknown) => {
        ports.terminal.err(`warning: the report could not be written on #${thread}: ${messageOf(error)}\n`);
        return undefined;
      },
    );
    urls.push(url);
  }
  return urls.find((url) => url !== undefined);
}
