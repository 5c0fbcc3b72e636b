import { apply as applyPlan } from "../apply/apply.ts";
import type { Issuing } from "../apply/run.ts";
import { messageOf } from "../core/failure.ts";
import type { Finding } from "../core/finding.ts";
import type { Plan } from "../core/plan.ts";
import type { Settings } from "../core/roster.ts";
import type { Clock, IamRead, IamWrite, ResolveRecipients, Sha256, Terminal } from "../core/port.ts";
import { type AppliedEntry, isComplete, type Report } from "../core/report.ts";
import { describeFinding, type WrongFiles } from "../render/findings.ts";
import { progressLine } from "../render/progress.ts";
import { renderReportJson } from "../render/report-json.ts";
import { renderPlan } from "../render/text.ts";
import type { HandedOver } from "../render/words/hand-over.ts";
import { type Agreement, objection, type Reviewed } from "./agreement.ts";
import { paintFor } from "./colors.ts";
import { handOverProblem, watched } from "./handing-over.ts";
import { type LivePlan, livePlan } from "./live-plan.ts";
import { type Format, readingTold } from "./plan.ts";
import { type ReadRosters, type Rosters, tellWarnings } from "./reading.ts";

/* Plans, asks, applies and keeps the report: what the command and the Action have in common. */

export interface OpenAccount {
  readonly read: IamRead;
  readonly write: IamWrite;
}

export interface ApplyingPorts {
  readonly readRosters: () => Promise<Rosters>;
  readonly openAccount: () => Promise<OpenAccount>;
  readonly resolveRecipients: ResolveRecipients;
  /** undefined: there is nowhere to hand over what is issued. */
  readonly issuing: Issuing | undefined;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** Keeps the report as JSON. */
  readonly saveReport: ((json: string) => Promise<void>) | undefined;
  /** What is issued is handed over where everybody sees the ciphertext. */
  readonly inPublic: boolean;
  /** True once the user asked to stop. */
  readonly stopping: () => boolean;
  /** Looks just before the first change, and says why none may be made; undefined: they may. */
  readonly lastLook?: (plan: Plan) => Promise<string | undefined>;
}

export interface Asking extends Pick<Agreement, "digest" | "yes" | "ask"> {
  /** Has the reviewed plan; undefined: none was reviewed beforehand. */
  readonly reviewed: ((settings: Settings) => Promise<Reviewed>) | undefined;
  /** Trust the credential report for nobody. */
  readonly fresh: boolean;
  /** How the results are printed: what is shown on the way stands beside them. */
  readonly format: Format;
}

/** How a run ended. */
export type Ended =
  | { readonly findings: readonly Finding[]; readonly wrong: WrongFiles; readonly made: undefined }
  | {
      readonly findings: readonly Finding[];
      readonly made: Plan;
      readonly report: Report;
      /** Why nothing was applied; undefined where it was, or where nothing was to do. */
      readonly problem: string | undefined;
      readonly handedOver: readonly HandedOver[];
    };

/** What was made of the files, and what became of keeping the report. */
export interface Kept {
  readonly ended: Ended;
  /** Why the report could not be written; undefined where it was. */
  readonly unsaved: { readonly reason: unknown } | undefined;
}

/** Plans, and makes what is agreed to. The report is written whatever happens. */
export async function applyFiles(ports: ApplyingPorts, asking: Asking): Promise<Kept> {
  const { saveReport } = ports;
  // Before the first change, so that a report that cannot be written stops the run while nothing has happened.
  await saveReport?.(withoutPlan([], "the run was cut off; plan again to see what was done"));
  const ended = await run(ports, asking).catch(async (error: unknown) => {
    await saveReport?.(withoutPlan([], messageOf(error)));
    throw error;
  });
  const [saved] = await Promise.allSettled([saveReport?.(reportOf(ended))]);
  return { ended, unsaved: saved.status === "rejected" ? saved : undefined };
}

/** Is all done that was not refused? What refusals mean is the caller's to say. */
export function isApplied(ended: Ended): ended is Extract<Ended, { readonly report: Report }> {
  return ended.made !== undefined && ended.problem === undefined && isComplete(ended.report);
}

async function run(ports: ApplyingPorts, asking: Asking): Promise<Ended> {
  const { terminal } = ports;
  const rosters = await ports.readRosters();
  const { findings } = rosters;
  if (rosters.roster === undefined) return { findings, wrong: rosters.wrong, made: undefined };
  tellWarnings(findings, terminal);
  const reviewed = await asking.reviewed?.(rosters.roster.settings);
  if (reviewed !== undefined && rosters.base === undefined) terminal.err(`${UNREVIEWED_DATES}\n`);
  const account = await ports.openAccount();
  const live = await planNow(ports, rosters, { ...account, ...asking });
  show(live.plan, asking.format, terminal);
  const review = reviewed?.plan ?? "whole";
  const problem =
    (await objection(live.plan, { ...ports, ...asking, reviewed })) ??
    (await handOverProblem({ ...ports, ...live, review, now: ports.clock.now() })) ??
    (await ports.lastLook?.(live.plan));
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

function planNow(
  ports: ApplyingPorts,
  { roster, base }: Pick<ReadRosters, "roster" | "base">,
  { read, fresh }: Pick<OpenAccount, "read"> & Pick<Asking, "fresh">,
): Promise<LivePlan> {
  const { clock, terminal } = ports;
  return livePlan({
    ...ports,
    roster,
    base,
    now: clock.now(),
    read,
    fresh,
    reading: readingTold(terminal),
  });
}

/** The plan to agree to; beside the results where those are for a program. */
function show(plan: Plan, format: Format, terminal: Terminal): void {
  if (hasNothingToSay(plan)) return;
  const tell = format === "text" ? terminal.out : terminal.err;
  tell(`${renderPlan(plan, paintFor(terminal))}\n`);
}

export function hasNothingToSay({ entries, refusals, warnings }: Plan): boolean {
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

/** The report as JSON, whatever the end was. */
export function reportOf(ended: Ended): string {
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
