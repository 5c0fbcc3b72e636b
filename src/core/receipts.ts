import type { Credential } from "./roster.ts";
import type { AccessKey, Instant, Tag, User } from "./state.ts";

/*
 * How the hand-over of a password or key stands, and which token was acted on last, kept in tags of the user. A cut
 * between making a credential and handing it over then leaves nobody with one that no one holds: the tag still says
 * `pending`, and the next run makes another. Whoever had a credential before iam-roster came has no such tag.
 */

export type Receipt =
  /** It is being made, or was when a run was cut: `before` are the ids of the keys that were there already. */
  | { readonly state: "pending"; readonly before: readonly string[] }
  /** It was handed over; `key` is the id of an access key. `to` are fingerprints, as many as fit into a tag. */
  | {
      readonly state: "issued";
      readonly at: Instant;
      readonly key: string | undefined;
      readonly to: readonly string[];
    }
  /** A password that was issued then, and that nobody used, was taken back. */
  | { readonly state: "withdrawn"; readonly issuedAt: Instant };

export const RECEIPT_TAG: Readonly<Record<Credential, string>> = {
  password: "iam-roster:password",
  key: "iam-roster:key",
};

const TOKEN_TAG: Readonly<Record<Credential, string>> = {
  password: "iam-roster:reset-password",
  key: "iam-roster:rotate-key",
};

/** IAM's longest tag value. */
const LONGEST = 256;

export function receiptTag(what: Credential, receipt: Receipt): Tag {
  return { key: RECEIPT_TAG[what], value: valueOf(receipt) };
}

function valueOf(receipt: Receipt): string {
  switch (receipt.state) {
    case "pending":
      return ["pending", ...receipt.before].join(" ");
    case "withdrawn":
      return `withdrawn issued ${receipt.issuedAt}`;
    case "issued": {
      const { at, key, to } = receipt;
      return fitting(["issued", at, ...(key === undefined ? [] : [key])], to);
    }
  }
}

/** As many of the fingerprints as fit, and how many more there are. */
function fitting(words: readonly string[], fingerprints: readonly string[]): string {
  for (let shown = fingerprints.length; ; shown -= 1) {
    const left = fingerprints.length - shown;
    const all = [...words, ...fingerprints.slice(0, shown), ...(left === 0 ? [] : [`+${left}`])];
    const value = all.join(" ");
    if (value.length <= LONGEST || shown === 0) return value;
  }
}

/** What the user's tag says; undefined where there is none, or one that iam-roster did not write. */
export function receiptOf({ tags }: Pick<User, "tags">, what: Credential): Receipt | undefined {
  const [state, ...words] = tags.get(RECEIPT_TAG[what])?.value.split(" ") ?? [];
  switch (state) {
    case "pending":
      return { state, before: words };
    case "issued":
      return issued(words);
    case "withdrawn":
      return isInstant(words[1]) ? { state, issuedAt: words[1] } : undefined;
    default:
      return undefined;
  }
}

function issued([at, ...words]: readonly string[]): Receipt | undefined {
  if (!isInstant(at)) return undefined;
  const isKey = KEY_ID.test(words[0] ?? "");
  return { state: "issued", at, key: isKey ? words[0] : undefined, to: isKey ? words.slice(1) : words };
}

/** How ids of access keys begin, and no fingerprint does. */
const KEY_ID = /^A[KS]IA\w*$/;

function isInstant(text: string | undefined): text is Instant {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}

/** The tag that remembers the token that was acted on last. */
export function tokenTag(what: Credential, token: string): Tag {
  return { key: TOKEN_TAG[what], value: token };
}

/** Is this a token that was not acted on yet? */
export function isNewToken(
  { tags }: Pick<User, "tags">,
  what: Credential,
  token: string | undefined,
): boolean {
  return token !== undefined && tags.get(TOKEN_TAG[what])?.value !== token;
}

/**
 * Was the key made by a run that was cut, so that nobody has its secret? It was not there before, and was never used: one
 * that was used has reached somebody.
 */
export function isLeftOver(key: AccessKey, before: readonly string[]): boolean {
  return !before.includes(key.id) && key.lastUsed === undefined;
}
