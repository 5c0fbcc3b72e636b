import { openRepository, type Repository } from "../../src/github/client.ts";
import { type FakeGitHub, fakeGitHub } from "./fake/fake.ts";

/* A repository of the fake, spoken to as the program does. */

export interface Talk {
  readonly github: FakeGitHub;
  /** An open pull request, and its head. */
  readonly number: number;
  readonly head: string;
  readonly repository: Repository;
  /** As somebody with another token sees it. */
  readonly as: (token: string) => Repository;
  /** Milliseconds that were waited. */
  readonly waits: readonly number[];
}

export async function talk(): Promise<Talk> {
  const github = await fakeGitHub({ repository: "acme/access" });
  const main = github.commit({ parents: [], files: { "users.yaml": "" } });
  github.branch("main", main);
  const head = github.commit({ parents: [main], files: { "users.yaml": "users:" } });
  const number = github.openPull({ head });
  const waits: number[] = [];
  const clock = {
    now: () => "2026-11-22T10:00:00Z",
    sleep: async (duration: number) => void waits.push(duration),
  };
  const as = (token: string): Repository =>
    openRepository({ apiUrl: github.apiUrl, token, owner: "acme", repo: "access", clock, tell() {} });
  return { github, number, head, repository: as("t-write"), as, waits };
}
