import { Octokit, RequestError } from "octokit";
import { messageOf } from "../core/failure.ts";
import { A_PAGE } from "./pages.ts";

/** What GitHub is asked with. */
export interface GitHubAccess {
  /** `https://api.github.com`, or that of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  /** Without one, GitHub answers sixty questions an hour. */
  readonly token: string | undefined;
}

/**
 * The public SSH keys that GitHub shows for a login, as lines of a `.pub` file; undefined where there is no such login.
 * Throws where GitHub does not answer: fewer keys than there are would shut somebody out.
 */
export async function publicKeys(
  login: string,
  { apiUrl, token }: GitHubAccess,
): Promise<readonly string[] | undefined> {
  const octokit = new Octokit({
    baseUrl: apiUrl,
    ...(token !== undefined && { auth: token }),
    log: SILENT,
    throttle: { enabled: false },
    retry: { enabled: false },
    request: { redirect: "error" },
  });
  try {
    return await allKeys(octokit, login);
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return undefined;
    throw new Error(`cannot ask ${apiUrl} for the keys of ${login}: ${reason(error)}`, { cause: error });
  }
}

/** Nobody has so many keys; a server that goes on and on is none to wait for. */
const MOST_PAGES = 10;
/** Milliseconds. */
const PATIENCE = 30_000;

/** Page by page, by number: where a page says that the next one is, another server might be. */
async function allKeys(octokit: Octokit, username: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const request = { signal: AbortSignal.timeout(PATIENCE) };
    const asked = { username, per_page: A_PAGE, page, request };
    const { status, data } = await octokit.request("GET /users/{username}/keys", asked);
    const found = keysIn(status, data);
    keys.push(...found);
    if (found.length < A_PAGE) return keys;
  }
  throw new Error(`it goes on after ${MOST_PAGES} pages`);
}

/** Throws where it is no list of keys: none is another answer than none that can be read. */
function keysIn(status: number, data: unknown): readonly string[] {
  const list: readonly unknown[] | undefined = status === 200 && Array.isArray(data) ? data : undefined;
  const keys = list?.map((each) =>
    typeof each === "object" && each !== null && "key" in each ? each.key : undefined,
  );
  if (keys?.every((key) => typeof key === "string") !== true)
    throw new Error("it does not answer as GitHub does");
  return keys;
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

function reason(error: unknown): string {
  if (!(error instanceof RequestError)) return messageOf(error);
  if (error.cause instanceof Error && error.response === undefined) return "nobody answers there";
  if (error.status === 403 || error.status === 429)
    return `it wants fewer questions (${error.status}); set GITHUB_TOKEN, or wait an hour`;
  if (error.status === 401) return "it does not take GITHUB_TOKEN (401)";
  return error.status >= 500 ? `it does not answer (${error.status})` : `${error.status}`;
}
