import { createOnce, type Repository } from "./client.ts";
import type { Sha } from "./commits.ts";
import { allPages } from "./pages.ts";

/* Check runs. Only the app that made one can change it, and what another app made is none of ours. */

export type Conclusion = "success" | "failure" | "neutral";

export interface CheckRun {
  readonly id: number;
  readonly url: string;
  readonly app: number;
  /** undefined: under way. */
  readonly conclusion: string | undefined;
  /** When it ended; undefined: it has not. */
  readonly completedAt: string | undefined;
  /** What whoever made it calls it; empty where it has no such name. */
  readonly externalId: string;
  readonly summary: string;
  readonly text: string;
}

export interface CheckText {
  /** One line; a long one is cut. */
  readonly title: string;
  /** Markdown, at most 65,535 characters; so is `text`. */
  readonly summary: string;
  readonly text?: string;
}

/** Nobody reads more in a list of checks. */
const MOST_TITLE = 200;

interface Named {
  readonly commit: Sha;
  readonly name: string;
  /** `latest`: of each app only the newest. */
  readonly filter: "latest" | "all";
}

/** The check runs of that name on the commit, of whichever app. */
export async function checkRuns(
  { owner, repo, request }: Repository,
  { commit: ref, name: check_name, filter }: Named,
): Promise<readonly CheckRun[]> {
  return allPages(async (page) => {
    const asked = { owner, repo, ref, check_name, filter, ...page };
    const { data } = await request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", asked);
    return data.check_runs.map(checkRunOf);
  });
}

interface Answer {
  readonly id: number | bigint;
  readonly html_url: string | null;
  readonly app: { readonly id: number } | null;
  readonly conclusion: string | null;
  readonly completed_at: string | null;
  readonly external_id: string | null;
  readonly output: { readonly summary: string | null; readonly text: string | null };
}

function checkRunOf({ id, html_url, app, conclusion, completed_at, external_id, output }: Answer): CheckRun {
  return {
    id: Number(id),
    url: html_url ?? "",
    app: app?.id ?? 0,
    conclusion: conclusion ?? undefined,
    completedAt: completed_at ?? undefined,
    externalId: external_id ?? "",
    summary: output.summary ?? "",
    text: output.text ?? "",
  };
}

export interface NewCheckRun extends CheckText {
  readonly name: string;
  readonly commit: Sha;
  /** undefined: it is under way. */
  readonly conclusion: Conclusion | undefined;
  /** Of one that is under way: no other has it. */
  readonly externalId?: string;
}

/**
 * Where the answer is lost there may be two, of which the newer counts; but one that is under way is found by its id, so
 * that there is none that nobody ends.
 */
export async function createCheckRun(repository: Repository, made: NewCheckRun): Promise<CheckRun> {
  const { owner, repo, request } = repository;
  const { name, commit, conclusion, externalId, title, summary, text } = made;
  const output = { title: title.slice(0, MOST_TITLE), summary, ...(text !== undefined && { text }) };
  const ended =
    conclusion === undefined
      ? ({ status: "in_progress" } as const)
      : ({ status: "completed", conclusion } as const);
  const create = async (): Promise<CheckRun> => {
    const named = { name, head_sha: commit, ...(externalId !== undefined && { external_id: externalId }) };
    const asked = { owner, repo, ...named, ...ended, output };
    return checkRunOf((await request("POST /repos/{owner}/{repo}/check-runs", asked)).data);
  };
  const find = async (): Promise<CheckRun | undefined> => {
    if (conclusion !== undefined) return undefined;
    const runs = await checkRuns(repository, { commit, name, filter: "all" });
    return runs.find((run) => run.externalId === externalId);
  };
  return createOnce(repository, create, find);
}

export async function endCheckRun(
  { owner, repo, request }: Repository,
  check_run_id: number,
  { conclusion, title, ...texts }: CheckText & { readonly conclusion: Conclusion },
): Promise<void> {
  const output = { title: title.slice(0, MOST_TITLE), ...texts };
  const asked = { owner, repo, check_run_id, status: "completed", conclusion, output } as const;
  await request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", asked);
}
