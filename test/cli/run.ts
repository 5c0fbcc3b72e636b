import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { recordingEnvironment } from "../calls/recording.ts";
import { sandboxEnvironment } from "../../src/command/sandbox.ts";
import { hear, hearDirectory } from "../silence/watch.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";

/* The command in a process of its own. */

export const ROOT = new URL("../../", import.meta.url).pathname;

export interface Entry {
  readonly name: string;
  readonly file: string;
  readonly exists: boolean;
}

export const SOURCE: Entry = { name: "the source", file: join(ROOT, "src/cli.ts"), exists: true };
/** As the last build left it: `npm test` builds before it tests. */
export const BUILT: Entry = {
  name: "the bundle",
  file: join(ROOT, "dist/cli.js"),
  exists: existsSync(join(ROOT, "dist/cli.js")),
};

export interface Ended {
  readonly status: number | undefined;
  readonly out: string;
  readonly err: string;
}

interface Options {
  readonly entry?: Entry;
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node itself. */
  readonly node?: readonly string[];
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has printed so far, both streams. */
  readonly printed: () => string;
  /** Settled when that stands in what it printed; fails when it ends before. */
  readonly says: (text: string | RegExp) => Promise<string>;
}

/** Nobody's profile, and no machine's credentials. */
const NOBODY = {
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
};

export function start(
  parameters: readonly string[],
  { entry = SOURCE, env = {}, node = [] }: Options = {},
): Running {
  const child = spawn(process.execPath, [...node, entry.file, ...parameters], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"] ?? "", ...NOBODY, ...recordingEnvironment(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => {
      hear("what a command prints", out + err);
      resolve({ status: code ?? undefined, out, err });
    });
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const printed = (): string => out + err;
  return { child, ended, printed, says: (text) => saying(child, printed, text) };
}

function saying(child: ChildProcess, printed: () => string, text: string | RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const found =
        typeof text === "string" ? (printed().includes(text) ? text : undefined) : text.exec(printed())?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    child.once("close", () => reject(new Error(`it ended without saying ${String(text)}:\n${printed()}`)));
    look();
  });
}

export function run(parameters: readonly string[], options: Options = {}): Promise<Ended> {
  return start(parameters, options).ended;
}

/** What a person sets who wants to speak to the sandbox there. */
export function at(url: string): { readonly env: Readonly<Record<string, string>> } {
  return { env: sandboxEnvironment(url) };
}

/** A sandbox for it, closed when the test ends. */
export async function sandboxWith(state: AccountData, options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ state, ...options });
  onTestFinished(() => sandbox.close());
  // The first report takes a second; nobody here wants to wait for it.
  sandbox.act("GenerateCredentialReport");
  sandbox.act("GenerateCredentialReport");
  return sandbox;
}

/** A directory with these files, gone when the test ends. */
export async function directory(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "iam-roster-"));
  onTestFinished(async () => {
    hearDirectory(made);
    await rm(made, { recursive: true, force: true });
  });
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(made, name), text)));
  return made;
}
