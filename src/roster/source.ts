import type { Finding, FindingArguments, FindingCode, Place } from "../core/finding.ts";
import type { RosterFile } from "../core/port.ts";
import type { Json } from "../core/rules/documents.ts";
import { MOST_BYTES } from "../core/size.ts";

/*
 * A source owns the places of its file: what is wrong is named by a JSON Pointer until the end, and becomes a line and
 * a column here.
 */

export interface Source {
  readonly file: RosterFile;
  /** Maps have no prototype, so that `__proto__` is a key like any other. undefined where the file cannot be read. */
  readonly value: Json | undefined;
  /** Why it cannot be read, or a key that stands twice. */
  readonly findings: readonly Finding[];
  /** The place of the key or of the value that the pointer names; of the nearest parent where it names nothing. */
  readonly place: (pointer: string, at: "key" | "value") => Place;
  /** How the text, number or truth value at the pointer is written, without quotes. */
  readonly written: (pointer: string) => string | undefined;
  /** Only where the file was simple enough to be read without: gives the same, knowing places and what is written. */
  readonly withPlaces?: () => Promise<Source>;
}

/** A file that is not there, or not to be used. */
export function emptySource(file: RosterFile, finding?: Finding): Source {
  const place = (): Place => ({ file, line: 1, column: 1 });
  return { file, value: undefined, findings: finding ? [finding] : [], place, written: () => undefined };
}

export function tooLarge(file: RosterFile, bytes: number): Source {
  return emptySource(file, fileFinding(file, "file-too-large", { bytes, most: MOST_BYTES }));
}

/** An error in this file, at its beginning unless a place is given. */
export function fileFinding<Code extends FindingCode>(
  place: RosterFile | Place,
  code: Code,
  details: Readonly<FindingArguments[Code]>,
): Finding {
  const where = typeof place === "string" ? { file: place, line: 1, column: 1 } : place;
  return { ...where, severity: "error", code, arguments: details } as Finding;
}
