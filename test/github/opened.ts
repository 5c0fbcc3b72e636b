import { openRepository, type Repository } from "../../src/github/client.ts";
import type { FakeGitHub } from "./fake/fake.ts";

/** The time at which these clocks stand until somebody waits. */
export const STARTED = "2026-11-22T12:00:00.000Z";

export interface Opened {
  readonly repository: Repository;
  /** How long was waited each time, in milliseconds; nobody did in truth. */
  readonly waits: readonly number[];
  /** What was said of the waiting. */
  readonly told: readonly string[];
}

/** Our client of a repository of a fake, with a clock that goes on only where somebody waits. */
export function opened({ apiUrl }: Pick<FakeGitHub, "apiUrl">, token = "t-write"): Opened {
  const waits: number[] = [];
  const clock = {
    now: () => new Date(Date.parse(STARTED) + waits.reduce((sum, wait) => sum + wait, 0)).toISOString(),
    sleep: async (milliseconds: number) => void waits.push(milliseconds),
  };
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  const repository = openRepository({ apiUrl, token, owner: "acme", repo: "access", clock, tell });
  return { repository, waits, told };
}
