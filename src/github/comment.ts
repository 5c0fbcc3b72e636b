import { createOnce, GitHubFailure, type Repository } from "./client.ts";
import { allPages } from "./pages.ts";

/*
 * Comments of our own on a pull request or an issue. Each kind begins with a hidden marker, and is found by that and by
 * its author: a marker in somebody else's comment means nothing.
 */

export interface Comment {
  readonly id: number;
  readonly url: string;
  readonly body: string;
}

/** Hidden in the page; `kind` and `name` are ours or a path. Nothing in it can end the HTML comment. */
export function marker(kind: string, name: string): string {
  return `<!-- iam-roster:${kind} ${encodeURIComponent(name).replaceAll("-", "%2D")} -->`;
}

/** All of our own comments there that begin with the marker, the oldest first. */
export async function ownComments(
  repository: Repository,
  thread: number,
  mark: string,
): Promise<readonly Comment[]> {
  const { owner, repo, request } = repository;
  const viewer = await repository.viewer();
  const all = await allPages(async (page) => {
    const asked = { owner, repo, issue_number: thread, ...page };
    return (await request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", asked)).data;
  });
  return all
    .flatMap(({ id, html_url: url, body, user }) =>
      body?.startsWith(mark) === true && isBy(user, viewer) ? [{ id: Number(id), url, body }] : [],
    )
    .toSorted((one, other) => one.id - other.id);
}

interface Author {
  readonly login: string;
  readonly type?: string;
}

/** GraphQL may leave out what REST writes behind the name of a bot. */
export function isBy(author: Author | null | undefined, viewer: string): boolean {
  if (author === null || author === undefined) return false;
  return author.login === viewer || (author.type === "Bot" && author.login === `${viewer}[bot]`);
}

/**
 * Makes the one comment with this marker say this, and gives its address. Where several runs made one each, the oldest
 * stays. Gives undefined where there is nothing to say, or where this run is not the one to say it.
 */
export async function stickyComment(repository: Repository, sticky: Sticky): Promise<string | undefined> {
  const { thread, mark, body, create, isCurrent = async () => true } = sticky;
  const text = `${mark}\n${body.trimEnd()}`;
  const before = await ownComments(repository, thread, mark);
  if ((before.length === 0 && !create) || !(await isCurrent())) return undefined;
  if (before.length > 0) return onlyThis(repository, { thread, text, comments: before });
  const made = await addOnce(repository, thread, text);
  // Again: another run may have made one in the same moment. Ours is there, even where the list is late.
  const others = (await ownComments(repository, thread, mark)).filter(({ id }) => id !== made.id);
  const comments = [...others, made].toSorted((one, other) => one.id - other.id);
  if (await isCurrent()) return onlyThis(repository, { thread, text, comments });
  // The run that is keeps the oldest.
  if (comments[0]?.id !== made.id) await deleteComment(repository, made.id);
  return undefined;
}

export interface Sticky {
  readonly thread: number;
  readonly mark: string;
  /** Markdown without the marker. */
  readonly body: string;
  /** Whether to make one where there is none. */
  readonly create: boolean;
  /** Asked before each write: whether this run is still the one to say it. Undefined: it always is. */
  readonly isCurrent?: () => Promise<boolean>;
}

interface Only {
  readonly thread: number;
  readonly text: string;
  /** The oldest first. */
  readonly comments: readonly Comment[];
}

async function onlyThis(repository: Repository, { thread, text, comments }: Only): Promise<string> {
  const [first, ...others] = comments;
  const edited =
    first === undefined || first.body === text ? first : await editComment(repository, first.id, text);
  for (const { id } of others) await deleteComment(repository, id);
  // Somebody has deleted it in this moment.
  return (edited ?? (await addOnce(repository, thread, text))).url;
}

/** Adds a comment. Where the answer is lost, it is looked for before another is made. */
export async function addOnce(repository: Repository, thread: number, body: string): Promise<Comment> {
  // GitHub may keep it without the line break at its end.
  const find = async () => (await ownComments(repository, thread, body.trimEnd())).at(-1);
  return createOnce(repository, () => addComment(repository, thread, body), find);
}

async function addComment(
  { owner, repo, request }: Repository,
  issue_number: number,
  body: string,
): Promise<Comment> {
  const asked = { owner, repo, issue_number, body };
  const { data } = await request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", asked);
  return { id: Number(data.id), url: data.html_url, body };
}

/** undefined: somebody has deleted it. */
export async function editComment(
  { owner, repo, request }: Repository,
  comment_id: number,
  body: string,
): Promise<Comment | undefined> {
  const asked = { owner, repo, comment_id, body };
  try {
    const { data } = await request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", asked);
    return { id: Number(data.id), url: data.html_url, body };
  } catch (error) {
    if (error instanceof GitHubFailure && error.status === 404) return undefined;
    throw error;
  }
}

/** Does nothing where it is not there any more. */
export async function deleteComment({ owner, repo, request }: Repository, comment_id: number): Promise<void> {
  const asked = { owner, repo, comment_id };
  try {
    await request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", asked);
  } catch (error) {
    if (!(error instanceof GitHubFailure) || error.status !== 404) throw error;
  }
}
