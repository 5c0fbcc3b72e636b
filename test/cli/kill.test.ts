import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";

import type { State } from "../../src/core/state.ts";
import type { ReportJson } from "../../src/render/report-json.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { rosterOf } from "../apply/short-story.ts";
import { stateOf } from "../apply/state-of.ts";
import { STORIES, type Told } from "../apply/stories.ts";
import { contents, fingerprint, isWrite, story } from "../apply/story.ts";
import { NOW } from "../core/build.ts";
import { wrongs } from "../laws/holding.ts";
import { at, BUILT, directory, sandboxWith, SOURCE, start } from "./run.ts";

/*
 * `apply` in a process of its own, killed at every single call in turn: before the call is carried out, and, where it
 * writes, also behind it, before its answer comes. (To the account a read is the same before and behind it.)
 */

// Hundreds of processes, three side by side.
vi.setConfig({ testTimeout: 600_000 });
const SIDE_BY_SIDE = 3;

const ENTRY = BUILT.exists ? BUILT : SOURCE;

interface Cut {
  /** The number of the call, from 1. */
  readonly call: number;
  readonly isCarriedOut: boolean;
}

for (const [name, tell] of Object.entries(STORIES)) {
  test(`an apply that is killed, at whichever call of ${name}, leaves nothing wrong, and is brought to its end by the next`, async () => {
    const told = await tell();
    const root = await directory(told.texts);
    const whole = await uncut(told, root);
    const after = stateOf(whole);
    const cuts = whole.calls.flatMap((call): readonly Cut[] => [
      { call: call.number, isCarriedOut: false },
      ...(isWrite(call) ? [{ call: call.number, isCarriedOut: true }] : []),
    ]);
    // The next run is the same run wherever it finds the same account, and so is what it ends in.
    const seen = new Map<string, Cut>();
    const ends = new Map<string, Required<AccountData>>();
    await eachOf(cuts, async (cut) => {
      const sandbox = await killed(cut, { told, root, after });
      if (isKnown(seen, sandbox, cut)) return;
      const again = await applied(sandbox, root);
      const { status } = await again.ended;
      expect({ cut, status, end: contents(sandbox) }).toEqual({ cut, status: 0, end: contents(whole) });
      expect(await readdir(again.work)).toEqual(["report.json"]);
      ends.set(fingerprint(sandbox), sandbox.snapshot());
    });
    expect(seen.size).toBeGreaterThan(whole.calls.filter(isWrite).length / 2);
    await thereIsNothingToDo(told, [...ends.values()]);
  });
}

/** Told without any cut, by the same command. */
async function uncut({ before }: Told, root: string): Promise<Sandbox> {
  const sandbox = await quiet(before);
  const { ended } = await applied(sandbox, root);
  expect(await ended).toMatchObject({ status: 0 });
  return sandbox;
}

interface Telling {
  readonly told: Told;
  readonly root: string;
  readonly after: State;
}

/** Kills the process at the call, and looks at what it leaves: in the account, and in its directory. */
async function killed(cut: Cut, { told, root, after }: Telling): Promise<Sandbox> {
  const sandbox = await quiet(told.before);
  const before = stateOf(sandbox);
  const { child, ended, work } = await applied(sandbox, root);
  sandbox.before(cut.call, () => {
    child.kill("SIGKILL");
    if (!cut.isCarriedOut) sandbox.setFaults([{ kind: "lost-request", times: 1 }]);
  });
  expect(await ended).toMatchObject({ status: undefined });
  await delivered(sandbox);
  expect({ cut, wrong: wrongs({ before, now: stateOf(sandbox), after }) }).toEqual({ cut, wrong: [] });
  // The report is there whole, and says what is the matter; no half of another lies beside it.
  expect(await readdir(work)).toEqual(["report.json"]);
  const { error } = JSON.parse(await readFile(join(work, "report.json"), "utf8")) as ReportJson;
  expect(error).toMatch(/^the run was cut off/);
  return sandbox;
}

/** Settled when the sandbox has dealt with all that the process sent before it ended. */
async function delivered(sandbox: Sandbox): Promise<void> {
  await (await fetch(`${sandbox.url}/sandbox/calls`)).arrayBuffer();
}

async function applied(sandbox: Sandbox, root: string) {
  const work = await directory();
  const report = join(work, "report.json");
  const parameters = ["apply", "--root", root, "--yes", "--report", report];
  // Hundreds of processes run the same bundle: compiled once, each starts in half the time.
  const env = { ...at(sandbox.url).env, NODE_COMPILE_CACHE: join(root, "compiled") };
  return { ...start(parameters, { env, entry: ENTRY }), work };
}

function isKnown(seen: Map<string, Cut>, sandbox: Sandbox, cut: Cut): boolean {
  const key = fingerprint(sandbox);
  const isThere = seen.has(key);
  if (!isThere) seen.set(key, cut);
  return isThere;
}

async function thereIsNothingToDo({ texts }: Told, ends: readonly Required<AccountData>[]): Promise<void> {
  const roster = await rosterOf(texts);
  const { plan, sandbox } = await story();
  for (const end of ends) {
    sandbox.load({ ...end, report: undefined });
    expect((await plan(roster)).plan.entries).toEqual([]);
  }
}

/** Its clock stands still, so that equal accounts are equal to the letter. */
function quiet(state: AccountData): Promise<Sandbox> {
  return sandboxWith(state, { seed: "kill", clock: () => Date.parse(NOW) });
}

async function eachOf(cuts: readonly Cut[], look: (cut: Cut) => Promise<void>): Promise<void> {
  const waiting = cuts.values();
  const worker = async (): Promise<void> => {
    for (const cut of waiting) await look(cut);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}
