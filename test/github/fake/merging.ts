import { commitAt, commitsBetween, keepCommit, mergedFiles } from "./git.ts";
import { addIssue } from "./issues.ts";
import type { Issue, Pull, World } from "./world.ts";

/* Pull requests, and what becomes of them. */

export interface NewPull {
  readonly head: string;
  readonly base?: string;
  /** The name of the head branch. */
  readonly headRef?: string;
  /** From a fork of the user's. */
  readonly fork?: boolean;
  readonly user?: string;
  readonly title?: string;
  readonly body?: string;
}

export type MergeMethod = "merge" | "squash" | "rebase";

export function openPull(world: World, given: NewPull): number {
  const { head, base = world.defaultBranch, fork = false, user = "emilyc", headRef = "change" } = given;
  const issue = addIssue(world, { title: given.title ?? "Change the roster", body: given.body, login: user });
  const pull = { base, head, headRef, headOwner: fork ? user : world.owner, mergeSha: undefined, lag: 0 };
  keepPull(world, issue, { ...pull, commits: proposed(world, base, head) });
  return issue.number;
}

function keepPull(world: World, issue: Issue, pull: Pull): void {
  const mergeSha = pull.merged === undefined ? testMerge(world, pull) : pull.mergeSha;
  world.issues.set(issue.number, { ...issue, updatedAt: world.now(), pull: { ...pull, mergeSha } });
}

/** The branch of a test. Throws where it set none. */
function tipOf(world: World, branch: string): string {
  const tip = world.branches.get(branch);
  if (tip === undefined) throw new Error(`the fake has no branch ${branch}`);
  return tip;
}

function proposed(world: World, base: string, head: string): readonly string[] {
  return commitsBetween(world, tipOf(world, base), head).map(({ sha }) => sha);
}

/** What merging would give: GitHub makes that commit itself. None where it conflicts. */
function testMerge(world: World, { base, head }: Pull): string | undefined {
  const tip = tipOf(world, base);
  const files = mergedFiles(world, tip, head);
  if (files === undefined) return undefined;
  return keepCommit(world, {
    parents: [tip, head],
    files,
    message: `Merge ${head} into ${tip}`,
    login: "web-flow",
  });
}

/** Throws where a test names a pull request that there is not. */
export function pullAt(world: World, number: number): Issue & { readonly pull: Pull } {
  const issue = world.issues.get(number);
  if (issue?.pull === undefined) throw new Error(`the fake has no pull request ${number}`);
  return { ...issue, pull: issue.pull };
}

export function pushTo(world: World, number: number, head: string): void {
  const { pull, ...issue } = pullAt(world, number);
  keepPull(world, issue, { ...pull, head, commits: proposed(world, pull.base, head) });
}

/** Moves a branch; what is proposed for it is merged anew. */
export function moveBranch(world: World, branch: string, sha: string): void {
  commitAt(world, sha);
  world.branches.set(branch, sha);
  for (const { pull, ...issue } of world.issues.values()) {
    if (pull !== undefined && pull.base === branch && issue.state === "open") keepPull(world, issue, pull);
  }
}

export interface Merging {
  /** How many questions the index of commits and pull requests answers without it. */
  readonly lag?: number;
  readonly by?: string;
}

export function mergePull(
  world: World,
  number: number,
  how: Merging & { readonly method: MergeMethod },
): string {
  const { pull, ...issue } = pullAt(world, number);
  if (issue.state !== "open" || pull.mergeSha === undefined)
    throw new Error(`the fake cannot merge ${number}`);
  const made = MERGES[how.method](world, { ...issue, pull });
  const sha = made.at(-1) ?? pull.head;
  const at = world.now();
  const merged = { at, by: how.by ?? "emilyc", sha };
  const commits = [...new Set([...pull.commits, ...made])];
  const closed = { ...issue, state: "closed", closedAt: at } as const;
  keepPull(world, closed, { ...pull, merged, commits, lag: how.lag ?? 0 });
  moveBranch(world, pull.base, sha);
  return sha;
}

type Merge = (world: World, pull: Issue & { readonly pull: Pull }) => readonly string[];

/** The commits that merging adds to the branch. */
const MERGES: Readonly<Record<MergeMethod, Merge>> = {
  merge: (world, { pull, number }) => [mergeCommit(world, pull, `Merge pull request #${number}`)],
  squash(world, { pull, title, number, login }) {
    const tip = tipOf(world, pull.base);
    const files = mergedFiles(world, tip, pull.head) ?? new Map();
    return [keepCommit(world, { parents: [tip], files, message: `${title} (#${number})`, login })];
  },
  rebase(world, { pull }) {
    const start = tipOf(world, pull.base);
    const made: string[] = [];
    for (const { sha, message, login } of commitsBetween(world, start, pull.head)) {
      const files = mergedFiles(world, start, sha) ?? new Map();
      made.push(keepCommit(world, { parents: [made.at(-1) ?? start], files, message, login }));
    }
    return made;
  },
};

function mergeCommit(world: World, { base, head }: Pull, message: string): string {
  const tip = tipOf(world, base);
  const files = mergedFiles(world, tip, head) ?? new Map();
  return keepCommit(world, { parents: [tip, head], files, message, login: "web-flow" });
}
