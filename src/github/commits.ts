import type { Repository } from "./client.ts";
import { A_PAGE } from "./pages.ts";

/** Hexadecimal digits: forty, or 64 in a repository that uses SHA-256. */
export type Sha = string;

interface Commit {
  readonly sha: Sha;
  readonly parents: readonly Sha[];
}

/** Its parents. The list of commits is asked, since a commit by itself comes with all that it changes. */
export async function parentsOf({ owner, repo, request }: Repository, sha: Sha): Promise<readonly Sha[]> {
  const asked = { owner, repo, sha, per_page: 1 };
  const { data } = await request("GET /repos/{owner}/{repo}/commits", asked);
  return (data[0]?.parents ?? []).map((parent) => parent.sha);
}

/** The commit that the branch is at now. */
export async function tipOf({ owner, repo, request }: Repository, branch: string): Promise<Sha> {
  const ref = `heads/${branch}`;
  const { data } = await request("GET /repos/{owner}/{repo}/git/ref/{ref}", { owner, repo, ref });
  return data.object.sha;
}

/** The commit and its first parents, newest first: what the branch was at, one after the other. */
export async function* firstParents(repository: Repository, from: Sha): AsyncGenerator<Sha> {
  const known = new Map<Sha, Sha | undefined>();
  let next: Sha | undefined = from;
  let page = 1;
  while (next !== undefined) {
    while (!known.has(next)) {
      const commits = await reachable(repository, from, page);
      for (const { sha, parents } of commits) known.set(sha, parents[0]);
      if (commits.length < A_PAGE && !known.has(next)) return;
      page += 1;
    }
    yield next;
    next = known.get(next);
  }
}

async function reachable(
  { owner, repo, request }: Repository,
  sha: Sha,
  page: number,
): Promise<readonly Commit[]> {
  const asked = { owner, repo, sha, per_page: A_PAGE, page };
  const { data } = await request("GET /repos/{owner}/{repo}/commits", asked);
  return data.map((each) => ({ sha: each.sha, parents: each.parents.map((parent) => parent.sha) }));
}
