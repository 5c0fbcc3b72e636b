import { Octokit, RequestError } from "octokit";

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
  });
  try {
    const keys = await octokit.paginate("GET /users/{username}/keys", { username: login, per_page: 100 });
    return keys.map(({ key }) => key);
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return undefined;
    throw new Error(`cannot ask ${apiUrl} for the keys of ${login}: ${reason(error)}`, { cause: error });
  }
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

function reason(error: unknown): string {
  if (!(error instanceof RequestError)) return error instanceof Error ? error.message : String(error);
  if (error.status === 403 || error.status === 429)
    return `it wants fewer questions (${error.status}); set GITHUB_TOKEN, or wait an hour`;
  if (error.status === 401) return "it does not take GITHUB_TOKEN (401)";
  return error.status >= 500 ? `it does not answer (${error.status})` : `${error.status}`;
}
