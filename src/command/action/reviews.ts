import { noReview, parsePlanFile, type ReviewedPlan, unionOf } from "../../core/reviewed-plan.ts";
import { fold } from "../../core/rules/names.ts";
import { type Since, sinceLastApply } from "../../github/applied.ts";
import type { CheckRun } from "../../github/checks.ts";
import type { Sha } from "../../github/commits.ts";
import { mergedWith, type MergedPull } from "../../github/pulls.ts";
import { keptPlan } from "../../github/reviewed-plan.ts";
import type { Letter } from "../../core/port.ts";
import type { ActionPorts } from "./ports.ts";

/* What was reviewed since the last apply that did all of it: the plans of the pull requests that were merged. */

export interface Reviews {
  readonly since: Since;
  /** The merged pull requests, the newest first. */
  readonly pulls: readonly MergedPull[];
  /** What was reviewed in each of them that has a plan. */
  readonly plans: readonly PullPlan[];
}

interface PullPlan {
  readonly pull: number;
  readonly plan: ReviewedPlan;
}

export async function gatherReviews(
  ports: ActionPorts,
  {
    branch,
    before,
    own,
  }: { readonly branch: string; readonly before: Sha | undefined; readonly own: CheckRun },
): Promise<Reviews> {
  const { repository, commit, root, terminal } = ports;
  const since = await sinceLastApply(repository, { roster: root, tip: commit, before, own });
  const pulls = await mergedWith(repository, since.commits, branch);
  const plans: PullPlan[] = [];
  for (const { number, head, isFork } of pulls) {
    const file = isFork
      ? undefined
      : await keptPlan(repository, { ...ports, roster: root, commit: head, pull: number }, own.app);
    if (file === undefined) {
      terminal.err(`#${number} has no reviewed plan: what it asks for is left, and told below.\n`);
      continue;
    }
    const { plan, problem } = parsePlanFile(file);
    if (plan === undefined) throw new Error(`the reviewed plan of #${number} ${problem}`);
    plans.push({ pull: number, plan });
  }
  return { since, pulls, plans };
}

/** All that was reviewed, the oldest first. Throws where it was reviewed for more than one account. */
export function joined({ plans }: Reviews, account: string): ReviewedPlan {
  const other = plans.find(({ plan }) => plan.account !== account);
  if (other !== undefined) {
    throw new Error(
      `#${other.pull} was reviewed for account ${other.plan.account}, and roster.yaml is for ${account} now.\nPlan again, and apply that by dispatch with its digest.`,
    );
  }
  const [oldest, ...newer] = plans.toReversed().map(({ plan }) => plan);
  return oldest === undefined ? noReview(account) : unionOf([oldest, ...newer]);
}

/** The pull request in which this credential was reviewed, else the newest; undefined: there is none. */
export function pullOf(
  { plans, pulls }: Reviews,
  { user, what }: Pick<Letter, "user" | "what">,
): number | undefined {
  const asking = plans.find(({ plan }) =>
    plan.grants.some(
      (grant) => "credential" in grant && grant.credential === what && fold(grant.user) === fold(user),
    ),
  );
  return asking?.pull ?? pulls[0]?.number;
}
