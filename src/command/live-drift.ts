import { type Drift, driftOf } from "../core/drift/drift.ts";
import { livePlan, type LivePlanInput } from "./live-plan.ts";

/** Reads the account and tells how it differs from the files. Throws where anything cannot be read. */
export async function liveDrift(input: Omit<LivePlanInput, "base">): Promise<Drift> {
  const { plan, actual } = await livePlan({ ...input, base: undefined });
  return driftOf({ plan, actual, roster: input.roster, now: input.now, sha256: input.sha256 });
}
