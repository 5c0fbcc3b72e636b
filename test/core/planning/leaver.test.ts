import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import { kinds, plan } from "../ask.ts";
import { declaredUser, OURS, planned, roster, state, user } from "../build.ts";

const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const CLOSED = { ...OURS, [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" };
describe("a leaver", () => {
  test("is closed though fifty tags leave no place for the one that says when", () => {
    const tags = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`t${index}`, "x"]));
    const live = state([user("ann", { tags: { ...OURS, ...tags }, policies: [ADMIN] }), user("bob")], []);
    const result = plan(roster([declaredUser("bob")]), live);
    expect(kinds(result)).toContain("AttachUserPolicy");
  });

  test("is closed where nobody knows AWSDenyAll", () => {
    const live = state([user("ann", { policies: [ADMIN] }), user("bob")], []);
    const result = planned({
      roster: roster([declaredUser("bob")]),
      actual: live,
      policies: new Map([[DENY_ALL, undefined]]),
    });
    expect(result.plan.refusals).toEqual([]);
    expect(kinds(result.plan)).toContain("DetachUserPolicy");
  });

  test("is not deleted while the file names it by its old name", () => {
    const live = state([user("emily", { tags: CLOSED, policies: [DENY_ALL] }), user("bob")], []);
    const files = roster(
      [declaredUser("emma", { renamedFrom: "emily", status: "inactive" }), declaredUser("bob")],
      [],
      { offboarding: { deleteAfter: 86_400_000, verifyAfter: 0 } },
    );
    expect(kinds(plan(files, live))).not.toContain("DeleteUser");
  });
});
