/*
 * What a run of mutations means: which mutants no test noticed, and whether each of them is explained.
 */

interface Place {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** What is needed of Stryker's report. */
export interface MutationReport {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly ReportedMutant[] }>
  >;
}

interface ReportedMutant {
  readonly status: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** Mutants of one file that no test can tell, or none should, and why. */
export interface Explained {
  readonly file: string;
  readonly reason: string;
  readonly mutants: readonly Edit[];
}

/** The lines of a mutant before and after, white space made one blank. */
interface Edit {
  readonly from: string;
  readonly to: string;
}

interface Survivor extends Edit {
  readonly file: string;
  readonly line: number;
  /** No test so much as gets there. */
  readonly isUnreached: boolean;
}

export interface Judgement {
  readonly killed: number;
  readonly explained: number;
  /** Evaluated only when a module is loaded, so that each would need a run of all tests. */
  readonly untried: number;
  readonly unexplained: readonly Survivor[];
  /** Explanations of mutants that a test notices, or that are no longer there. */
  readonly stale: readonly (Edit & { readonly file: string })[];
}

const KILLED: ReadonlySet<string> = new Set(["Killed", "Timeout"]);
const SURVIVED: ReadonlySet<string> = new Set(["Survived", "NoCoverage"]);

/** Of the explanations, only those of files in the report are looked at. */
export function judge({ files }: MutationReport, explanations: readonly Explained[]): Judgement {
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const survivors = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.filter(({ status }) => SURVIVED.has(status)).map((mutant) => survivorOf(file, source, mutant)),
  );
  const explained = explanations
    .filter(({ file }) => file in files)
    .flatMap(({ file, mutants }) => mutants.map((edit) => ({ file, ...edit })));
  const [alive, known] = [new Set(survivors.map(keyOf)), new Set(explained.map(keyOf))];
  return {
    killed: statuses.filter((status) => KILLED.has(status)).length,
    explained: survivors.filter((survivor) => known.has(keyOf(survivor))).length,
    untried: statuses.filter((status) => !KILLED.has(status) && !SURVIVED.has(status)).length,
    unexplained: survivors.filter((survivor) => !known.has(keyOf(survivor))),
    stale: explained.filter((edit) => !alive.has(keyOf(edit))),
  };
}

function keyOf({ file, from, to }: Edit & { readonly file: string }): string {
  return JSON.stringify([file, from, to]);
}

function survivorOf(
  file: string,
  source: string,
  { status, replacement = "", location: { start, end } }: ReportedMutant,
): Survivor {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const before = (lines[0] ?? "").slice(0, start.column - 1);
  const after = (lines.at(-1) ?? "").slice(end.column - 1);
  return {
    file,
    line: start.line,
    from: oneLine(lines.join("\n")),
    to: oneLine(`${before}${replacement}${after}`),
    isUnreached: status === "NoCoverage",
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

export function said({ killed, explained, untried, unexplained, stale }: Judgement): readonly string[] {
  return [
    ...unexplained.flatMap(({ file, line, from, to, isUnreached }) => [
      `${file}:${line}: ${isUnreached ? "no test gets here" : "no test notices this"}`,
      ...shown({ from, to }),
    ]),
    ...stale.flatMap(({ file, ...edit }) => [`${file}: explained, but not a survivor`, ...shown(edit)]),
    `${killed} killed, ${explained} explained, ${unexplained.length} survived, ${untried} not tried`,
  ];
}

function shown({ from, to }: Edit): readonly string[] {
  return [`  - ${from}`, `  + ${to}`];
}
