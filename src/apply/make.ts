import { type Change, isIssue, type WriteKind } from "../core/change.ts";
import { IamFailure, messageOf } from "../core/failure.ts";
import type { Entry, PlannedChange } from "../core/plan.ts";
import type { Outcome } from "../core/report.ts";
import { issue } from "./issue.ts";
import type { Run } from "./run.ts";

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
    else await write(run, entry, change);
    run.ledger.heard(undefined);
    return undefined;
  } catch (error) {
    // Issuing says more than IAM, and with it what IAM said.
    const { cause = error } = error instanceof Error && isIssue(change) ? error : {};
    run.ledger.heard(error instanceof IamFailure ? error : cause);
    return error;
  }
}

/** Once it is created, the subject's id is known for what comes after. */
async function write(
  { write: iam, clock, ledger }: Run,
  entry: Entry,
  change: Change<WriteKind>,
): Promise<void> {
  // The entry's id says nothing of a stranger who is taken out of a group by the group's own entry.
  const isOther = entry.subject.type === "group" && "user" in change;
  const id = isOther ? undefined : (entry.id ?? ledger.createdId(entry));
  const created = await iam.write(change, { now: clock.now(), id });
  if (created !== undefined) ledger.created(entry, created);
}

export function outcomeOf(failure: unknown): Outcome {
  return failure === undefined ? { outcome: "done" } : { outcome: "failed", error: messageOf(failure) };
}
