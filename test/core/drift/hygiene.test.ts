import { describe, expect, test } from "vitest";
import { type HygieneFinding, hygieneOf } from "../../../src/core/drift/hygiene.ts";
import type { AccessKey, Instant, Reported, ReportedKey, Root, User } from "../../../src/core/state.ts";
import { NOW, SETTINGS, state, user } from "../build.ts";

const DAY = 86_400_000;
/** A moment so many days before now, and a second more where it says so. */
function daysAgo(days: number, seconds = 0): Instant {
  return `${new Date(Date.parse(NOW) - days * DAY - seconds * 1000).toISOString().slice(0, 19)}Z`;
}

const CLOSED: Reported = {
  password: false,
  passwordLastUsed: undefined,
  mfa: false,
  activeKeys: 0,
  keyLastUsed: undefined,
  keys: [],
  activeCertificates: 0,
};

/** Not read one by one. */
function reportedUser(parts: Partial<Reported>): User {
  return user("emily", { credentials: undefined, reported: { ...CLOSED, ...parts } });
}

function withKeys(...keys: readonly Partial<ReportedKey>[]): User {
  const all = keys.map((key) => ({ lastRotated: undefined, lastUsed: undefined, ...key }));
  return reportedUser({ keys: all, activeKeys: all.length });
}

function findings(live: User, settings: Partial<typeof SETTINGS> = {}): readonly HygieneFinding[] {
  return hygieneOf({ ...SETTINGS, ...settings }, state([live], []), NOW).findings;
}

function codes(live: User): readonly string[] {
  return findings(live).map(({ code }) => code);
}

const EMILY = { user: "emily", managed: true };
const NINETY = 90 * DAY;

test("nobody is told of who has neither password nor key", () => {
  expect(findings(reportedUser({}))).toEqual([]);
});

describe("an access key", () => {
  test("older than keyAge is old, and one of just that age is not", () => {
    const lastUsed = daysAgo(1);
    const madeAt = daysAgo(90, 1);
    expect(findings(withKeys({ lastRotated: madeAt, lastUsed }))).toEqual([
      { code: "old-key", ...EMILY, arguments: { key: undefined, madeAt, keyAge: NINETY } },
    ]);
    expect(findings(withKeys({ lastRotated: daysAgo(90), lastUsed }))).toEqual([]);
  });

  test("is unused since it was last used", () => {
    const since = daysAgo(90, 1);
    expect(findings(withKeys({ lastRotated: daysAgo(200), lastUsed: since }))).toEqual([
      { code: "old-key", ...EMILY, arguments: { key: undefined, madeAt: daysAgo(200), keyAge: NINETY } },
      { code: "unused-key", ...EMILY, arguments: { key: undefined, since, used: true, unused: NINETY } },
    ]);
    expect(codes(withKeys({ lastRotated: daysAgo(200), lastUsed: daysAgo(90) }))).toEqual(["old-key"]);
  });

  test("of which no use is known counts from when it was made", () => {
    const since = daysAgo(91);
    expect(findings(withKeys({ lastRotated: since }))).toContainEqual({
      code: "unused-key",
      ...EMILY,
      arguments: { key: undefined, since, used: false, unused: NINETY },
    });
    expect(findings(withKeys({ lastRotated: daysAgo(89) }))).toEqual([]);
  });

  test("of which neither making nor use is known is not called unused or old", () => {
    expect(findings(withKeys({}))).toEqual([]);
  });

  test("is held to hygiene's own settings, each to its own", () => {
    const live = withKeys({ lastRotated: daysAgo(10), lastUsed: daysAgo(3) });
    const told = (keyAge: number, unused: number): readonly string[] =>
      findings(live, { hygiene: { keyAge: keyAge * DAY, unused: unused * DAY } }).map(({ code }) => code);
    expect(told(9, 90)).toEqual(["old-key"]);
    expect(told(90, 2)).toEqual(["unused-key"]);
    expect(told(10, 3)).toEqual([]);
  });

  test("beside another active one is one too many", () => {
    const fresh = { lastRotated: daysAgo(1) };
    expect(findings(withKeys(fresh, fresh))).toEqual([
      { code: "two-active-keys", ...EMILY, arguments: { keys: 2 } },
    ]);
    expect(findings(withKeys(fresh))).toEqual([]);
  });

  test("is told by its id where the keys were read one by one, and an inactive one is not looked at", () => {
    const key = (id: string, parts: Partial<AccessKey>): AccessKey => ({
      id,
      status: "Active",
      createdAt: daysAgo(100),
      lastUsed: daysAgo(1),
      ...parts,
    });
    const accessKeys = [key("AKIAOLD", {}), key("AKIAOFF", { status: "Inactive" })];
    const live = user("emily", {
      credentials: { accessKeys },
      reported: { ...CLOSED, activeKeys: 2, keys: [{ lastRotated: undefined, lastUsed: undefined }] },
    });
    expect(findings(live)).toEqual([
      { code: "old-key", ...EMILY, arguments: { key: "AKIAOLD", madeAt: daysAgo(100), keyAge: NINETY } },
    ]);
  });
});

