import type { Finding } from "../core/finding.ts";
import { offlineState } from "../core/planning/offline.ts";
import type { Plan } from "../core/plan.ts";
import { plan as planOn } from "../core/planning/planner.ts";
import type { Clock, Files, IamRead, ResolveRecipients, Sha256, Terminal } from "../core/port.ts";
import type { Roster } from "../core/roster.ts";
import type { Instant } from "../core/state.ts";
import { renderFindingsMarkdown } from "../render/findings-markdown.ts";
import { describeFinding, findingLine, WRONG_FILES, type WrongFiles } from "../render/findings.ts";
import { renderPlanJson } from "../render/json.ts";
import { renderPlanMarkdown } from "../render/markdown.ts";
import { renderPlan } from "../render/text.ts";
import { paintFor } from "./colors.ts";
import { livePlan, settingsWarnings } from "./live-plan.ts";
import { type Base, readRosters, tellWarnings } from "./reading.ts";

export type Format = "text" | "json" | "markdown";

export interface PlanOptions {
  readonly format: Format;
  /** undefined: now. */
  readonly at: Instant | undefined;
  readonly fresh: boolean;
  /** 2 where there are changes. */
  readonly detailedExitcode: boolean;
}

export interface PlanPorts {
  readonly files: Files;
  readonly base: Base | undefined;
  /** Opens the account; undefined: the base's files stand for it. */
  readonly openAccount: (() => Promise<IamRead>) | undefined;
  readonly resolveRecipients: ResolveRecipients;
  readonly terminal: Terminal;
  readonly clock: Pick<Clock, "now">;
  readonly sha256: Sha256;
  /** Keeps the plan as JSON. */
  readonly save: ((json: string) => Promise<void>) | undefined;
}

/** Shows what would be done. The exit status: 1 where files are wrong or anything is refused. */
export async function plan(ports: PlanPorts, options: PlanOptions): Promise<0 | 1 | 2> {
  const { files, base, terminal, save } = ports;
  const rosters = await readRosters(files, base);
  const findings = rosters.findings.map(describeFinding);
  if (rosters.roster === undefined) {
    terminal.out(renderFindings(rosters.findings, options.format, rosters.wrong));
    await save?.(renderPlanJson(undefined, findings));
    return 1;
  }
  tellWarnings(rosters.findings, terminal);
  const made = await makePlan(ports, rosters, options);
  const json = renderPlanJson(made, findings);
  terminal.out(options.format === "json" ? json : renderForPeople(made, options.format, terminal));
  await save?.(json);
  if (made.refusals.length > 0) return 1;
  return options.detailedExitcode && made.entries.length > 0 ? 2 : 0;
}

/** Wrong files: as `check` prints them, or the whole object that a program expects of a plan. */
export function renderFindings(findings: readonly Finding[], format: Format, wrong: WrongFiles): string {
  if (format === "json") return renderPlanJson(undefined, findings.map(describeFinding));
  if (format === "markdown") return renderFindingsMarkdown(findings, wrong);
  const { problem, wayOut } = WRONG_FILES[wrong];
  const end = wayOut === undefined ? `${problem}.` : `${problem}. ${wayOut}`;
  return [...findings.map(findingLine), end].map((line) => `${line}\n`).join("");
}

function renderForPeople(made: Plan, format: "text" | "markdown", terminal: Terminal): string {
  return format === "markdown" ? renderPlanMarkdown(made) : renderPlan(made, paintFor(terminal));
}

/** What the plan compares. */
interface Compared {
  readonly roster: Roster;
  readonly base: Roster | undefined;
}

async function makePlan(ports: PlanPorts, { roster, base }: Compared, options: PlanOptions): Promise<Plan> {
  const { openAccount, clock, sha256, terminal } = ports;
  const now = options.at ?? clock.now();
  if (openAccount === undefined) return offlinePlan(ports, { roster, base }, now);
  const { plan: made } = await livePlan({
    roster,
    base,
    now,
    sha256,
    read: await openAccount(),
    resolveRecipients: ports.resolveRecipients,
    inPublic: false,
    fresh: options.fresh,
    reading: readingTold(terminal),
  });
  return made;
}

/** From so many on, reading users one by one takes so long that a person should know why. */
const MANY_USERS = 50;

export function readingTold(terminal: Terminal): (users: number) => void {
  return (users) => {
    if (users >= MANY_USERS) terminal.err(`Reading the credentials of ${users} users one by one …\n`);
  };
}

const NO_ACCOUNT = "000000000000";

/** The plan without an account: the base's files stand for it. */
export function offlinePlan(
  { sha256 }: Pick<PlanPorts, "sha256">,
  { roster, base }: Compared,
  now: Instant,
): Plan {
  if (base === undefined) throw new Error("a plan without an account needs a base");
  const { settings } = roster;
  const account = settings.account ?? base.settings.account ?? NO_ACCOUNT;
  const actual = offlineState({ base, roster, account, now, sha256 });
  const unknown = { policies: new Map<string, undefined>(), recipients: undefined };
  const { plan: made } = planOn({ roster, base, actual, now, sha256, ...unknown });
  return { ...made, warnings: [...settingsWarnings(settings, undefined), ...made.warnings] };
}
