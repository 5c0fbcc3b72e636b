import { type Phase, schedule } from "../core/order.ts";
import type { Entry, PlannedChange } from "../core/plan.ts";
import type { AppliedEntry, Report } from "../core/report.ts";
import { problemOf } from "./aftermath.ts";
import { deleteSubject } from "./deletion.ts";
import { lookBeforeGiving } from "./giving.ts";
import { createLedger } from "./ledger.ts";
import { disable, narrow, type PlannedLane } from "./narrowing.ts";
import { inParallel } from "./pool.ts";
import { reviewedChanges } from "./reviewed.ts";
import { make } from "./make.ts";
import type { Applying, Run } from "./run.ts";
import { verifyClosed } from "./verify.ts";

/**
 * Makes the reviewed part of a plan, phase by phase, its lanes side by side. Never throws for a change that fails: every
 * change ends with an outcome, and the report is given whatever happens.
 */
export async function apply(applying: Applying): Promise<Report> {
  const { plan, progress, stopping, clock } = applying;
  const reviewed = reviewedChanges({ ...applying, now: clock.now() });
  const { covered } = reviewed;
  const ledger = createLedger({ of: covered.size, progress, stopping });
  const run: Run = { ...applying, ...reviewed, ledger };
  const phases = schedule<Entry, PlannedChange>(plan.entries);
  for (const { phase, lanes } of phases) {
    if (phase === "prepare") await lookBeforeGiving(run);
    const running = lanes
      .map((lane) =>
        lane.filter(({ change }) => covered.has(change) && ledger.outcomeOf(change) === undefined),
      )
      .filter((lane) => lane.length > 0);
    await inParallel(running, (lane) => LANE[phase](run, lane));
    if (phase === "disable") await verifyClosed(run, closing(run));
  }
  return { digest: plan.digest, entries: plan.entries.map((entry) => applied(run, entry)) };
}

/** Whoever is closed in this run, or was found closed and is marked as such: that has to be true when it is written. */
function closing({ plan, covered }: Run): readonly Entry[] {
  return plan.entries.filter(({ changes }) =>
    changes.some((change) => covered.has(change) && (change.phase === "disable" || change.phase === "mark")),
  );
}

const LANE: Readonly<Record<Phase, (run: Run, lane: PlannedLane) => Promise<void>>> = {
  disable,
  mark: inTurn,
  narrow,
  leave: narrow,
  prepare: inTurn,
  "broaden-groups": inTurn,
  "broaden-users": inTurn,
  issue: inTurn,
  lift: inTurn,
  unlock: inTurn,
  delete: deleteSubject,
};

/** One change after the other; one that fails stops those of its entry that come after it, in this phase and later. */
async function inTurn(run: Run, lane: PlannedLane): Promise<void> {
  for (const { owner, change } of lane) {
    const { outcome } = await make(run, owner, change);
    if (outcome === "failed") run.ledger.stop(owner, `${change.kind} failed`);
  }
}

function applied(run: Run, entry: Entry): AppliedEntry {
  const changes = entry.changes.map((change) => {
    const outcome = run.ledger.outcomeOf(change);
    if (outcome !== undefined) return { ...change, ...outcome };
    if (!run.covered.has(change))
      return {
        ...change,
        outcome: "not-reviewed" as const,
        unreviewed: run.unreviewed.get(change) ?? [],
      };
    return { ...change, outcome: "not-tried" as const, error: "the run ended before it" };
  });
  const extra = run.ledger.extraOf(entry);
  const history = run.ledger.historyOf(entry);
  const doubt = run.ledger.doubtOf(entry);
  const id = entry.id ?? run.ledger.createdId(entry);
  const problem = problemOf(entry, { changes, extra, history, doubt });
  return { ...entry, id, changes, extra, problem, doubt };
}
