import type { Document, ErrorCode } from "yaml";
import type { YamlProblem } from "./plain.ts";

/** YAML's own errors in plain words, where its words are for those who know the grammar. */
const WORDS: Partial<Readonly<Record<ErrorCode, string>>> = {
  TAB_AS_INDENT: "a tab indents this line; YAML takes spaces only",
  BAD_ALIAS: "* begins an alias here; put the text in quotes",
  BAD_INDENT: "the indentation does not fit the lines above, or a bracket there is not closed",
  BAD_SCALAR_START: "this character cannot begin a text; put the text in quotes",
  BAD_DQ_ESCAPE: "a backslash in double quotes begins an escape that YAML does not know; use single quotes",
  BLOCK_AS_IMPLICIT_KEY: "a second colon stands in this line; put the text in quotes, or begin a new line",
  MISSING_CHAR: "a colon, a comma or a closing quote is missing here or above",
  MULTILINE_IMPLICIT_KEY: "this line lacks a colon and a space after its key, or the text needs quotes",
  NON_STRING_KEY: "a key is plain text here, not a list, a map or a tagged value",
  RESOURCE_EXHAUSTION: "the file is nested too deeply",
  TAG_RESOLVE_FAILED: "! begins a YAML tag, which has no meaning here; put the text in quotes",
  UNEXPECTED_TOKEN: "this does not belong here; a quote or a bracket before it may be wrong or missing",
};

/** After so many broken lines the rest says nothing new. */
const MOST_PROBLEMS = 20;

/** What keeps the text from being YAML: the first problem of each line, since the others of it follow from that. */
export function syntaxProblems(
  document: Document.Parsed,
  lineOf: (offset: number) => number,
): readonly YamlProblem[] {
  const errors = [...document.errors, ...document.warnings].toSorted(
    (one, other) => one.pos[0] - other.pos[0],
  );
  const lines = new Set<number>();
  return errors.flatMap(({ code, pos, message }): readonly YamlProblem[] => {
    const [offset] = pos;
    const line = lineOf(offset);
    if (lines.has(line) || lines.size === MOST_PROBLEMS) return [];
    lines.add(line);
    if (code === "MULTIPLE_DOCS") return [{ code: "several-documents", offset, arguments: {} }];
    return [{ code: "yaml-syntax", offset, arguments: { problem: WORDS[code] ?? message } }];
  });
}
