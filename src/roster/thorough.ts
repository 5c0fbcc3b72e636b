import { type Document, isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { Finding, Place } from "../core/finding.ts";
import type { RosterFile } from "../core/port.ts";
import { linesOf } from "./lines.ts";
import { MOST_LEVELS, type Plain, plainValue, type YamlProblem } from "./plain.ts";
import { segmentsOf } from "./pointer.ts";
import { emptySource, fileFinding, type Source } from "./source.ts";
import { firstOfEachLine, syntaxProblems } from "./syntax.ts";
import { unseenCharacters } from "./unseen.ts";

/** Reads whatever YAML it is, and knows what is wrong with it. */
export function parseThoroughly(file: RosterFile, text: string): Source {
  try {
    return parseText(file, text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return emptySource(file, fileFinding(file, "yaml-syntax", { problem: TOO_DEEP }));
  }
}

const TOO_DEEP = `the file is nested more than ${MOST_LEVELS} levels deep`;

function parseText(file: RosterFile, text: string): Source {
  const lines = linesOf(text);
  const placeAt = (offset: number): Place => ({ file, ...lines.at(offset) });
  const wrong = (problems: readonly YamlProblem[]): Source => ({
    ...emptySource(file),
    findings: findingsOf(problems, placeAt),
  });
  // What else is wrong may well follow from these.
  const unseen = firstOfEachLine(unseenCharacters(text), lines.lineOf);
  if (unseen.length > 0) return wrong(unseen);
  const document = parseDocument(text, {
    prettyErrors: false,
    // A `%YAML 1.1` line must not bring back `yes` and merge keys.
    schema: "core",
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // Ours takes linear time.
    uniqueKeys: false,
  });
  // The parser calls itself once a level, and where it gives up depends on the machine.
  const exhausted = document.errors.some(({ code }) => code === "RESOURCE_EXHAUSTION");
  if (exhausted) return wrong([{ code: "yaml-syntax", offset: 0, arguments: { problem: TOO_DEEP } }]);
  const problems = syntaxProblems(document, text, lines.lineOf);
  return problems.length > 0 ? wrong(problems) : readable(file, document, placeAt);
}

function readable(file: RosterFile, document: Document.Parsed, placeAt: (offset: number) => Place): Source {
  const plain = plainValue(document.contents);
  const findings = findingsOf(plain.problems, placeAt);
  const usable = plain.problems.every(({ code }) => code === "duplicate-key");
  return {
    file,
    // An empty file is an empty map.
    value: usable ? (plain.value ?? {}) : undefined,
    findings,
    place: (pointer, at) => placeAt(offsetOf(plain, pointer, at)),
    written: (pointer) => {
      const { node } = walk(plain, pointer);
      return isScalar(node) ? (node.source ?? String(node.value)) : undefined;
    },
  };
}

function findingsOf(problems: readonly YamlProblem[], placeAt: (offset: number) => Place): Finding[] {
  return problems.map(({ code, offset, arguments: details }) => fileFinding(placeAt(offset), code, details));
}

interface Found {
  readonly node: Node | undefined;
  /** Where the key stands whose value the node is; undefined for an entry of a list. */
  readonly key: number | undefined;
}

function offsetOf(plain: Plain, pointer: string, at: "key" | "value"): number {
  const { node, key } = walk(plain, pointer);
  const value = node?.range?.[0];
  // A value that is not written has an empty range somewhere behind its key.
  const written = node?.range && node.range[0] < node.range[1];
  return (at === "key" || !written ? (key ?? value) : value) ?? 0;
}

function walk(plain: Plain, pointer: string): Found {
  let found: Found = { node: plain.root, key: undefined };
  for (const segment of segmentsOf(pointer)) {
    const next = step(plain, found.node, segment);
    if (next === undefined) return found;
    found = next;
  }
  return found;
}

function step(plain: Plain, parent: Node | undefined, segment: string): Found | undefined {
  const target = plain.resolved(parent);
  if (isSeq(target)) {
    const item = target.items[Number(segment)] as Node | undefined;
    return item && { node: item, key: undefined };
  }
  const pair = isMap(target) ? plain.pairs(target).get(segment) : undefined;
  return pair && { node: pair.value ?? undefined, key: pair.key.range?.[0] };
}
