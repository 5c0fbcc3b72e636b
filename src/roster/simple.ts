import type { Json } from "../core/rules/documents.ts";

/*
 * Reads YAML that is as simple as nearly every roster: maps and lists, text, whole numbers, true and false, each of them
 * in one line. It takes a fraction of the time that the parser takes which knows what is wrong with a file (decision
 * 16). All that is not so simple, or wrong, ends in `NotSimple` and is left to that one. test/roster/simple.test.ts
 * holds that both read the same.
 */

/** The value of the text; undefined: this is not for here. Its maps have no prototype. */
export function readSimple(text: string): Json | undefined {
  if (UNUSUAL.test(text)) return undefined;
  try {
    return readText(text);
  } catch (error) {
    if (error instanceof NotSimple) return undefined;
    throw error;
  }
}

/** Tabs, old ends of lines, whatever is no letter and not of ASCII. */
const UNUSUAL = /[^\n\x20-\x7e\p{L}\p{M}\p{N}]/u;

class NotSimple extends Error {}

function demand(isSo: boolean): void {
  if (!isSo) throw new NotSimple();
}

/** How far the text is read. Between two lines that is the first character of the next. */
interface Cursor {
  readonly text: string;
  at: number;
  /** In which column, from 0, the line begins; -1 behind the last one. */
  indent: number;
}

/** Far less deep than what the other parser refuses. */
const MOST_INDENT = 40;
const MOST_FLOWS = 20;

