// Runs the stages of `npm run check` or `npm test` one after the other, all of them even when one fails, and
// ends with one line a stage. The commands are those of package.json's tools; npm puts them on the PATH.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";

interface Stage {
  readonly name: string;
  readonly command: string;
}

interface Outcome extends Stage {
  readonly ok: boolean;
  readonly seconds: number;
}

const TEST_REPORT = "node_modules/.cache/vitest.json";

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
    command: `vitest run --reporter=default --reporter=json --outputFile.json=${TEST_REPORT}`,
  },
];

function run(stage: Stage): Outcome {
  console.log(`\n── ${stage.name}: ${stage.command}`);
  const start = performance.now();
  const { status } = spawnSync(stage.command, { shell: true, stdio: "inherit" });
  return { ...stage, ok: status === 0, seconds: (performance.now() - start) / 1000 };
}

function testCounts(): string {
  if (!existsSync(TEST_REPORT)) return "the tests did not run";
  const report: unknown = JSON.parse(readFileSync(TEST_REPORT, "utf8"));
  const { numPassedTests, numFailedTests, numPendingTests } = report as Record<string, number>;
  return `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`;
}

function main(suite: string | undefined): number {
  const stages = suite === "check" ? check : suite === "test" ? test : undefined;
  if (stages === undefined) throw new Error(`expected "check" or "test", found ${suite ?? "nothing"}`);
  rmSync(TEST_REPORT, { force: true });
  const outcomes = stages.map(run);
  console.log("");
  for (const { name, ok, seconds } of outcomes) {
    console.log(`${ok ? "ok    " : "FAILED"}  ${name} (${seconds.toFixed(1)} s)`);
  }
  if (suite === "test") console.log(`\n${testCounts()}`);
  return outcomes.every(({ ok }) => ok) ? 0 : 1;
}

process.exitCode = main(process.argv[2]);
