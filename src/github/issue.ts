import { createOnce, type Repository } from "./client.ts";
import { isBy } from "./comment.ts";
import { allPages } from "./pages.ts";

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

/** All of our own with this marker and label, open or closed, the newest first. */
export async function ownIssues(repository: Repository, { mark, label }: Marked): Promise<readonly Issue[]> {
  const { owner, repo, request } = repository;
  const viewer = await repository.viewer();
  const all = await allPages(async (page) => {
    const asked = { owner, repo, labels: label, state: "all", ...page } as const;
    return (await request("GET /repos/{owner}/{repo}/issues", asked)).data;
  });
  return all
    .flatMap(({ number, html_url: url, body, user, state, pull_request }) =>
      pull_request === undefined && body?.startsWith(mark) === true && isBy(user, viewer)
        ? [{ number, url, body, isOpen: state === "open" }]
        : [],
    )
    .toSorted((one, other) => other.number - one.number);
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
