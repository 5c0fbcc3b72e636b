import { describe, expect, test } from "vitest";
import { requestedPart } from "../../../src/core/planning/requested.ts";
import { plan } from "../ask.ts";
import { declaredGroup, declaredUser, group, NOW, roster, sha256, state, user } from "../build.ts";

const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const SECURITY = "arn:aws:iam::aws:policy/SecurityAudit";

/*
 * Somebody has taken ReadOnlyAccess off the auditors by hand, and emily out of ops; the change asks for emily to join the
 * auditors, and for marco.
 */
const groups = [declaredGroup("auditors", { policies: [READ, SECURITY] }), declaredGroup("ops")];
const base = roster(
  [declaredUser("ann", { groups: ["auditors"] }), declaredUser("emily", { groups: ["ops"] })],
  groups,
);
const head = roster(
  [
    declaredUser("ann", { groups: ["auditors"] }),
    declaredUser("emily", { groups: ["auditors", "ops"] }),
    declaredUser("marco"),
  ],
  groups,
);
const actual = state(
  [user("ann", { groups: ["auditors"] }), user("emily")],
  [group("auditors", { policies: [SECURITY] }), group("ops")],
);

function asked() {
  const made = plan(head, actual, base);
  return { made, part: requestedPart(made, { actual, now: NOW, sha256 }) };
}

describe("what a change of the files asks for, as a reviewed plan,", () => {
  test("is of the same account, and has the digest of the whole plan", () => {
    const { made, part } = asked();
    expect(part.account).toBe(made.account.id);
    expect(part.digest).toBe(made.digest);
  });

  test("has only those with an entry that it asks for, each by its id where it is there", () => {
    const { made, part } = asked();
    expect(made.entries.map(({ subject }) => subject.name)).toEqual(["emily", "marco", "auditors"]);
    expect(part.subjects).toStrictEqual([
      { type: "user", name: "emily", id: actual.users.get("emily")?.id },
      { type: "user", name: "marco" },
    ]);
  });

  test("tells who is to end", () => {
    const without = roster([declaredUser("emily", { groups: ["ops"] })], groups);
    const owned = state(
      [user("ann", { groups: ["auditors"] }), user("emily", { groups: ["ops"] })],
      [group("auditors", { policies: [READ, SECURITY] }), group("ops")],
    );
    const part = requestedPart(plan(without, owned, base), { actual: owned, now: NOW, sha256 });
    expect(part.subjects).toStrictEqual([
      { type: "user", name: "ann", id: owned.users.get("ann")?.id, ends: true },
    ]);
  });

  test("gives what it asks for at its place among all changes, and not what was open before", () => {
    const { made, part } = asked();
    expect(part.grants).toContainEqual({ user: "emily", via: "auditors", policy: READ });
    expect(part.grants).toContainEqual({ user: "marco", boundary: "none" });
    expect(part.grants).not.toContainEqual({ user: "ann", via: "auditors", policy: READ });
    expect(part.grants).not.toContainEqual({ user: "emily", group: "ops" });
    expect(made.grants).toContainEqual({ user: "emily", group: "ops" });
    expect(made.grants).toContainEqual({ user: "ann", via: "auditors", policy: READ });
  });

  test("is nothing where the files ask for nothing new", () => {
    const drifted = plan(base, actual, base);
    expect(drifted.entries).toHaveLength(2);
    expect(requestedPart(drifted, { actual, now: NOW, sha256 })).toMatchObject({ subjects: [], grants: [] });
    const nothing = plan(base, { ...actual, users: new Map(), groups: new Map() }, undefined);
    expect(requestedPart({ ...nothing, entries: [] }, { actual, now: NOW, sha256 }).grants).toEqual([]);
  });
});
