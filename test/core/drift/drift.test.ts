import { describe, expect, test } from "vitest";
import { type Drift, driftOf, isOfOtherAccount } from "../../../src/core/drift/drift.ts";
import type { Roster } from "../../../src/core/roster.ts";
import type { State } from "../../../src/core/state.ts";
import { declaredGroup, declaredUser, group, NOW, planned, roster, sha256, state, user } from "../build.ts";

function drift(files: Roster, actual: State, now: string = NOW): Drift {
  const { plan } = planned({ roster: files, actual, now });
  return driftOf({ plan, roster: files, actual, now, sha256 });
}

const ROOT = { password: true, keys: true, mfa: false };
const OPS = declaredGroup("ops");
const FILES = roster([declaredUser("emily", { groups: ["ops"] }), declaredUser("max")], [OPS]);
const MADE_BY_HAND = state([user("emily"), user("max", { groups: ["ops"] })], [group("ops")]);

test("without a difference there is none", () => {
  const { differences, plan } = drift(
    FILES,
    state([user("emily", { groups: ["ops"] }), user("max")], [group("ops")]),
  );
  expect(differences).toEqual([]);
  expect(plan.entries).toEqual([]);
});

test("a difference is pending, with what is there and what to write", () => {
  const { differences, plan } = drift(FILES, MADE_BY_HAND);
  expect(differences.map(({ entry }) => entry)).toEqual(plan.entries);
  expect(plan.entries.flatMap(({ changes }) => changes.map(({ kind, cause }) => [kind, cause]))).toEqual([
    ["AddUserToGroup", "pending"],
    ["RemoveUserFromGroup", "pending"],
  ]);
  expect(differences[1]).toMatchObject({
    isRefused: false,
    live: { name: "max", id: "AIDAMAX" },
    adoption: { edits: [{ how: "add", at: ["users", "max", "groups"], value: "ops" }] },
  });
});

test("what time asks for stays due", () => {
  const files = roster([declaredUser("emily", { groups: [{ group: "ops", until: "2026-11-01" }] })], [OPS]);
  const { plan } = drift(files, state([user("emily", { groups: ["ops"] })], [group("ops")]));
  expect(plan.entries.flatMap(({ changes }) => changes.map(({ cause }) => cause))).toEqual(["due"]);
});

test("what a refusal keeps from being ended stands behind the rest, and is pending too", () => {
  const files = { ...FILES, settings: { ...FILES.settings, protected: ["emily"] } };
  const { differences } = drift(files, MADE_BY_HAND);
  expect(differences.map(({ entry, isRefused }) => [entry.subject.name, isRefused])).toEqual([
    ["max", false],
    ["emily", true],
  ]);
  expect(differences[1]?.entry.changes.map(({ cause }) => cause)).toEqual(["pending"]);
});

test("a group is shown with what is there, also under its old name", () => {
  const files = roster(
    [],
    [declaredGroup("new", { renamedFrom: "old" }), declaredGroup("x", { path: "/x/" })],
  );
  const { differences } = drift(files, state([], [group("old"), group("x")]));
  expect(differences.map(({ live }) => live?.name)).toEqual(["old", "x"]);
});

test("its plan has the digest of a plan without a base", () => {
  const { digest } = planned({ roster: FILES, actual: MADE_BY_HAND }).plan;
  expect(drift(FILES, MADE_BY_HAND).plan.digest).toBe(digest);
});

test("hygiene and what ends soon are of the same account, files and moment", () => {
  const password = { createdAt: "2026-11-21T00:00:00Z", resetRequired: false };
  const files = roster([declaredUser("emily", { access: ["console"], until: "2026-11-30" })]);
  const { hygiene, endsSoon } = drift(files, state([user("emily", { credentials: { password } })], []));
  expect(hygiene.findings.map(({ code }) => code)).toEqual(["console-without-mfa"]);
  expect(endsSoon).toEqual([{ user: "emily", group: undefined, until: "2026-11-30" }]);
});

test("of another account than the files' own nothing is told, and nothing to write", () => {
  const other = { ...MADE_BY_HAND, account: { ...MADE_BY_HAND.account, id: "999999999999", root: ROOT } };
  const stranger = user("zoe", {
    tags: {},
    credentials: { password: { createdAt: NOW, resetRequired: false } },
  });
  const many = ["gus", "ida", "jan", "kim"].map((name) => [name, user(name)] as const);
  const actual = { ...other, users: new Map([...other.users, ...many, ["zoe", stranger] as const]) };
  const all = planned({ roster: FILES, actual }).plan;
  expect(all.refusals.map(({ code }) => code)).toEqual(["wrong-account", "losing"]);
  const { plan, differences, hygiene } = drift(FILES, actual);
  expect(plan).toMatchObject({
    entries: [],
    refused: [],
    grants: [],
    refusals: [{ code: "wrong-account" }],
    warnings: [],
    unmanaged: { users: [], groups: [], members: [] },
  });
  expect(differences).toEqual([]);
  expect(hygiene).toEqual({ findings: [], unknown: [] });
  expect(isOfOtherAccount(plan)).toBe(true);
  expect(isOfOtherAccount(drift(FILES, MADE_BY_HAND).plan)).toBe(false);
});

describe("the name of a set of differences", () => {
  const key = (files: Roster, actual: State, now?: string): string => drift(files, actual, now).key;

  test("is the same whatever the moment, and in whatever order things are read", () => {
    const turned = state([...MADE_BY_HAND.users.values()].toReversed(), [group("ops")]);
    expect(key(FILES, turned, "2026-12-24T00:00:00Z")).toBe(key(FILES, MADE_BY_HAND));
    expect(key(FILES, MADE_BY_HAND)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("is the same whatever hangs on a group that the plan leaves alone, though the digest is not", () => {
    const files = roster(
      [declaredUser("emily", { groups: ["ops"] })],
      [declaredGroup("ops", { external: true })],
    );
    const policies = ["arn:aws:iam::aws:policy/PowerUserAccess"];
    const [one, other] = [
      state([user("emily")], [group("ops")]),
      state([user("emily")], [group("ops", { policies })]),
    ];
    expect(key(files, one)).toBe(key(files, other));
    expect(drift(files, one).plan.digest).not.toBe(drift(files, other).plan.digest);
  });

  test("is another where another thing differs, or the same on another who bears the name", () => {
    const unbound = { ...FILES, settings: { ...FILES.settings, account: undefined } };
    const elsewhere = { ...MADE_BY_HAND, account: { ...MADE_BY_HAND.account, id: "999999999999" } };
    const names = [
      key(FILES, MADE_BY_HAND),
      key(FILES, state([user("emily"), user("max")], [group("ops")])),
      key(FILES, state([user("emily", { id: "AIDANEW" }), user("max", { groups: ["ops"] })], [group("ops")])),
      key(FILES, state([user("emily")], [group("ops")])),
      key(unbound, elsewhere),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  test("takes in what is refused, and is the same whether it is refused or not", () => {
    const files = { ...FILES, settings: { ...FILES.settings, protected: ["emily", "max"] } };
    expect(key(files, MADE_BY_HAND)).toBe(key(FILES, MADE_BY_HAND));
  });
});
