// Where RECORD_CALLS names a directory: keeps there, for every call of the program to a sandbox of this process, what the
// call asked of the caller's policies. It stands alone, since processes that are not tests load it with --import.
import { subscribe } from "node:diagnostics_channel";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";

/** What was asked, and for which job; `count` says how often. */
export interface Recorded {
  readonly job: string;
  readonly permission: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly count: number;
}

interface Call {
  readonly userAgent: string | undefined;
  readonly asked: readonly Omit<Recorded, "job" | "count">[];
}

const directory = process.env["RECORD_CALLS"];
const counts = new Map<string, number>();

function record(message: unknown): void {
  const { userAgent, asked } = message as Call;
  // A test that calls by hand does not name the program, or says so where it calls through its clients.
  const job = / iam-roster\/\S+ job\/(\w+)/.exec(userAgent ?? "")?.[1];
  if (job === undefined || job === "nothing") return;
  for (const each of asked) {
    const key = JSON.stringify({ job, ...each });
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
}

/** Writes what was recorded since the last time. */
export function keepRecorded(): void {
  if (directory === undefined || counts.size === 0) return;
  const lines = [...counts].map(([key, count]) => JSON.stringify({ ...JSON.parse(key), count }));
  counts.clear();
  mkdirSync(directory, { recursive: true });
  appendFileSync(
    join(directory, `${process.pid}-${threadId}.jsonl`),
    lines.map((line) => `${line}\n`).join(""),
  );
}

if (directory !== undefined) {
  subscribe("iam-roster:sandbox:call", record);
  process.once("exit", keepRecorded);
}
