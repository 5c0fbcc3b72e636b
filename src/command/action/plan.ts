import type { Finding } from "../../core/finding.ts";
import { messageOf } from "../../core/failure.ts";
import { isRefused, type Plan, summarise } from "../../core/plan.ts";
import { requestedPart } from "../../core/planning/requested.ts";
import { planFileText } from "../../core/reviewed-plan.ts";
import type { CheckRun } from "../../github/checks.ts";
import { parentsOf, type Sha } from "../../github/commits.ts";
import type { Event } from "../../github/event.ts";
import { isPrivate } from "../../github/hand-over.ts";
import { keepPlan, type PlanToKeep } from "../../github/reviewed-plan.ts";
import type { Circumstances } from "../../render/circumstances.ts";
import { findingsSections } from "../../render/findings-markdown.ts";
import { describeFinding } from "../../render/findings.ts";
import { CHECK_RUN_ROOM, COMMENT_ROOM, fitted, type Room } from "../../render/fitted.ts";
import { renderPlanJson } from "../../render/json.ts";
import { planSections } from "../../render/markdown.ts";
import { noticeSections } from "../../render/notice-markdown.ts";
import type { Section } from "../../render/sections.ts";
import { renderPlan } from "../../render/text.ts";
import { countsWords, summaryWords } from "../../render/words/summary.ts";
import { paintFor } from "../colors.ts";
import { livePlan } from "../live-plan.ts";
import { offlinePlan, readingTold } from "../plan.ts";
import { type ReadRosters, type Rosters, tellWarnings } from "../reading.ts";
import {
  type ActionEnded,
  type ActionPorts,
  annotate,
  circumstancesOf,
  NO_PLAN,
  readAt,
  refusedFor,
  summariseOrWarn,
  summaryPage,
} from "./ports.ts";
import { writeComment } from "./plan-comment.ts";

export type PlanEvent = Extract<Event, { readonly kind: "pull-request" | "merge-group" }>;

/** What was found out, ready to be shown. */
interface Shown {
  readonly sections: readonly Section[];
  /** In one line. */
  readonly line: string;
  readonly failed: boolean;
  readonly findings: readonly Finding[];
  readonly plan: Plan | undefined;
  /** What a merge may apply, as a file; undefined: nothing. */
  readonly reviewed: string | undefined;
}

/** Shows on the pull request what its merge would do, and keeps that as what is reviewed. */
export async function planForReview(ports: ActionPorts, event: PlanEvent): Promise<ActionEnded> {
  if (event.kind === "pull-request" && event.isClosed)
    return {
      outputs: NO_PLAN,
      line: "The pull request is closed: there is nothing to review.",
      failed: false,
    };
  const shown = await orTell("⛔ There is no plan", look(ports, event), { ports, event });
  annotate(ports, shown.findings);
  const planFile = await ports.keep("plan", renderPlanJson(shown.plan, shown.findings.map(describeFinding)));
  // Of a fork it is all that anybody sees; elsewhere what is reviewed counts more.
  if (isWritable(event)) await summariseOrWarn(ports, shown.sections);
  else await ports.summarise(summaryPage(shown.sections));
  const url = isWritable(event) ? await publish(ports, event, shown) : undefined;
  const { changes } = summarise(shown.plan?.entries ?? []);
  const outputs = {
    hasChanges: changes > 0,
    changes,
    refused: shown.plan?.refusals.length ?? 0,
    // Nobody can agree to what was made without the account.
    ...(shown.plan !== undefined && !isOffline(event) && { digest: shown.plan.digest }),
    planFile,
    commentUrl: url,
  };
  return { outputs, line: shown.line, failed: shown.failed };
}

type PullRequest = Extract<PlanEvent, { readonly kind: "pull-request" }>;

/** The token of a fork's pull request only reads; in a merge queue nobody reads comments. */
function isWritable(event: PlanEvent): event is PullRequest {
  return event.kind === "pull-request" && !event.isFork;
}

interface Telling {
  readonly ports: ActionPorts;
  readonly event: PlanEvent;
}

/** What comes of it. Where it fails, there is no plan, and whoever waits for one reads why on the pull request. */
async function orTell<Done>(title: string, doing: Promise<Done>, { ports, event }: Telling): Promise<Done> {
  try {
    return await doing;
  } catch (error) {
    const sections = noticeSections(title, messageOf(error), circumstancesFor(ports, event));
    await summariseOrWarn(ports, sections);
    if (isWritable(event)) {
      await keepNone(ports, event, { title, sections });
      await writeComment(ports, event, { sections, isSilent: false });
    }
    throw error;
  }
}

/** What an earlier run of the same commit kept counts no longer: who reads that there is no plan merges none. */
async function keepNone(
  ports: ActionPorts,
  event: PullRequest,
  { title, sections }: { readonly title: string; readonly sections: readonly Section[] },
): Promise<void> {
  try {
    await keep(ports, event, { file: undefined, title, sections, conclusion: "failure" });
  } catch (error) {
    ports.terminal.err(
      `warning: if this commit was planned before, that plan still counts, since it could not be taken back: ${messageOf(error)}\n`,
    );
  }
}

