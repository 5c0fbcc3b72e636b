import type { Entry } from "../core/plan.ts";
import { lookAfresh } from "./afresh.ts";
import { putsDeny } from "./deny.ts";
import { carryOut, disabling } from "./narrowing.ts";
import { inParallel } from "./pool.ts";
import type { Run } from "./run.ts";

/** A run that is to stop has some seconds left for its report, so it notices that within so many milliseconds. */
const SLICE = 500;

/** So often a deny is looked for that is taken off each time. */
export const MOST_LOOKS = 3;

/**
 * Looks again at everybody who was closed, after one wait for all of them: a deny takes some seconds to hold, and in
 * that time a leaver can make a new key. What came back is closed again. Where the deny itself had been taken off, the one
 * that is put on anew takes its seconds too, so there is another wait and another look. Where the run is stopped meanwhile,
 * nobody is looked at any more, and the ledger says so.
 */
export async function verifyClosed(run: Run, entries: readonly Entry[]): Promise<void> {
  let closed = entries;
  for (let look = 1; closed.length > 0; look += 1) {
    await wait(run);
    const undenied = new Set<Entry>();
    await inParallel(closed, async (entry) => {
      if (await closeAgain(run, entry)) undenied.add(entry);
    });
    closed = closed.filter((entry) => undenied.has(entry));
    if (look < MOST_LOOKS) continue;
    for (const entry of closed)
      run.ledger.doubt(entry, "the deny was taken off again each time it was put on");
    return;
  }
}

async function wait({ roster, progress, clock, ledger }: Run): Promise<void> {
  const { verifyAfter } = roster.settings.offboarding;
  if (verifyAfter === 0 || ledger.isHalted()) return;
  progress({ step: "wait", milliseconds: verifyAfter });
  for (let left = verifyAfter; left > 0 && !ledger.isHalted(); left -= SLICE)
    await clock.sleep(Math.min(left, SLICE));
}

/**
 * Closes what is open again, and says whether the deny was put on anew. What is done counts as made beyond the plan; where
 * it is not known to be all, the ledger says so.
 */
export async function closeAgain(run: Run, entry: Entry): Promise<boolean> {
  const { ledger } = run;
  if (isCut(run, entry)) return false;
  const afresh = await lookAfresh(run, entry);
  if (afresh.found === "unsure") ledger.doubt(entry, afresh.because);
  if (afresh.found !== "same") return false;
  const now = disabling(run, entry, afresh.changes);
  const failed = await carryOut(run, entry, { planned: [], now });
  if (failed.length > 0) ledger.stop(entry, `${failed.join(", ")} failed`);
  if (now.length > 0 && isCut(run, entry)) return false;
  return now.some((change) => putsDeny(change) && !failed.includes(change.kind));
}

/** Does the run go on no longer, so that nobody makes sure of the entry? */
function isCut({ ledger }: Run, entry: Entry): boolean {
  const because = ledger.haltedBy();
  if (because !== undefined) ledger.doubt(entry, because);
  return because !== undefined;
}
