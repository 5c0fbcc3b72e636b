import type { Entry } from "../core/plan.ts";
import { lookAfresh } from "./afresh.ts";
import { putsDeny } from "./deny.ts";
import { carryOut, disabling } from "./narrowing.ts";
import { inParallel } from "./pool.ts";
import type { Run } from "./run.ts";

/** So often a deny is looked for that is taken off each time. */
export const MOST_LOOKS = 3;

/**
 * Looks again at everybody who was closed, after one wait for all of them: a deny takes some seconds to hold, and in
 * that time a leaver can make a new key. What came back is closed again. Where the deny itself had been taken off, the one
 * that is put on anew takes its seconds too, so there is another wait and another look.
 */
export async function verifyClosed(run: Run, entries: readonly Entry[]): Promise<void> {
  let closed = entries;
  for (let look = 1; closed.length > 0 && !run.ledger.isHalted(); look += 1) {
    await wait(run);
    const undenied = new Set<Entry>();
    await inParallel(closed, async (entry) => {
      if (await closeAgain(run, entry)) undenied.add(entry);
    });
    closed = closed.filter((entry) => undenied.has(entry));
    if (look < MOST_LOOKS) continue;
    for (const entry of closed)
      run.ledger.stop(entry, "the deny was taken off again each time it was put on");
    return;
  }
}

async function wait({ roster, progress, clock }: Run): Promise<void> {
  const { verifyAfter } = roster.settings.offboarding;
  if (verifyAfter === 0) return;
  progress({ step: "wait", milliseconds: verifyAfter });
  await clock.sleep(verifyAfter);
}

/** Closes what is open again, and says whether the deny was put on anew. What is done counts as made beyond the plan. */
export async function closeAgain(run: Run, entry: Entry): Promise<boolean> {
  if (run.ledger.isHalted()) return false;
  const afresh = await lookAfresh(run, entry);
  if (afresh.found === "unsure") run.ledger.stop(entry, afresh.because);
  if (afresh.found !== "same") return false;
  const now = disabling(run, entry, afresh.changes);
  const failed = await carryOut(run, entry, { planned: [], now });
  if (failed.length > 0) run.ledger.stop(entry, `${failed.join(", ")} failed`);
  return now.some((change) => putsDeny(change) && !failed.includes(change.kind));
}