async function look(ports: ActionPorts, event: PlanEvent): Promise<Shown> {
  const rosters = await readAt(ports, await baseOf(ports, event));
  const { findings } = rosters;
  if (rosters.roster === undefined) return wrongFiles(circumstancesFor(ports, event), rosters);
  tellWarnings(findings, ports.terminal);
  const offline = isOffline(event);
  const { plan, reviewed } = offline ? fromFiles(ports, rosters) : await fromAccount(ports, rosters);
  if (!offline) ports.terminal.out(`${renderPlan(plan, paintFor(ports.terminal))}\n`);
  return {
    sections: planSections(plan, { ...circumstancesFor(ports, event), offline }),
    line: offline ? offlineWords(plan) : summaryWords(plan),
    failed: isRefused(plan) || refusedFor("requested", plan) > 0,
    findings,
    plan,
    reviewed,
  };
}

function isOffline(event: PlanEvent): boolean {
  return event.kind === "pull-request" && event.isFork;
}

function offlineWords({ entries }: Plan): string {
  const what = entries.length === 0 ? "no changes" : countsWords(entries);
  return `From the files alone, since this pull request is from a fork: ${what}.`;
}

/** Of a pull request people know the head, not the merge that GitHub tried. */
function circumstancesFor(ports: ActionPorts, event: PlanEvent): Circumstances {
  const circumstances = circumstancesOf(ports);
  return event.kind === "pull-request" ? { ...circumstances, commit: event.head } : circumstances;
}

/**
 * The commit that a pull request is merged into: the first parent of the merge that GitHub has tried. Throws where that is
 * a merge of something else, since its files are not those that are reviewed.
 */
async function baseOf({ repository, commit }: ActionPorts, event: PlanEvent): Promise<Sha> {
  if (event.kind === "merge-group") return event.base;
  const [base, head] = await parentsOf(repository, commit);
  if (base !== undefined && head === event.head) return base;
  throw new Error(
    `the commit of this run, ${commit.slice(0, 12)}, is no merge of ${event.head.slice(0, 12)}, so that its files are not those of the pull request.\nPush to the pull request again.`,
  );
}

function wrongFiles(
  circumstances: Circumstances,
  { findings, wrong }: Extract<Rosters, { readonly roster: undefined }>,
): Shown {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return {
    sections: findingsSections(findings, wrong, circumstances),
    line: `The files are wrong (${errors} to correct), so nothing was planned.`,
    failed: true,
    findings,
    plan: undefined,
    reviewed: undefined,
  };
}

function fromFiles(
  ports: ActionPorts,
  rosters: ReadRosters,
): Pick<Shown, "reviewed"> & { readonly plan: Plan } {
  return { plan: offlinePlan(ports, rosters, ports.clock.now()), reviewed: undefined };
}

async function fromAccount(
  ports: ActionPorts,
  { roster, base }: ReadRosters,
): Promise<Pick<Shown, "reviewed"> & { readonly plan: Plan }> {
  const { clock, sha256, terminal, resolveRecipients, repository } = ports;
  const now = clock.now();
  const [{ read }, isInPrivate] = await Promise.all([ports.openAccount(), isPrivate(repository)]);
  const { plan, actual } = await livePlan({
    roster,
    base,
    now,
    sha256,
    read,
    resolveRecipients,
    inPublic: !isInPrivate,
    fresh: false,
    reading: readingTold(terminal),
  });
  return { plan, reviewed: planFileText(requestedPart(plan, { actual, now, sha256 })) };
}

/** Keeps what is reviewed, then writes the comment, and gives its address. */
async function publish(ports: ActionPorts, event: PullRequest, shown: Shown): Promise<string | undefined> {
  const { sections, line, failed, plan, reviewed } = shown;
  const conclusion = failed ? "failure" : "success";
  const keeping = keep(ports, event, { file: reviewed, title: line, sections, conclusion });
  const { app } = await orTell("⛔ What is reviewed could not be kept", keeping, { ports, event });
  const isSilent = plan !== undefined && plan.entries.length + plan.refusals.length === 0;
  return writeComment(ports, event, { sections, isSilent, app });
}

interface ToKeep extends Pick<PlanToKeep, "file" | "title" | "conclusion"> {
  readonly sections: readonly Section[];
}

function keep(
  { repository, root, sha256 }: ActionPorts,
  { head, number, into }: PullRequest,
  { sections, ...plan }: ToKeep,
): Promise<CheckRun> {
  const summary = fitted(sections, CHECK_RUN_PAGE, "the job summary of the run");
  return keepPlan(repository, { roster: root, commit: head, pull: number, into, sha256, summary, ...plan });
}

/** As long as a comment, since a comment can be made of it again. */
const CHECK_RUN_PAGE: Room = { ...CHECK_RUN_ROOM, most: COMMENT_ROOM.most };
