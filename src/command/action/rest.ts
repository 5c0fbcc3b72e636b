import type { Plan } from "../../core/plan.ts";
import { isRefused } from "../../core/plan.ts";
import type { Sha } from "../../github/commits.ts";
import { isPrivate } from "../../github/hand-over.ts";
import { renderPlan } from "../../render/text.ts";
import type { Ended } from "../applying.ts";
import { paintFor } from "../colors.ts";
import { livePlan } from "../live-plan.ts";
import { readingTold } from "../plan.ts";
import { type ActionPorts, readAt } from "./ports.ts";

/**
 * The digest of what an apply left, planned now and shown in the log, for whoever wants to apply it as it is. undefined:
 * nothing is left, there is no plan that could be applied, or none can be made, and why is told elsewhere.
 */
export async function restOf(
  ports: ActionPorts,
  base: Sha | undefined,
  ended: Ended,
): Promise<string | undefined> {
  // A runner gives a cancelled job some seconds, and the report is more.
  if (!isLeft(ended) || ports.stopping()) return undefined;
  try {
    const plan = await planAgain(ports, base);
    if (plan === undefined || plan.entries.length === 0 || isRefused(plan)) return undefined;
    ports.terminal.out(`What is left:\n\n${renderPlan(plan, paintFor(ports.terminal))}\n`);
    return plan.digest;
  } catch {
    return undefined;
  }
}

function isLeft(ended: Ended): boolean {
  if (ended.made === undefined || ended.problem !== undefined) return false;
  return ended.report.entries.some(({ changes }) => changes.some(({ outcome }) => outcome !== "done"));
}

async function planAgain(ports: ActionPorts, base: Sha | undefined): Promise<Plan | undefined> {
  const rosters = await readAt(ports, base);
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
