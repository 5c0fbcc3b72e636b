import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { sandboxEnvironment } from "../../src/command/sandbox.ts";
import type { Answer, Question } from "./account.ts";
import { newcomers, settled } from "./world.ts";

/*
 * Processes, and what they cost.
 */

export interface WorldSettings {
  readonly kind: "settled" | "newcomers";
  readonly users: number;
  /** Milliseconds that a call takes. */
  readonly latency: number;
}

/** A world that commands can be run in. */
export interface Place {
  /** The directory of the files. */
  readonly root: string;
  readonly url: string;
  readonly ask: (question: Question) => Promise<Answer>;
}

/** Makes the world, its account in another process, for as long as `use` takes. */
export async function inWorld<Result>(
  { kind, users, latency }: WorldSettings,
  use: (place: Place) => Promise<Result>,
): Promise<Result> {
  const root = await mkdtemp(join(tmpdir(), "iam-roster-bench-"));
  const { files } = kind === "newcomers" ? newcomers(users) : settled(users);
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(root, name), content)));
  const account = fork(join(import.meta.dirname, "account.ts"), [kind, String(users), String(latency)]);
  try {
    const { url } = await answerOf(account);
    const ask = (question: Question): Promise<Answer> => {
      account.send(question);
      return answerOf(account);
    };
    return await use({ root, url, ask });
  } finally {
    account.disconnect();
    await once(account, "exit");
    await rm(root, { recursive: true });
  }
}

async function answerOf(account: ChildProcess): Promise<Answer> {
  const [answer] = (await once(account, "message")) as [Answer];
  return answer;
}

export interface Cost {
  /** Milliseconds, of the whole process. */
  readonly time: number;
  /** Milliseconds from the first call to the end. */
  readonly fromFirstCall: number;
  /** Peak memory, in megabytes. */
  readonly memory: number;
  readonly calls: number;
  readonly out: string;
}

const PEAK = new URL("peak.mjs", import.meta.url).href;

/** Runs a script of Node in a process of its own. Throws where it fails. */
export async function costOf(script: readonly string[], place: Place): Promise<Cost> {
  await place.ask("calls");
  const begun = performance.now();
  const child = spawn(process.execPath, ["--import", PEAK, ...script], {
    env: environment(place.url),
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const written = child.stdio.slice(1).map((stream) => text(stream as Readable));
  const exit = once(child, "exit") as Promise<[status: number | null]>;
  const [[status], out = "", err = "", peak = ""] = await Promise.all([exit, ...written]);
  const time = performance.now() - begun;
  const ended = Date.now();
  if (status !== 0) throw new Error(`${script.join(" ")} ended with ${status}:\n${out}${err}`);
  const { calls, first } = await place.ask("calls");
  return { time, fromFirstCall: ended - first, memory: Number(peak) / 1000, calls, out };
}

/** Nobody's profile, and no other option of Node than ours. */
function environment(url: string): NodeJS.ProcessEnv {
  const noFiles = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };
  return { PATH: process.env["PATH"], ...sandboxEnvironment(url), ...noFiles };
}