const DOCUMENT = /---\n/y;
const SPACES = / */y;
/** Empty lines and comments, and how far the next line stands to the right. */
const TO_LINE = /(?: *(?:#.*)?\n)* */y;
/** The same, from the end of a value on. */
const TO_NEXT_LINE = /(?: +#.*| *)\n(?: *(?:#.*)?\n)* */y;
const DASH = /- (?! )/y;
/** With or without quotes; then the colon. */
const KEY = /(?:[\w/][\w/.@+=-]{0,127}|"[^"\\\n]{1,127}"|'[^'\n]{1,127}'):(?=[ \n])/y;
const QUOTED = /"[^"\\\n]*"|'[^'\n]*'/y;
/** Text without quotes in a line of its own, and between brackets. */
const PLAIN = /[\w/\u0080-\uffff](?:[^\n:#]|:(?![ \n]))*/y;
const PLAIN_IN_FLOW = /[\w/\u0080-\uffff](?:[^\n:#,[\]{}]|:(?![ \n,[\]{}]))*/y;

function readText(text: string): Json {
  const cursor: Cursor = { text: text.endsWith("\n") ? text : `${text}\n`, at: 0, indent: 0 };
  pass(cursor, DOCUMENT);
  demand(passLine(cursor, TO_LINE) && cursor.indent === 0);
  const value = readMap(cursor);
  // Else a line stands in a column where nothing began.
  demand(cursor.indent === -1);
  return value;
}

/** Is nothing left in this line? Then the cursor goes to the next one. */
function passLine(cursor: Cursor, what: RegExp): boolean {
  if (!pass(cursor, what)) return false;
  const { text, at } = cursor;
  cursor.indent = at === text.length ? -1 : at - 1 - text.lastIndexOf("\n", at - 1);
  demand(cursor.indent <= MOST_INDENT);
  return true;
}

function readMap(cursor: Cursor): Json {
  const { indent } = cursor;
  const map = emptyMap();
  do {
    const key = newKey(cursor, map);
    map[key] = passLine(cursor, TO_NEXT_LINE) ? readBelow(cursor, indent) : readLine(cursor);
  } while (cursor.indent === indent && !isAt(cursor, DASH));
  return map;
}

/** What stands below its key: deeper, or a list in the same column. */
function readBelow(cursor: Cursor, indent: number): Json {
  const isList = isAt(cursor, DASH);
  demand(cursor.indent > indent || (cursor.indent === indent && isList));
  return isList ? readList(cursor) : readMap(cursor);
}

function readList(cursor: Cursor): Json {
  const { indent } = cursor;
  const list: Json[] = [];
  while (cursor.indent === indent && pass(cursor, DASH)) {
    const isMap = isAt(cursor, KEY);
    if (isMap) cursor.indent = indent + 2;
    list.push(isMap ? readMap(cursor) : readLine(cursor));
  }
  return list;
}

/** A value in what is left of the line. */
function readLine(cursor: Cursor): Json {
  pass(cursor, SPACES);
  const value = readInline(cursor, 0);
  demand(passLine(cursor, TO_NEXT_LINE));
  return value;
}

/** `flows`: how many brackets stand around it. */
function readInline(cursor: Cursor, flows: number): Json {
  demand(flows <= MOST_FLOWS);
  const start = cursor.at;
  switch (cursor.text[start]) {
    case "{":
      return readFlowMap(cursor, flows + 1);
    case "[":
      return readFlowList(cursor, flows + 1);
    case '"':
    case "'":
      demand(pass(cursor, QUOTED));
      return cursor.text.slice(start + 1, cursor.at - 1);
    default: {
      demand(pass(cursor, flows === 0 ? PLAIN : PLAIN_IN_FLOW));
      const written = cursor.text.slice(start, cursor.at).trimEnd();
      // Whether a comment may begin behind it depends on the space before that.
      cursor.at = start + written.length;
      return plainValue(written);
    }
  }
}

function readFlowMap(cursor: Cursor, flows: number): Json {
  const map = emptyMap();
  for (let isEnd = isEmptyFlow(cursor, "}"); !isEnd; isEnd = isLastInFlow(cursor, "}")) {
    const key = newKey(cursor, map);
    pass(cursor, SPACES);
    map[key] = readInline(cursor, flows);
  }
  return map;
}

function readFlowList(cursor: Cursor, flows: number): Json {
  const list: Json[] = [];
  for (let isEnd = isEmptyFlow(cursor, "]"); !isEnd; isEnd = isLastInFlow(cursor, "]")) {
    list.push(readInline(cursor, flows));
  }
  return list;
}

/** Passes over the opening bracket, and over the closing one if that follows. */
function isEmptyFlow(cursor: Cursor, closing: "}" | "]"): boolean {
  cursor.at += 1;
  pass(cursor, SPACES);
  return isClosed(cursor, closing);
}

/** Passes over the closing bracket, or else over the comma before what follows. */
function isLastInFlow(cursor: Cursor, closing: "}" | "]"): boolean {
  pass(cursor, SPACES);
  if (isClosed(cursor, closing)) return true;
  demand(cursor.text[cursor.at] === ",");
  cursor.at += 1;
  pass(cursor, SPACES);
  return false;
}

function isClosed(cursor: Cursor, closing: "}" | "]"): boolean {
  const isHere = cursor.text[cursor.at] === closing;
  if (isHere) cursor.at += 1;
  return isHere;
}

/** Without a prototype, so that `__proto__` is a key like any other. */
function emptyMap(): Record<string, Json> {
  return Object.create(null) as Record<string, Json>;
}

function newKey(cursor: Cursor, map: Readonly<Record<string, Json>>): string {
  const start = cursor.at;
  demand(pass(cursor, KEY));
  const written = cursor.text.slice(start, cursor.at - 1);
  const key = /^["']/.test(written) ? written.slice(1, -1) : written;
  demand(!(key in map));
  return key;
}

const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;
/** What YAML's core schema takes for something else than text, however it is spelt. */
const NOT_TEXT = /^(?:null|true|false|0[ox][\da-f]+|\d+(?:\.\d*)?(?:e[-+]?\d+)?)$/i;

function plainValue(written: string): Json {
  if (written === "true") return true;
  if (written === "false") return false;
  if (WHOLE_NUMBER.test(written)) return Number(written);
  demand(!NOT_TEXT.test(written));
  return written;
}

/** Is this here? Then the cursor goes behind it. */
function pass(cursor: Cursor, what: RegExp): boolean {
  const isHere = isAt(cursor, what);
  if (isHere) cursor.at = what.lastIndex;
  return isHere;
}

function isAt({ text, at }: Cursor, what: RegExp): boolean {
  what.lastIndex = at;
  return what.test(text);
}
