import {
  noReview,
  parsePlanFile,
  type ReviewedPlan,
  type ReviewedSubject,
  unionOf,
} from "../../core/reviewed-plan.ts";
import { fold } from "../../core/rules/names.ts";
import { type Since, sinceLastApply, subjectName } from "../../github/applied.ts";
import type { CheckRun } from "../../github/checks.ts";
import { type Sha, tipOf } from "../../github/commits.ts";
import { mergedWith, type MergedPull } from "../../github/pulls.ts";
import { BrokenPlan, keptPlan } from "../../github/reviewed-plan.ts";
import type { Letter } from "../../core/port.ts";
import { type Phrase, plain, say, verbatim } from "../../render/phrase.ts";
import type { ActionPorts } from "./ports.ts";

/* What was reviewed since the last apply that did all of it: the plans of the pull requests that were merged. */

export interface Reviews {
  readonly since: Since;
  /** The merged pull requests, the newest first. */
  readonly pulls: readonly MergedPull[];
  /** What was reviewed in each of them that has a plan. */
  readonly plans: readonly PullPlan[];
  /** The others, and why nothing that they ask for counts as reviewed. */
  readonly unplanned: readonly Unplanned[];
  /** The commits that came without a pull request. */
  readonly pushed: readonly Sha[];
}

interface PullPlan {
  readonly pull: number;
  readonly merge: Sha;
  readonly plan: ReviewedPlan;
}

/** What came into the branch, and of which nothing counts as reviewed. */
export interface Unplanned {
  /** `#7`, or a commit. */
  readonly what: string;
  /** `it comes from a fork` */
  readonly why: Phrase;
}

interface Gathering {
  readonly branch: string;
  readonly before: Sha | undefined;
  /** The run was started by hand, some time after the push. */
  readonly digest: string | undefined;
  readonly own: CheckRun;
}

export async function gatherReviews(
  ports: ActionPorts,
  { branch, before, digest, own }: Gathering,
): Promise<Reviews> {
  const { repository, commit, root, terminal } = ports;
  const newest = await tipOf(repository, branch);
  const since = await sinceLastApply(repository, { roster: root, tip: commit, newest, before, own });
  const { pulls, pushed } = await mergedWith(repository, since.commits, {
    branch,
    isFresh: digest === undefined,
  });
  const plans: PullPlan[] = [];
  const unplanned: Unplanned[] = [];
  for (const pull of pulls) {
    const plan = await planOf(ports, pull, own.app);
    if ("grants" in plan) plans.push({ pull: pull.number, merge: pull.merge, plan });
    else {
      terminal.err(`#${pull.number} was not reviewed with a plan of this roster: ${plain(plan)}.\n`);
      unplanned.push({ what: `#${pull.number}`, why: plan });
    }
  }
  return { since, pulls, plans, unplanned, pushed };
}

/** Its reviewed plan, or why there is none: what it asks for is left then, and the others' is done. */
async function planOf(
  ports: ActionPorts,
  { number, head, into, isFork, mergedAt }: MergedPull,
  app: number,
): Promise<ReviewedPlan | Phrase> {
  if (isFork) return say`it comes from a fork, whose plan is made without the account`;
  const file = await keptFile(ports, { commit: head, pull: number, into, mergedAt, app });
  if (file.text === undefined) return file.why;
  const { plan, problem } = parsePlanFile(file.text);
  return plan ?? say`its plan is no plan (${verbatim(problem)})`;
}

type KeptFile =
  | { readonly text: string; readonly why?: never }
  | { readonly text: undefined; readonly why: Phrase };

async function keptFile(
  ports: ActionPorts,
  of: {
    readonly commit: Sha;
    readonly pull: number;
    readonly into: string;
    readonly mergedAt: string;
    readonly app: number;
  },
): Promise<KeptFile> {
  try {
    const text = await keptPlan(ports.repository, { sha256: ports.sha256, roster: ports.root, ...of });
    return text === undefined ? { text, why: say`it has none from before it was merged` } : { text };
  } catch (error) {
    // Half a plan is an answer; GitHub not answering is none.
    if (!(error instanceof BrokenPlan)) throw error;
    return { text: undefined, why: verbatim(error.message.split("\n")[0] ?? "") };
  }
}

/** What was reviewed for this account, the oldest first. */
export function joined({ plans, since }: Reviews, account: string): ReviewedPlan {
  const [oldest, ...newer] = plans
    .toReversed()
    .map((planned) => stillOpen(planned, since))
    .filter((plan) => plan.account === account);
  if (oldest === undefined) return noReview(account);
  const union = unionOf([oldest, ...newer]);
  return { ...union, subjects: union.subjects.map((subject) => asMade(subject, since.made)) };
}

/** Without those for whom an apply has done it: what differs of them since is drift, which nobody asked for. */
function stillOpen({ merge, plan }: PullPlan, { commits, left }: Since): ReviewedPlan {
  const index = commits.indexOf(merge);
  const tried = left.filter(({ from }) => from <= index);
  const isOpen = (subject: ReviewedSubject): boolean =>
    tried.every(({ subjects }) => subjects.has(subjectName(subject)));
  return { ...plan, subjects: plan.subjects.filter(isOpen) };
}

/** With the id of who was to be created when it was reviewed, and was, by an apply that did not do all. */
function asMade(subject: ReviewedSubject, made: Since["made"]): ReviewedSubject {
  if (subject.type !== "user" || subject.id !== undefined) return subject;
  const id = made.find(({ user }) => fold(user) === fold(subject.name))?.id;
  return id === undefined ? subject : { ...subject, made: id };
}

/** That of which nothing counts, with what was reviewed for another account than this. */
export function leftOut({ plans, unplanned, pushed }: Reviews, account: string): readonly Unplanned[] {
  const elsewhere = plans
    .filter(({ plan }) => plan.account !== account)
    .map(({ pull, plan }) => ({ what: `#${pull}`, why: say`it was reviewed for account ${plan.account}` }));
  const alone = pushed.map((commit) => ({
    what: commit.slice(0, 12),
    why: say`GitHub knows no merged pull request of it (where it learns of one late, run this job again)`,
  }));
  return [...unplanned, ...elsewhere, ...alone];
}

/** The pull requests that are about this roster; where none has a plan of it, all. */
export function concerned({ plans, pulls }: Reviews): readonly MergedPull[] {
  const planned = new Set(plans.map(({ pull }) => pull));
  return planned.size === 0 ? pulls : pulls.filter(({ number }) => planned.has(number));
}

/** The pull request in which this credential was reviewed, else the newest; undefined: there is none. */
export function pullOf(reviews: Reviews, { user, what }: Pick<Letter, "user" | "what">): number | undefined {
  const asking = reviews.plans.find(({ plan }) =>
    plan.grants.some(
      (grant) => "credential" in grant && grant.credential === what && fold(grant.user) === fold(user),
    ),
  );
  return asking?.pull ?? concerned(reviews)[0]?.number;
}
