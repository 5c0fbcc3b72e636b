import { notFound, ok } from "./answer.ts";
import { nodeId, pageUrl, type Plays, repositoryUrl } from "./call.ts";
import { commentsOf } from "./comments.ts";
import { labelView } from "./labels.ts";
import { repository } from "./repository.ts";
import { simpleUser } from "./users.ts";
import type { Issue, Pull, World } from "./world.ts";

type View = Readonly<Record<string, unknown>>;
type PullIssue = Issue & { readonly pull: Pull };

function sideView(world: World, owner: string, side: { readonly ref: string; readonly sha: string }): View {
  return {
    ...side,
    label: `${owner}:${side.ref}`,
    repo: repository(world, owner),
    user: simpleUser(world, owner),
  };
}

function linksOf(world: World, { number, pull }: PullIssue): Readonly<Record<string, string>> {
  const url = `${repositoryUrl(world)}/pulls/${number}`;
  const issue = `${repositoryUrl(world)}/issues/${number}`;
  return {
    self: url,
    html: `${pageUrl(world)}/pull/${number}`,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${repositoryUrl(world)}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${repositoryUrl(world)}/statuses/${pull.head}`,
  };
}

/** The commit that it was merged as, else the one that GitHub tried it with. */
function baseView(world: World, { pull }: PullIssue): View {
  const before = world.commits.get(pull.mergeSha ?? "")?.parents[0];
  return sideView(world, world.owner, { ref: pull.base, sha: before ?? world.branches.get(pull.base) ?? "" });
}

export function pullSimple(world: World, issue: Issue): View {
  const { pull, number } = issue;
  if (pull === undefined) throw new Error(`${number} is no pull request`);
  const whole = { ...issue, pull };
  const links = linksOf(world, whole);
  return {
    url: links["self"],
    id: issue.id + 1_000_000,
    node_id: nodeId("PullRequest", issue.id),
    html_url: links["html"],
    diff_url: `${links["html"]}.diff`,
    patch_url: `${links["html"]}.patch`,
    issue_url: links["issue"],
    commits_url: links["commits"],
    review_comments_url: links["review_comments"],
    review_comment_url: links["review_comment"],
    comments_url: links["comments"],
    statuses_url: links["statuses"],
    number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: simpleUser(world, issue.login),
    body: issue.body,
    labels: issue.labels.map((name) => labelView(world, name)),
    milestone: undefined,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.merged?.at,
    merge_commit_sha: pull.merged?.sha ?? pull.mergeSha,
    assignee: undefined,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: sideView(world, pull.headOwner, { ref: pull.headRef, sha: pull.head }),
    base: baseView(world, whole),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: "MEMBER",
    auto_merge: undefined,
    draft: false,
  };
}

function pullView(world: World, issue: PullIssue): View {
  const { pull, number } = issue;
  const isOpen = issue.state === "open";
  const mergeable = isOpen ? pull.mergeSha !== undefined : undefined;
  return {
    ...pullSimple(world, issue),
    merged: pull.merged !== undefined,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === undefined ? "unknown" : mergeable ? "clean" : "dirty",
    merged_by: pull.merged === undefined ? undefined : simpleUser(world, pull.merged.by),
    comments: commentsOf(world, number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: pull.commits.length,
    additions: 0,
    deletions: 0,
    changed_files: 0,
  };
}

export const PULLS: Plays = {
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": {
    needs: () => ["pull-requests", "read"],
    play({ world, path }) {
      const issue = world.issues.get(Number(path["pull_number"]));
      if (issue?.pull === undefined) throw notFound();
      return ok(pullView(world, { ...issue, pull: issue.pull }));
    },
  },
};
