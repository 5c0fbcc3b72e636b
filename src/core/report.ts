import type { Subject } from "./change.ts";
import type { Grant } from "./grant.ts";
import type { Entry, PlannedChange } from "./plan.ts";

/*
 * What became of a plan: the same entries, each change with its outcome. Written whatever happens.
 */

export type Outcome =
  | { readonly outcome: "done" }
  | { readonly outcome: "failed"; readonly error: string }
  /** `error` says because of what. */
  | { readonly outcome: "skipped"; readonly error: string }
  /** `unreviewed`: what it would give that the review does not have; empty where nothing of its subject was reviewed. */
  | { readonly outcome: "not-reviewed"; readonly unreviewed: readonly Grant[] }
  | { readonly outcome: "not-tried"; readonly error: string };

export type AppliedChange = PlannedChange & Outcome;

export interface AppliedEntry extends Omit<Entry, "id" | "changes"> {
  /** The unique id; of what was created in this run, the one that it got. undefined: it is not there. */
  readonly id: string | undefined;
  readonly changes: readonly AppliedChange[];
  /** Changes made beyond the plan: a credential that came back and was closed again, a fallback that was needed. */
  readonly extra: readonly AppliedChange[];
  /** What the world is like now, where not everything was done or made sure of; undefined when all was. */
  readonly problem: string | undefined;
  /** Why nobody made sure that who was closed stayed so; `problem` tells it. undefined: somebody did, or had not to. */
  readonly doubt?: string | undefined;
}

export interface Report {
  readonly digest: string;
  readonly entries: readonly AppliedEntry[];
}

/** Nothing failed, was skipped, not tried or is in doubt, and nothing that was asked for is left for want of a review. */
export function isComplete({ entries }: Report): boolean {
  return entries.every(
    ({ changes, extra, doubt }) => changes.every(isSettled) && extra.every(isDone) && doubt === undefined,
  );
}

/** All of it was done, and nobody doubts it. */
export function isFinished({ changes, extra, doubt }: AppliedEntry): boolean {
  return [...changes, ...extra].every(isDone) && doubt === undefined;
}

function isDone({ outcome }: AppliedChange): boolean {
  return outcome === "done";
}

function isSettled({ outcome, cause }: AppliedChange): boolean {
  return outcome === "done" || (outcome === "not-reviewed" && cause !== "requested");
}

/** What apply tells while it runs. */
export type Progress =
  /** A change has ended; `done` counts all that have, of `of`. */
  | {
      readonly step: "change";
      readonly subject: Subject;
      readonly change: AppliedChange;
      readonly done: number;
      readonly of: number;
    }
  /** Before those who were closed are looked at again. */
  | { readonly step: "wait"; readonly milliseconds: number };
