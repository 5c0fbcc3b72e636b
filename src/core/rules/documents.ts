import { matchesGlob } from "./glob.ts";
import { compareText } from "./names.ts";

/** A JSON value; what a policy document is made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Characters that count against the inline policy quota: white space is free. */
export function documentSize(document: Json): number {
  return JSON.stringify(document).replaceAll(/\s/gu, "").length;
}

/** JSON with its keys sorted at every level, so that equal values give equal text. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value as JsonObject)
    .toSorted(([one], [other]) => compareText(one, other))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/** Plain data as JSON has it: members that are undefined are left out. */
export function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/**
 * The text under which two policy documents that mean the same are equal: key order is free, a scalar is a list of
 * one, lists and statements are unordered, and action names have no case.
 */
export function canonicalDocument(document: Json): string {
  return canonicalJson(normalise(document, ""));
}

const ACTION_KEYS: ReadonlySet<string> = new Set(["Action", "NotAction"]);
/** Elements whose value is one text by the grammar of the policy language, never a list. */
const SCALAR_KEYS: ReadonlySet<string> = new Set(["Version", "Id", "Sid", "Effect"]);

function normalise(value: Json, key: string): Json {
  if (Array.isArray(value)) return normaliseList(value, key);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([name, member]) => [name, normaliseMember(name, member)]),
    );
  }
  // In a condition, `true` and "true" are the same.
  const text = String(value);
  return ACTION_KEYS.has(key) ? text.toLowerCase() : text;
}

function normaliseMember(name: string, member: Json): Json {
  if (SCALAR_KEYS.has(name)) return normalise(member, name);
  if (Array.isArray(member)) return normaliseList(member, name);
  // A condition block is a map of maps; every other map (a lone statement) is a list of one.
  if (isObject(member) && name !== "Statement") return normalise(member, name);
  return normaliseList([member], name);
}

function normaliseList(values: readonly Json[], key: string): readonly Json[] {
  const sorted = values
    .map((value) => normalise(value, key))
    .map((value) => ({ value, text: canonicalJson(value) }))
    .toSorted((one, other) => compareText(one.text, other.text));
  return sorted.filter((entry, index) => entry.text !== sorted[index - 1]?.text).map((entry) => entry.value);
}

/** Does any statement deny? An unreadable document might, so it counts as one that does. */
export function documentDenies(document: Json): boolean {
  const statements = statementsOf(document);
  if (statements === undefined) return true;
  return statements.some((statement) => statement["Effect"] !== "Allow");
}

/** Does any statement allow? An unreadable document might. */
export function documentAllows(document: Json): boolean {
  const statements = statementsOf(document);
  if (statements === undefined) return true;
  return statements.some((statement) => statement["Effect"] !== "Deny");
}

/** Does any statement allow the action, on whatever and under whatever condition? An unreadable document might. */
export function documentMayAllow(document: Json, action: string): boolean {
  const statements = statementsOf(document);
  if (statements === undefined) return true;
  return statements.some((statement) => statement["Effect"] !== "Deny" && isAbout(statement, action));
}

function isAbout({ Action, NotAction }: JsonObject, action: string): boolean {
  const matches = (patterns: Json): boolean =>
    [patterns].flat().some((pattern) => typeof pattern === "string" && matchesGlob(pattern, action));
  return Action === undefined ? NotAction !== undefined && !matches(NotAction) : matches(Action);
}

function statementsOf(document: Json): readonly JsonObject[] | undefined {
  if (!isObject(document)) return undefined;
  const statement = document["Statement"];
  const list = Array.isArray(statement) ? (statement as readonly Json[]) : [statement];
  return list.every(isObject) ? list : undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
