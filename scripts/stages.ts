// Runs the stages of a suite (`npm run check`, `npm test`, `npm run test:moto`) one after the other, all of them even when
// one fails, and ends with one line a stage. `counts` adds up how the tests of both suites ended. The commands are those of
// package.json's tools; npm puts them on the PATH.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { CALLS, SILENCE } from "./kept-directories.ts";

import { program } from "./python.ts";

interface Stage {
  readonly name: string;
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Outcome extends Stage {
  readonly ok: boolean;
  readonly seconds: number;
}

/** Where each suite with tests leaves how they ended. */
const REPORTS = {
  test: "node_modules/.cache/vitest.json",
  moto: "node_modules/.cache/vitest-moto.json",
} as const;

function reportingTo(file: string): string {
  return `--reporter=default --reporter=json --outputFile.json=${file}`;
}

const check: readonly Stage[] = [
  { name: "format", command: "oxfmt --check" },
  { name: "lint", command: "oxlint" },
  { name: "types", command: "tsc" },
  { name: "types of exports", command: "tsc -p tsconfig.src.json" },
  { name: "unused code", command: "knip" },
  { name: "generated files", command: "node scripts/generate.ts --check" },
];

const test: readonly Stage[] = [
  ...check,
  { name: "build", command: "rolldown -c --log-level warn" },
  {
    name: "tests",
    command: `vitest run ${reportingTo(REPORTS.test)}`,
    env: { RECORD_CALLS: CALLS, KEEP_SILENCE: SILENCE },
  },
  { name: "permissions", command: "node scripts/calls.ts" },
  { name: "silence", command: "node scripts/silence.ts" },
  { name: "coverage of the core", command: "vitest run test/core --coverage" },
];

/** What needs Python. */
const moto: readonly Stage[] = [
  { name: "Python packages", command: "node scripts/python.ts" },
  { name: "workflows", command: `"${program("zizmor")}" --offline .github examples action.yml` },
  {
    name: "tests with moto and the AWS command line",
    command: `vitest run --config vitest.moto.config.ts ${reportingTo(REPORTS.moto)}`,
  },
];

const suites: ReadonlyMap<string | undefined, readonly Stage[]> = new Map([
  ["check", check],
  ["test", test],
  ["moto", moto],
]);

function run(stage: Stage): Outcome {
  console.log(`\n── ${stage.name}: ${stage.command}`);
  const start = performance.now();
  const { status } = spawnSync(stage.command, {
    shell: true,
    stdio: "inherit",
    env: { ...process.env, ...stage.env },
  });
  return { ...stage, ok: status === 0, seconds: (performance.now() - start) / 1000 };
}

/** How the tests of these reports ended, all together. */
function testCounts(reports: readonly string[]): string {
  if (!reports.every((report) => existsSync(report))) return "the tests did not run";
  const counts = reports.map((report) => JSON.parse(readFileSync(report, "utf8")) as Record<string, number>);
  const sum = (key: string): number => counts.reduce((total, count) => total + (count[key] ?? 0), 0);
  return `${sum("numPassedTests")} passed, ${sum("numFailedTests")} failed, ${sum("numPendingTests")} skipped`;
}

function main(suite: string | undefined): number {
  if (suite === "counts") {
    console.log(testCounts(Object.values(REPORTS)));
    return 0;
  }
  const stages = suites.get(suite);
  if (stages === undefined) {
    throw new Error(`expected one of ${[...suites.keys()].join(", ")}, found ${suite ?? "nothing"}`);
  }
  const report = suite === "test" || suite === "moto" ? REPORTS[suite] : undefined;
  if (report !== undefined) rmSync(report, { force: true });
  if (suite === "test") for (const kept of [CALLS, SILENCE]) rmSync(kept, { recursive: true, force: true });
  const outcomes = stages.map(run);
  console.log("");
  for (const { name, ok, seconds } of outcomes) {
    console.log(`${ok ? "ok    " : "FAILED"}  ${name} (${seconds.toFixed(1)} s)`);
  }
  if (report !== undefined) console.log(`\n${testCounts([report])}`);
  return outcomes.every(({ ok }) => ok) ? 0 : 1;
}

process.exitCode = main(process.argv[2]);
