import type { Entry, PlannedChange } from "../core/plan.ts";
import { lookAfresh } from "./afresh.ts";
import { carryOut, isThere, type PlannedLane } from "./narrowing.ts";
import { makeExtra, type Run, written } from "./run.ts";

/** One lane of `delete`: what came back meanwhile is closed first, then every child goes, and the subject last. */
export async function deleteSubject(run: Run, lane: PlannedLane): Promise<void> {
  const entry = lane[0]?.owner;
  if (entry === undefined) return;
  if (run.ledger.isStopped(entry) || run.ledger.isHalted()) return leaveOut(run, lane);
  const afresh = await lookAfresh(run, entry);
  if (!isThere(run, lane, afresh)) return;
  const planned = lane.map(({ change }) => change);
  const last = planned.at(-1);
  const children = planned.slice(0, -1);
  const now = entry.subject.type === "group" ? children : afresh.changes.filter((change) => !isLast(change));
  const failed = await carryOut(run, entry, { planned: children, now, stopAtFailure: true });
  if (last === undefined) return;
  if (failed.length > 0) return leaveOut(run, lane.slice(-1));
  await deleteAtLast(run, entry, last);
}

function isLast({ kind }: PlannedChange): boolean {
  return kind === "DeleteUser" || kind === "DeleteGroup" || kind === "TagUser";
}

/** Where something still hangs on the user, everything is listed once more. */
async function deleteAtLast(run: Run, entry: Entry, last: PlannedChange): Promise<void> {
  const obstacle = run.ledger.obstacle(entry, last);
  const outcome = obstacle ?? (await written(run, entry, last));
  if (outcome.outcome !== "failed" || last.kind !== "DeleteUser")
    return run.ledger.record(entry, last, outcome);
  const afresh = await lookAfresh(run, entry);
  const left = afresh.found === "same" ? afresh.changes.filter((change) => !isLast(change)) : [];
  if (left.length === 0) return run.ledger.record(entry, last, outcome);
  for (const change of left) await makeExtra(run, entry, change);
  run.ledger.record(entry, last, await written(run, entry, last));
}

function leaveOut(run: Run, lane: PlannedLane): void {
  for (const { owner, change } of lane) {
    const outcome = run.ledger.obstacle(owner, change);
    run.ledger.record(owner, change, outcome ?? { outcome: "skipped", error: "what comes before it failed" });
  }
}
