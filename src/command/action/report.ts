import { messageOf } from "../../core/failure.ts";
import { stickyComment } from "../../github/comment.ts";
import type { Sha } from "../../github/commits.ts";
import { isPrivate } from "../../github/hand-over.ts";
import type { MergedPull } from "../../github/pulls.ts";
import { NO_CIRCUMSTANCES } from "../../render/circumstances.ts";
import { findingsSections } from "../../render/findings-markdown.ts";
import { planSections } from "../../render/markdown.ts";
import { refusalSections } from "../../render/refusals-markdown.ts";
import { noticeSections } from "../../render/notice-markdown.ts";
import { say, verbatim, type Phrase } from "../../render/phrase.ts";
import { handedOverSections } from "../../render/letter-markdown.ts";
import { reportSections } from "../../render/report-markdown.ts";
import type { Section } from "../../render/sections.ts";
import { outcomesOf, resultWords } from "../../render/words/outcomes.ts";
import type { Ended } from "../applying.ts";
import { livePlan } from "../live-plan.ts";
import { readingTold } from "../plan.ts";
import {
  type ActionOutputs,
  type ActionPorts,
  circumstancesOf,
  commentPage,
  markOf,
  readAt,
} from "./ports.ts";

/* What became of an apply, on the pull requests that asked for it. */

/** The page: what was left before what was done. `rest` is the digest of what is still to do, where it could be had. */
export function pageOf(ports: ActionPorts, ended: Ended, rest: string | undefined): readonly Section[] {
  const circumstances = circumstancesOf(ports);
  if (ended.made === undefined) return findingsSections(ended.findings, ended.wrong, circumstances);
  const { report, made, problem, handedOver } = ended;
  if (problem !== undefined) {
    const notice = noticeSections("⛔ Nothing was applied", problem, NO_CIRCUMSTANCES);
    return [...notice, ...planSections(made, circumstances)];
  }
  const extra = [...refusalSections(made, "pending from before, or due"), ...handedOverSections(handedOver)];
  return reportSections(report, made, { ...circumstances, wayOn: wayOn(ports, rest), extra });
}

function wayOn({ workflow }: ActionPorts, rest: string | undefined): Phrase {
  const again = say`What failed: run this job again, and it goes on from what is there.`;
  if (rest === undefined) return again;
  const command = `gh workflow run ${workflow ?? "apply.yml"} -f digest=${rest}`;
  return say`${again} All that is left, reviewed or not: ${verbatim(command)}, once somebody has looked at it in a drift run.`;
}

/** The digest of a plan made now; undefined where none can be made, since why is told elsewhere. */
export async function restOf(ports: ActionPorts, base: Sha | undefined): Promise<string | undefined> {
  try {
    const rosters = await readAt(ports, base);
    if (rosters.roster === undefined) return undefined;
    const { read } = await ports.openAccount();
    const { plan } = await livePlan({
      ...ports,
      ...rosters,
      read,
      now: ports.clock.now(),
      inPublic: !(await isPrivate(ports.repository)),
      fresh: false,
      reading: readingTold(ports.terminal),
    });
    return plan.entries.length === 0 ? undefined : plan.digest;
  } catch {
    return undefined;
  }
}

/** The run in one line, and as outputs. */
export function linesOf(ended: Ended): ActionOutputs & { readonly line: string } {
  if (ended.made === undefined)
    return {
      hasChanges: false,
      changes: 0,
      refused: 0,
      line: "The files are wrong, so nothing was applied.",
    };
  const { made, report, problem } = ended;
  const outcomes = outcomesOf(report.entries);
  const changes = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const line =
    changes === 0 ? "No changes: the account matches the roster." : `Applied: ${resultWords(outcomes)}.`;
  return {
    hasChanges: changes > 0,
    changes,
    refused: made.refused.length,
    digest: made.digest,
    line: problem?.split("\n")[0] ?? line,
  };
}

/** Writes on each pull request that an apply is under way: who can write that can write letters too. */
export async function announce(ports: ActionPorts, pulls: readonly MergedPull[]): Promise<void> {
  const body = "⏳ Applying …\n";
  for (const { number } of pulls)
    await stickyComment(ports.repository, {
      thread: number,
      mark: markOf(ports, "report"),
      body,
      create: true,
    });
}

/** Writes the report on each of them, and gives the address of the newest. */
export async function reportOn(
  ports: ActionPorts,
  pulls: readonly MergedPull[],
  { ended, sections }: { readonly ended: Ended; readonly sections: readonly Section[] },
): Promise<string | undefined> {
  if (!ports.comment) return undefined;
  const isSilent = ended.made !== undefined && ended.report.entries.length + ended.made.refusals.length === 0;
  const urls: (string | undefined)[] = [];
  for (const { number } of pulls) {
    const sticky = {
      thread: number,
      mark: markOf(ports, "report"),
      body: commentPage(sections),
      create: !isSilent,
    };
    const url = await stickyComment(ports.repository, sticky).catch((error: unknown) => {
      ports.terminal.err(`warning: the report could not be written on #${number}: ${messageOf(error)}\n`);
      return undefined;
    });
    urls.push(url);
  }
  return urls.find((url) => url !== undefined);
}
