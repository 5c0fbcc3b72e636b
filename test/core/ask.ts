import { inOrder } from "../../src/core/order.ts";
import type { Entry, Plan, PlannedChange } from "../../src/core/plan.ts";
import type { RefusalCode } from "../../src/core/refusal.ts";
import type { Roster } from "../../src/core/roster.ts";
import type { State } from "../../src/core/state.ts";
import { planned } from "./build.ts";

/* What tests ask of a plan. */

export function plan(declared: Roster, actual: State, base?: Roster): Plan {
  return planned({ roster: declared, actual, base }).plan;
}

export function codes({ refusals }: Plan): readonly RefusalCode[] {
  return refusals.map(({ code }) => code);
}

/** The changes in the order in which they are made. */
export function steps({ entries }: Pick<Plan, "entries">): readonly PlannedChange[] {
  return inOrder<Entry, PlannedChange>(entries).map(({ change }) => change);
}

export function kinds(result: Plan): readonly string[] {
  return steps(result).map(({ kind }) => kind);
}
