// Changes src/core in one place at a time, with Stryker, and looks whether a test notices. What none notices must be
// explained in tools/mutation/explained.json; an explanation of what a test notices, or of what is no longer there, fails too.
//
//   npm run mutate -- src/core/reach.ts src/core/rules
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Explained, judge, type MutationReport, said } from "./mutation.ts";

const ROOT = dirname(import.meta.dirname);
const TOOLS = join(ROOT, "tools/mutation");
const REPORT = join(ROOT, "node_modules/.cache/mutation.json");

/** Throws where the command fails. */
function run(command: string, parameters: readonly string[]): void {
  const { status } = spawnSync(command, parameters, { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) throw new Error(`${command} ended with ${status ?? "a signal"}`);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

function patternOf(path: string): string {
  return statSync(join(ROOT, path)).isDirectory() ? `${path.replace(/\/$/, "")}/**/*.ts` : path;
}

function main(paths: readonly string[]): number {
  if (!existsSync(join(TOOLS, "node_modules"))) run("npm", ["ci", "--prefix", TOOLS]);
  rmSync(REPORT, { force: true });
  const chosen = paths.length === 0 ? [] : ["--mutate", paths.map(patternOf).join(",")];
  const stryker = join(TOOLS, "node_modules/@stryker-mutator/core/bin/stryker.js");
  run(process.execPath, [stryker, "run", join(TOOLS, "stryker.config.json"), ...chosen]);
  const explained = readJson(join(TOOLS, "explained.json")) as readonly Explained[];
  const judgement = judge(readJson(REPORT) as MutationReport, explained);
  console.log(said(judgement).join("\n"));
  return judgement.unexplained.length + judgement.stale.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
