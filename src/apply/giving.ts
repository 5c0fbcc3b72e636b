import { changeKey } from "../core/planning/causes.ts";
import type { Entry, PlannedChange } from "../core/plan.ts";
import { mayBroaden } from "../core/reach.ts";
import { lookAfresh } from "./afresh.ts";
import { inParallel } from "./pool.ts";
import type { Run } from "./run.ts";

/**
 * Before the first change that gives anything: whoever was not read afresh when something was taken is read now, so that
 * another of the same name gets nothing, nor does anybody whom somebody else denies since.
 */
export async function lookBeforeGiving(run: Run): Promise<void> {
  const entries = run.plan.entries.filter((entry) => isStillToCome(run, entry));
  await inParallel(entries, async (entry) => {
    if (run.ledger.isHalted()) return;
    const afresh = await lookAfresh(run, entry);
    if (afresh.found === "gone") run.ledger.stop(entry, `${entry.subject.name} is no longer there`);
    if (afresh.found === "unsure") run.ledger.stop(entry, afresh.because);
    if (afresh.found === "same" && afresh.isHeld) giveNothing(run, entry);
    if (afresh.found === "same" && isArmed(entry, afresh.changes))
      run.ledger.stop(entry, `somebody gave ${entry.subject.name} a password or a key meanwhile; plan again`);
  });
}

/** Would somebody come back with a credential that no plan showed? */
function isArmed({ subject, intent, changes }: Entry, now: readonly PlannedChange[]): boolean {
  if (intent !== "reactivate") return false;
  const planned = new Set(changes.map((change) => changeKey(subject, change)));
  return now.some(
    (change) =>
      (change.kind === "DeleteLoginProfile" || change.kind === "UpdateAccessKey") &&
      !planned.has(changeKey(subject, change)),
  );
}

/** What is deleted is read afresh at its deletion, and what is not there yet cannot be. */
function isStillToCome({ covered, ledger }: Run, entry: Entry): boolean {
  if (entry.id === undefined || entry.intent === "delete") return false;
  if (ledger.isStopped(entry) || ledger.wasSeen(entry)) return false;
  return entry.changes.some((change) => covered.has(change) && ledger.outcomeOf(change) === undefined);
}

/** Of somebody who was on hold before, the plan gives nothing. */
export function giveNothing({ ledger }: Run, entry: Entry): void {
  const isNews = entry.changes.some(({ reach }) => mayBroaden(reach));
  if (isNews) ledger.stop(entry, `somebody else has put a hold on ${entry.subject.name} meanwhile`);
}
