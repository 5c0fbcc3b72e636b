import { Octokit, RequestError } from "octokit";
import type { FakeGitHub } from "./fake.ts";

/** The real client of a fake, which asks once. */
export function client(
  { apiUrl }: Pick<FakeGitHub, "apiUrl">,
  token: string | undefined = "t-write",
): Octokit {
  return new Octokit({
    baseUrl: apiUrl,
    ...(token !== undefined && { auth: token }),
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
