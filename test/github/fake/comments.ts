import { created, invalid, notFound, ok, refuse } from "./answer.ts";
import { type Call, type Needs, nodeId, pageUrl, type Plays, repositoryUrl } from "./call.ts";
import { PAGING, pageOf } from "./pages.ts";
import { integration, simpleUser } from "./users.ts";
import type { App, Comment, Issue, Level, World } from "./world.ts";

type View = Readonly<Record<string, unknown>>;

/** For bodies of issues and comments; not in the description. Counted as JavaScript does, the stricter way. */
export const LONGEST_BODY = 65_536;

export interface NewComment {
  readonly body: string;
  readonly login: string;
  readonly app?: App | undefined;
}

export function addComment(world: World, number: number, given: NewComment): Comment {
  const at = world.now();
  const id = world.count();
  const { body, login, app } = given;
  const comment = { id, number, body, login, app, createdAt: at, updatedAt: at };
  world.comments.set(id, comment);
  return comment;
}

/** Throws where a test names a comment that there is not. */
export function changeComment(world: World, id: number, body: string): Comment {
  const comment = world.comments.get(id);
  if (comment === undefined) throw new Error(`the fake has no comment ${id}`);
  const changed = { ...comment, body, updatedAt: world.now() };
  world.comments.set(id, changed);
  return changed;
}

/** Those of an issue or pull request, the oldest first. */
export function commentsOf(world: World, number: number): readonly Comment[] {
  return [...world.comments.values()].filter((each) => each.number === number);
}

function commentView(world: World, comment: Comment): View {
  const { id, number, login, app } = comment;
  const kind = world.issues.get(number)?.pull === undefined ? "issues" : "pull";
  return {
    id,
    node_id: nodeId("IssueComment", id),
    url: `${repositoryUrl(world)}/issues/comments/${id}`,
    html_url: `${pageUrl(world)}/${kind}/${number}#issuecomment-${id}`,
    issue_url: `${repositoryUrl(world)}/issues/${number}`,
    user: simpleUser(world, login),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: "CONTRIBUTOR",
    performed_via_github_app: app === undefined ? undefined : integration(world, app),
  };
}

/** What lies on a pull request needs its permission: that for issues is not enough, nor the other way round. */
export function needsOf(world: World, number: number | undefined, level: Level): Needs {
  const issue = world.issues.get(number ?? 0);
  // What is not there is told to whoever sees the repository.
  if (issue === undefined) return ["metadata", "read"];
  return [issue.pull === undefined ? "issues" : "pull-requests", level];
}

/** Throws what GitHub says of an issue that is not there, or in a repository without issues. */
export function issueOf({ world, path }: Call): Issue {
  const issue = world.issues.get(Number(path["issue_number"]));
  // Pull requests can be talked about there all the same.
  if (!world.hasIssues && issue?.pull === undefined) throw refuse(410, "Issues are disabled for this repo");
  if (issue === undefined) throw notFound();
  return issue;
}

function commentOf({ world, path }: Call): Comment {
  const comment = world.comments.get(Number(path["comment_id"]));
  if (comment === undefined) throw notFound();
  return comment;
}

function bodyOf({ body }: Call): string {
  const { body: text } = body as { readonly body: string };
  if (text.length > LONGEST_BODY) {
    const message = `Body is too long (maximum is ${LONGEST_BODY} characters)`;
    throw invalid({ resource: "IssueComment", code: "unprocessable", field: "data", message });
  }
  if (text.trim() === "") {
    throw invalid({
      resource: "IssueComment",
      code: "unprocessable",
      field: "data",
      message: "Body cannot be blank",
    });
  }
  return text;
}

const onIssue = (level: Level) => (call: Call) =>
  needsOf(call.world, Number(call.path["issue_number"]), level);
const onComment = (level: Level) => (call: Call) => {
  const comment = call.world.comments.get(Number(call.path["comment_id"]));
  return needsOf(call.world, comment?.number, level);
};

export const COMMENTS: Plays = {
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": {
    needs: onIssue("read"),
    query: PAGING,
    play(call) {
      const { items, headers } = pageOf(call, commentsOf(call.world, issueOf(call).number));
      return { ...ok(items.map((each) => commentView(call.world, each))), headers };
    },
  },
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": {
    needs: onIssue("write"),
    keys: ["body"],
    play(call) {
      const { number } = issueOf(call);
      const author = { login: call.token?.login ?? "", app: call.token?.app };
      const comment = addComment(call.world, number, { body: bodyOf(call), ...author });
      return created(commentView(call.world, comment));
    },
  },
  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}": {
    needs: onComment("read"),
    play: (call) => ok(commentView(call.world, commentOf(call))),
  },
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": {
    needs: onComment("write"),
    keys: ["body"],
    play(call) {
      const changed = changeComment(call.world, commentOf(call).id, bodyOf(call));
      return ok(commentView(call.world, changed));
    },
  },
  "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}": {
    needs: onComment("write"),
    play(call) {
      call.world.comments.delete(commentOf(call).id);
      return { status: 204 };
    },
  },
};