describe("a password", () => {
  const fresh = { password: true, mfa: true, passwordLastChanged: daysAgo(200) };

  test("is unused since it was last used", () => {
    const since = daysAgo(90, 1);
    expect(findings(reportedUser({ ...fresh, passwordLastUsed: since }))).toEqual([
      { code: "unused-password", ...EMILY, arguments: { since, used: true, unused: NINETY } },
    ]);
    expect(findings(reportedUser({ ...fresh, passwordLastUsed: daysAgo(90) }))).toEqual([]);
  });

  test("of which no use is known counts from when it was last set", () => {
    expect(findings(reportedUser(fresh))).toEqual([
      { code: "unused-password", ...EMILY, arguments: { since: daysAgo(200), used: false, unused: NINETY } },
    ]);
    expect(findings(reportedUser({ ...fresh, passwordLastChanged: daysAgo(2) }))).toEqual([]);
  });

  test("set anew after its last use counts from then", () => {
    const parts = { ...fresh, passwordLastUsed: daysAgo(300) };
    expect(findings(reportedUser({ ...parts, passwordLastChanged: daysAgo(5) }))).toEqual([]);
  });

  test("of which nothing is known is not called unused", () => {
    expect(findings(reportedUser({ password: true, mfa: true }))).toEqual([]);
  });

  test("without MFA is told", () => {
    expect(findings(reportedUser({ ...fresh, passwordLastUsed: daysAgo(1), mfa: false }))).toEqual([
      { code: "console-without-mfa", ...EMILY, arguments: {} },
    ]);
  });

  test("that was read one by one is believed before the report, and so is MFA", () => {
    const mfaDevices = [{ serial: "arn:aws:iam::123456789012:mfa/emily" }];
    const password = { createdAt: daysAgo(1), resetRequired: false };
    const reported = { ...CLOSED, password: true, passwordLastChanged: daysAgo(2) };
    expect(codes(user("emily", { reported }))).toEqual([]);
    expect(codes(user("emily", { reported, credentials: { password, mfaDevices } }))).toEqual([]);
    expect(codes(user("emily", { reported: { ...reported, mfa: true }, credentials: { password } }))).toEqual(
      ["console-without-mfa"],
    );
  });

  test("made after the report was is not unused", () => {
    const password = { createdAt: daysAgo(1), resetRequired: false };
    const mfaDevices = [{ serial: "x" }];
    const reported = { ...CLOSED, password: true, passwordLastChanged: daysAgo(100) };
    expect(codes(user("emily", { reported, credentials: { password, mfaDevices } }))).toEqual([]);
    const older = { ...password, createdAt: daysAgo(300) };
    expect(codes(user("emily", { reported, credentials: { password: older, mfaDevices } }))).toEqual([
      "unused-password",
    ]);
  });

  test("of somebody without a row in the report is not called unused, however old", () => {
    const password = { createdAt: daysAgo(900), resetRequired: false };
    const live = user("emily", {
      reported: undefined,
      credentials: { password, mfaDevices: [{ serial: "x" }] },
    });
    expect(codes(live)).toEqual([]);
  });
});

describe("the root user", () => {
  const told = (root: Root | undefined): readonly HygieneFinding[] =>
    hygieneOf(SETTINGS, state([], [], { root }), NOW).findings;
  const SAFE: Root = { password: true, keys: false, mfa: true };
  const ROOT = { user: undefined, managed: false, arguments: {} };

  test("is told of with keys, and without MFA", () => {
    expect(told({ ...SAFE, keys: true })).toEqual([{ code: "root-keys", ...ROOT }]);
    expect(told({ ...SAFE, mfa: false })).toEqual([{ code: "root-without-mfa", ...ROOT }]);
    expect(told({ password: false, keys: true, mfa: false })).toEqual([
      { code: "root-keys", ...ROOT },
      { code: "root-without-mfa", ...ROOT },
    ]);
  });

  test("needs no MFA where it cannot sign in at all", () => {
    expect(told({ password: false, keys: false, mfa: false })).toEqual([]);
  });

  test("is not told of with MFA and without keys, nor where nothing is known", () => {
    expect(told(SAFE)).toEqual([]);
    expect(told(undefined)).toEqual([]);
  });
});

describe("all users", () => {
  const reported = { ...CLOSED, password: true };
  const stranger = user("Zoe", { tags: {}, reported, credentials: undefined });
  const other = user("carl", { tags: { "iam-roster:owner": "other" }, reported, credentials: undefined });
  const ours = user("bert", { reported, credentials: undefined });

  test("are looked at, by name behind the root user, and each says whether it is managed", () => {
    const actual = state([stranger, other, ours], [], { root: { password: true, keys: false, mfa: false } });
    const told = hygieneOf(SETTINGS, actual, NOW).findings.map(({ user: name, managed }) => [name, managed]);
    expect(told).toEqual([
      [undefined, false],
      ["bert", true],
      ["carl", false],
      ["Zoe", false],
    ]);
  });

  test("but those whom the settings ignore are", () => {
    const settings = { ...SETTINGS, ignore: { ...SETTINGS.ignore, users: ["z*", "n*"] } };
    const unread = user("nora", { reported: undefined, credentials: undefined });
    const { findings: told, unknown } = hygieneOf(settings, state([stranger, ours, unread], []), NOW);
    expect(told.map(({ user: name }) => name)).toEqual(["bert"]);
    expect(unknown).toEqual([]);
  });

  test("of whom the report has no row, and who were not read, are named as not known", () => {
    const unread = { reported: undefined, credentials: undefined };
    const actual = state(
      [user("nora", unread), user("abe", unread), user("read", { reported: undefined }), ours],
      [],
    );
    expect(hygieneOf(SETTINGS, actual, NOW).unknown).toEqual(["abe", "nora"]);
  });
});
