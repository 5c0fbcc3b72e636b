import { apply as applyPlan } from "../apply/apply.ts";
import type { Issuing } from "../apply/run.ts";
import { messageOf } from "../core/failure.ts";
import type { Finding } from "../core/finding.ts";
import type { Plan } from "../core/plan.ts";
import type { Clock, Files, IamRead, IamWrite, ResolveRecipients, Sha256, Terminal } from "../core/port.ts";
import { type AppliedEntry, isComplete, type Report } from "../core/report.ts";
import type { Roster } from "../core/roster.ts";
import { describeFinding, type WrongFiles } from "../render/findings.ts";
import { progressLine } from "../render/progress.ts";
import { renderReportJson } from "../render/report-json.ts";
import { renderReportMarkdown } from "../render/report-markdown.ts";
import { renderReport } from "../render/report-text.ts";
import { renderPlan } from "../render/text.ts";
import { handedOverText, type HandedOver } from "../render/words/hand-over.ts";
import { summaryWords } from "../render/words/summary.ts";
import { objection, type PlanFile, readReviewed } from "./agreement.ts";
import { paintFor } from "./colors.ts";
import { handOverProblem, watched } from "./handing-over.ts";
import { type LivePlan, livePlan } from "./live-plan.ts";
import { type Format, readingTold, renderFindings } from "./plan.ts";
import { type Base, readRosters, tellWarnings } from "./reading.ts";

export interface ApplyOptions {
  readonly format: Format;
  /** Whatever the plan turns out to be, it is agreed to. */
  readonly yes: boolean;
  /** Trust the credential report for nobody. */
  readonly fresh: boolean;
  /** The plan with this digest is agreed to. */
  readonly digest: string | undefined;
}

export interface ApplyPorts {
  readonly files: Files;
  readonly base: Base | undefined;
  readonly openAccount: () => Promise<OpenAccount>;
  readonly resolveRecipients: ResolveRecipients;
  /** undefined: there is nowhere to hand over what is issued. */
  readonly issuing: Issuing | undefined;
  /** The reviewed plan: what is in it is agreed to. */
  readonly planFile: PlanFile | undefined;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** Keeps the report as JSON. */
  readonly saveReport: ((json: string) => Promise<void>) | undefined;
  /** True once the user asked to stop. */
  readonly stopping: () => boolean;
}

export interface OpenAccount {
  readonly read: IamRead;
  readonly write: IamWrite;
}

/** How a run ended. */
type Ended =
  | { readonly findings: readonly Finding[]; readonly wrong: WrongFiles; readonly made: undefined }
  | {
      readonly findings: readonly Finding[];
      readonly made: Plan;
      readonly report: Report;
      /** Why nothing was applied; undefined where it was, or where nothing was to do. */
      readonly problem: string | undefined;
      readonly handedOver: readonly HandedOver[];
    };

/** Plans, and makes what is agreed to. The exit status: 0 where all of it is done, or nothing was to do. */
export async function apply(ports: ApplyPorts, options: ApplyOptions): Promise<0 | 1> {
  const { terminal, saveReport } = ports;
  // Before the first change, so that a report that cannot be written stops the run while nothing has happened.
  await saveReport?.(withoutPlan([], "the run was cut off; plan again to see what was done"));
  const ended = await run(ports, options).catch(async (error: unknown) => {
    await saveReport?.(withoutPlan([], messageOf(error)));
    throw error;
  });
  const [saved] = await Promise.allSettled([saveReport?.(reportOf(ended))]);
  // Whatever became of the file, what became of the account is told.
  terminal.out(renderEnd(ended, options.format, terminal));
  if (ended.made === undefined) {
    if (saved.status === "rejected") throw saved.reason;
    return 1;
  }
  const tell = options.format === "text" ? terminal.out : terminal.err;
  tell(handedOverText(ended.handedOver));
  if (saved.status === "rejected") throw saved.reason;
  if (ended.problem !== undefined) terminal.err(`${ended.problem}\n`);
  const isWhole = isComplete(ended.report) && ended.made.refusals.length === 0;
  return isWhole && ended.problem === undefined ? 0 : 1;
}

