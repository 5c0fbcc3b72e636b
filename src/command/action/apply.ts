import { messageOf } from "../../core/failure.ts";
import { fold } from "../../core/rules/names.ts";
import { applyCheckName, noteFor } from "../../github/applied.ts";
import { type CheckRun, type Conclusion, createCheckRun, endCheckRun } from "../../github/checks.ts";
import type { Sha } from "../../github/commits.ts";
import { CHECK_RUN_ROOM, fitted } from "../../render/fitted.ts";
import { noticeSections } from "../../render/notice-markdown.ts";
import type { Section } from "../../render/sections.ts";
import { type Asking, type Ended, isApplied } from "../applying.ts";
import type { Rosters } from "../reading.ts";
import { carryOut, type Carried, type Carrying } from "./carrying.ts";
import { leftOf, madeBy } from "./left.ts";
import { lettersOf } from "./letters.ts";
import { newerFiles } from "./newer.ts";
import {
  type ActionEnded,
  type ActionPorts,
  circumstancesOf,
  NO_PLAN,
  readAlone,
  readAt,
  refusedFor,
  summariseOrWarn,
} from "./ports.ts";
import { isSilent, linesOf, pageOf, reportOn, revoke } from "./report.ts";
import { digestOfRest } from "./rest.ts";
import { concerned, gatherReviews, joined, leftOut, type Reviews } from "./reviews.ts";

export interface ApplyEvent {
  readonly branch: string;
  /** Where the branch was before the push; undefined: not known. */
  readonly before: Sha | undefined;
  /** The plan with this digest is agreed to, whole; undefined: what was reviewed in the pull requests is. */
  readonly digest: string | undefined;
}

/**
 * Applies the files of the branch's tip: of what they ask for, what was reviewed. Where the tip has others than the run's
 * commit it does nothing, since an old commit may give again what was taken since.
 */
export async function applyReviewed(ports: ActionPorts, event: ApplyEvent): Promise<ActionEnded> {
  const text = noteFor({ before: event.before, made: [], left: [] });
  const own = await createCheckRun(ports.repository, {
    name: applyCheckName(ports.root),
    commit: ports.commit,
    conclusion: undefined,
    externalId: `${ports.runUrl ?? "a run"} ${ports.clock.now()}`,
    title: "Applying",
    summary: "Under way.",
    ...(text !== undefined && { text }),
  });
  let reviews: Reviews | undefined;
  try {
    const newer = await newerFiles(ports, event.branch);
    if (newer !== undefined) return await leaveTo(newer, ports, { own, event, reviews });
    reviews = await gatherReviews(ports, { ...event, own });
    return await tell(ports, { own, reviews, event, ...(await carryOutOnTip(ports, event, reviews)) });
  } catch (error) {
    await tellFailure(ports, { own, reviews, error });
    throw error;
  }
}

/** A push has a run of its own; what somebody agreed to has not. */
function superseded(tip: Sha, { digest }: ApplyEvent): string {
  const by = `Superseded by ${tip.slice(0, 12)}, the branch's newest commit, since which the roster is another`;
  return digest === undefined
    ? `${by}, whose own run applies: nothing was done here.`
    : `${by}, so that nothing was applied: look at what is left then, and start this again with its digest.`;
}

interface Begun {
  readonly own: CheckRun;
  readonly event: ApplyEvent;
  /** undefined: it did not come so far. */
  readonly reviews: Reviews | undefined;
}

async function leaveTo(newer: Sha, ports: ActionPorts, { own, event, reviews }: Begun): Promise<ActionEnded> {
  const line = superseded(newer, event);
  const sections = noticeSections("Superseded", line, circumstancesOf(ports));
  if (reviews !== undefined) await revoke(ports, concerned(reviews), sections);
  await endWith(ports, own, { conclusion: "neutral", title: "Superseded", sections });
  return { outputs: NO_PLAN, line, failed: event.digest !== undefined };
}

interface CarriedOnTip extends Carried {
  /** The branch moved on before the first change, and none was made. */
  readonly newer: Sha | undefined;
}

