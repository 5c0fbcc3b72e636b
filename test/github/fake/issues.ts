import { created, invalid, ok, refuse } from "./answer.ts";
import { type Call, nodeId, pageUrl, type Plays, repositoryUrl } from "./call.ts";
import { commentsOf, issueOf, LONGEST_BODY, needsOf } from "./comments.ts";
import { labelOf, labelView } from "./labels.ts";
import { PAGING, pageOf } from "./pages.ts";
import { integration, simpleUser } from "./users.ts";
import type { App, Issue, World } from "./world.ts";

type View = Readonly<Record<string, unknown>>;

export interface NewIssue {
  readonly title: string;
  readonly body?: string | undefined;
  readonly labels?: readonly string[];
  readonly login: string;
  readonly app?: App | undefined;
}

/** Issues and pull requests are numbered together. */
export function addIssue(world: World, { title, body, labels = [], login, app }: NewIssue): Issue {
  const at = world.now();
  const number = Math.max(0, ...world.issues.keys()) + 1;
  // A label that is not there is made.
  const names = labels.map((each) => labelOf(world, each).name);
  const times = { createdAt: at, updatedAt: at, closedAt: undefined };
  const issue: Issue = {
    id: world.count(),
    number,
    title,
    body,
    labels: names,
    login,
    app,
    ...times,
    state: "open",
    stateReason: undefined,
  };
  world.issues.set(number, issue);
  return issue;
}

function pullLinks(world: World, { number, pull }: Issue): View {
  if (pull === undefined) return {};
  const html = `${pageUrl(world)}/pull/${number}`;
  const urls = { html_url: html, diff_url: `${html}.diff`, patch_url: `${html}.patch` };
  const url = `${repositoryUrl(world)}/pulls/${number}`;
  return { draft: false, pull_request: { url, ...urls, merged_at: pull.merged?.at } };
}

function issueView(world: World, issue: Issue): View {
  const { number } = issue;
  const url = `${repositoryUrl(world)}/issues/${number}`;
  return {
    id: issue.id,
    node_id: nodeId("Issue", issue.id),
    url,
    repository_url: repositoryUrl(world),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${pageUrl(world)}/${issue.pull === undefined ? "issues" : "pull"}/${number}`,
    number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: simpleUser(world, issue.login),
    labels: issue.labels.map((name) => labelView(world, name)),
    assignee: undefined,
    assignees: [],
    milestone: undefined,
    locked: false,
    active_lock_reason: undefined,
    comments: commentsOf(world, number).length,
    closed_at: issue.closedAt,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    author_association: "CONTRIBUTOR",
    performed_via_github_app: issue.app === undefined ? undefined : integration(world, issue.app),
    ...pullLinks(world, issue),
  };
}

function checkBody(body: string | undefined): void {
  if (body === undefined || body.length <= LONGEST_BODY) return;
  const message = `body is too long (maximum is ${LONGEST_BODY} characters)`;
  throw invalid({ resource: "Issue", code: "custom", field: "body", message });
}

function checkTitle(title: string | undefined): void {
  if (title?.trim() === "") throw invalid({ resource: "Issue", code: "missing_field", field: "title" });
  if (title === undefined || title.length <= 256) return;
  const message = "title is too long (maximum is 256 characters)";
  throw invalid({ resource: "Issue", code: "custom", field: "title", message });
}

interface IssueBody {
  readonly title?: string;
  readonly body?: string;
  readonly labels?: readonly (string | { readonly name?: string })[];
  readonly state?: "open" | "closed";
  readonly state_reason?: string;
}

function namesOf(labels: IssueBody["labels"]): readonly string[] | undefined {
  return labels?.map((each) => (typeof each === "string" ? each : (each.name ?? "")));
}

/** Throws where the repository has no issues. */
function checkIssues({ world }: Call): void {
  if (!world.hasIssues) throw refuse(410, "Issues has been disabled in this repository.");
}

function listed({ world, query }: Call): readonly Issue[] {
  const { state = "open", labels = "", creator } = query as Readonly<Record<string, string | undefined>>;
  const wanted = labels.toLowerCase().split(",").filter(Boolean);
  return [...world.issues.values()]
    .filter((each) => state === "all" || each.state === state)
    .filter((each) => creator === undefined || each.login.toLowerCase() === creator.toLowerCase())
    .filter(({ labels: has }) => wanted.every((name) => has.some((label) => label.toLowerCase() === name)))
    .toReversed();
}

function changed(world: World, issue: Issue, given: IssueBody): Issue {
  const { title = issue.title, body = issue.body, state = issue.state } = given;
  const labels = namesOf(given.labels)?.map((each) => labelOf(world, each).name) ?? issue.labels;
  const at = world.now();
  const rest = { ...issue, title, body, labels, state, updatedAt: at };
  if (state === issue.state) return { ...rest, stateReason: given.state_reason ?? issue.stateReason };
  const usual = state === "closed" ? "completed" : "reopened";
  const closedAt = state === "closed" ? at : undefined;
  return { ...rest, stateReason: given.state_reason ?? usual, closedAt };
}

export const ISSUES: Plays = {
  "GET /repos/{owner}/{repo}/issues": {
    needs: () => ["issues", "read"],
    query: ["state", "labels", "creator", ...PAGING],
    play(call) {
      checkIssues(call);
      const { items, headers } = pageOf(call, listed(call));
      return { ...ok(items.map((each) => issueView(call.world, each))), headers };
    },
  },
  "POST /repos/{owner}/{repo}/issues": {
    needs: () => ["issues", "write"],
    keys: ["title", "body", "labels"],
    play(call) {
      checkIssues(call);
      const { title = "", body, labels } = call.body as IssueBody;
      checkTitle(title);
      checkBody(body);
      const by = { login: call.token?.login ?? "", app: call.token?.app };
      const issue = addIssue(call.world, { title, body, labels: namesOf(labels) ?? [], ...by });
      return created(issueView(call.world, issue));
    },
  },
  "GET /repos/{owner}/{repo}/issues/{issue_number}": {
    needs: ({ world, path }) => needsOf(world, Number(path["issue_number"]), "read"),
    play: (call) => ok(issueView(call.world, issueOf(call))),
  },
  "PATCH /repos/{owner}/{repo}/issues/{issue_number}": {
    needs: ({ world, path }) => needsOf(world, Number(path["issue_number"]), "write"),
    keys: ["title", "body", "labels", "state", "state_reason"],
    play(call) {
      const given = call.body as IssueBody;
      const issue = issueOf(call);
      checkTitle(given.title);
      checkBody(given.body);
      const after = changed(call.world, issue, given);
      call.world.issues.set(issue.number, after);
      return ok(issueView(call.world, after));
    },
  },
};
