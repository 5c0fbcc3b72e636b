import { uniqueGrants } from "../grants.ts";
import type { Plan, PlannedChange } from "../plan.ts";
import { isEnd, type ReviewedPlan } from "../reviewed-plan.ts";
import { givenByEach, type Giving } from "./given.ts";

/**
 * What the files newly ask for, as a reviewed plan. Who approves a change of the files approves that, and not what was
 * open before (`pending`), which somebody else may have caused meanwhile.
 */
export function requestedPart({ account, digest, entries }: Plan, giving: Giving): ReviewedPlan {
  const isRequested = ({ cause }: PlannedChange): boolean => cause === "requested";
  const asked = entries.filter(({ changes }) => changes.some(isRequested));
  // At their place among all changes: what was open before may have a part in what these give.
  const given = givenByEach(entries, giving).filter(({ change }) => isRequested(change));
  return {
    account: account.id,
    digest,
    subjects: asked.map(({ subject, id, intent }) => ({
      ...subject,
      ...(id !== undefined && { id }),
      ...(isEnd(intent) && { ends: true as const }),
    })),
    grants: uniqueGrants(given.flatMap(({ grants }) => grants)),
  };
}
