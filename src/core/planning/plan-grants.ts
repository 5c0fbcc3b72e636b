import type { Grant } from "../grant.ts";
import { grantsOf, uniqueGrants } from "../grants.ts";
import { inOrder } from "../order.ts";
import type { Entry, Plan, PlannedChange } from "../plan.ts";
import type { Sha256 } from "../port.ts";
import { mayBroaden } from "../reach.ts";
import type { ReviewedPlan } from "../reviewed-plan.ts";
import { simulator } from "../simulate/simulate.ts";
import type { Instant, State } from "../state.ts";

export interface Granting {
  /** The account on which the entries were planned. */
  readonly actual: State;
  readonly now: Instant;
  readonly sha256: Sha256;
}

/** What the changes newly give, each at its place among all of them; of `counts`, only those. */
export function planGrants(
  entries: readonly Entry[],
  { actual, now, sha256 }: Granting,
  counts: (change: PlannedChange) => boolean = () => true,
): readonly Grant[] {
  if (entries.length === 0) return [];
  const before = simulator(actual);
  const grants = inOrder<Entry, PlannedChange>(entries).flatMap(({ change }) => {
    const given = counts(change) && mayBroaden(change.reach) ? grantsOf(change, { before, sha256 }) : [];
    before.apply(change, now);
    return given;
  });
  return uniqueGrants(grants);
}

/**
 * What the files newly ask for, as a reviewed plan. Who approves a change of the files approves that, and not what was
 * open before (`pending`), which somebody else may have caused meanwhile.
 */
export function requestedPart({ account, digest, entries }: Plan, granting: Granting): ReviewedPlan {
  const isRequested = ({ cause }: PlannedChange): boolean => cause === "requested";
  const asked = entries.filter(({ changes }) => changes.some(isRequested));
  return {
    account: account.id,
    digest,
    subjects: asked.map(({ subject, id }) => ({ ...subject, ...(id !== undefined && { id }) })),
    grants: planGrants(entries, granting, isRequested),
  };
}
