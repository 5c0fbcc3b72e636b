import { type Document, type ErrorCode, isScalar, visit, type YAMLError } from "yaml";
import type { YamlProblem } from "./plain.ts";

const INDENTATION = "the indentation does not fit the lines above, or a bracket there is not closed";
const DIRECTIVE = "a line that begins with % is for the YAML parser, and none is needed here; remove it";

/** YAML's own errors in plain words: its words are for those who know the grammar. */
const WORDS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: "an alias (*) takes no anchor (&) and no tag (!); put the text in quotes",
  BAD_ALIAS: "* begins an alias here; put the text in quotes",
  BAD_COLLECTION_TYPE: "! begins a YAML tag, which has no meaning here; put the text in quotes",
  BAD_DIRECTIVE: DIRECTIVE,
  BAD_DQ_ESCAPE: "a backslash in double quotes begins an escape that YAML does not know; use single quotes",
  BAD_INDENT: INDENTATION,
  BAD_PROP_ORDER: "& begins an anchor and ! a tag, and not here; put the text in quotes",
  BAD_SCALAR_START: "this character cannot begin a text; put the text in quotes",
  BLOCK_AS_IMPLICIT_KEY: "a second colon stands in this line; put the text in quotes, or begin a new line",
  BLOCK_IN_FLOW: "within brackets, lists and maps have brackets too; write them out: [a, b], {key: value}",
  DUPLICATE_KEY: "this key stands here a second time; keep one",
  IMPOSSIBLE: "this cannot be read; is it YAML?",
  KEY_OVER_1024_CHARS: "a key has at most 1,024 characters; a colon may be too far from where its key begins",
  MISSING_CHAR: "a colon, a comma or a closing quote is missing here or above",
  MULTILINE_IMPLICIT_KEY: "this line lacks a colon and a space after its key, or the text needs quotes",
  MULTIPLE_ANCHORS: "& begins an anchor, and there can be one; put the text in quotes",
  MULTIPLE_DOCS: "a second document begins here",
  MULTIPLE_TAGS: "! begins a YAML tag, which has no meaning here; put the text in quotes",
  NON_STRING_KEY: "a key is plain text here, not a list, a map, an alias or a tagged value",
  RESOURCE_EXHAUSTION: "the file is nested too deeply",
  TAB_AS_INDENT: "a tab indents this line; YAML takes spaces only",
  TAG_RESOLVE_FAILED: "! begins a YAML tag, which has no meaning here; put the text in quotes",
  UNEXPECTED_TOKEN: "this does not belong here; a quote or a bracket before it may be wrong or missing",
};

/** What keeps the text from being YAML: the first problem of each line, since the others of it follow from that. */
export function syntaxProblems(
  document: Document.Parsed,
  text: string,
  lineOf: (offset: number) => number,
): readonly YamlProblem[] {
  const errors = [...document.errors, ...document.warnings];
  if (errors.length === 0) return [];
  const conflict = text.search(/^<{7}(?: |\r?$)/m);
  if (conflict !== -1) return [syntax(conflict, CONFLICT)];
  const sorted = errors.toSorted((one, other) => one.pos[0] - other.pos[0]);
  return firstOfEachLine(
    sorted.map(({ pos: [offset] }, index) => ({ offset, index })),
    lineOf,
  ).flatMap(({ index }) => problemAt(sorted, index, { document, text }));
}

const CONFLICT =
  "a merge conflict begins here; keep one of its sides, and remove the lines of <<<<<<<, ======= and >>>>>>>";

/** After so many wrong lines the rest says nothing new. */
const MOST_PROBLEMS = 20;

export function firstOfEachLine<Problem extends { readonly offset: number }>(
  problems: Iterable<Problem>,
  lineOf: (offset: number) => number,
): readonly Problem[] {
  const first = new Map<number, Problem>();
  for (const problem of problems) {
    const line = lineOf(problem.offset);
    if (!first.has(line)) first.set(line, problem);
    if (first.size === MOST_PROBLEMS) break;
  }
  return [...first.values()];
}

function syntax(offset: number, problem: string): YamlProblem {
  return { code: "yaml-syntax", offset, arguments: { problem } };
}

interface Read {
  readonly document: Document.Parsed;
  readonly text: string;
}

/** Some of YAML's codes stand for several mistakes, which its English or a second error at the place tells apart. */
function problemAt(errors: readonly YAMLError[], index: number, read: Read): readonly YamlProblem[] {
  const error = errors[index];
  if (error === undefined) return [];
  const {
    pos: [offset],
  } = error;
  const deeper =
    error.code === "BLOCK_AS_IMPLICIT_KEY" &&
    errors[index + 1]?.code === "MULTILINE_IMPLICIT_KEY" &&
    errors[index + 1]?.pos[0] === offset;
  return [deeper ? syntax(offset, DEEPER) : problemOf(error, read)];
}

function problemOf({ code, pos, message }: YAMLError, { document, text }: Read): YamlProblem {
  const [offset, end] = pos;
  if (code === "MULTIPLE_DOCS") return { code: "several-documents", offset, arguments: {} };
  if (message.startsWith("Missing closing")) {
    return syntax(openingQuote(document, offset) ?? offset, "a quote opens here and is never closed");
  }
  if (message.startsWith("Missing directives-end")) return syntax(0, DIRECTIVE);
  if (message.startsWith("A block sequence")) return syntax(offset, INDENTATION);
  if (code === "BLOCK_IN_FLOW" && isPlainText(text.slice(offset, end)))
    return syntax(offset, COLON_IN_BRACKETS);
  return syntax(offset, WORDS[code]);
}

const COLON_IN_BRACKETS = "a second colon stands in this text; put the text in quotes, or a map in braces";

/** `Foo: Bar`, which is hardly meant for a map; not `- a`, nor what has brackets itself. */
function isPlainText(text: string): boolean {
  return !/^- |[\n[\]{}]/.test(text);
}

const DEEPER = "the next line is indented deeper, as if it went on with this text; indent it like this line";

/** Where the quoted text begins that goes on to this offset. */
function openingQuote(document: Document.Parsed, offset: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Node: (_, node) => {
      const [start, end] = node.range ?? [0, -1];
      if (isScalar(node) && node.type?.startsWith("QUOTE") && start <= offset && offset <= end) found = start;
      return found === undefined ? undefined : visit.BREAK;
    },
  });
  return found;
}
