import { describe, expect, test } from "vitest";
import type { State } from "../../../src/core/state.ts";
import { plan } from "../ask.ts";
import { declaredGroup, declaredUser, group, roster, state, user } from "../build.ts";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
describe("the digest", () => {
  test("is another where the same changes give something else", () => {
    const files = roster([declaredUser("ann", { groups: ["g"] })], [declaredGroup("g", { external: true })]);
    const live = (policies: readonly string[]) => state([user("ann")], [group("g", { policies })]);
    const [one, other] = [plan(files, live([])), plan(files, live([ADMIN]))];
    expect(one.grants).not.toEqual(other.grants);
    expect(one.digest).not.toBe(other.digest);
  });

  test("is another where somebody else would get what a group newly gives", () => {
    const files = roster(
      [declaredUser("ann", { groups: ["g"] })],
      [declaredGroup("g", { policies: [ADMIN] })],
    );
    const live = (more: State["users"]) => {
      const { users, ...rest } = state([user("ann", { groups: ["g"] })], [group("g")]);
      return { ...rest, users: new Map([...users, ...more]) };
    };
    const mallory = user("mallory", { tags: {}, groups: ["g"] });
    const one = plan(files, live(new Map()));
    const other = plan(files, live(new Map([["mallory", mallory]])));
    expect(one.digest).not.toBe(other.digest);
  });
});
