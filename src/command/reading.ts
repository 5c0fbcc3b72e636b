import type { Finding } from "../core/finding.ts";
import type { Files, RosterFile, Terminal } from "../core/port.ts";
import type { Roster } from "../core/roster.ts";
import { findingLine, type WrongFiles } from "../render/findings.ts";
import { load } from "../roster/load.ts";

/** The files as they were before, to compare with. */
export interface Base {
  readonly files: Files;
  /** Stands before the names of its files: `main:`, `../before/`. */
  readonly label: string;
}

export interface ReadRosters {
  readonly roster: Roster;
  readonly base: Roster | undefined;
  readonly findings: readonly Finding[];
}

export type Rosters =
  | ReadRosters
  | { readonly roster: undefined; readonly findings: readonly Finding[]; readonly wrong: WrongFiles };

/** Files that ask for nothing: the base of the change that brings the roster. */
export const NO_ROSTER: Files = { read: async () => new Uint8Array() };

export const ROSTER_FILES: readonly RosterFile[] = ["users.yaml", "groups.yaml", "roster.yaml"];

/** The files, or none that ask for anything where there is no roster at all. */
export async function rosterOrNone(files: Files): Promise<Files> {
  const found = await Promise.all(
    ROSTER_FILES.map((file) =>
      files.read(file).then(
        (bytes) => bytes !== undefined,
        // It is there, and what is wrong with it is told where it is read.
        () => true,
      ),
    ),
  );
  return found.includes(true) ? files : NO_ROSTER;
}

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
