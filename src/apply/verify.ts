import type { Entry } from "../core/plan.ts";
import { lookAfresh } from "./afresh.ts";
import { carryOut, disabling } from "./narrowing.ts";
import { inParallel } from "./pool.ts";
import type { Run } from "./run.ts";

/**
 * Looks again at everybody who was closed, after one wait for all of them: a deny takes some seconds to hold, and in
 * that time a leaver can make a new key. What came back is closed again.
 */
export async function verifyClosed(run: Run, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0 || run.ledger.isHalted()) return;
  const { verifyAfter } = run.roster.settings.offboarding;
  if (verifyAfter > 0) {
    run.progress({ step: "wait", milliseconds: verifyAfter });
    await run.clock.sleep(verifyAfter);
  }
  await inParallel(entries, (entry) => closeAgain(run, entry));
}

/** Closes what is open again. What is done counts as made beyond the plan. */
export async function closeAgain(run: Run, entry: Entry): Promise<void> {
  if (run.ledger.isHalted()) return;
  const afresh = await lookAfresh(run, entry);
  if (afresh.found === "gone") return;
  if (afresh.found === "unsure") return run.ledger.stop(entry, afresh.because);
  const failed = await carryOut(run, entry, { planned: [], now: disabling(run, entry, afresh.changes) });
  if (failed.length > 0) run.ledger.stop(entry, `${failed.join(", ")} failed`);
}
