import { Octokit, RequestError } from "octokit";
import { messageOf } from "../core/failure.ts";
import type { Clock } from "../core/port.ts";

/* One repository on GitHub: every request goes through here, with its retries and its errors. */

export interface RepositoryAccess {
  /** `https://api.github.com`, or that of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  readonly clock: Pick<Clock, "now" | "sleep">;
  /** Says in a line why nothing goes on for a while. */
  readonly tell: (line: string) => void;
}

export interface Repository extends Pick<RepositoryAccess, "owner" | "repo"> {
  /**
   * Sends a request. Throws a GitHubFailure; what was not carried out is tried again, and so is what may be done twice.
   */
  readonly request: Octokit["request"];
  /** Whose the token is, as the author of what it writes. */
  readonly viewer: () => Promise<string>;
  readonly clock: Pick<Clock, "now" | "sleep">;
}

/** GitHub said no, or did not answer. The message is for people: one or two lines, never a secret. */
export class GitHubFailure extends Error {
  override readonly name = "GitHubFailure";
  /** undefined: no answer came. */
  readonly status: number | undefined;

  constructor({ message, status, cause }: Pick<GitHubFailure, "message" | "status" | "cause">) {
    super(message, { cause });
    this.status = status;
  }

  /** Without an answer, or with one of a server that broke down, it may have been carried out all the same. */
  get ambiguous(): boolean {
    return this.status === undefined || this.status >= 500;
  }
}

export function openRepository({ apiUrl, token, owner, repo, clock, tell }: RepositoryAccess): Repository {
  const octokit = new Octokit({
    baseUrl: apiUrl,
    auth: token,
    userAgent: "iam-roster",
    log: SILENT,
    // Both would wait without a word, and take a write that broke off for one that was not made.
    throttle: { enabled: false },
    retry: { enabled: false },
    request: { redirect: "error" },
  });
  octokit.hook.wrap("request", async (send, options) => {
    const timed = async (): Promise<Awaited<ReturnType<typeof send>>> => {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await send({ ...options, request: { ...options.request, signal } });
      if (isBroken(answer)) throw new Error("the answer broke off");
      return answer;
    };
    return retrying(timed, { method: options.method, url: options.url, clock, tell });
  });
  let login: Promise<string> | undefined;
  return {
    owner,
    repo,
    request: octokit.request,
    viewer: () => {
      // An answer is asked for once; a failure is not kept.
      login ??= viewerOf(octokit).catch((error: unknown) => {
        login = undefined;
        throw error;
      });
      return login;
    },
    clock,
  };
}

/** Milliseconds until what was made can be found. */
const A_WHILE = 2000;

/** Creates one. Where the answer is lost, it is looked for before another is made. Throws a GitHubFailure. */
export async function createOnce<Made>(
  { clock }: Pick<Repository, "clock">,
  create: () => Promise<Made>,
  find: () => Promise<Made | undefined>,
): Promise<Made> {
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof GitHubFailure) || !error.ambiguous) throw error;
    await clock.sleep(A_WHILE);
    return (await find()) ?? create();
  }
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Milliseconds for one answer. */
const PATIENCE = 30_000;

/** Octokit gives JSON that it could not read, or that did not arrive whole, as the text that there is. */
function isBroken({
  data,
  headers,
}: {
  readonly data: unknown;
  readonly headers: { readonly "content-type"?: string };
}): boolean {
  return typeof data === "string" && /json/.test(headers["content-type"] ?? "");
}

interface Asked extends Pick<RepositoryAccess, "clock" | "tell"> {
  readonly method: string;
  /** The route with its placeholders. */
  readonly url: string;
}

/** Milliseconds before each further attempt, where GitHub does not say how long. */
const WAITS: readonly number[] = [1000, 2000, 4000, 8000];
/** A minute at least, says GitHub, where its limit of writes was met and no header names a time. */
const LIMIT_WAIT = 60_000;
/** From here on somebody who watches wonders what it waits for. */
const LONG_WAIT = 5000;
/** Nobody waits longer for a job. */
const LONGEST_WAIT = 10 * 60_000;

