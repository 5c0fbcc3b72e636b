import { createHash } from "node:crypto";

import { IamError } from "./errors.ts";

/*
 * Pages. A marker names the last item given, so that items made or deleted meanwhile shift nothing, and is bound to
 * the operation and its selection: with another it is refused.
 */

export interface PageInput {
  readonly Marker: string | undefined;
  readonly MaxItems: number | undefined;
}

/** What IsTruncated and Marker say; spread into an answer. */
export interface PageEnd {
  readonly IsTruncated: boolean;
  readonly Marker: string | undefined;
}

export interface Listing<Item> {
  /** In ascending order of their keys, as `<` compares texts. */
  readonly items: readonly Item[];
  readonly key: (item: Item) => string;
  /** The operation and what it selects by. */
  readonly of: readonly (string | undefined)[];
}

const DEFAULT_ITEMS = 100;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly end: PageEnd;
}

export function pageOf<Item>(listing: Listing<Item>, input: PageInput): Page<Item> {
  const after =
    input.Marker === undefined ? undefined : openMarker(input.Marker, listing.of, "Invalid Marker.");
  const start = after === undefined ? 0 : firstBehind(listing, after);
  const items = listing.items.slice(start, start + (input.MaxItems ?? DEFAULT_ITEMS));
  const last = items.at(-1);
  if (last === undefined || start + items.length >= listing.items.length) {
    return { items, end: { IsTruncated: false, Marker: undefined } };
  }
  return { items, end: { IsTruncated: true, Marker: makeMarker(listing.key(last), listing.of) } };
}

/** The index of the first item whose key is greater. */
export function firstBehind<Item>(
  { items, key }: Pick<Listing<Item>, "items" | "key">,
  after: string,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && key(item) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function makeMarker(after: string, of: Listing<never>["of"]): string {
  return Buffer.from(`${selectionDigest(of)}${after}`).toString("base64url");
}

export function openMarker(marker: string, of: Listing<never>["of"], problem: string): string {
  const opened = Buffer.from(marker, "base64url").toString();
  const digest = selectionDigest(of);
  if (!opened.startsWith(digest)) throw new IamError("ValidationError", problem);
  return opened.slice(digest.length);
}

function selectionDigest(of: Listing<never>["of"]): string {
  return createHash("sha256").update(JSON.stringify(of)).digest("hex").slice(0, 12);
}

/** A short key for an ARN, under which policies stand in order of their names. */
export function policyKey(arn: string): string {
  const name = arn.slice(arn.lastIndexOf("/") + 1).toLowerCase();
  return `${name}#${createHash("sha256").update(arn).digest("hex").slice(0, 8)}`;
}
