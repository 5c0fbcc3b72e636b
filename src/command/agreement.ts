import { isRefused, type Plan } from "../core/plan.ts";
import type { Terminal } from "../core/port.ts";
import { parsePlanFile, type ReviewedPlan } from "../core/reviewed-plan.ts";

/*
 * What a person has agreed to: a reviewed plan in a file, a plan by its digest, whatever comes (`--yes`), or what was
 * shown just now.
 */

export interface PlanFile {
  readonly name: string;
  readonly read: () => Promise<string>;
}

/** A reviewed plan, and the name of its file. */
export interface Reviewed {
  readonly name: string;
  readonly plan: ReviewedPlan;
}

export async function readReviewed({ name, read }: PlanFile): Promise<Reviewed> {
  const { plan, problem } = parsePlanFile(await read());
  if (plan === undefined) throw new Error(`${name} ${problem}`);
  return { name, plan };
}

export interface Agreement {
  readonly reviewed: Reviewed | undefined;
  readonly digest: string | undefined;
  readonly yes: boolean;
  readonly ask: Terminal["ask"];
  /** True once the user asked to stop. */
  readonly stopping: () => boolean;
}

/** Why the plan is not applied, in words for a person; undefined where it may be. */
export async function objection(plan: Plan, agreement: Agreement): Promise<string | undefined> {
  const { reviewed, digest, stopping } = agreement;
  if (reviewed !== undefined && reviewed.plan.account !== plan.account.id) {
    return `${reviewed.name} is a plan for account ${reviewed.plan.account}; this is account ${plan.account.id}.`;
  }
  if (isRefused(plan)) return "The plan is refused, so nothing was applied.";
  if (plan.entries.length === 0) return undefined;
  if (digest !== undefined && digest !== plan.digest) {
    return `This is not the plan that was agreed to, so nothing was applied.\nagreed to: ${digest}\nnow:       ${plan.digest}`;
  }
  const agreed = agreement.yes || digest !== undefined || reviewed !== undefined;
  const refused = agreed ? undefined : await askedInVain(agreement.ask);
  return stopping() ? "Stopped before the first change." : refused;
}

async function askedInVain(ask: Terminal["ask"]): Promise<string | undefined> {
  if (ask === undefined) {
    return "Nobody can be asked here, so nothing was applied: agree with --yes, --plan FILE or --digest SHA.";
  }
  const answer = await ask("Apply these changes? Only yes is accepted: ");
  return answer.trim() === "yes" ? undefined : "Not agreed to, so nothing was applied.";
}
