import type { Plan } from "../../src/core/plan.ts";
import { parsePlanFile, type ReviewedPlan } from "../../src/core/reviewed-plan.ts";
import { renderPlanJson } from "../../src/render/json.ts";

/** The plan as `apply --plan` reads it back from the file that `plan --out` wrote. */
export function reviewOf(plan: Plan): ReviewedPlan {
  const { plan: parsed, problem } = parsePlanFile(renderPlanJson(plan, []));
  if (parsed === undefined) throw new Error(problem);
  return parsed;
}
