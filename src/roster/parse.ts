import type { RosterFile } from "../core/port.ts";
import { badBytes, decode } from "./bytes.ts";
import { linesOf } from "./lines.ts";
import { readSimple } from "./simple.ts";
import { MOST_BYTES } from "../core/size.ts";
import { emptySource, fileFinding, type Source, tooLarge } from "./source.ts";

/** Reads a file's bytes as YAML. Never throws: what is wrong stands in the findings. */
export async function parse(file: RosterFile, bytes: Uint8Array): Promise<Source> {
  if (bytes.length > MOST_BYTES) return tooLarge(file, bytes.length);
  const text = decode(bytes);
  if (text === undefined) {
    const { before, looksLike } = badBytes(bytes);
    const place = { file, ...linesOf(before).at(before.length) };
    return emptySource(file, fileFinding(place, "not-utf8", { looksLike }));
  }
  const value = readSimple(text);
  const withPlaces = () => thorough(file, text);
  return value === undefined ? withPlaces() : { ...emptySource(file), value, withPlaces };
}

async function thorough(file: RosterFile, text: string): Promise<Source> {
  // Slow to load, and seldom needed.
  const { parseThoroughly } = await import("./thorough.ts");
  return parseThoroughly(file, text);
}
