import { messageOf } from "../../core/failure.ts";
import { isComplete } from "../../core/report.ts";
import { fold } from "../../core/rules/names.ts";
import { applyCheckName } from "../../github/applied.ts";
import { type CheckRun, type Conclusion, createCheckRun, endCheckRun } from "../../github/checks.ts";
import { type Sha, tipOf } from "../../github/commits.ts";
import { isPrivate } from "../../github/hand-over.ts";
import { CHECK_RUN_ROOM, fitted } from "../../render/fitted.ts";
import { noticeSections } from "../../render/notice-markdown.ts";
import type { Section } from "../../render/sections.ts";
import { applyFiles, type Asking, type Ended } from "../applying.ts";
import { lettersOf } from "./letters.ts";
import {
  type ActionEnded,
  type ActionPorts,
  annotate,
  circumstancesOf,
  readAt,
  refusedRequests,
  summaryPage,
  unsetSettings,
} from "./ports.ts";
import { linesOf, pageOf, reportOn, restOf } from "./report.ts";
import { gatherReviews, joined, type Reviews } from "./reviews.ts";
import type { Rosters } from "../reading.ts";

export interface ApplyEvent {
  readonly branch: string;
  /** Where the branch was before the push; undefined: not known. */
  readonly before: Sha | undefined;
  /** The plan with this digest is agreed to, whole; undefined: what was reviewed in the pull requests is. */
  readonly digest: string | undefined;
}

/**
 * Applies the files of the branch's tip: of what they ask for, what was reviewed. Anywhere else than at the tip it does
 * nothing, since an old commit may give again what was taken since.
 */
export async function applyReviewed(ports: ActionPorts, event: ApplyEvent): Promise<ActionEnded> {
  const newer = await newerTip(ports, event);
  if (newer !== undefined) return superseded(newer);
  const own = await createCheckRun(ports.repository, {
    name: applyCheckName(ports.root),
    commit: ports.commit,
    conclusion: undefined,
    title: "Applying",
    summary: "Under way.",
  });
  try {
    return await applyOnTip(ports, event, own);
  } catch (error) {
    const sections = noticeSections("⛔ Nothing was applied", messageOf(error), circumstancesOf(ports));
    await ports.summarise(summaryPage(sections)).catch(() => undefined);
    await endWith(ports, own, { conclusion: "failure", title: "Nothing was applied", sections });
    throw error;
  }
}

async function newerTip(
  { repository, commit }: ActionPorts,
  { branch }: ApplyEvent,
): Promise<Sha | undefined> {
  const tip = await tipOf(repository, branch);
  return tip === commit ? undefined : tip;
}

function superseded(tip: Sha): ActionEnded {
  const line = `Superseded by ${tip.slice(0, 12)}, the branch's newest commit, whose own run applies: nothing was done here.`;
  return { outputs: { hasChanges: false, changes: 0, refused: 0 }, line, failed: false };
}

async function applyOnTip(ports: ActionPorts, event: ApplyEvent, own: CheckRun): Promise<ActionEnded> {
  const reviews = await gatherReviews(ports, { ...event, own });
  let newer: Sha | undefined;
  let files: Rosters | undefined;
  const loginOf = (user: string): string | undefined => files?.roster?.users.get(fold(user))?.github;
  const { ended, reportFile } = await carryOut(ports, {
    asking: askingFor(event, reviews),
    readRosters: async () => (files = await readAt(ports, reviews.since.base)),
    issuing: { sealing: await ports.sealing(), handOver: lettersOf(ports, reviews, loginOf) },
    lastLook: async () => {
      newer = await newerTip(ports, event);
      return newer && superseded(newer).line;
    },
  });
  if (newer !== undefined) {
    const sections = noticeSections("Superseded", superseded(newer).line, circumstancesOf(ports));
    await endWith(ports, own, { conclusion: "neutral", title: "Superseded", sections });
    return superseded(newer);
  }
  const isDone = isAllDone(ended);
  const rest = isDone ? undefined : await restOf(ports, reviews.since.base);
  const sections = pageOf(ports, ended, rest);
  await ports.summarise(summaryPage(sections));
  const commentUrl = await reportOn(ports, reviews.pulls, { ended, sections });
  const { line, ...outputs } = linesOf(ended);
  await endWith(ports, own, { conclusion: isDone ? "success" : "failure", title: line, sections });
  return { outputs: { ...outputs, reportFile, commentUrl }, line, failed: !isDone };
}

function askingFor({ digest }: ApplyEvent, reviews: Reviews): Carrying["asking"] {
  if (digest !== undefined) return { reviewed: undefined, digest };
  const reviewed: Asking["reviewed"] = async ({ account }) => ({
    name: "What was reviewed",
    plan: joined(reviews, account ?? ""),
  });
  return { reviewed, digest: undefined };
}

export interface Carrying {
  readonly asking: Pick<Asking, "reviewed" | "digest">;
  readonly readRosters: () => Promise<Rosters>;
  readonly issuing: Parameters<typeof applyFiles>[0]["issuing"];
  readonly lastLook?: () => Promise<string | undefined>;
}

/** Plans and applies; the report is kept for later steps whatever happens. */
export async function carryOut(
  ports: ActionPorts,
  { asking, readRosters, issuing, lastLook }: Carrying,
): Promise<{ readonly ended: Ended; readonly reportFile: string }> {
  let reportFile = "";
  const { ended, unsaved } = await applyFiles(
    {
      ...ports,
      readRosters: () => readSettled(readRosters),
      issuing,
      inPublic: !(await isPrivate(ports.repository)),
      saveReport: async (json) => {
        reportFile = await ports.keep("report", json);
      },
      ...(lastLook !== undefined && { lastLook }),
    },
    { ...asking, yes: false, fresh: false, format: "text", ask: undefined },
  );
  annotate(ports, ended.findings);
  if (unsaved !== undefined) ports.terminal.err(`warning: ${messageOf(unsaved.reason)}\n`);
  return { ended, reportFile };
}

async function readSettled(read: () => Promise<Rosters>): Promise<Rosters> {
  const rosters = await read();
  const unset = rosters.roster && unsetSettings(rosters.roster);
  if (unset !== undefined) throw new Error(unset);
  return rosters;
}

/** Refused entries that nobody asks for now are shown, and fail nothing. */
export function isAllDone(ended: Ended): boolean {
  if (ended.made === undefined || ended.problem !== undefined) return false;
  return isComplete(ended.report) && refusedRequests(ended.made) === 0;
}

interface End {
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly sections: readonly Section[];
}

/** The next run looks for this. A run that cannot say that it did all of it leaves more to the next one, not less. */
async function endWith(
  { repository, terminal }: ActionPorts,
  { id }: CheckRun,
  { conclusion, title, sections }: End,
): Promise<void> {
  const summary = fitted(sections, CHECK_RUN_ROOM, "the job summary of the run");
  try {
    await endCheckRun(repository, id, { conclusion, title: title.slice(0, MOST_TITLE), summary });
  } catch (error) {
    terminal.err(`warning: the check run could not be ended: ${messageOf(error)}\n`);
  }
}

const MOST_TITLE = 200;
