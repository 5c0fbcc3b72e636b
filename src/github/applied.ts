import { type CheckRun, checkRuns } from "./checks.ts";
import type { Repository } from "./client.ts";
import { firstParents, type Sha } from "./commits.ts";

/** `iam-roster apply (access)` */
export function applyCheckName(roster: string): string {
  return `iam-roster apply (${roster})`;
}

/** What the branch has got since the last apply that did all of it. */
export interface Since {
  /** The commit of that apply; else where the branch was before this push; undefined: neither is known. */
  readonly base: Sha | undefined;
  /** First parents, newest first. */
  readonly commits: readonly Sha[];
}

interface Looking {
  readonly roster: string;
  readonly tip: Sha;
  readonly before: Sha | undefined;
  /** Our own check run on the tip: only what the same app made counts. */
  readonly own: Pick<CheckRun, "id" | "app">;
}

/** So far back is looked; each commit is a request. */
const MOST_COMMITS = 100;

export async function sinceLastApply(
  repository: Repository,
  { roster, tip, before, own }: Looking,
): Promise<Since> {
  const walked: Sha[] = [];
  for await (const commit of firstParents(repository, tip)) {
    // All of them: on the tip, ours of this run is the newest.
    const runs = await checkRuns(repository, { commit, name: applyCheckName(roster), filter: "all" });
    const isApplied = runs.some(
      ({ id, app, conclusion }) => id !== own.id && app === own.app && conclusion === "success",
    );
    if (isApplied) return { base: commit, commits: walked };
    walked.push(commit);
    if (walked.length === MOST_COMMITS) break;
  }
  const index = before === undefined ? -1 : walked.indexOf(before);
  // After a force push the commit before is none of the branch any more.
  return { base: before, commits: index === -1 ? walked.slice(0, 1) : walked.slice(0, index) };
}
