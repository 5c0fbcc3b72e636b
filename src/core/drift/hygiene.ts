import { isIgnored } from "../planning/desire.ts";
import { ownerName, standing } from "../ownership.ts";
import type { Duration, Settings } from "../roster.ts";
import { compareNames } from "../rules/names.ts";
import type { Instant, ReportedKey, Root, State, User, UserName } from "../state.ts";
import { latest } from "../time.ts";

/*
 * Credentials that nobody should have as they are: old, unused, without a second factor. Nothing here is a difference
 * from the roster, and no plan changes it.
 */

/** `since`: when it was made or last used, whichever is later. */
export interface HygieneArguments {
  /** `key` is the id where the keys were read one by one. */
  "old-key": { key: string | undefined; madeAt: Instant; keyAge: Duration };
  "unused-key": { key: string | undefined; since: Instant; used: boolean; unused: Duration };
  "unused-password": { since: Instant; used: boolean; unused: Duration };
  "console-without-mfa": Record<never, never>;
  "two-active-keys": { keys: number };
  "root-keys": Record<never, never>;
  "root-without-mfa": Record<never, never>;
}

export type HygieneCode = keyof HygieneArguments;

export type HygieneFinding = {
  readonly [Code in HygieneCode]: {
    readonly code: Code;
    /** undefined: the account's root user. */
    readonly user: UserName | undefined;
    /** Is the user one of this roster's? */
    readonly managed: boolean;
    readonly arguments: Readonly<HygieneArguments[Code]>;
  };
}[HygieneCode];

export interface Hygiene {
  /** The root user's, then those of each user by name. */
  readonly findings: readonly HygieneFinding[];
  /** Users of whom nothing can be said: the credential report has no row for them yet. */
  readonly unknown: readonly UserName[];
}

/** Looks at every user whom the settings do not ignore, managed or not. */
export function hygieneOf(settings: Settings, actual: State, now: Instant): Hygiene {
  const owner = ownerName(settings);
  const users = [...actual.users.values()]
    .filter(({ name }) => !isIgnored(name, settings.ignore.users))
    .toSorted((one, other) => compareNames(one.name, other.name));
  const looking: Looking = { hygiene: settings.hygiene, now: Date.parse(now) };
  const ofUsers = users.flatMap((user) => {
    const managed = standing(user, owner) === "managed";
    return found(user, looking).map((each): HygieneFinding => ({ ...each, user: user.name, managed }));
  });
  return {
    findings: [...rootFindings(actual.account.root), ...ofUsers],
    unknown: users.filter(isUnknown).map(({ name }) => name),
  };
}

interface Looking {
  readonly hygiene: Settings["hygiene"];
  readonly now: number;
}

type Found = {
  readonly [Code in HygieneCode]: {
    readonly code: Code;
    readonly arguments: Readonly<HygieneArguments[Code]>;
  };
}[HygieneCode];

function rootFindings(root: Root | undefined): readonly HygieneFinding[] {
  if (root === undefined) return [];
  const ofRoot = { user: undefined, managed: false, arguments: {} };
  const signsIn = root.password || root.keys;
  return [
    ...(root.keys ? [{ code: "root-keys", ...ofRoot } as const] : []),
    ...(signsIn && !root.mfa ? [{ code: "root-without-mfa", ...ofRoot } as const] : []),
  ];
}

function isUnknown({ reported, credentials }: User): boolean {
  return reported === undefined && credentials === undefined;
}

function found(user: User, looking: Looking): readonly Found[] {
  const keys = activeKeys(user);
  return [
    ...passwordFindings(user, looking),
    ...(keys.length > 1 ? [{ code: "two-active-keys", arguments: { keys: keys.length } } as const] : []),
    ...keys.flatMap((key) => keyFindings(key, looking)),
  ];
}

function passwordFindings(user: User, looking: Looking): readonly Found[] {
  const known = knownOfPassword(user);
  if (known?.password !== true) return [];
  const { reported } = user;
  const used = reported?.passwordLastUsed;
  const since = latest([used, reported?.passwordLastChanged, known.madeAt]);
  const { unused } = looking.hygiene;
  // Only the report knows when a password was used.
  const isUnused = reported !== undefined && isOlder(since, unused, looking);
  return [
    ...(known.mfa ? [] : [{ code: "console-without-mfa", arguments: {} } as const]),
    ...(isUnused
      ? [{ code: "unused-password", arguments: { since, used: used === since, unused } } as const]
      : []),
  ];
}

interface KnownOfPassword {
  readonly password: boolean;
  readonly madeAt?: Instant | undefined;
  readonly mfa: boolean;
}

/** As it was read of the user alone; else as the report has it. */
function knownOfPassword({ credentials, reported }: User): KnownOfPassword | undefined {
  if (credentials === undefined) return reported;
  const { password, mfaDevices } = credentials;
  return { password: password !== undefined, madeAt: password?.createdAt, mfa: mfaDevices.length > 0 };
}

interface ActiveKey {
  readonly id: string | undefined;
  readonly madeAt: Instant | undefined;
  readonly lastUsed: Instant | undefined;
}

/** As they were read one by one; else as the report has them. */
function activeKeys({ credentials, reported }: User): readonly ActiveKey[] {
  if (credentials === undefined) {
    return (reported?.keys ?? NO_KEYS).map(({ lastRotated, lastUsed }) => ({
      id: undefined,
      madeAt: lastRotated,
      lastUsed,
    }));
  }
  return credentials.accessKeys
    .filter(({ status }) => status === "Active")
    .map(({ id, createdAt, lastUsed }) => ({ id, madeAt: createdAt, lastUsed }));
}

const NO_KEYS: readonly ReportedKey[] = [];

/** IAM knows of no use both where there was none and where it has no word of one, so its age alone speaks then. */
function keyFindings({ id: key, madeAt, lastUsed }: ActiveKey, looking: Looking): readonly Found[] {
  const { keyAge, unused } = looking.hygiene;
  const since = latest([madeAt, lastUsed]);
  return [
    ...(isOlder(madeAt, keyAge, looking)
      ? [{ code: "old-key", arguments: { key, madeAt, keyAge } } as const]
      : []),
    ...(isOlder(since, unused, looking)
      ? [{ code: "unused-key", arguments: { key, since, used: since === lastUsed, unused } } as const]
      : []),
  ];
}

function isOlder(since: Instant | undefined, age: Duration, { now }: Looking): since is Instant {
  return !(since === undefined || now - Date.parse(since) <= age);
}
