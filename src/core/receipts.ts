import type { Credential } from "./roster.ts";
import type { AccessKey, Instant, Password, Tag, User } from "./state.ts";

/*
 * How the hand-over of a password or key stands, and which token was acted on last, kept in tags of the user. A cut
 * between making a credential and handing it over then leaves nobody with one that no one holds: the tag still says
 * `pending`, and the next run makes another. Whoever had a credential before iam-roster came has no such tag.
 */

export type Receipt =
  /** `run` is making it since `at`, or was when it was cut. `before` are the ids of the keys that were there already. */
  | {
      readonly state: "pending";
      readonly at: Instant;
      readonly run: string;
      readonly before: readonly string[];
    }
  /** It was handed over; `key` is the id of an access key. `to` are fingerprints, as many as fit into a tag. */
  | {
      readonly state: "issued";
      readonly at: Instant;
      readonly key: string | undefined;
      readonly to: readonly string[];
    }
  /** A password that was issued then, and that nobody used, was taken back. */
  | { readonly state: "withdrawn"; readonly issuedAt: Instant };

export type Pending = Extract<Receipt, { readonly state: "pending" }>;

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
      return ["pending", receipt.at, receipt.run, ...receipt.before].join(" ");
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
    // The words alone always fit.
    if (value.length <= LONGEST) return value;
  }
}

/** What the user's tag says; undefined where there is none, or one that iam-roster did not write. */
export function receiptOf({ tags }: Pick<User, "tags">, what: Credential): Receipt | undefined {
  const receipt = tags.get(RECEIPT_TAG[what]);
  if (receipt === undefined) return undefined;
  const [state, ...words] = receipt.value.split(" ");
  switch (state) {
    case "pending":
      return pending(words);
    case "issued":
      return issued(words);
    case "withdrawn":
      return isInstant(words[1]) ? { state, issuedAt: words[1] } : undefined;
    default:
      return undefined;
  }
}

function pending([at, run, ...before]: readonly string[]): Pending | undefined {
  return isInstant(at) && run !== undefined ? { state: "pending", at, run, before } : undefined;
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

/** The token, unless it was acted on already. */
export function newToken(
  { tags }: Pick<User, "tags">,
  what: Credential,
  token: string | undefined,
): string | undefined {
  return tags.get(TOKEN_TAG[what])?.value === token ? undefined : token;
}

/** How far IAM's clock and ours may be apart, in milliseconds. */
export const CLOCKS_APART: number = 5 * 60 * 1000;
/** How long a run may take from the note to what it makes, in milliseconds. */
const LONGEST_RUN = 15 * 60 * 1000;

/** Was that made by the run that was cut? What somebody makes by hand later is not. */
function isOf({ at }: Pending, createdAt: Instant | undefined): boolean {
  const since = Date.parse(createdAt ?? "") - Date.parse(at);
  return since >= -CLOCKS_APART && since <= LONGEST_RUN;
}

/**
 * Was the key made by a run that was cut, so that nobody has its secret? It was not there before, and was never used: one
 * that was used has reached somebody.
 */
export function isLeftOver(key: AccessKey, note: Pending): boolean {
  return !note.before.includes(key.id) && key.lastUsed === undefined && isOf(note, key.createdAt);
}

/** Is this the password of a run that was cut, so that nobody has it? One that was changed has reached somebody. */
export function isUnheld(password: Password, note: Pending): boolean {
  return password.resetRequired && !isLater(password, note);
}

/** A reset leaves the time of the first password, which is then an early one. */
function isLater({ createdAt }: Password, { at }: Pending): boolean {
  return Date.parse(createdAt ?? at) > Date.parse(at) + LONGEST_RUN;
}
