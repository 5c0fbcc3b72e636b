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
  if (member !== null && typeof member === "object" && name !== "Statement") return normalise(member, name);
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

function statementsOf(document: Json): readonly JsonObject[] | undefined {
  if (!isObject(document)) return undefined;
  const statement = document["Statement"];
  if (statement === undefined) return undefined;
  const list = Array.isArray(statement) ? (statement as readonly Json[]) : [statement];
  return list.every(isObject) ? list : undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

const DOCUMENT_KEYS: ReadonlySet<string> = new Set(["Version", "Id", "Statement"]);
/** The elements that a statement of an identity-based policy may have. */
export const STATEMENT_KEYS: ReadonlySet<string> = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/** What is wrong with an identity-based policy document, at which JSON Pointer inside it. */
export interface DocumentProblem {
  readonly pointer: string;
  readonly problem: string;
}

/**
 * Checks the grammar of an identity-based policy as PutUserPolicy and PutGroupPolicy do (MalformedPolicyDocument).
 * It does not look actions or resources up: IAM does not either.
 */
export function documentProblems(document: Json): readonly DocumentProblem[] {
  if (!isObject(document))
    return [{ pointer: "", problem: "a policy document is a map with Version and Statement" }];
  const problems = unknownKeys(document, DOCUMENT_KEYS, "");
  const version = document["Version"];
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    problems.push({ pointer: "/Version", problem: 'Version is "2012-10-17"' });
  }
  if (document["Statement"] === undefined)
    return [...problems, { pointer: "", problem: "Statement is missing" }];
  const single = !Array.isArray(document["Statement"]);
  const statements = (single ? [document["Statement"]] : document["Statement"]) as readonly Json[];
  if (statements.length === 0) problems.push({ pointer: "/Statement", problem: "Statement has no entry" });
  for (const [index, statement] of statements.entries()) {
    problems.push(...statementProblems(statement, single ? "/Statement" : `/Statement/${index}`));
  }
  return problems;
}

function statementProblems(statement: Json, pointer: string): readonly DocumentProblem[] {
  if (!isObject(statement)) return [{ pointer, problem: "a statement is a map" }];
  const problems = unknownKeys(statement, STATEMENT_KEYS, pointer);
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") problems.push({ pointer, problem: "Effect is Allow or Deny" });
  for (const [one, other] of [
    ["Action", "NotAction"],
    ["Resource", "NotResource"],
  ] as const) {
    if ((statement[one] === undefined) === (statement[other] === undefined)) {
      problems.push({ pointer, problem: `a statement has either ${one} or ${other}` });
    }
    for (const key of [one, other]) {
      if (statement[key] !== undefined && !isTextOrTexts(statement[key])) {
        problems.push({ pointer: `${pointer}/${key}`, problem: `${key} is a text or a list of texts` });
      }
    }
  }
  if (statement["Condition"] !== undefined && !isObject(statement["Condition"])) {
    problems.push({ pointer: `${pointer}/Condition`, problem: "Condition is a map of operators" });
  }
  return problems;
}

function unknownKeys(object: JsonObject, known: ReadonlySet<string>, pointer: string): DocumentProblem[] {
  return Object.keys(object)
    .filter((key) => !known.has(key))
    .map((key) => ({
      pointer: `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      problem: `unknown element "${key}"`,
    }));
}

function isTextOrTexts(value: Json): boolean {
  const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return values.length > 0 && values.every((entry) => typeof entry === "string" && entry !== "");
}
