import { describe, expect, test } from "vitest";
import type { Roster } from "../../../src/core/roster.ts";
import type { State } from "../../../src/core/state.ts";
import { plan } from "../ask.ts";
import { declaredGroup, declaredUser, group, roster, state, user } from "../build.ts";

const policyArn = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

const warned = (head: Roster, live: State, base?: Roster): readonly unknown[] =>
  plan(head, live, base)
    .warnings.filter(({ code }) => code !== "guard-changed")
    .map(({ code, subject, arguments: of }) => [code, subject && `${subject.type} ${subject.name}`, of]);

describe("a user whom the base names and the files do not", () => {
  const base = roster([declaredUser("daniel"), declaredUser("emily")], []);
  const head = roster([declaredUser("emily")], []);
  const others = [user("emily")];

  test("and who lost our owner tag, is warned about: nothing closes them", () => {
    const untagged = state([...others, user("Daniel", { tags: {} })], []);
    expect(warned(head, untagged, base)).toEqual([["leaver-not-managed", "user Daniel", {}]]);
    const foreign = state(
      [...others, user("daniel", { tags: { "iam-roster:owner": "another/roster" } })],
      [],
    );
    expect(warned(head, foreign, base)).toEqual([["leaver-not-managed", "user daniel", {}]]);
  });

  test.each<[string, State, (Roster | undefined)[]]>([
    ["who is ours is closed, with an entry", state([...others, user("daniel")], []), [head, base]],
    ["who is not there is no more", state(others, []), [head, base]],
    [
      "who is denied everything already is closed",
      state([...others, user("daniel", { tags: {}, policies: [policyArn("AWSDenyAll")] })], []),
      [head, base],
    ],
    [
      "who is ignored now is nobody's business",
      state([...others, user("daniel", { tags: {} })], []),
      [roster([declaredUser("emily")], [], { ignore: { users: ["dan*"], groups: [], tags: [] } }), base],
    ],
    [
      "who was to be deleted was no more expected",
      state([...others, user("daniel", { tags: {} })], []),
      [head, roster([declaredUser("daniel", { status: "absent" }), declaredUser("emily")], [])],
    ],
    ["is not known without a base", state([...others, user("daniel", { tags: {} })], []), [head, undefined]],
  ])("%s", (_, live, [files = head, before]) => {
    expect(warned(files, live, before)).toEqual([]);
  });
});

describe("a group that becomes external", () => {
  const people = [declaredUser("emily")];
  const own = {
    own: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] },
  };
  const base = roster(people, [declaredGroup("auditors", { policies: ["SecurityAudit"] })]);
  const head = roster(people, [declaredGroup("auditors", { external: true })]);
  const live = (policies: readonly string[], inlinePolicies = {}): State =>
    state([user("emily")], [group("auditors", { policies: policies.map(policyArn), inlinePolicies })]);

  test("with more in it than was declared is warned about, since no plan looks at it again", () => {
    expect(warned(head, live(["SecurityAudit", "AdministratorAccess"], own), base)).toEqual([
      ["external-with-more", "group auditors", { policies: [policyArn("AdministratorAccess"), "own"] }],
    ]);
  });

  test("and has an inline policy with another document than was declared is warned about", () => {
    const changed = { own: { ...own.own, Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] } };
    const declared = roster(people, [declaredGroup("auditors", { inlinePolicies: own })]);
    expect(warned(head, live([], changed), declared)).toEqual([
      ["external-with-more", "group auditors", { policies: ["own"] }],
    ]);
  });

  test("with what was declared, or less, is not", () => {
    expect(warned(head, live(["SecurityAudit"]), base)).toEqual([]);
    expect(warned(head, live([]), base)).toEqual([]);
    const absent = roster(people, [declaredGroup("auditors", { inlinePolicies: own })]);
    expect(warned(head, live([]), absent)).toEqual([]);
  });

  test("and was external, or not declared, or is not there, is not", () => {
    const more = live(["AdministratorAccess"]);
    expect(warned(head, more, head)).toEqual([]);
    expect(warned(head, more, roster(people, []))).toEqual([]);
    expect(warned(head, state([user("emily")], []), base)).toEqual([]);
  });
});
