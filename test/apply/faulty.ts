import type { LivePlan } from "../../src/command/live-plan.ts";
import type { AppliedChange, Report } from "../../src/core/report.ts";
import type { Roster } from "../../src/core/roster.ts";
import type { State } from "../../src/core/state.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { wrongs } from "../laws/holding.ts";
import type { Trouble } from "./modelled-errors.ts";
import { BEFORE, rosterOf } from "./short-story.ts";
import { stateOf } from "./state-of.ts";
import { contents, fingerprint, story, type Story } from "./story.ts";

/* The story with each kind of change, told again and again with one thing going wrong, and what a person then reads. */

export interface Stage extends Story {
  readonly roster: Roster;
  readonly live: LivePlan;
  /** The account at the beginning; everybody has the same unique id each time. */
  readonly start: AccountData;
  readonly before: State;
  readonly after: State;
  /** What the account holds when the story has been told. */
  readonly end: unknown;
}

export async function staged(): Promise<Stage> {
  const told = await story(BEFORE);
  const { sandbox } = told;
  const start: AccountData = { ...sandbox.snapshot(), report: undefined };
  const before = stateOf(sandbox);
  const roster = await rosterOf();
  const live = await told.plan(roster);
  await told.apply(roster, { live });
  return { ...told, roster, live, start, before, after: stateOf(sandbox), end: contents(sandbox) };
}

/** The story from its beginning, with these faults until it has been told. */
export async function applied(stage: Stage, faults: readonly Fault[]): Promise<Report> {
  const { sandbox, apply, roster, live, start } = stage;
  sandbox.load(start);
  sandbox.setFaults(faults);
  const { report } = await apply(roster, { live });
  sandbox.setFaults([]);
  return report;
}

/** Who holds now what neither end gives, or lacks what denies in both. */
export function wrongsNow({ sandbox, before, after }: Stage): readonly string[] {
  return wrongs({ before, now: stateOf(sandbox), after });
}

/** Gives the next run, which ends where an undisturbed one does; once for each account that a run left. */
export function mending({ sandbox, apply, roster, end }: Stage): () => Promise<boolean> {
  const mended = new Set<string>();
  return async () => {
    const left = fingerprint(sandbox);
    if (mended.has(left)) return true;
    mended.add(left);
    await apply(roster);
    return JSON.stringify(contents(sandbox)) === JSON.stringify(end);
  };
}

export function everyChange({ entries }: Report): readonly AppliedChange[] {
  return entries.flatMap(({ changes, extra }) => [...changes, ...extra]);
}

export function linesOf(change: AppliedChange): readonly string[] {
  return "error" in change ? steady(change.error) : [];
}

/** The lines of a message, without where exactly the parser gave up. */
export function steady(message: string): readonly string[] {
  return message.replace(/(XML parse error): .*/, "$1: …").split("\n");
}

/** Nobody of whom not everything is done goes without a word on what is true now. */
export function untold({ entries }: Report): readonly string[] {
  return entries
    .filter(
      ({ changes, problem }) => problem === undefined && changes.some(({ outcome }) => outcome !== "done"),
    )
    .map(({ subject }) => `not a word on what is true of ${subject.name}`);
}

/** All that was not done, or done besides, but for what is told already. */
export function restOf({ entries }: Report, isTold: (change: AppliedChange) => boolean): readonly string[] {
  const told = entries.flatMap(({ subject, changes, extra, problem }) => [
    ...changes
      .filter((change) => change.outcome !== "done" && !isTold(change))
      .map(
        (change) => `    ${change.outcome}: ${change.kind} of ${subject.name} (${linesOf(change).join(" ")})`,
      ),
    ...extra.map((change) => `    besides, ${change.outcome}: ${change.kind} of ${subject.name}`),
    ...(problem === undefined ? [] : [`    Now: ${problem}`]),
  ]);
  return told.length === 0 ? ["    nothing else"] : told;
}

export interface Told {
  readonly trouble: Trouble;
  readonly message: readonly string[];
  readonly rest: readonly string[];
}

/** The page of an operation: each trouble with its message, then what else it meant, told once where it is the same. */
export function page(operation: string, troubles: readonly Told[]): string {
  const messages = troubles.map(({ trouble, message }) => `  ${trouble}: ${message.join("\n    ")}`);
  const rests = Map.groupBy(troubles, ({ rest }) => rest.join("\n"));
  const consequences = [...rests].map(
    ([rest, same]) => `  and with ${same.map(({ trouble }) => trouble).join(", ")}:\n${rest}`,
  );
  return `${operation}\n${[...messages, ...consequences].join("\n")}\n`;
}
