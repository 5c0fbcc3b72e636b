import type { Repository } from "./client.ts";
import type { Sha } from "./commits.ts";
import { A_PAGE } from "./pages.ts";

export interface MergedPull {
  readonly number: number;
  /** The branch that it went into. */
  readonly into: string;
  /** What was reviewed: the newest commit of its branch when it was merged. */
  readonly head: Sha;
  readonly isFork: boolean;
  /** The commit that the branch was at once it was merged. */
  readonly merge: Sha;
  readonly mergedAt: string;
}

export async function headOf({ owner, repo, request }: Repository, pull_number: number): Promise<Sha> {
  const asked = { owner, repo, pull_number };
  const { data } = await request("GET /repos/{owner}/{repo}/pulls/{pull_number}", asked);
  return data.head.sha;
}

/**
 * GitHub's index of commits and pull requests is some seconds late, as is the run that asks it. Milliseconds before it is
 * asked again; what it does not know then is left, and the same job run again finds it.
 */
const LAGS: readonly number[] = [1000, 2000];

interface Into {
  readonly branch: string;
  /** It was pushed just now. */
  readonly isFresh: boolean;
}

export interface Merged {
  /** Each once, in the order of the commits. */
  readonly pulls: readonly MergedPull[];
  /** The commits that came without one. */
  readonly pushed: readonly Sha[];
}

/**
 * The pull requests that were merged into the branch with these commits. Just after a push, what has none is asked for
 * again, since the index lags; a commit that was pushed without one has none in the end.
 */
export async function mergedWith(
  repository: Repository,
  commits: readonly Sha[],
  { branch, isFresh }: Into,
): Promise<Merged> {
  const found = new Map<Sha, readonly MergedPull[]>();
  for (const lag of [0, ...(isFresh ? LAGS : [])]) {
    const open = commits.filter((commit) => (found.get(commit) ?? []).length === 0);
    if (open.length === 0) break;
    if (lag > 0) await repository.clock.sleep(lag);
    for (const commit of open) found.set(commit, await pullsOf(repository, commit, branch));
  }
  // The commit that the merge itself made: what an old pull request brought counts once, and not again when it comes back.
  const mergedBy = (commit: Sha): readonly MergedPull[] =>
    (found.get(commit) ?? []).filter(({ merge }) => commits.includes(merge));
  const all = commits.flatMap(mergedBy).map((pull) => [pull.number, pull] as const);
  return {
    pulls: [...new Map(all).values()],
    pushed: commits.filter((commit) => mergedBy(commit).length === 0),
  };
}

async function pullsOf(
  { owner, repo, request }: Repository,
  commit_sha: Sha,
  branch: string,
): Promise<readonly MergedPull[]> {
  const asked = { owner, repo, commit_sha, per_page: A_PAGE };
  const { data } = await request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", asked);
  // An open one that has the commit too, or one that was merged into another branch, was not what brought it here.
  return data.flatMap(({ number, head, base, merge_commit_sha, merged_at }) =>
    typeof merged_at === "string" && base.ref === branch
      ? [
          {
            number,
            head: head.sha,
            into: base.ref,
            isFork: head.repo?.id !== base.repo.id,
            merge: merge_commit_sha ?? "",
            mergedAt: merged_at,
          },
        ]
      : [],
  );
}