async function carryOutOnTip(ports: ActionPorts, event: ApplyEvent, reviews: Reviews): Promise<CarriedOnTip> {
  let newer: Sha | undefined;
  let files: Rosters | undefined;
  const loginOf = (user: string): string | undefined => files?.roster?.users.get(fold(user))?.github;
  const carried = await carryOut(ports, {
    asking: askingFor(event, reviews),
    readRosters: async () =>
      (files = event.digest === undefined ? await readAt(ports, reviews.since.base) : await readAlone(ports)),
    issuing: { sealing: await ports.sealing(), handOver: lettersOf(ports, reviews, loginOf) },
    lastLook: async () => {
      newer = await newerFiles(ports, event.branch);
      return newer && superseded(newer, event);
    },
  });
  return { ...carried, newer };
}

function askingFor({ digest }: ApplyEvent, reviews: Reviews): Carrying["asking"] {
  if (digest !== undefined) return { reviewed: undefined, digest };
  const reviewed: Asking["reviewed"] = async ({ account }) => ({
    name: "What was reviewed",
    plan: joined(reviews, account ?? ""),
  });
  return { reviewed, digest: undefined };
}

interface ToTell extends CarriedOnTip, Begun {
  readonly reviews: Reviews;
}

/** What was done is done: nothing from here on may fail the run in another's words. */
async function tell(
  ports: ActionPorts,
  { own, event, reviews, ended, reportFile, newer }: ToTell,
): Promise<ActionEnded> {
  if (newer !== undefined) {
    const left = await leaveTo(newer, ports, { own, event, reviews });
    return { ...left, outputs: { ...left.outputs, reportFile } };
  }
  const isDone = isAllDone(ended);
  const digest = await digestOfRest(ports, ended);
  const left = ended.made === undefined ? [] : leftOut(reviews, ended.made.account.id);
  const sections = pageOf(ports, ended, { digest, left });
  await summariseOrWarn(ports, sections);
  const commentUrl = await reportOn(ports, isDone ? concerned(reviews) : reviews.pulls, {
    sections,
    isSilent: isSilent(ended),
  });
  const { line, ...outputs } = linesOf(ended);
  const text = noteFor({ before: event.before, made: madeBy(ended), left: leftOf(ended) }) ?? "";
  const conclusion = isDone ? "success" : "failure";
  await endWith(ports, { ...own, text }, { conclusion, title: line, sections });
  return { outputs: { ...outputs, reportFile, commentUrl }, line, failed: !isDone };
}

interface Failure {
  readonly own: CheckRun;
  /** undefined: it did not come so far. */
  readonly reviews: Reviews | undefined;
  readonly error: unknown;
}

/** Whoever merged waits for a report, and reads there why nothing came of it. */
async function tellFailure(ports: ActionPorts, { own, reviews, error }: Failure): Promise<void> {
  const title = "Nothing was applied";
  const sections = noticeSections(`⛔ ${title}`, messageOf(error), circumstancesOf(ports));
  await summariseOrWarn(ports, sections);
  if (reviews !== undefined) await reportOn(ports, concerned(reviews), { sections, isSilent: false });
  await endWith(ports, own, { conclusion: "failure", title, sections });
}

/**
 * Refused entries that nobody asks for now are shown, and fail nothing. Who agrees to a whole plan by its digest asks for all
 * of it: without a base, nothing in it is from before.
 */
function isAllDone(ended: Ended): boolean {
  return isApplied(ended) && refusedFor("requested", ended.made) === 0;
}

interface End {
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly sections: readonly Section[];
}

/** The next run looks for this. A run that cannot say that it did all of it leaves more to the next one, not less. */
async function endWith(
  { repository, terminal }: ActionPorts,
  { id, text }: CheckRun,
  { conclusion, title, sections }: End,
): Promise<void> {
  const summary = fitted(sections, CHECK_RUN_ROOM, "the job summary of the run");
  try {
    await endCheckRun(repository, id, { conclusion, title, summary, ...(text !== "" && { text }) });
  } catch (error) {
    terminal.err(`warning: the check run could not be ended: ${messageOf(error)}\n`);
  }
}
