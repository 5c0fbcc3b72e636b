import { changeKey } from "../core/causes.ts";
import type { Lane } from "../core/order.ts";
import type { Entry, PlannedChange } from "../core/plan.ts";
import { denyOtherwise } from "./deny.ts";
import { type Afresh, lookAfresh } from "./afresh.ts";
import { make, makeExtra, type Run } from "./run.ts";

/*
 * Lanes that take something away. The subject is read afresh first: another of the same name is left alone, what is gone
 * already is done, and what was made meanwhile is taken too.
 */

export type PlannedLane = Lane<Entry, PlannedChange>;

/** One lane of `disable`: no failure stops the later steps, only the tag and a deletion wait for all of them. */
export async function disable(run: Run, lane: PlannedLane): Promise<void> {
  const entry = lane[0]?.owner;
  if (entry === undefined) return;
  const afresh = await lookAfresh(run, entry);
  if (!isThere(run, lane, afresh)) return;
  const failed = await carryOut(run, entry, {
    planned: lane.map(({ change }) => change),
    now: afresh.changes.filter(({ phase }) => phase === "disable"),
  });
  if (failed.length > 0) run.ledger.stop(entry, `${failed.join(", ")} failed`);
}

/** One lane of `narrow` or `leave`: a failure stops it. */
export async function narrow(run: Run, lane: PlannedLane): Promise<void> {
  const entry = lane[0]?.owner;
  if (entry === undefined || run.ledger.isStopped(entry)) return skipAll(run, lane);
  const afresh = await lookAfresh(run, entry);
  if (!isThere(run, lane, afresh)) return;
  const planned = new Set(entry.changes.map((change) => changeKey(entry.subject, change)));
  const here = new Set(lane.map(({ change }) => changeKey(entry.subject, change)));
  const now = afresh.changes.filter((change) => {
    const key = changeKey(entry.subject, change);
    return here.has(key) || (!planned.has(key) && change.phase === "narrow" && change.reach === "narrows");
  });
  const failed = await carryOut(run, entry, {
    planned: lane.map(({ change }) => change),
    now,
    stopAtFailure: true,
  });
  if (failed.length > 0) run.ledger.stop(entry, `${failed.join(", ")} failed`);
}

/** Is the subject there, and the same? If not, says so of the whole lane. */
export function isThere(
  run: Run,
  lane: PlannedLane,
  afresh: Afresh,
): afresh is Extract<Afresh, { readonly found: "same" }> {
  if (afresh.found === "same") return true;
  for (const { owner, change } of lane) {
    if (afresh.found === "gone" && owner.intent === "delete") {
      run.ledger.record(owner, change, { outcome: "done" });
      continue;
    }
    const because = afresh.found === "gone" ? `${owner.subject.name} is no longer there` : afresh.because;
    run.ledger.stop(owner, because);
    run.ledger.record(
      owner,
      change,
      run.ledger.obstacle(owner, change) ?? { outcome: "skipped", error: because },
    );
  }
  return false;
}

export interface Work {
  readonly planned: readonly PlannedChange[];
  /** What has to be done now, in its order. */
  readonly now: readonly PlannedChange[];
  readonly stopAtFailure?: boolean;
}

/** Makes what has to be done now; what was planned and is no longer needed is done. Gives the kinds that failed. */
export async function carryOut(
  run: Run,
  entry: Entry,
  { planned, now, stopAtFailure }: Work,
): Promise<readonly string[]> {
  const byKey = new Map(planned.map((change) => [changeKey(entry.subject, change), change]));
  const needed = new Set(now.map((change) => changeKey(entry.subject, change)));
  const failed: string[] = [];
  for (const change of planned) {
    if (!needed.has(changeKey(entry.subject, change))) run.ledger.record(entry, change, { outcome: "done" });
  }
  for (const change of now) {
    const known = byKey.get(changeKey(entry.subject, change));
    if (known === undefined && run.ledger.isHalted()) continue;
    const { outcome } =
      known === undefined ? await makeExtra(run, entry, change) : await make(run, entry, known);
    if (outcome !== "failed") continue;
    if (await denyOtherwise(run, entry, { change, others: now })) continue;
    failed.push(change.kind);
    if (stopAtFailure === true) run.ledger.stop(entry, `${change.kind} failed`);
  }
  return failed;
}

function skipAll(run: Run, lane: PlannedLane): void {
  for (const { owner, change } of lane) {
    const outcome = run.ledger.obstacle(owner, change);
    if (outcome !== undefined) run.ledger.record(owner, change, outcome);
  }
}
