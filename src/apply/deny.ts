import type { Change } from "../core/change.ts";
import type { Entry, PlannedChange } from "../core/plan.ts";
import { denyAllArn, INLINE_DENY, isDenyAll } from "../core/rules/policies.ts";
import { makeExtra } from "./make.ts";
import type { Run } from "./run.ts";

/** Does the change put a deny over everything on a user? */
export function putsDeny(change: Change): boolean {
  if (change.kind === "AttachUserPolicy") return isDenyAll(change.policy);
  return change.kind === "PutUserPolicy" && change.name === INLINE_DENY.name;
}

/** Does the change take it away? */
export function liftsDeny(change: Change): boolean {
  if (change.kind === "DetachUserPolicy") return isDenyAll(change.policy);
  return change.kind === "DeleteUserPolicy" && change.name === INLINE_DENY.name;
}

/** A deny that could not be put on, with all that is to be done to the same user, in its order. */
interface FailedDeny {
  readonly change: PlannedChange;
  readonly all: readonly PlannedChange[];
}

/**
 * Where a deny cannot be put on, for whatever reason: for AWSDenyAll an inline policy that denies the same; where that
 * fails too, a direct policy is taken away first, which frees the quota, and AWSDenyAll is tried (again). Gives whether a
 * deny stands.
 */
export async function denyOtherwise(run: Run, entry: Entry, { change, all }: FailedDeny): Promise<boolean> {
  if (!putsDeny(change) || !("user" in change)) return false;
  const { user } = change;
  const common = { reach: "narrows", phase: "disable", cause: change.cause } as const;
  const isMade = async (extra: PlannedChange): Promise<boolean> =>
    !run.ledger.isHalted() && (await makeExtra(run, entry, extra)).outcome === "done";
  const inline: PlannedChange = { kind: "PutUserPolicy", user, ...INLINE_DENY, ...common };
  if (change.kind === "AttachUserPolicy" && (await isMade(inline))) return true;
  const detach = all.slice(all.indexOf(change) + 1).find(({ kind }) => kind === "DetachUserPolicy");
  if (detach === undefined || !(await isMade(detach))) return false;
  const policy = denyAllArn(run.actual.account.partition);
  return isMade({ kind: "AttachUserPolicy", user, policy, ...common });
}
