import type { Change } from "../change.ts";
import {
  CLOCKS_APART,
  isLeftOver,
  isUnheld,
  newToken,
  type Receipt,
  receiptOf,
  receiptTag,
  tokenTag,
} from "../receipts.ts";
import type { NamedRecipient, Resolved } from "../recipient.ts";
import type { Credential, DeclaredUser, Settings } from "../roster.ts";
import { compareText } from "../rules/names.ts";
import type { AccessKey, Instant, Tag, User } from "../state.ts";

/*
 * Passwords and access keys that are to be made, and those that time ends: a password that nobody claimed, a key that
 * another has taken the place of.
 */

/** What in the roster says who can read what is issued; by that text, whom it leads to. undefined: nobody can look. */
export type Recipients = ReadonlyMap<string, Resolved> | undefined;

export interface Issuing {
  readonly settings: Pick<Settings, "credentials">;
  /** undefined: as if no time ever passed. */
  readonly now: Instant | undefined;
  readonly recipients: Recipients;
}

/** The texts that say to whom the user's credentials are encrypted. */
export function recipientTexts({ encryptTo, github }: DeclaredUser): readonly string[] {
  if (encryptTo.length > 0) return encryptTo;
  return github === undefined ? [] : [`github:${github}`];
}

/** Whom these lead to, each once, in an order that depends on nothing but them. */
function recipientsOf(declared: DeclaredUser, recipients: Recipients): readonly NamedRecipient[] {
  const found = recipientTexts(declared).flatMap((text) => recipients?.get(text)?.recipients ?? []);
  const byFingerprint = new Map(found.map((each) => [each.fingerprint, each]));
  return [...byFingerprint.values()]
    .map(({ type, fingerprint, source }) => ({ type, fingerprint, source }))
    .toSorted((one, other) => compareText(one.fingerprint, other.fingerprint));
}

/** Tokens that are there when the user is made count as acted on: the first credential is what they ask for. */
export function firstTokens({ resetPassword, rotateKey }: DeclaredUser): readonly Tag[] {
  return [
    ...(resetPassword === undefined ? [] : [tokenTag("password", resetPassword)]),
    ...(rotateKey === undefined ? [] : [tokenTag("key", rotateKey)]),
  ];
}

/** What a user who is not there yet is issued. */
export function firstCredentials(declared: DeclaredUser, issuing: Issuing): readonly Change[] {
  const { name: user, access } = declared;
  const to = recipientsOf(declared, issuing.recipients);
  return [
    ...(access?.has("console") === true ? [{ kind: "IssuePassword", user, to } as const] : []),
    ...(access?.has("programmatic") === true ? [{ kind: "IssueKey", user, to, before: [] } as const] : []),
  ];
}

/**
 * What a user who is there is issued. While nobody has looked at the user's credentials, only what does not depend on
 * them: a password or key that is missing is none yet.
 */
export function nextCredentials(
  declared: DeclaredUser,
  live: User,
  issuing: Issuing & { readonly reactivated: boolean },
): readonly Change[] {
  return passwordChange(declared, live, issuing).concat(keyChanges(declared, live, issuing));
}

interface Giving {
  readonly recipients: Recipients;
  /** Who comes back keeps nothing from before to sign in with. */
  readonly reactivated: boolean;
}

function passwordChange(
  declared: DeclaredUser,
  live: User,
  { recipients, reactivated }: Giving,
): readonly Change[] {
  const { access, resetPassword } = declared;
  if (access?.has("console") !== true) return [];
  const receipt = receiptOf(live, "password");
  const token = newToken(live, "password", resetPassword);
  const password = reactivated ? undefined : live.credentials?.password;
  const isMissing = live.credentials !== undefined && password === undefined;
  // Who did not claim a password has none until somebody asks for another.
  const isWithdrawn = receipt?.state === "withdrawn" && !reactivated;
  const isLost = receipt?.state === "pending" && password !== undefined && isUnheld(password, receipt);
  if (token === undefined && !isLost && (!isMissing || isWithdrawn)) return [];
  return [
    {
      kind: "IssuePassword",
      user: live.name,
      to: recipientsOf(declared, recipients),
      ...(token !== undefined && { token }),
      ...(password !== undefined && { replaces: true }),
    },
  ];
}

function keyChanges(
  declared: DeclaredUser,
  live: User,
  { recipients, reactivated }: Giving,
): readonly Change[] {
  const { access, rotateKey } = declared;
  if (access?.has("programmatic") !== true) return [];
  const keys = live.credentials?.accessKeys ?? [];
  const receipt = receiptOf(live, "key");
  const token = newToken(live, "key", rotateKey);
  const lost = receipt?.state === "pending" ? keys.filter((key) => isLeftOver(key, receipt)) : [];
  const known = keys.filter((key) => !lost.includes(key));
  const isMissing = live.credentials !== undefined && (reactivated || !known.some(isActive));
  const isNeeded = token !== undefined || isMissing;
  const deleted = [...lost, ...(isNeeded ? roomFor(known, reactivated) : [])];
  const { name: user } = live;
  const deletions = deleted.map(({ id: key }): Change => ({ kind: "DeleteAccessKey", user, key }));
  if (!isNeeded) return deletions;
  const before = known
    .filter((key) => !deleted.includes(key))
    .map(({ id }) => id)
    .toSorted(compareText);
  const to = recipientsOf(declared, recipients);
  return [...deletions, { kind: "IssueKey", user, to, before, ...(token !== undefined && { token }) }];
}

