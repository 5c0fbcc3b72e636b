// Measures what a plan, its steps, an apply and --help cost, beside a bare loop over the AWS SDK, and prints a table.
// Measures dist/ as it was built last. `--write` puts the table into docs/performance.md, `--quick` tries everything
// once, on small accounts, and judges nothing.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "rolldown";

import manifest from "../package.json" with { type: "json" };
import { forNode } from "../rolldown.config.ts";
import { type Cost, costOf, inWorld, type WorldSettings } from "./bench/measure.ts";
import { isMet, type Row, tableOf } from "./bench/table.ts";

const ROOT = join(import.meta.dirname, "..");
const CLI = join(ROOT, "dist/cli.js");
const DRIVERS = join(ROOT, "node_modules/.cache/bench");
const PAGE = join(ROOT, "docs/performance.md");

interface Size {
  readonly runs: number;
  /** Users with whom there is nothing to change. */
  readonly settled: readonly number[];
  readonly newcomers: number;
  /** Milliseconds a call. */
  readonly latency: number;
}

const FULL: Size = { runs: 9, settled: [50, 500, 5000], newcomers: 500, latency: 50 };
const QUICK: Size = { runs: 1, settled: [50], newcomers: 10, latency: 5 };

/** How many calls `apply` has under way at a time. */
const AT_A_TIME = 10;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { quick: { type: "boolean" }, write: { type: "boolean" } } });
  const size = values.quick === true ? QUICK : FULL;
  if (!existsSync(CLI)) throw new Error("there is no dist/cli.js: npm run build makes it");
  await bundleDrivers();
  const rows = await allRows(size);
  const report = `${circumstances(size)}\n\n${tableOf(rows)}`;
  console.log(report);
  if (values.quick === true) return 0;
  if (values.write === true) writePage(report);
  return rows.every(isMet) ? 0 : 1;
}

/** Bundled as the program is, so that loading costs them as much. */
async function bundleDrivers(): Promise<void> {
  const input = ["baseline", "steps"].map((name) => join(ROOT, `scripts/bench/${name}.ts`));
  await build({ ...forNode, input, output: { dir: DRIVERS, format: "esm" }, logLevel: "silent" });
}

async function allRows(size: Size): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const latency of [0, size.latency]) {
    for (const users of size.settled)
      rows.push(...(await planRows({ kind: "settled", users, latency }, size)));
  }
  rows.push(...(await stepRows(size)), await applyRow(size), ...(await startRows(size)));
  return rows;
}

function counted(users: number): string {
  return `${users.toLocaleString("en")} users`;
}

async function planRows(world: WorldSettings, { runs }: Size): Promise<readonly Row[]> {
  const pairs = await inWorld(world, async (place) => {
    const plan = [CLI, "plan", "--root", place.root];
    const baseline = [join(DRIVERS, "baseline.js")];
    // The first of each finds nothing of itself in the machine's memory.
    await costOf(baseline, place);
    await costOf(plan, place);
    return repeated(runs, async () => [await costOf(baseline, place), await costOf(plan, place)] as const);
  });
  const what = `plan, nothing to change, ${counted(world.users)}, ${world.latency} ms a call`;
  const figures = (of: (cost: Cost) => number) => ({
    baseline: pairs.map(([bare]) => of(bare)),
    figures: pairs.map(([, ours]) => of(ours)),
  });
  const goal = { of: "ratio", most: 1.5 } as const;
  return [
    { what: `${what}: time`, unit: "ms", ...figures(({ time }) => time), goal },
    { what: "… of it, from the first call on", unit: "ms", ...figures((cost) => cost.fromFirstCall) },
    { what: "… peak memory", unit: "MB", ...figures(({ memory }) => memory), goal },
    { what: "… calls", unit: "calls", ...figures(({ calls }) => calls), goal: { of: "figure", most: 19 } },
  ];
}

async function stepRows({ settled, runs }: Size): Promise<readonly Row[]> {
  const users = Math.max(...settled);
  const steps = await inWorld({ kind: "settled", users, latency: 0 }, (place) =>
    repeated(runs, async () => {
      const { out } = await costOf([join(DRIVERS, "steps.js"), place.root], place);
      return JSON.parse(out) as { readonly files: number; readonly difference: number };
    }),
  );
  const row = (what: string, figures: readonly number[], most: number): Row => {
    return { what: `${what}, ${counted(users)}`, unit: "ms", figures, goal: { of: "figure", most } };
  };
  return [
    row(
      "parse and check of the files",
      steps.map(({ files }) => files),
      1000,
    ),
    row(
      "the difference",
      steps.map(({ difference }) => difference),
      100,
    ),
  ];
}

async function applyRow({ newcomers, latency, runs }: Size): Promise<Row> {
  const costs = await inWorld({ kind: "newcomers", users: newcomers, latency }, (place) =>
    // One takes long, and what it waits for does not vary.
    repeated(Math.ceil(runs / 3), async () => {
      await place.ask("reset");
      return costOf([CLI, "apply", "--root", place.root, "--yes"], place);
    }),
  );
  const calls = costs[0]?.calls ?? 0;
  return {
    what: `apply, ${newcomers} new users in three groups each, ${latency} ms a call`,
    unit: "ms",
    figures: costs.map(({ time }) => time),
    goal: {
      of: "figure",
      most: (1.3 * calls * latency) / AT_A_TIME,
      because: `1.3 × ${calls.toLocaleString("en")} calls × ${latency} ms / ${AT_A_TIME}`,
    },
  };
}

/** What nothing costs tells how fast the machine is just now. */
async function startRows({ runs }: Size): Promise<readonly Row[]> {
  const times = (script: readonly string[]): Promise<readonly number[]> =>
    inWorld({ kind: "settled", users: 0, latency: 0 }, (place) =>
      repeated(runs, async () => (await costOf(script, place)).time),
    );
  const goal = { of: "figure", most: 150 } as const;
  return [
    { what: "--help", unit: "ms", figures: await times([CLI, "--help"]), goal },
    { what: "Node, with nothing to run", unit: "ms", figures: await times(["--eval", ""]) },
  ];
}

async function repeated<Result>(times: number, run: () => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let count = 0; count < times; count += 1) results.push(await run());
  return results;
}

function circumstances({ runs }: Size): string {
  const sdk = manifest.dependencies["@aws-sdk/client-iam"];
  const machine = `${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`;
  const date = new Date().toISOString().slice(0, 10);
  return `Measured on ${date}: Node ${process.version}, AWS SDK ${sdk}, ${machine}. The median of ${runs} runs, with the least and the most.`;
}

/** The page keeps the table between two comments. */
function writePage(report: string): void {
  const page = readFileSync(PAGE, "utf8");
  const marked = /(?<=<!-- npm run bench begins -->\n).*(?=<!-- npm run bench ends -->)/s;
  if (!marked.test(page)) throw new Error(`${PAGE} does not say where the table goes`);
  writeFileSync(
    PAGE,
    page.replace(marked, () => `\n${report}\n`),
  );
}

process.exitCode = await main();
