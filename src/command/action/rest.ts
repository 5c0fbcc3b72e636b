import { messageOf } from "../../core/failure.ts";
import { isRefused, type Plan } from "../../core/plan.ts";
import { isPrivate } from "../../github/hand-over.ts";
import { renderPlan } from "../../render/text.ts";
import type { Ended } from "../applying.ts";
import { paintFor } from "../colors.ts";
import { livePlan } from "../live-plan.ts";
import { readingTold } from "../plan.ts";
import { unfinished } from "./left.ts";
import { type ActionPorts, readAlone } from "./ports.ts";

/**
 * What an apply left, planned now and shown in the log, for whoever wants to apply it as it is: the digest of that plan.
 * undefined: nothing is left, or no plan can be made that could be applied.
 */
export async function digestOfRest(ports: ActionPorts, ended: Ended): Promise<string | undefined> {
  // A runner gives a cancelled job some seconds, and the report is more.
  if (unfinished(ended).length === 0 || ports.stopping()) return undefined;
  try {
    const plan = await planAgain(ports);
    if (plan === undefined || plan.entries.length === 0 || isRefused(plan)) return undefined;
    ports.terminal.out(`What is left:\n\n${renderPlan(plan, paintFor(ports.terminal))}\n`);
    return plan.digest;
  } catch (error) {
    ports.terminal.err(`warning: what is left could not be planned: ${messageOf(error)}\n`);
    return undefined;
  }
}

async function planAgain(ports: ActionPorts): Promise<Plan | undefined> {
  const rosters = await readAlone(ports);
  if (rosters.roster === undefined) return undefined;
  const { read } = await ports.openAccount();
  const { plan } = await livePlan({
    ...ports,
    ...rosters,
    read,
    now: ports.clock.now(),
    inPublic: !(await isPrivate(ports.repository)),
    fresh: false,
    reading: readingTold(ports.terminal),
  });
  return plan;
}
