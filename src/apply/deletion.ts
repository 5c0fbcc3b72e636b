import { isAnswer } from "../core/failure.ts";
import type { Entry, PlannedChange } from "../core/plan.ts";
import type { Outcome } from "../core/report.ts";
import { lookAfresh } from "./afresh.ts";
import { carryOut, isThere, leaveOut, mayRun, type PlannedLane } from "./narrowing.ts";
import { outcomeOf, tryToMake } from "./make.ts";
import type { Run } from "./run.ts";
import { closeAgain } from "./verify.ts";

/** One lane of `delete`: what came back meanwhile is closed first, then every child goes, and the subject last. */
export async function deleteSubject(run: Run, lane: PlannedLane): Promise<void> {
  const entry = lane[0]?.owner;
  if (entry === undefined || run.ledger.isStopped(entry) || run.ledger.isHalted()) return leaveOut(run, lane);
  const afresh = await lookAfresh(run, entry);
  if (!isThere(run, lane, afresh)) return;
  const planned = lane.map(({ change }) => change);
  const last = planned.at(-1);
  const children = planned.slice(0, -1);
  const now = entry.subject.type === "group" ? children : childrenOf(run, entry, afresh.changes);
  const failed = await carryOut(run, entry, { planned: children, now, stopAtFailure: true });
  if (last === undefined) return;
  if (failed.length > 0) return leaveOut(run, lane.slice(-1));
  const outcome = run.ledger.obstacle(entry, last) ?? (await deleteAtLast(run, entry, last));
  run.ledger.record(entry, last, outcome);
  // Its deny went just before, so whoever cannot be deleted after all is closed again.
  if (outcome.outcome === "failed" && last.kind === "DeleteUser") await closeAgain(run, entry);
}

function childrenOf(run: Run, entry: Entry, changes: readonly PlannedChange[]): readonly PlannedChange[] {
  return changes.filter((change) => !LAST.has(change.kind) && mayRun(run, entry, change));
}

const LAST: ReadonlySet<PlannedChange["kind"]> = new Set<PlannedChange["kind"]>(["DeleteUser", "TagUser"]);

/** Where something still hangs on the user, everything is listed once more; whoever is gone already may have another name. */
async function deleteAtLast(run: Run, entry: Entry, last: PlannedChange): Promise<Outcome> {
  const failure = await tryToMake(run, entry, last);
  if (isAnswer(failure, "NoSuchEntity")) {
    const afresh = await lookAfresh(run, entry);
    if (afresh.found === "gone") return { outcome: "done" };
    return afresh.found === "same" ? outcomeOf(failure) : { outcome: "failed", error: afresh.because };
  }
  if (!isAnswer(failure, "DeleteConflict") || last.kind !== "DeleteUser") return outcomeOf(failure);
  const afresh = await lookAfresh(run, entry);
  if (afresh.found !== "same") return outcomeOf(failure);
  const now = childrenOf(run, entry, afresh.changes);
  const failed = await carryOut(run, entry, { planned: [], now, stopAtFailure: true });
  return failed.length > 0 ? outcomeOf(failure) : outcomeOf(await tryToMake(run, entry, last));
}