async function retrying<Answer>(send: () => Promise<Answer>, asked: Asked): Promise<Answer> {
  for (const usual of WAITS) {
    try {
      return await send();
    } catch (error) {
      const wait = waitAfter(error, asked, usual);
      if (wait === undefined || wait > LONGEST_WAIT) throw failureOf(error, asked);
      if (wait >= LONG_WAIT) asked.tell(waitLine(failureOf(error, asked), wait));
      await asked.clock.sleep(wait);
    }
  }
  try {
    return await send();
  } catch (error) {
    throw failureOf(error, asked);
  }
}

function waitLine({ message }: GitHubFailure, milliseconds: number): string {
  const [said = ""] = message.split("\n");
  return `${said.replace(/\.$/, "")}. Trying again in ${Math.ceil(milliseconds / 1000)} seconds.`;
}

/** How long to wait before it is sent again; undefined where it must not be, or where that would not help. */
function waitAfter(error: unknown, { method, url, clock }: Asked, usual: number): number | undefined {
  const status = error instanceof RequestError && error.response !== undefined ? error.status : undefined;
  if (error instanceof RequestError && isLimit(error)) return limitWait(error, clock);
  // Sent twice, what creates something would create it twice: whoever calls looks first.
  const mayRepeat = method !== "POST" || url.endsWith("/graphql");
  return mayRepeat && (status === undefined || status >= 500) ? usual : undefined;
}

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: a limit is 403 or 429. */
function isLimit({ status, response, message }: RequestError): boolean {
  if (status !== 403 && status !== 429) return false;
  const headers = response?.headers ?? {};
  const isSpent = headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined;
  return status === 429 || isSpent || /secondary rate limit/i.test(message);
}

function limitWait({ response }: RequestError, clock: Pick<Clock, "now">): number {
  const headers = response?.headers ?? {};
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN) * 1000;
  if (headers["x-ratelimit-remaining"] !== "0" || !Number.isFinite(reset)) return LIMIT_WAIT;
  return Math.max(0, reset - Date.parse(clock.now())) + 1000;
}

function failureOf(error: unknown, { method, url }: Asked): GitHubFailure {
  const route = `${method} ${url}`;
  if (!(error instanceof RequestError) || error.response === undefined) {
    const message = `GitHub does not answer to ${route}: ${networkWords(error)}\nRun this job again; if it stays so, look at the network of the runner, and at GITHUB_API_URL.`;
    return new GitHubFailure({ message, status: undefined, cause: error });
  }
  const { status } = error;
  const said = error.message.split("\n")[0]?.replace(/ - https:\/\/\S+$/, "") ?? "";
  // It says 403 for other reasons too: a conversation that is locked, a limit.
  const isOther = status === 403 && !/not accessible/i.test(said);
  const way = isOther ? undefined : WAYS.get(status)?.(method, url);
  const message = `GitHub answers ${status} to ${route}: ${said}${way === undefined ? "" : `\n${way}`}`;
  return new GitHubFailure({ message, status, cause: error });
}

/** What is behind it all says most: `connect ECONNREFUSED 127.0.0.1:443`, not `fetch failed`. */
function networkWords(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error
    ? networkWords(error.cause)
    : messageOf(error);
}

type Way = (method: string, url: string) => string;

const WAYS: ReadonlyMap<number, Way> = new Map<number, Way>([
  [401, () => "The input github-token is not valid, or has expired."],
  [403, (method, url) => `Give the job the permission ${permissionFor(method, url)}.`],
  [404, (method, url) => `It is not there, or the job lacks the permission ${permissionFor(method, url)}.`],
  [410, () => "Issues are switched off in this repository: switch them on in its settings."],
]);

/** As a workflow writes it. */
function permissionFor(method: string, url: string): string {
  if (url.endsWith("/graphql"))
    return "metadata: read, which every token of a workflow has: look at github-token";
  const level = method === "GET" ? "read" : "write";
  if (/\/check-runs/.test(url)) return `checks: ${level}`;
  if (/\/issues\/.*comments/.test(url)) return `pull-requests: ${level} (of an issue: issues: ${level})`;
  if (/\/(issues|labels)/.test(url)) return `issues: ${level}`;
  if (/\/pulls/.test(url)) return `pull-requests: ${level}`;
  return `contents: ${level}`;
}

/** The token of a workflow may not ask REST who it is; GraphQL tells every kind of token. */
async function viewerOf(octokit: Octokit): Promise<string> {
  const { viewer } = await octokit.graphql<{ readonly viewer: { readonly login: string } }>(
    "{ viewer { login } }",
  );
  return viewer.login;
}
