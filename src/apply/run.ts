import { isIssue } from "../core/change.ts";
import { IamFailure } from "../core/failure.ts";
import type { Entry, Plan, PlannedChange } from "../core/plan.ts";
import type { Recipients } from "../core/planning/issuing.ts";
import type { Clock, HandOver, IamRead, IamWrite, Sealing, Sha256 } from "../core/port.ts";
import type { Outcome, Progress } from "../core/report.ts";
import type { ReviewedPlan } from "../core/reviewed-plan.ts";
import type { Roster } from "../core/roster.ts";
import type { State } from "../core/state.ts";
import { issue } from "./issue.ts";
import type { Ledger } from "./ledger.ts";
import type { Coverage } from "./reviewed.ts";

export interface Applying {
  /** Planned just now, on `actual`. */
  readonly plan: Plan;
  readonly actual: State;
  readonly roster: Roster;
  readonly base: Roster | undefined;
  /** What may run: the whole plan, or only what a reviewed plan covers. */
  readonly review: "whole" | ReviewedPlan;
  readonly read: IamRead;
  readonly write: IamWrite;
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** Who can read what is issued, by the text in the roster. */
  readonly recipients: Recipients;
  /** undefined: nothing can be issued. */
  readonly issuing: Issuing | undefined;
  readonly progress: (progress: Progress) => void;
  /** True once the user asked to stop: nothing new is begun, and the report is still given. */
  readonly stopping: () => boolean;
}

/** What it takes to make a credential that nobody but its recipients can read, and to hand it over. */
export interface Issuing {
  readonly sealing: Sealing;
  readonly handOver: HandOver;
}

export interface Run extends Applying, Coverage {
  readonly ledger: Ledger;
}

/** Makes one change of the plan, unless something stands in its way, and records what became of it. */
export async function make(run: Run, entry: Entry, change: PlannedChange): Promise<Outcome> {
  const outcome = run.ledger.obstacle(entry, change) ?? outcomeOf(await tryToMake(run, entry, change));
  run.ledger.record(entry, change, outcome);
  return outcome;
}

/** Makes a change beyond the plan. */
export async function makeExtra(run: Run, entry: Entry, change: PlannedChange): Promise<Outcome> {
  const outcome = outcomeOf(await tryToMake(run, entry, change));
  run.ledger.recordExtra(entry, change, outcome);
  return outcome;
}

/** Writes, and gives what went wrong, if anything did; nothing is recorded yet. */
export async function tryToMake(run: Run, entry: Entry, change: PlannedChange): Promise<unknown> {
  try {
    if (isIssue(change)) await issue(run, entry, change);
    else await run.write.write(change, { now: run.clock.now(), id: ownId(entry, change) });
    run.ledger.heard(undefined);
    return undefined;
  } catch (error) {
    // Issuing says more than IAM, and with it what IAM said.
    const { cause = error } = error instanceof Error && isIssue(change) ? error : {};
    run.ledger.heard(error instanceof IamFailure ? error : cause);
    return error;
  }
}

export function outcomeOf(failure: unknown): Outcome {
  return failure === undefined ? { outcome: "done" } : { outcome: "failed", error: messageOf(failure) };
}

/** The entry's id says nothing of a stranger who is taken out of a group by the group's own entry. */
function ownId(entry: Entry, change: PlannedChange): string | undefined {
  return entry.subject.type === "group" && "user" in change ? undefined : entry.id;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
