import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { FindingArguments } from "../core/finding.ts";
import type { Json } from "../core/rules/documents.ts";

/*
 * From YAML's nodes to plain values: maps without a prototype, aliases followed within bounds, each key once.
 */

type YamlCode = "unseen-character" | "yaml-syntax" | "several-documents" | "duplicate-key" | "alias-bomb";

/** A finding that still stands at an offset into the text. */
export type YamlProblem = {
  [Code in YamlCode]: {
    readonly code: Code;
    readonly offset: number;
    readonly arguments: Readonly<FindingArguments[Code]>;
  };
}[YamlCode];

/** The parser was told that keys are text. */
type TextPair = Pair<Scalar<string>, Node | null>;
type TextMap = YAMLMap<Scalar<string>, Node | null>;

export interface Plain {
  readonly root: Node | undefined;
  readonly value: Json | undefined;
  readonly problems: readonly YamlProblem[];
  /** What an alias stands for; any other node itself. */
  readonly resolved: (node: Node | undefined) => Node | undefined;
  /** The map's pairs by key. */
  readonly pairs: (map: YAMLMap) => ReadonlyMap<string, TextPair>;
}

/** How many nodes aliases may add to a file, and how deep a value may be, aliases written out. */
const MOST_ALIASED_NODES = 250_000;
export const MOST_LEVELS = 100;

/** A value with its size in nodes and its height, aliases written out. */
interface Measured {
  readonly value: Json | undefined;
  readonly size: number;
  readonly height: number;
}

const NOTHING: Measured = { value: undefined, size: 1, height: 1 };

interface Reading {
  readonly problems: YamlProblem[];
  /** The last node of each anchor so far: what an alias stands for. */
  readonly anchors: Map<string, Node>;
  readonly targets: Map<Node, Node>;
  /** What anchored nodes hold; not there yet while one is being read. */
  readonly anchored: Map<Node, Measured>;
  readonly pairs: Map<YAMLMap, ReadonlyMap<string, TextPair>>;
  aliasedNodes: number;
}

export function plainValue(root: Node | null): Plain {
  const reading: Reading = {
    problems: [],
    anchors: new Map(),
    targets: new Map(),
    anchored: new Map(),
    pairs: new Map(),
    aliasedNodes: 0,
  };
  const { value } = readNode(reading, root, 1);
  return {
    root: root ?? undefined,
    value,
    problems: reading.problems,
    resolved: (node) => (node && reading.targets.get(node)) ?? node,
    pairs: (map) => reading.pairs.get(map) ?? new Map<string, TextPair>(),
  };
}

function readNode(reading: Reading, node: Node | null, level: number): Measured {
  if (node === null) return NOTHING;
  if (isAlias(node)) return readAlias(reading, node, level);
  if (level > MOST_LEVELS) return refuse(reading, node, TOO_DEEP);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, node);
  const read = readContent(reading, node, level);
  if (node.anchor !== undefined) reading.anchored.set(node, read);
  return read;
}

function readContent(reading: Reading, node: Node, level: number): Measured {
  if (isMap(node)) return readMap(reading, node as TextMap, level);
  if (isScalar(node)) return { ...NOTHING, value: node.value as Json };
  if (!isSeq(node)) return NOTHING;
  const items = node.items.map((item) => readNode(reading, item as Node | null, level + 1));
  return measured(items.map(orNull), items);
}

function readMap(reading: Reading, map: TextMap, level: number): Measured {
  const value = Object.create(null) as Record<string, Json>;
  const pairs = new Map<string, TextPair>();
  const members: Measured[] = [];
  reading.pairs.set(map, pairs);
  for (const pair of map.items) {
    const key = pair.key.value;
    const member = readNode(reading, pair.value, level + 1);
    if (pairs.has(key)) {
      reading.problems.push({ code: "duplicate-key", offset: startOf(pair.key), arguments: { key } });
      continue;
    }
    pairs.set(key, pair);
    members.push(member);
    value[key] = orNull(member);
  }
  return measured(value, members);
}

function readAlias(reading: Reading, alias: Alias, level: number): Measured {
  const target = reading.anchors.get(alias.source);
  if (target === undefined)
    return refuse(reading, alias, `no anchor &${alias.source} stands before this alias`);
  reading.targets.set(alias, target);
  const read = reading.anchored.get(target);
  if (read === undefined)
    return refuse(reading, alias, `the alias *${alias.source} stands inside its own anchor`);
  if (level + read.height > MOST_LEVELS) return refuse(reading, alias, TOO_DEEP);
  reading.aliasedNodes += read.size;
  if (reading.aliasedNodes <= MOST_ALIASED_NODES) return read;
  reading.problems.push({ code: "alias-bomb", offset: startOf(alias), arguments: {} });
  // Once is enough: the rest of the file goes on as if nothing had been counted.
  reading.aliasedNodes = Number.NEGATIVE_INFINITY;
  return NOTHING;
}

const TOO_DEEP = `this is more than ${MOST_LEVELS} levels deep`;

function refuse(reading: Reading, node: Node, problem: string): Measured {
  reading.problems.push({ code: "yaml-syntax", offset: startOf(node), arguments: { problem } });
  return NOTHING;
}

function measured(value: Json, parts: readonly Measured[]): Measured {
  let size = 1;
  let height = 0;
  for (const part of parts) {
    size += part.size;
    height = Math.max(height, part.height);
  }
  return { value, size, height: height + 1 };
}

/** A key or an entry without a value is YAML's null. */
function orNull({ value }: Measured): Json {
  // oxlint-disable-next-line unicorn/no-null
  return value ?? null;
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
