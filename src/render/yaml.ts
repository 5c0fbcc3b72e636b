import { isObject, type Json } from "../core/rules/documents.ts";
import { visible } from "./phrase.ts";

/*
 * Values as YAML that means just them, in block style. Texts are hostile: whatever is not plainly a text stands in double
 * quotes, on one line, with every unseen character written out.
 */

/** The lines of a value; none of them has a line break. */
export function yamlLines(value: Json): readonly string[] {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return items.length === 0 ? ["[]"] : items.flatMap((item) => hung("- ", yamlLines(item)));
  }
  if (!isObject(value)) return [typeof value === "string" ? yamlText(value) : JSON.stringify(value)];
  const members = Object.entries(value);
  return members.length === 0 ? ["{}"] : members.flatMap(([key, member]) => memberLines(key, member));
}

/** `key: value`, or the key with the value below it. */
export function memberLines(key: string, value: Json): readonly string[] {
  const lines = yamlLines(value);
  const isBlock = typeof value === "object" && value !== null && Object.keys(value).length > 0;
  return isBlock
    ? [`${yamlText(key)}:`, ...lines.map((line) => `  ${line}`)]
    : lines.map((line) => `${yamlText(key)}: ${line}`);
}

/** The first line behind the mark, the others below it. */
function hung(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? mark : "  "}${line}`);
}

/** Nothing in it that YAML could read as anything but the text: it begins like a word or a path, and is none of its own. */
const PLAIN = /^[A-Za-z_/](?:[A-Za-z0-9_+=,.@/:-]*[A-Za-z0-9_+=,.@/-])?$/;
const OWN_WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** The text as a key, an item or a value. */
export function yamlText(text: string): string {
  if (PLAIN.test(text) && !OWN_WORDS.test(text)) return text;
  return [...JSON.stringify(text)].map((each) => (visible(each) === each ? each : escaped(each))).join("");
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}
