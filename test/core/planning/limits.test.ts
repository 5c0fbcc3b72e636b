import { describe, expect, test } from "vitest";
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
