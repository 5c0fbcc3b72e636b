import type { DraftInput } from "../core/planning/draft.ts";
import type { Plan } from "../core/plan.ts";
import type { Recipients } from "../core/planning/issuing.ts";
import type { Clock, HandOver, IamRead, IamWrite, Sealing, Sha256 } from "../core/port.ts";
import type { Progress } from "../core/report.ts";
import type { ReviewedPlan } from "../core/reviewed-plan.ts";
import type { Roster } from "../core/roster.ts";
import type { State } from "../core/state.ts";
import type { Ledger } from "./ledger.ts";
import type { Coverage } from "./reviewed.ts";

export interface Applying {
  /** Planned just now, on `actual`. */
  readonly plan: Plan;
  readonly actual: State;
  readonly roster: Roster;
  readonly base: Roster | undefined;
  /** What may run: the whole plan, or only what a reviewed plan covers. */
  readonly review: "whole" | ReviewedPlan;
  readonly read: IamRead;
  readonly write: IamWrite;
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** Who can read what is issued, by the text in the roster. */
  readonly recipients: Recipients;
  /** undefined: nothing can be issued. */
  readonly issuing: Issuing | undefined;
  readonly progress: (progress: Progress) => void;
  /** True once the user asked to stop: nothing new is begun, and the report is still given. */
  readonly stopping: () => boolean;
}

/** What it takes to make a credential that nobody but its recipients can read, and to hand it over. */
export interface Issuing {
  readonly sealing: Sealing;
  readonly handOver: HandOver;
}

export interface Run extends Applying, Coverage {
  readonly ledger: Ledger;
}

/** What it takes to ask afresh what the files want of somebody. */
export function drafting({ roster, base, actual, recipients, clock }: Run): DraftInput {
  return { roster, base, actual, recipients, now: clock.now() };
}
