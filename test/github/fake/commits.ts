import { notFound, ok, refuse } from "./answer.ts";
import { type Call, nodeId, pageUrl, type Plays, repositoryUrl } from "./call.ts";
import { blobSha, history, isSame, resolve } from "./git.ts";
import { PAGING, pageOf } from "./pages.ts";
import { pullSimple } from "./pulls.ts";
import { simpleUser } from "./users.ts";
import type { Commit, Issue, World } from "./world.ts";

type View = Readonly<Record<string, unknown>>;

function commitView(world: World, { sha, parents, message, login, at }: Commit): View {
  const url = `${repositoryUrl(world)}/commits/${sha}`;
  const person = { name: login, email: `${login}@users.noreply.github.com`, date: at };
  return {
    url,
    sha,
    node_id: nodeId("Commit", sha),
    html_url: `${pageUrl(world)}/commit/${sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${repositoryUrl(world)}/git/commits/${sha}`,
      author: person,
      committer: person,
      message,
      comment_count: 0,
      tree: { sha, url: `${repositoryUrl(world)}/git/trees/${sha}` },
    },
    author: simpleUser(world, login),
    committer: simpleUser(world, login),
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${repositoryUrl(world)}/commits/${parent}`,
      html_url: `${pageUrl(world)}/commit/${parent}`,
    })),
  };
}

/** What changed since the first parent; lines are not counted. */
function changedFiles(world: World, { sha, parents, files }: Commit): readonly View[] {
  const before: Commit["files"] = world.commits.get(parents[0] ?? "")?.files ?? new Map();
  const paths = [...new Set([...before.keys(), ...files.keys()])].filter(
    (path) => !isSame(before, files, path),
  );
  return paths.toSorted().map((path) => {
    const file = files.get(path) ?? before.get(path);
    const status = !before.has(path) ? "added" : files.has(path) ? "modified" : "removed";
    return {
      sha: file === undefined ? undefined : blobSha(file),
      filename: path,
      status,
      additions: 0,
      deletions: 0,
      changes: 0,
      blob_url: encodeURI(`${pageUrl(world)}/blob/${sha}/${path}`),
      raw_url: encodeURI(`${pageUrl(world)}/raw/${sha}/${path}`),
      contents_url: encodeURI(`${repositoryUrl(world)}/contents/${path}?ref=${sha}`),
    };
  });
}

/** Throws what GitHub says of a commit that it does not have. */
export function commitOf({ world, path }: Call, name: "ref" | "commit_sha"): Commit {
  const commit = resolve(world, path[name] ?? "");
  if (commit === undefined) throw refuse(422, `No commit found for SHA: ${path[name]}`);
  return commit;
}

/** The merged one that brought a commit to the default branch, else every one that has it and was not given up. */
function pullsOf(world: World, { sha }: Commit): readonly Issue[] {
  const tip = world.branches.get(world.defaultBranch);
  const isIn = tip !== undefined && history(world, tip).some((each) => each.sha === sha);
  return [...world.issues.values()].filter(({ pull, state }) => {
    if (pull?.commits.includes(sha) !== true) return false;
    return pull.merged !== undefined || (!isIn && state === "open");
  });
}

/** The index lags: a merge is not in it for a while. Each question brings it nearer. */
function isIndexed(world: World, { pull, ...issue }: Issue): boolean {
  if (pull === undefined || pull.lag === 0) return true;
  world.issues.set(issue.number, { ...issue, pull: { ...pull, lag: pull.lag - 1 } });
  return false;
}

export const COMMITS: Plays = {
  "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls": {
    needs: () => ["pull-requests", "read"],
    query: PAGING,
    play(call) {
      const found = pullsOf(call.world, commitOf(call, "commit_sha"));
      const indexed = found.filter((each) => isIndexed(call.world, each));
      const { items, headers } = pageOf(call, indexed);
      return { ...ok(items.map((each) => pullSimple(call.world, each))), headers };
    },
  },
  "GET /repos/{owner}/{repo}/commits/{ref}": {
    needs: () => ["contents", "read"],
    play(call) {
      const commit = commitOf(call, "ref");
      const stats = { additions: 0, deletions: 0, total: 0 };
      return ok({ ...commitView(call.world, commit), stats, files: changedFiles(call.world, commit) });
    },
  },
  "GET /repos/{owner}/{repo}/commits": {
    needs: () => ["contents", "read"],
    query: ["sha", ...PAGING],
    play(call) {
      const { world, query } = call;
      const commit = resolve(world, query["sha"] ?? world.defaultBranch);
      if (commit === undefined) throw notFound();
      const { items, headers } = pageOf(call, history(world, commit.sha));
      return { ...ok(items.map((each) => commitView(world, each))), headers };
    },
  },
};
