import { Octokit, RequestError } from "octokit";
import type { FakeGitHub } from "./fake.ts";

/** The real client of a fake, which asks once; an empty token is none. */
export function client({ apiUrl }: Pick<FakeGitHub, "apiUrl">, token = "t-write"): Octokit {
  return new Octokit({
    baseUrl: apiUrl,
    ...(token !== "" && { auth: token }),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    throttle: { enabled: false },
    retry: { enabled: false },
  });
}

/** The one repository of these tests. */
export const HERE = { owner: "acme", repo: "access" } as const;

/** How a call was refused: the status, and what GitHub says. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return error instanceof RequestError ? `${error.status} ${error.message}` : String(error);
  }
  return "no refusal";
}
