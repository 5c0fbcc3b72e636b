import { describe, expect, test } from "vitest";
import type { Settings } from "../../../src/core/roster.ts";
import type { State } from "../../../src/core/state.ts";
import { codes, plan } from "../ask.ts";
import { declaredGroup, declaredUser, group, roster, state, user } from "../build.ts";

const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const allow = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
});

describe("a limit", () => {
  test("counts the members of a group that is renamed while what it gives is replaced", () => {
    const names = Array.from({ length: 10 }, (_, index) => `user${index}`);
    const live = state(
      names.map((name) => user(name, { groups: ["old"] })),
      [group("old", { inlinePolicies: { base: allow("*") } })],
    );
    const files = roster(
      names.map((name) => declaredUser(name, { groups: ["new"] })),
      [declaredGroup("new", { renamedFrom: "old", inlinePolicies: { base: allow("s3:*") } })],
    );
    expect(codes(plan(files, live))).toContain("losing");
  });

  test("of admins counts those in a group under its old name", () => {
    const live = state(
      ["a", "b", "c"].map((name) => user(name, { groups: ["admins"] })),
      [group("admins")],
    );
    const files = roster(
      [declaredUser("a", { groups: ["root-admins"] }), declaredUser("b"), declaredUser("c")],
      [declaredGroup("root-admins", { renamedFrom: "admins" })],
      {
        admins: { groups: ["root-admins"], atLeast: 2 },
        limits: { losing: { people: 9, percent: 100 }, override: undefined },
      },
    );
    expect(codes(plan(files, live))).toContain("too-few-admins");
  });

  describe("of admins", () => {
    const LOSING = { losing: { people: 9, percent: 100 }, override: undefined };
    const people = ["a", "b", "c"];

    test("takes a group as it is that no file declares, or that is not there", () => {
      const live = state(
        people.map((name) => user(name, { groups: ["root"] })),
        [group("root", { policies: [ADMIN] })],
      );
      const files = roster(
        people.map((name) => declaredUser(name)),
        [],
        { admins: { groups: ["root", "nobody-made-it"], atLeast: 2 }, limits: LOSING },
      );
      expect(plan(files, live).refusals).toContainEqual(
        expect.objectContaining({
          code: "too-few-admins",
          arguments: expect.objectContaining({ before: 3, after: 0 }),
        }),
      );
    });

    test("knows a group by its name where its rename is long done", () => {
      const live = state(
        people.map((name) => user(name, { groups: ["admins"] })),
        [group("admins", { policies: [ADMIN] })],
      );
      const files = roster(
        people.map((name) => declaredUser(name)),
        [declaredGroup("admins", { renamedFrom: "old", policies: ["AdministratorAccess"] })],
        { admins: { groups: ["admins"], atLeast: 2 }, limits: LOSING },
      );
      expect(plan(files, live).refusals).toContainEqual(
        expect.objectContaining({
          code: "too-few-admins",
          arguments: expect.objectContaining({ before: 3, after: 0 }),
        }),
      );
    });

    test("counts nobody in a new group that gives nothing", () => {
      const live = state(
        people.map((name) => user(name, { groups: ["admins"] })),
        [group("admins", { policies: [ADMIN] })],
      );
      const files = (policies: readonly string[]) =>
        roster(
          people.map((name) => declaredUser(name, { groups: ["new"] })),
          [
            declaredGroup("admins", { policies: ["AdministratorAccess"] }),
            declaredGroup("new", { policies }),
          ],
          { admins: { groups: ["admins", "new"], atLeast: 2 }, limits: LOSING },
        );
      expect(codes(plan(files([]), live))).toContain("too-few-admins");
      expect(codes(plan(files(["AdministratorAccess"]), live))).not.toContain("too-few-admins");
    });
  });

  test("of admins counts those in a group whose rename is refused", () => {
    const live = state(
      ["a", "b", "fay"].map((name) => user(name, { groups: ["old"] })),
      [group("old", { policies: [ADMIN], inlinePolicies: { base: allow("*") } })],
    );
    const files = roster(
      [declaredUser("a"), declaredUser("b"), declaredUser("fay", { groups: ["new"] })],
      [declaredGroup("new", { renamedFrom: "old", policies: ["AdministratorAccess"] })],
      {
        protected: ["fay"],
        admins: { groups: ["new"], atLeast: 3 },
        limits: { losing: { people: 9, percent: 100 }, override: undefined },
      },
    );
    expect(codes(plan(files, live))).toEqual(expect.arrayContaining(["protected", "too-few-admins"]));
  });
});

