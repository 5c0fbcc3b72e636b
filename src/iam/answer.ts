import { IamFailure, isAnswer } from "../core/failure.ts";
import type { JsonObject } from "../core/rules/documents.ts";
import type { Instant } from "../core/state.ts";
import { instant } from "../core/time.ts";

/*
 * Reading what the SDK gives: every member of its types may be undefined, whatever IAM promises.
 */

/** A member that IAM always sends; without it, the answer is not one to build on. */
export function required<Value>(value: Value | undefined, operation: string): Value {
  if (value === undefined) throw unreadable(operation, "a part is missing");
  return value;
}

function unreadable(operation: string, why: string): IamFailure {
  const message = `${operation}: AWS gave an answer that is not whole: ${why}`;
  return new IamFailure({
    message,
    code: "UnreadableAnswer",
    operation,
    kind: "answer",
    // Of a write nobody knows what it did.
    ambiguous: true,
    cause: undefined,
  });
}

/** The members of a page that say whether there is another. */
interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

export interface Paged<Answer extends Page, Item> {
  readonly operation: string;
  readonly read: (marker: string | undefined) => Promise<Answer>;
  readonly items: (answer: Answer) => readonly Item[] | undefined;
}

/** All items of all pages, or a failure: never a short list. A page may be empty and still have another behind it. */
export async function readPages<Answer extends Page, Item>(
  paged: Paged<Answer, Item>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const markers = new Set<string | undefined>();
  let marker: string | undefined;
  do {
    markers.add(marker);
    const answer = await paged.read(marker);
    const page = paged.items(answer);
    if (page === undefined && answer.IsTruncated === undefined) throw unreadable(paged.operation, "no list");
    items.push(...(page ?? []));
    marker = answer.IsTruncated === true ? answer.Marker : undefined;
    if (answer.IsTruncated === true && markers.has(marker)) throw unreadable(paged.operation, "no next page");
  } while (marker !== undefined);
  return items;
}

/** What IAM says; undefined where it says NoSuchEntity. */
export async function unlessMissing<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isAnswer(error, "NoSuchEntity")) return undefined;
    throw error;
  }
}

export function instantOf(date: Date | undefined): Instant | undefined {
  return date && instant(date.getTime());
}

/** A policy document as IAM sends it: JSON, percent-encoded, which this SDK leaves as it is. */
export function parseDocument(encoded: string, whose: string): JsonObject {
  try {
    const document: unknown = JSON.parse(decodeURIComponent(encoded));
    if (typeof document === "object" && document !== null && !Array.isArray(document)) {
      return document as JsonObject;
    }
  } catch (cause) {
    throw new Error(`the policy document of ${whose} cannot be read`, { cause });
  }
  throw new Error(`the policy document of ${whose} is not a map`);
}