async function run(ports: ApplyPorts, options: ApplyOptions): Promise<Ended> {
  const { files, base, terminal, planFile } = ports;
  const reviewed = planFile && (await readReviewed(planFile));
  const rosters = await readRosters(files, base);
  const { findings } = rosters;
  if (rosters.roster === undefined) return { findings, wrong: rosters.wrong, made: undefined };
  tellWarnings(findings, terminal);
  if (reviewed !== undefined && base === undefined) terminal.err(`${UNREVIEWED_DATES}\n`);
  const account = await ports.openAccount();
  const live = await planNow(ports, rosters, { ...account, ...options });
  show(live.plan, options.format, terminal);
  const { ask } = terminal;
  const review = reviewed?.plan ?? "whole";
  const problem =
    (await objection(live.plan, { ...ports, ...options, ask, reviewed })) ??
    (await handOverProblem({ ...ports, ...live, review, now: ports.clock.now() }));
  if (problem !== undefined)
    return { findings, made: live.plan, report: untried(live.plan, problem), problem, handedOver: [] };
  const watching = ports.issuing && watched(ports.issuing.handOver);
  const report = await applyPlan({
    ...ports,
    issuing: ports.issuing && watching && { ...ports.issuing, handOver: watching.handOver },
    ...account,
    ...live,
    roster: rosters.roster,
    base: rosters.base,
    review,
    progress: (progress) => terminal.err(`${progressLine(progress, paintFor(terminal))}\n`),
  });
  // Sets the results apart from the progress above them.
  if (report.entries.length > 0) terminal.err("\n");
  return { findings, made: live.plan, report, problem, handedOver: watching?.handedOver(report) ?? [] };
}

const UNREVIEWED_DATES =
  "warning: without --base nobody can tell whether a date that has passed was reviewed: what it asks for is done all the same, and counts for no limit. Give --base, the files as they were before.";

interface Rosters {
  readonly roster: Roster;
  readonly base: Roster | undefined;
}

function planNow(
  ports: ApplyPorts,
  { roster, base }: Rosters,
  { read, fresh }: Pick<OpenAccount, "read"> & Pick<ApplyOptions, "fresh">,
): Promise<LivePlan> {
  const { clock, sha256, terminal } = ports;
  const reading = readingTold(terminal);
  const { resolveRecipients } = ports;
  return livePlan({ roster, base, now: clock.now(), sha256, read, resolveRecipients, fresh, reading });
}

/** The plan to agree to; beside the results where those are for a program. */
function show(plan: Plan, format: Format, terminal: Terminal): void {
  if (hasNothingToSay(plan)) return;
  const tell = format === "text" ? terminal.out : terminal.err;
  tell(`${renderPlan(plan, paintFor(terminal))}\n`);
}

function hasNothingToSay({ entries, refusals, warnings }: Plan): boolean {
  return entries.length + refusals.length + warnings.length === 0;
}

/** A report of what was not begun. */
function untried({ digest, entries }: Plan, problem: string): Report {
  const error = problem.split("\n")[0] ?? problem;
  const applied = entries.map((entry): AppliedEntry => ({
    ...entry,
    changes: entry.changes.map((change) => ({ ...change, outcome: "not-tried", error })),
    extra: [],
    problem: undefined,
  }));
  return { digest, entries: applied };
}

function reportOf(ended: Ended): string {
  if (ended.made === undefined) return withoutPlan(ended.findings, undefined);
  const { made, report, problem, findings } = ended;
  return renderReportJson({
    account: made.account,
    report,
    refusals: made.refusals,
    findings: findings.map(describeFinding),
    ...(problem === undefined ? {} : { error: problem }),
  });
}

function withoutPlan(findings: readonly Finding[], error: string | undefined): string {
  return renderReportJson({
    account: undefined,
    report: undefined,
    refusals: [],
    findings: findings.map(describeFinding),
    ...(error === undefined ? {} : { error }),
  });
}

function renderEnd(ended: Ended, format: Format, terminal: Terminal): string {
  if (format === "json") return reportOf(ended);
  if (ended.made === undefined) return renderFindings(ended.findings, format, ended.wrong);
  const { made, report, problem } = ended;
  if (format === "markdown") return renderReportMarkdown(report, made);
  // Who was shown the plan need not be told once more that none of it was tried.
  if (problem !== undefined) return "";
  if (report.entries.length > 0) return renderReport(report, made, paintFor(terminal));
  return hasNothingToSay(made) ? `${summaryWords(made)}\n` : "";
}
