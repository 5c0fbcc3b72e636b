import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import type { AccountData } from "../../src/sandbox/data.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { recordingEnvironment } from "../calls/recording.ts";
import { keyFiles } from "./keys.ts";
import { CHECKOUT } from "./page.ts";

/* Where the commands of a page are run: a directory of their own, and an account of their own. */

/** The moment at which the pages were written; the sandbox and iam-roster both take it for now. */
const NOW = "2026-11-22T10:00:00Z";

/** What stands before every block: `iam-roster` may be an alias, and a failure ends the block. */
const PREAMBLE = "set -eu -o pipefail\nshopt -s expand_aliases\n";

export interface Ran {
  readonly status: number;
  /** What a terminal would show. */
  readonly shown: string;
}

export interface Workshop {
  readonly run: (script: string) => Promise<Ran>;
  readonly write: (file: string, text: string) => Promise<void>;
}

export interface Setting {
  readonly account?: AccountData;
  /** Files that are there, in a Git repository with one commit on main. */
  readonly committed?: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  /** What is run before the section. */
  readonly before?: string;
}

/** A copy of the checkout, or a Git repository with these files; and an account. */
export async function openWorkshop({ account, committed, faults, before }: Setting): Promise<Workshop> {
  const home = await mkdtemp(join(tmpdir(), "iam-roster-docs-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const work = join(home, "work");
  const [env] = await Promise.all([
    serve(account, faults).then((url) => environment(home, url)),
    committed === undefined ? copyCheckout(work) : mkdir(work),
    writeKeys(join(home, "keys")),
  ]);
  const shop: Workshop = {
    run: async (script) => {
      const { status, shown } = await runBash(PREAMBLE + script, { cwd: work, env });
      // Another in each run, and a reader has none of them.
      return { status, shown: shown.replaceAll(home, "/home/you") };
    },
    write: (file, text) => writeFile(join(work, file), text),
  };
  if (committed !== undefined) await commitFirst(shop, committed);
  if (before !== undefined) await prepare(shop, before);
  return shop;
}

async function commitFirst(shop: Workshop, files: Readonly<Record<string, string>>): Promise<void> {
  await Promise.all(Object.entries(files).map(([file, text]) => shop.write(file, text)));
  await prepare(shop, "git init -q -b main && git add . && git commit -q -m First");
}

async function prepare(shop: Workshop, script: string): Promise<void> {
  const { status, shown } = await shop.run(script);
  if (status !== 0) throw new Error(`no workshop could be made: ${shown}`);
}

async function writeKeys(directory: string): Promise<void> {
  await mkdir(directory);
  const files = Object.entries(await keyFiles());
  await Promise.all(files.map(([file, text]) => writeFile(join(directory, file), text, { mode: 0o600 })));
}

const LEFT_OUT = new Set(["node_modules", "dist", "coverage", ".git", "test"]);

async function copyCheckout(work: string): Promise<void> {
  await cp(CHECKOUT, work, {
    recursive: true,
    filter: (source) => !LEFT_OUT.has(source.slice(CHECKOUT.length)),
  });
  await symlink(join(CHECKOUT, "node_modules"), join(work, "node_modules"));
}

/** Nothing of whoever runs the tests: neither the AWS settings nor Git's. */
async function environment(home: string, url: string): Promise<NodeJS.ProcessEnv> {
  return {
    PATH: await commandPath(home),
    HOME: home,
    NO_COLOR: "1",
    ...recordingEnvironment(),
    // So many short processes load the same code.
    NODE_COMPILE_CACHE: join(CHECKOUT, "node_modules/.cache/node"),
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "AKIASANDBOX",
    AWS_SECRET_ACCESS_KEY: "not-a-secret",
    GIT_CONFIG_GLOBAL: join(home, "no-settings"),
    GIT_CONFIG_NOSYSTEM: "1",
    ...person("AUTHOR"),
    ...person("COMMITTER"),
    npm_config_update_notifier: "false",
  };
}

function person(role: string): NodeJS.ProcessEnv {
  return { [`GIT_${role}_NAME`]: "Emily", [`GIT_${role}_EMAIL`]: "emily@example.com" };
}

async function serve(state: AccountData = {}, faults: readonly Fault[] = []): Promise<string> {
  const sandbox = await startSandbox({ state, faults, seed: "docs", clock: () => Date.parse(NOW) });
  onTestFinished(() => sandbox.close());
  // The first report takes a second, for which nobody here wants to wait.
  sandbox.act("GenerateCredentialReport");
  sandbox.act("GenerateCredentialReport");
  return sandbox.url;
}

/** `iam-roster` as if it were installed, in a process where it is NOW. */
async function commandPath(home: string): Promise<string> {
  const bin = join(home, "bin");
  await mkdir(bin);
  const clock = join(home, "clock.mjs");
  const command = `exec '${process.execPath}' --import '${clock}' '${join(CHECKOUT, "src/cli.ts")}' "$@"`;
  await Promise.all([
    writeFile(clock, `Date.now = () => Date.parse("${NOW}");\n`),
    writeFile(join(bin, "iam-roster"), `#!/bin/sh\n${command}\n`, { mode: 0o755 }),
  ]);
  return [bin, join(CHECKOUT, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
}

const execute = promisify(execFile);

async function runBash(script: string, options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<Ran> {
  try {
    const { stdout } = await execute("bash", ["-c", `exec 2>&1\n${script}`], options);
    return { status: 0, shown: stdout };
  } catch (error) {
    const { code, stdout } = error as { readonly code: unknown; readonly stdout: string };
    if (typeof code !== "number") throw error;
    return { status: code, shown: stdout };
  }
}
