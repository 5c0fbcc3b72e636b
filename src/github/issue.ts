import { GitHubFailure, type Repository } from "./client.ts";
import { isBy } from "./comment.ts";

/* An issue of our own, found by its hidden marker, its author and its label. */

export interface Issue {
  readonly number: number;
  readonly url: string;
  readonly body: string;
  readonly isOpen: boolean;
}

export interface IssueText {
  readonly title: string;
  /** Markdown that begins with the marker. */
  readonly body: string;
}

interface Found {
  readonly mark: string;
  readonly label: string;
}

const A_PAGE = 100;

/** The newest of our own with this marker and label, open or closed; undefined: there is none. */
export async function ownIssue(repository: Repository, { mark, label }: Found): Promise<Issue | undefined> {
  const viewer = await repository.viewer();
  for (let page = 1; ; page += 1) {
    const issues = await pageOf(repository, label, page);
    const own = issues.find(
      ({ body, user, pull_request }) =>
        pull_request === undefined && body?.startsWith(mark) === true && isBy(user, viewer),
    );
    if (own !== undefined)
      return { number: own.number, url: own.html_url, body: own.body ?? "", isOpen: own.state === "open" };
    if (issues.length < A_PAGE) return undefined;
  }
}

async function pageOf({ owner, repo, request }: Repository, labels: string, page: number) {
  const asked = { owner, repo, labels, state: "all", per_page: A_PAGE, page } as const;
  return (await request("GET /repos/{owner}/{repo}/issues", asked)).data;
}

/** Opens one. Where the answer is lost, it is looked for before another is made. */
export async function openIssue(
  repository: Repository,
  { mark, label, title, body }: Found & IssueText,
): Promise<Issue> {
  const { owner, repo, request } = repository;
  const create = async (): Promise<Issue> => {
    const asked = { owner, repo, title, body, labels: [label] };
    const { data } = await request("POST /repos/{owner}/{repo}/issues", asked);
    return { number: data.number, url: data.html_url, body, isOpen: true };
  };
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof GitHubFailure) || !error.ambiguous) throw error;
    await repository.clock.sleep(A_WHILE);
    return (await ownIssue(repository, { mark, label })) ?? (await create());
  }
}

/** Milliseconds. */
const A_WHILE = 2000;

export async function editIssue(
  { owner, repo, request }: Repository,
  issue_number: number,
  change: Partial<IssueText> & { readonly state?: "open" | "closed" },
): Promise<void> {
  const asked = { owner, repo, issue_number, ...change };
  await request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", asked);
}
