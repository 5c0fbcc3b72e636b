import { changeKey } from "../core/planning/causes.ts";
import type { Lane } from "../core/order.ts";
import type { Entry, PlannedChange } from "../core/plan.ts";
import { mayBroaden, reach } from "../core/reach.ts";
import { denyOtherwise, putsDeny } from "./deny.ts";
import { type Afresh, lookAfresh } from "./afresh.ts";
import { giveNothing } from "./giving.ts";
import { make, makeExtra } from "./make.ts";
import type { Run } from "./run.ts";

/*
 * Lanes that take something away. The subject is read afresh first: another of the same name is left alone, what is gone
 * already is done, and what was made meanwhile is taken too.
 */

export type PlannedLane = Lane<Entry, PlannedChange>;

/** One lane of `disable`: no failure stops the later steps, only the tag and a deletion wait for all of them. */
export async function disable(run: Run, lane: PlannedLane): Promise<void> {
  const entry = lane[0]?.owner;
  if (entry === undefined || run.ledger.isHalted()) return leaveOut(run, lane);
  const afresh = await lookAfresh(run, entry);
  if (!isThere(run, lane, afresh)) return;
  const planned = lane.map(({ change }) => change);
  const failed = await carryOut(run, entry, { planned, now: disabling(run, entry, afresh.changes) });
  if (failed.length > 0) run.ledger.stop(entry, `${failed.join(", ")} failed`);
}

/** What of these changes, drafted afresh, closes the user. */
export function disabling(
  run: Run,
  entry: Entry,
  changes: readonly PlannedChange[],
): readonly PlannedChange[] {
  return changes.filter((change) => change.phase === "disable" && mayRun(run, entry, change));
}

/** Is the change, drafted afresh, one that the plan did not have, or that the review covers? */
export function mayRun({ covered }: Run, { subject, changes }: Entry, change: PlannedChange): boolean {
  const key = changeKey(subject, change);
  return changes.every((planned) => covered.has(planned) || changeKey(subject, planned) !== key);
}

/** One lane of `narrow` or `leave`: a failure stops it. */
export async function narrow(run: Run, lane: PlannedLane): Promise<void> {
  const entry = lane[0]?.owner;
  if (entry === undefined || run.ledger.isStopped(entry) || run.ledger.isHalted()) return leaveOut(run, lane);
  const afresh = await lookAfresh(run, entry);
  if (!isThere(run, lane, afresh)) return;
  const planned = new Set(entry.changes.map((change) => changeKey(entry.subject, change)));
  const here = new Set(lane.map(({ change }) => changeKey(entry.subject, change)));
  const now = afresh.changes.filter((change) => {
    const key = changeKey(entry.subject, change);
    return here.has(key) || (!planned.has(key) && change.phase === "narrow" && change.reach === "narrows");
  });
  const work = { planned: lane.map(({ change }) => change), now, stopAtFailure: true };
  const failed = await carryOut(run, entry, work);
  if (failed.length > 0) run.ledger.stop(entry, `${failed.join(", ")} failed`);
  if (afresh.isHeld) giveNothing(run, entry);
}

/** Is the subject there, and the same? If not, says so of the whole lane; of a whole deletion, where all is gone. */
export function isThere(
  run: Run,
  lane: PlannedLane,
  afresh: Afresh,
): afresh is Extract<Afresh, { readonly found: "same" }> {
  if (afresh.found === "same") return true;
  const entry = lane[0]?.owner;
  if (entry === undefined) return false;
  if (afresh.found === "gone" && entry.intent === "delete") {
    for (const change of entry.changes) {
      const isOpen = run.covered.has(change) && run.ledger.outcomeOf(change) === undefined;
      if (isOpen) run.ledger.record(entry, change, { outcome: "done" });
    }
    return false;
  }
  run.ledger.stop(
    entry,
    afresh.found === "gone" ? `${entry.subject.name} is no longer there` : afresh.because,
  );
  leaveOut(run, lane);
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
  { planned, now, stopAtFailure = false }: Work,
): Promise<readonly string[]> {
  const byKey = new Map(planned.map((change) => [changeKey(entry.subject, change), change]));
  const needed = new Set(now.map((change) => changeKey(entry.subject, change)));
  const failed: string[] = [];
  let isOpen = false;
  for (const change of planned) {
    if (!needed.has(changeKey(entry.subject, change))) run.ledger.record(entry, change, { outcome: "done" });
  }
  for (const change of now) {
    const known = byKey.get(changeKey(entry.subject, change));
    // What was planned is told of even then; the rest must not go on, least of all with lifting a deny.
    if (known === undefined && (run.ledger.isHalted() || (stopAtFailure && failed.length > 0))) continue;
    // Under a deny it takes nothing away that denies; without one it would give.
    if (isOpen && mayBroaden(reach(change, run.actual))) {
      const error = "no deny stands, and this may be what denies";
      if (known !== undefined) run.ledger.record(entry, known, { outcome: "skipped", error });
      continue;
    }
    const { outcome } =
      known === undefined ? await makeExtra(run, entry, change) : await make(run, entry, known);
    if (outcome !== "failed") continue;
    if (await denyOtherwise(run, entry, { change, all: now })) continue;
    isOpen ||= putsDeny(change);
    failed.push(change.kind);
    if (stopAtFailure) run.ledger.stop(entry, `${change.kind} failed`);
  }
  return failed;
}

/** Says of the whole lane why it is not begun. */
export function leaveOut(run: Run, lane: PlannedLane): void {
  for (const { owner, change } of lane) {
    const outcome = run.ledger.obstacle(owner, change);
    run.ledger.record(owner, change, outcome ?? { outcome: "skipped", error: "what comes before it failed" });
  }
}
