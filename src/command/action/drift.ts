import { type Drift, isOfOtherAccount } from "../../core/drift/drift.ts";
import { addOnce } from "../../github/comment.ts";
import { isPrivate } from "../../github/hand-over.ts";
import { editIssue, type Issue, type IssueText, openIssue, ownIssues } from "../../github/issue.ts";
import { driftSections } from "../../render/drift-markdown.ts";
import { renderDrift } from "../../render/drift-text.ts";
import { findingsSections } from "../../render/findings-markdown.ts";
import { describeFinding } from "../../render/findings.ts";
import { renderPlanJson } from "../../render/json.ts";
import type { Section } from "../../render/sections.ts";
import { driftVerdict } from "../../render/words/drift.ts";
import { paintFor } from "../colors.ts";
import { liveDrift } from "../live-drift.ts";
import { readingTold } from "../plan.ts";
import { type Rosters, tellWarnings } from "../reading.ts";
import {
  type ActionEnded,
  type ActionPorts,
  annotate,
  circumstancesOf,
  commentPage,
  markOf,
  NO_PLAN,
  readAlone,
  summariseOrWarn,
  summaryPage,
} from "./ports.ts";

/** Tells how the account differs from the files of the branch: in the summary, and in the one issue there is for it. */
export async function reportDrift(ports: ActionPorts): Promise<ActionEnded> {
  const { terminal } = ports;
  const rosters = await readAlone(ports);
  annotate(ports, rosters.findings);
  if (rosters.roster === undefined) return wrongFiles(ports, rosters);
  tellWarnings(rosters.findings, terminal);
  const drift = await liveDrift({
    ...ports,
    roster: rosters.roster,
    now: ports.clock.now(),
    read: (await ports.openAccount()).read,
    // As apply plans it, so that the digest is the same.
    inPublic: !(await isPrivate(ports.repository)),
    fresh: false,
    reading: readingTold(terminal),
  });
  terminal.out(`${renderDrift(drift, paintFor(terminal))}\n`);
  const sections = driftSections(drift, circumstancesOf(ports));
  await summariseOrWarn(ports, sections);
  const planFile = await ports.keep(
    "plan",
    renderPlanJson(drift.plan, rosters.findings.map(describeFinding)),
  );
  // Of an account with which nothing was compared, the issue has nothing to say; least of all that all is well.
  const isOther = isOfOtherAccount(drift.plan);
  const issueUrl = isOther ? undefined : await tellOnIssue(ports, drift, sections);
  const { differences, plan } = drift;
  const outputs = {
    hasChanges: differences.length > 0,
    changes: differences.reduce((sum, { entry }) => sum + entry.changes.length, 0),
    refused: plan.refusals.length,
    digest: plan.digest,
    planFile,
    issueUrl,
  };
  return { outputs, line: driftVerdict(drift), failed: isOther };
}

async function wrongFiles(
  ports: ActionPorts,
  { findings, wrong }: Extract<Rosters, { readonly roster: undefined }>,
): Promise<ActionEnded> {
  await ports.summarise(summaryPage(findingsSections(findings, wrong, circumstancesOf(ports))));
  return { outputs: NO_PLAN, line: "The files are wrong, so nothing was compared.", failed: true };
}

/** One issue, whose body is replaced; only another set of differences is worth a notification. */
async function tellOnIssue(
  ports: ActionPorts,
  drift: Drift,
  sections: readonly Section[],
): Promise<string | undefined> {
  const { repository, label } = ports;
  const mark = markOf(ports, "drift");
  const issues = await ownIssues(repository, { mark, label });
  const open = issues.filter(({ isOpen }) => isOpen);
  // The oldest that is open, since people may have written there; two runs at once may have opened two.
  const issue = open.at(-1) ?? issues[0];
  for (const { number } of open.slice(0, -1)) await editIssue(repository, number, { state: "closed" });
  const key = keyLine(drift.key);
  const text = { title: titleOf(ports, drift), body: `${mark}\n${key}\n${commentPage(sections)}` };
  if (drift.differences.length === 0) return issue && settled(ports, issue, text);
  if (issue === undefined) return (await openIssue(repository, { mark, label, ...text })).url;
  await editIssue(repository, issue.number, { ...text, ...(!issue.isOpen && { state: "open" }) });
  if (issue.isOpen && !issue.body.includes(key))
    await addOnce(repository, issue.number, "The differences are others now: see the description above.");
  return issue.url;
}

async function settled({ repository }: ActionPorts, issue: Issue, text: IssueText): Promise<string> {
  if (issue.isOpen) await editIssue(repository, issue.number, { ...text, state: "closed" });
  return issue.url;
}

/** Hidden, to tell whether the differences are the same as in the run before. */
function keyLine(key: string): string {
  return `<!-- differences ${key} -->`;
}

function titleOf({ root }: ActionPorts, drift: Drift): string {
  const where = root === "." ? "" : ` (${root})`;
  return `IAM drift in account ${drift.plan.account.id}${where}: ${driftVerdict(drift)}`;
}