describe("how many may lose something", () => {
  const names = Array.from({ length: 10 }, (_, index) => `user${index}`);
  const wanted = names.map((name) => declaredUser(name));
  const losing = (people: number, percent: number, override?: number): Partial<Settings> => ({
    limits: {
      losing: { people, percent },
      override:
        override === undefined
          ? undefined
          : { losing: override, firstContact: false, until: "2030-01-01", reason: "x" },
    },
  });
  /** Everybody is there and so many are in a group that the file takes them from. */
  const leaving = (count: number): State =>
    state(
      names.map((name, index) => user(name, { groups: index < count ? ["g"] : [] })),
      [group("g")],
    );
  const found = (count: number, settings: Partial<Settings>): readonly string[] =>
    codes(plan(roster(wanted, [declaredGroup("g")], settings), leaving(count)));

  test("is the larger of the number and the percentage, and neither more", () => {
    expect([found(3, losing(3, 0)), found(4, losing(3, 0))]).toEqual([[], ["losing"]]);
    expect([found(4, losing(0, 49)), found(5, losing(0, 49))]).toEqual([[], ["losing"]]);
    expect([found(1, losing(0, 0)), found(0, losing(0, 0))]).toEqual([["losing"], []]);
  });

  test("is never more than half, unless an override says so", () => {
    expect([found(5, losing(9, 0)), found(6, losing(9, 0))]).toEqual([[], ["losing-half"]]);
    expect([found(6, losing(0, 0, 6)), found(7, losing(9, 100, 6))]).toEqual([[], ["losing"]]);
  });

  test("is told with all the names in order", () => {
    const live = state(
      ["zoe", "Adam", "bob"].map((name) => user(name, { groups: ["g"] })),
      [group("g")],
    );
    const files = roster(
      ["zoe", "Adam", "bob"].map((name) => declaredUser(name)),
      [declaredGroup("g")],
      losing(0, 0),
    );
    expect(plan(files, live).refusals).toMatchObject([
      { code: "losing", arguments: { people: ["Adam", "bob", "zoe"], allowed: 0, managed: 3 } },
    ]);
  });

  test("counts, where a policy goes from a group, the managed members of that group and nobody else", () => {
    const live = state(
      [
        ...["a", "b"].map((name) => user(name, { groups: ["b"] })),
        user("c", { groups: ["a"] }),
        user("out", { tags: {}, groups: ["b"] }),
        user("theirs", { tags: { "iam-roster:owner": "other" }, groups: ["b"] }),
      ],
      [group("a"), group("b", { policies: [ADMIN] })],
    );
    // What goes early goes under the old name, which another group takes by the same plan.
    const files = roster(
      [
        ...["a", "b"].map((name) => declaredUser(name, { groups: ["c"] })),
        declaredUser("c", { groups: ["b"] }),
      ],
      [declaredGroup("b", { renamedFrom: "a" }), declaredGroup("c", { renamedFrom: "b" })],
      losing(0, 0),
    );
    expect(plan(files, live).refusals).toMatchObject([{ code: "losing", arguments: { people: ["a", "b"] } }]);
  });

  test("counts nobody where a group only gets another path, or more", () => {
    const live = state(
      names.map((name) => user(name, { groups: ["g"] })),
      [group("g")],
    );
    const files = (parts: Parameters<typeof declaredGroup>[1]) =>
      roster(
        names.map((name) => declaredUser(name, { groups: ["g"] })),
        [declaredGroup("g", parts)],
        losing(0, 0),
      );
    expect(codes(plan(files({ path: "/p/" }), live))).toEqual([]);
    expect(codes(plan(files({ policies: ["AdministratorAccess"] }), live))).toEqual([]);
  });

  test("counts nobody for what the settings do not say of the account", () => {
    const anywhere = roster(wanted, [declaredGroup("g")], { account: undefined });
    expect(codes(plan(anywhere, leaving(1)))).toEqual([]);
  });
});

