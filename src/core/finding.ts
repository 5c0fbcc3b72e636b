/*
 * A finding is something wrong in a file. It is data: a code and its arguments; the words are added once, in render.
 */

/** Where it is. Lines and columns count from 1, columns in characters. */
export interface Place {
  /** The path as the user knows it, relative to the roster's directory. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What each code needs to be said. Every value is text as written in the file, so hostile until escaped. */
export interface FindingArguments {
  "unreadable-file": { reason: string };
  "missing-file": Record<never, never>;
  "file-too-large": { bytes: number; most: number };
  /** `looksLike` is the encoding that the file seems to have. */
  "not-utf8": { looksLike: string | undefined };
  /** It changes what a file says, or how it looks, and cannot be seen itself. */
  "unseen-character": { character: string };
  "yaml-syntax": { problem: string };
  "several-documents": Record<never, never>;
  "duplicate-key": { key: string };
  "alias-bomb": Record<never, never>;
  /** `known` are the keys that may stand there. */
  "unknown-key": { key: string; nearest: string | undefined; known: readonly string[] };
  "missing-key": { key: string };
  "wrong-type": { expected: string; found: ValueKind; written: string | undefined };
  "wrong-value": { expected: string; found: string; nearest: string | undefined };
  /** YAML reads it as a number, a truth value or nothing: `0123`, `yes`, `null`. */
  "unquoted-text": { written: string };
  /** It is not repeated in the message, which anybody may read. */
  "private-key": Record<never, never>;
  "same-name": { name: string; other: string };
  "unknown-group": { group: string; nearest: string | undefined };
  "too-many-groups": { user: string; count: number; most: number };
  "absent-group": { group: string };
  "ignored-name": { name: string; pattern: string };
  "external-with-policies": { group: string; key: string };
  "renamed-from-declared": { name: string; from: string };
  "rename-circle": { name: string; from: string };
  "renamed-twice": { from: string; name: string; other: string };
  "date-not-real": { date: string };
  "malformed-arn": { arn: string };
  "foreign-arn": { arn: string; expected: string };
  "policy-document": { problem: string };
  "inline-size": { size: number; most: number };
  "reserved-tag": { key: string };
  "too-many-tags": { count: number; most: number };
  "reserved-policy": { name: string };
  "unknown-user": { user: string; nearest: string | undefined };
  "no-recipient": { user: string };
  /** The login stands at another user too. */
  "shared-login": { login: string; other: string };
  "direct-policy": { user: string };
}

/** What a YAML value is, in the words of a person. */
export type ValueKind = "text" | "number" | "truth value" | "list" | "map" | "nothing";

export type FindingCode = keyof FindingArguments;

/** `error` stops a plan; `warning` does so only with `check --strict`. */
export type Severity = "error" | "warning";

export type Finding = Place & { readonly severity: Severity } & {
    [Code in FindingCode]: { readonly code: Code; readonly arguments: Readonly<FindingArguments[Code]> };
  }[FindingCode];