/** IAM's own: two keys a user, active or not. */
const MOST_KEYS = 2;

/**
 * The oldest Inactive key, where the quota stands in the way of a new one. Two that are active are nobody's to take, but of
 * who comes back, none of whose keys stays active.
 */
function roomFor(keys: readonly AccessKey[], areClosed: boolean): readonly AccessKey[] {
  if (keys.length < MOST_KEYS) return [];
  const inactive = keys.filter((key) => !isActive(key));
  return (inactive.length === 0 && areClosed ? keys : inactive)
    .toSorted((one, other) => compareText(one.createdAt ?? "", other.createdAt ?? ""))
    .slice(0, 1);
}

/** What time ends. Before the tag that says so is written nothing is taken, so that a cut never gives it anew. */
export function endedCredentials(
  { access, resetPassword }: DeclaredUser,
  live: User,
  issuing: Pick<Issuing, "settings" | "now">,
): readonly Change[] {
  const { name: user } = live;
  // Who gets another keeps this one until then.
  const isWanted = access?.has("console") === true && newToken(live, "password", resetPassword) === undefined;
  const issuedAt = isWanted ? unclaimedSince(live, issuing) : undefined;
  const isTold = receiptOf(live, "password")?.state === "withdrawn";
  const tag = issuedAt === undefined ? undefined : receiptTag("password", { state: "withdrawn", issuedAt });
  return [
    ...(tag === undefined || isTold ? [] : [{ kind: "TagUser", user, tags: [tag] } as const]),
    ...(issuedAt === undefined ? [] : [{ kind: "DeleteLoginProfile", user } as const]),
    ...(access?.has("programmatic") === true ? replacedKeys(live, issuing) : []).map(
      ({ id: key }): Change => ({ kind: "UpdateAccessKey", user, key, status: "Inactive" }),
    ),
  ];
}

/** When the password was issued that is to be taken back: still to be changed, and nobody made another after it. */
function unclaimedSince(live: User, issuing: Pick<Issuing, "settings" | "now">): Instant | undefined {
  const issuedAt = overdueSince(live, issuing);
  if (issuedAt === undefined || live.credentials?.password?.resetRequired !== true) return undefined;
  // When it was made does not move where somebody sets another; when it was changed does.
  const changedAt = Date.parse(live.reported?.passwordLastChanged ?? "");
  return changedAt <= Date.parse(issuedAt) + CLOCKS_APART ? issuedAt : undefined;
}

/** By the note and the report, when the password was issued that nobody has used in time. Not in the report is not known. */
function overdueSince(
  { reported, tags }: User,
  { settings, now }: Pick<Issuing, "settings" | "now">,
): Instant | undefined {
  const issuedAt = issuedOrWithdrawn(receiptOf({ tags }, "password"));
  if (issuedAt === undefined || now === undefined) return undefined;
  if (reported === undefined || reported.passwordLastUsed !== undefined) return undefined;
  const isOver = Date.parse(now) >= Date.parse(issuedAt) + settings.credentials.unclaimedAfter;
  return isOver ? issuedAt : undefined;
}

function issuedOrWithdrawn(receipt: Receipt | undefined): Instant | undefined {
  if (receipt?.state === "issued") return receipt.at;
  return receipt?.state === "withdrawn" ? receipt.issuedAt : undefined;
}

/** Active keys that were there before the one that was issued last, once both have been valid for long enough. */
function replacedKeys(
  live: User,
  { settings, now }: Pick<Issuing, "settings" | "now">,
): readonly AccessKey[] {
  const receipt = receiptOf(live, "key");
  if (receipt?.state !== "issued" || now === undefined) return [];
  const keys = live.credentials?.accessKeys ?? [];
  // Without the new one, the old one is all that the user has.
  if (!keys.some((key) => key.id === receipt.key && isActive(key))) return [];
  if (Date.parse(now) < Date.parse(receipt.at) + settings.credentials.rotationOverlap) return [];
  return keys.filter((key) => key.id !== receipt.key && isActive(key) && isBefore(key, receipt.at));
}

function isBefore({ createdAt }: AccessKey, moment: Instant): boolean {
  return Date.parse(createdAt ?? "") < Date.parse(moment);
}

function isActive({ status }: AccessKey): boolean {
  return status === "Active";
}

/**
 * Do the notes and the report leave open what is to be done, so that the credentials have to be looked at? A token that was
 * not acted on is a change already.
 */
export function isOpen(
  { access }: DeclaredUser,
  live: User,
  issuing: Pick<Issuing, "settings" | "now">,
): boolean {
  const isPending = (what: Credential): boolean => receiptOf(live, what)?.state === "pending";
  return (
    (access?.has("console") === true &&
      (isPending("password") || overdueSince(live, issuing) !== undefined)) ||
    (access?.has("programmatic") === true && isPending("key"))
  );
}
