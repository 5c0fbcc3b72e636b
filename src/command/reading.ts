import type { Finding } from "../core/finding.ts";
import type { Files, Terminal } from "../core/port.ts";
import type { Roster } from "../core/roster.ts";
import { findingLine, type WrongFiles } from "../render/findings.ts";
import { load } from "../roster/load.ts";

/** The files as they were before, to compare with. */
export interface Base {
  readonly files: Files;
  /** Stands before the names of its files: `main:`, `../before/`. */
  readonly label: string;
}

export type Rosters =
  | { readonly roster: Roster; readonly base: Roster | undefined; readonly findings: readonly Finding[] }
  | { readonly roster: undefined; readonly findings: readonly Finding[]; readonly wrong: WrongFiles };

export async function readRosters(files: Files, base: Base | undefined): Promise<Rosters> {
  const [{ roster, findings }, before] = await Promise.all([load(files), base && load(base.files)]);
  if (roster === undefined) return { roster: undefined, findings, wrong: "roster" };
  if (before === undefined || before.roster !== undefined) return { roster, base: before?.roster, findings };
  const ofBase = before.findings.map((each) => ({ ...each, file: `${base?.label ?? ""}${each.file}` }));
  return { roster: undefined, findings: ofBase, wrong: "base" };
}

/** What is odd in files that a plan can be made of, told beside the plan. */
export function tellWarnings(findings: readonly Finding[], terminal: Terminal): void {
  for (const finding of findings) terminal.err(`${findingLine(finding)}\n`);
}
