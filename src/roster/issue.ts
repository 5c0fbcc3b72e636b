import type { Finding, FindingArguments, FindingCode, Severity } from "../core/finding.ts";
import type { RosterFile } from "../core/port.ts";
import type { Source } from "./source.ts";

/** Something wrong in a file's value, before its line and column are looked up. */
export type Issue = Omit<Finding, "line" | "column" | "file"> & {
  readonly file: RosterFile;
  readonly pointer: string;
  /** Whether the key at the pointer is meant or what stands behind it. */
  readonly at: "key" | "value";
};

export interface Spot {
  readonly file: RosterFile;
  readonly pointer: string;
  readonly at?: "key" | "value";
  readonly severity?: Severity;
}

/** An error, unless the spot says otherwise. */
export function issue<Code extends FindingCode>(
  spot: Spot,
  code: Code,
  details: Readonly<FindingArguments[Code]>,
): Issue {
  const { file, pointer, at = "value", severity = "error" } = spot;
  return { file, pointer, at, severity, code, arguments: details };
}

/** The finding that the issue is at its place in the file. */
export function located({ pointer, at, ...rest }: Issue, source: Source): Finding {
  return { ...rest, ...source.place(pointer, at) } as Finding;
}