describe("admins", () => {
  const losing = { people: 9, percent: 100 };
  const override = { losing: 9, firstContact: false, until: "2030-01-01", reason: "x" };
  const files = (parts: Parameters<typeof declaredGroup>[1], ...more: readonly string[]) =>
    roster(
      ["a", "b"].map((name) => declaredUser(name, { groups: ["admins", ...more] })),
      [declaredGroup("admins", parts), ...more.map((name) => declaredGroup(name, { policies: [DENY_ALL] }))],
      { admins: { groups: ["admins"], atLeast: 2 }, limits: { losing, override } },
    );
  const live = (parts: Parameters<typeof group>[1], ...more: readonly string[]): State =>
    state(
      ["a", "b"].map((name) => user(name, { groups: ["admins"] })),
      [group("admins", parts), ...more.map((name) => group(name, { policies: [DENY_ALL] }))],
    );

  test("are such by an inline policy too", () => {
    const given = live({ inlinePolicies: { all: allow("*") } });
    expect(codes(plan(files({ inlinePolicies: { all: allow("*") } }), given))).toEqual([]);
    expect(codes(plan(files({}), given))).toEqual(["too-few-admins"]);
    expect(codes(plan(files({ policies: ["AdministratorAccess"] }), given))).toEqual([]);
    expect(codes(plan(files({ inlinePolicies: { all: allow("*") } }), live({ policies: [ADMIN] })))).toEqual(
      [],
    );
  });

  test("are none by an inline policy that only denies", () => {
    const Statement = [{ Effect: "Deny", Action: "s3:*", Resource: "*" }];
    const denying = { inlinePolicies: { all: { Version: "2012-10-17", Statement } } };
    expect(codes(plan(files(denying), live({ policies: [ADMIN] })))).toEqual(["too-few-admins"]);
  });

  test("are so no longer in one group that denies everything, whatever others give", () => {
    expect(codes(plan(files({ policies: [ADMIN] }, "shut"), live({ policies: [ADMIN] }, "shut")))).toEqual([
      "too-few-admins",
    ]);
  });
});

describe("a group that denies everything", () => {
  test("takes from whoever is put into it, as any limit counts", () => {
    const names = Array.from({ length: 10 }, (_, index) => `user${index}`);
    const live = state(
      names.map((name) => user(name)),
      [group("shut", { policies: [DENY_ALL] })],
    );
    const files = roster(
      names.map((name) => declaredUser(name, { groups: ["shut"] })),
      [declaredGroup("shut", { policies: [DENY_ALL] })],
    );
    expect(codes(plan(files, live))).toEqual(["losing"]);
    const adopting = roster(
      names.map((name) => declaredUser(name, { groups: ["shut"], adopt: true })),
      [declaredGroup("shut", { policies: [DENY_ALL] })],
    );
    const strangers = state(
      names.map((name) => user(name, { tags: {} })),
      [group("shut", { policies: [DENY_ALL] })],
    );
    expect(codes(plan(adopting, strangers))).toContain("first-contact");
  });

  test("has no active admins in it", () => {
    const names = ["a", "b", "c"];
    const live = state(
      names.map((name) => user(name, { groups: ["admins"] })),
      [group("admins", { policies: [ADMIN] })],
    );
    const losing = { people: 9, percent: 100 };
    const override = { losing: 9, firstContact: false, until: "2030-01-01", reason: "x" };
    const files = roster(
      names.map((name) => declaredUser(name, { groups: ["admins"] })),
      [declaredGroup("admins", { policies: [ADMIN, DENY_ALL] })],
      { admins: { groups: ["admins"], atLeast: 2 }, limits: { losing, override } },
    );
    expect(codes(plan(files, live))).toEqual(["too-few-admins"]);
  });
});

describe("on first contact", () => {
  test("nothing is taken, though it is time alone that asks for it", () => {
    const live = state([user("ann", { tags: {}, groups: ["g"] })], [group("g")]);
    const files = roster(
      [declaredUser("ann", { adopt: true, groups: [{ group: "g", until: "2026-11-21" }] })],
      [declaredGroup("g")],
    );
    expect(codes(plan(files, live))).toEqual(["first-contact"]);
  });
});
