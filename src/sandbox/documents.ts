import { documentProblems } from "../core/rules/document-grammar.ts";
import { isObject, type Json, type JsonObject } from "../core/rules/documents.ts";
import { IamError } from "./errors.ts";

/** The document as JSON; refuses what is not a policy of an identity. */
export function parseDocument(source: string): JsonObject {
  let parsed: Json;
  try {
    parsed = JSON.parse(source) as Json;
  } catch {
    throw new IamError("MalformedPolicyDocument", "Syntax errors in policy.");
  }
  const [problem] = documentProblems(parsed);
  if (problem !== undefined || !isObject(parsed)) {
    throw new IamError("MalformedPolicyDocument", `Syntax errors in policy: ${problem?.problem ?? ""}`);
  }
  return parsed;
}

/** Percent-encoded as RFC 3986 asks, which is how IAM gives every document back. */
export function encodeDocument(source: string): string {
  const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(source).replaceAll(/[!'()*]/g, percent);
}
