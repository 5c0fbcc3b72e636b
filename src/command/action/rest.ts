import { messageOf } from "../../core/failure.ts";
import { isRefused, type Plan } from "../../core/plan.ts";
import { fold } from "../../core/rules/names.ts";
import type { Made } from "../../github/applied.ts";
import { isPrivate } from "../../github/hand-over.ts";
import { renderPlan } from "../../render/text.ts";
import type { Ended } from "../applying.ts";
import { paintFor } from "../colors.ts";
import { livePlan } from "../live-plan.ts";
import { readingTold } from "../plan.ts";
import { type ActionPorts, readAlone } from "./ports.ts";

export interface Rest {
  /** undefined: there is no plan that could be applied. */
  readonly digest: string | undefined;
  /** The users that this apply made, and that something is left of. */
  readonly made: readonly Made[];
}

/**
 * What an apply left, planned now and shown in the log, for whoever wants to apply it as it is. undefined: nothing is
 * left, or no plan can be made.
 */
export async function restOf(ports: ActionPorts, ended: Ended): Promise<Rest | undefined> {
  // A runner gives a cancelled job some seconds, and the report is more.
  if (!isLeft(ended) || ports.stopping()) return undefined;
  try {
    const plan = await planAgain(ports);
    if (plan === undefined) return undefined;
    const isApplicable = plan.entries.length > 0 && !isRefused(plan);
    if (isApplicable) ports.terminal.out(`What is left:\n\n${renderPlan(plan, paintFor(ports.terminal))}\n`);
    return { digest: isApplicable ? plan.digest : undefined, made: madeBy(ended, plan) };
  } catch (error) {
    ports.terminal.err(`warning: what is left could not be planned: ${messageOf(error)}\n`);
    return undefined;
  }
}

/** It made them in this moment, so that whoever has the name now is who it made. */
function madeBy(ended: Ended, { entries, refused }: Plan): readonly Made[] {
  const made = new Set(
    ended.made === undefined
      ? []
      : ended.report.entries
          .filter(({ changes }) =>
            changes.some(({ kind, outcome }) => kind === "CreateUser" && outcome === "done"),
          )
          .map(({ subject }) => fold(subject.name)),
  );
  return [...entries, ...refused].flatMap(({ subject, id }) =>
    subject.type === "user" && id !== undefined && made.has(fold(subject.name))
      ? [{ user: subject.name, id }]
      : [],
  );
}

function isLeft(ended: Ended): boolean {
  if (ended.made === undefined || ended.problem !== undefined) return false;
  return ended.report.entries.some(({ changes }) => changes.some(({ outcome }) => outcome !== "done"));
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
