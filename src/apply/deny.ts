import type { Entry, PlannedChange } from "../core/plan.ts";
import { INLINE_DENY, isDenyAll } from "../core/rules/policies.ts";
import { makeExtra, type Run } from "./run.ts";

/** A deny that could not be attached, with what else is to be taken from the same user. */
interface FailedDeny {
  readonly change: PlannedChange;
  readonly others: readonly PlannedChange[];
}

/**
 * Where AWSDenyAll cannot be attached, for whatever reason: an inline policy that denies the same; where that fails too,
 * a direct policy is taken away first, which frees the quota, and AWSDenyAll is tried again. Gives whether a deny stands.
 */
export async function denyOtherwise(
  run: Run,
  entry: Entry,
  { change, others }: FailedDeny,
): Promise<boolean> {
  if (change.kind !== "AttachUserPolicy" || !isDenyAll(change.policy) || run.ledger.isHalted()) return false;
  const { user } = change;
  const common = { reach: "narrows", phase: "disable", cause: change.cause } as const;
  const inline = await makeExtra(run, entry, { kind: "PutUserPolicy", user, ...INLINE_DENY, ...common });
  if (inline.outcome === "done") return true;
  const detach = others.find(({ kind }) => kind === "DetachUserPolicy");
  if (detach === undefined || run.ledger.isHalted()) return false;
  const detached = await makeExtra(run, entry, detach);
  if (detached.outcome !== "done" || run.ledger.isHalted()) return false;
  const again = await makeExtra(run, entry, change);
  return again.outcome === "done";
}
