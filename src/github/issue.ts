import { createOnce, type Repository } from "./client.ts";
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

interface Marked {
  readonly mark: string;
  readonly label: string;
}

const A_PAGE = 100;

/** All of our own with this marker and label, open or closed, the newest first. */
export async function ownIssues(repository: Repository, { mark, label }: Marked): Promise<readonly Issue[]> {
  const viewer = await repository.viewer();
  const found: Issue[] = [];
  for (let page = 1; ; page += 1) {
    const issues = await pageOf(repository, label, page);
    for (const { number, html_url, body, user, state, pull_request } of issues) {
      if (pull_request === undefined && body?.startsWith(mark) === true && isBy(user, viewer))
        found.push({ number, url: html_url, body, isOpen: state === "open" });
    }
    if (issues.length < A_PAGE) return found.toSorted((one, other) => other.number - one.number);
  }
}

async function pageOf({ owner, repo, request }: Repository, labels: string, page: number) {
  const asked = { owner, repo, labels, state: "all", per_page: A_PAGE, page } as const;
  return (await request("GET /repos/{owner}/{repo}/issues", asked)).data;
}

/** Opens one. Where the answer is lost, it is looked for before another is made. */
export async function openIssue(
  repository: Repository,
  { mark, label, title, body }: Marked & IssueText,
): Promise<Issue> {
  const { owner, repo, request } = repository;
  const create = async (): Promise<Issue> => {
    const asked = { owner, repo, title, body, labels: [label] };
    const { data } = await request("POST /repos/{owner}/{repo}/issues", asked);
    return { number: data.number, url: data.html_url, body, isOpen: true };
  };
  return createOnce(repository, create, async () => (await ownIssues(repository, { mark, label }))[0]);
}

interface IssueChange extends Partial<IssueText> {
  readonly state?: "open" | "closed";
}

export async function editIssue(
  { owner, repo, request }: Repository,
  issue_number: number,
  change: IssueChange,
): Promise<void> {
  const asked = { owner, repo, issue_number, ...change };
  await request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", asked);
}
