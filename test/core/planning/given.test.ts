import { describe, expect, test } from "vitest";
import type { Plan } from "../../../src/core/plan.ts";
import { canonicalDocument, type JsonObject } from "../../../src/core/rules/documents.ts";
import type { ManagedPolicy, State } from "../../../src/core/state.ts";
import type { Roster } from "../../../src/core/roster.ts";
import { declaredGroup, declaredUser, group, OURS, planned, roster, sha256, state, user } from "../build.ts";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const IAM = "arn:aws:iam::aws:policy/IAMFullAccess";
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const OWN = "arn:aws:iam::123456789012:policy/own";

const document = (Effect: string, Action: string): JsonObject => ({
  Version: "2012-10-17",
  Statement: [{ Effect, Action, Resource: "*" }],
});
const EVERYTHING = document("Allow", "*");
const BUCKETS = document("Allow", "s3:*");
const NO_KEYS = document("Deny", "iam:CreateAccessKey");
const digest = (of: JsonObject): string => `sha256:${sha256(canonicalDocument(of))}`;

type Policies = ReadonlyMap<string, ManagedPolicy | undefined>;

function planOf(files: Roster, actual: State, policies: Policies = new Map()): Plan {
  return planned({ roster: files, actual, policies }).plan;
}

/** `bob AttachUserPolicy`: each change that makes an administrator. */
function making({ entries }: Plan): readonly string[] {
  return entries.flatMap(({ subject, changes }) =>
    changes.filter(({ privileged }) => privileged === true).map(({ kind }) => `${subject.name} ${kind}`),
  );
}

describe("an administrator is made", () => {
  test("by one of AWS's policies for a user or a group, and by nothing else that they get", () => {
    const plan = planOf(
      roster(
        [declaredUser("ann", { policies: [READ, IAM] })],
        [declaredGroup("g", { policies: [ADMIN, READ], inlinePolicies: { own: BUCKETS } })],
      ),
      state([user("ann")], []),
    );
    expect(plan.privileged).toEqual([ADMIN, IAM]);
    expect(making(plan)).toEqual(["ann AttachUserPolicy", "g AttachGroupPolicy"]);
    expect(
      plan.entries.flatMap(({ changes }) =>
        changes.flatMap((change) => ("policy" in change ? [[change.policy, change.privileged]] : [])),
      ),
    ).toEqual([
      [IAM, true],
      [READ, undefined],
      [ADMIN, true],
      [READ, undefined],
    ]);
  });

  test("by an inline document of a user, or of a group in which nobody is yet", () => {
    const all = { ...EVERYTHING, Id: "other" };
    const plan = planOf(
      roster(
        [declaredUser("ann", { inlinePolicies: { a: BUCKETS, b: EVERYTHING } })],
        [declaredGroup("g", { inlinePolicies: { c: all, d: NO_KEYS } })],
      ),
      state([user("ann")], [group("g")]),
    );
    expect(plan.privileged).toEqual([digest(all), digest(EVERYTHING)].toSorted());
    expect(making(plan)).toEqual(["ann PutUserPolicy", "g PutGroupPolicy"]);
  });

  test("by a customer's policy whose document says so, and not by one that was not read", () => {
    const files = roster([], [declaredGroup("g", { policies: [OWN] })]);
    const live = state([], [group("g")]);
    const saying = (of: JsonObject | undefined): readonly string[] =>
      planOf(files, live, new Map([[OWN, { document: of }]])).privileged;
    expect(saying(EVERYTHING)).toEqual([OWN]);
    expect(saying(BUCKETS)).toEqual([]);
    expect(saying(undefined)).toEqual([]);
    expect(planOf(files, live).privileged).toEqual([]);
    expect(planOf(files, live, new Map([[`${OWN}er`, { document: EVERYTHING }]])).privileged).toEqual([]);
    expect(planOf(files, live, new Map([[OWN, undefined]])).privileged).toEqual([]);
  });

  test("by joining a group that makes one, whatever in it does, and by joining no other", () => {
    const groups = {
      managed: { policies: [ADMIN] },
      inline: { inlinePolicies: { all: EVERYTHING } },
      none: {},
    };
    const names = Object.keys(groups);
    const plan = planOf(
      roster(
        [...names, "new"].map((name) => declaredUser(`in-${name}`, { groups: [name] })),
        [...names, "new"].map((name) =>
          declaredGroup(name, {
            policies: name === "managed" ? [ADMIN] : name === "new" ? [IAM] : [],
            inlinePolicies: name === "inline" ? { all: EVERYTHING } : {},
          }),
        ),
      ),
      state(
        names.map((name) => user(`in-${name}`)),
        Object.entries(groups).map(([name, parts]) => group(name, parts)),
      ),
    );
    expect(making(plan)).toEqual([
      "in-inline AddUserToGroup",
      "in-managed AddUserToGroup",
      "in-new AddUserToGroup",
      "new AttachGroupPolicy",
    ]);
    expect(plan.privileged).toEqual([ADMIN, IAM, digest(EVERYTHING)]);
  });

  test("again when a deny is lifted from somebody who has such a policy", () => {
    const closed = { ...OURS, "iam-roster:deactivated": "2026-01-01T00:00:00Z" };
    const plan = planOf(
      roster([declaredUser("ann", { policies: [ADMIN] }), declaredUser("bob", { policies: [READ] })]),
      state(
        [
          user("ann", { tags: closed, policies: [ADMIN, DENY_ALL] }),
          user("bob", { tags: closed, policies: [READ, DENY_ALL] }),
        ],
        [],
      ),
    );
    expect(making(plan)).toEqual(["ann DetachUserPolicy"]);
    expect(plan.privileged).toEqual([ADMIN]);
  });

  test("again when a group loses what denies, by a member who has such a policy elsewhere", () => {
    const files = (members: readonly string[]): Roster =>
      roster(
        [declaredUser("ann", { groups: members, policies: [ADMIN] })],
        [declaredGroup("g", { inlinePolicies: {} })],
      );
    const live = (members: readonly string[]): State =>
      state(
        [user("ann", { groups: members, policies: [ADMIN] })],
        [group("g", { inlinePolicies: { no: NO_KEYS } })],
      );
    expect(making(planOf(files(["g"]), live(["g"])))).toEqual(["g DeleteGroupPolicy"]);
    expect(making(planOf(files([]), live([])))).toEqual([]);
  });
});

describe("no administrator is made", () => {
  test("where such a policy is taken away, stays, or only bounds", () => {
    const plan = planOf(
      roster([
        declaredUser("ann"),
        declaredUser("bob", { policies: [ADMIN], path: "/people/" }),
        declaredUser("cat", { boundary: ADMIN }),
        declaredUser("dan"),
      ]),
      state(
        [
          user("ann", { policies: [ADMIN] }),
          user("bob", { policies: [ADMIN] }),
          user("cat"),
          user("dan", { inlinePolicies: { all: EVERYTHING } }),
        ],
        [],
      ),
    );
    expect(plan.entries.map(({ subject }) => subject.name)).toEqual(["ann", "bob", "cat", "dan"]);
    expect(making(plan)).toEqual([]);
    expect(plan.privileged).toEqual([]);
  });

  test("where somebody is closed, though what may deny goes before what makes an administrator", () => {
    const both = {
      ...EVERYTHING,
      Statement: [EVERYTHING["Statement"], NO_KEYS["Statement"]].flat() as never,
    };
    const live = state([user("ann", { policies: [OWN, ADMIN], inlinePolicies: { both } })], []);
    const plan = planOf(roster([declaredUser("ann", { status: "inactive" })]), live);
    expect(plan.entries.map(({ intent }) => intent)).toEqual(["deactivate"]);
    expect(making(plan)).toEqual([]);
    expect(plan.privileged).toEqual([]);
  });

  test("by what is refused, or where nothing is to do", () => {
    const refused = planOf(
      roster([declaredUser("ann", { policies: [ADMIN, OWN] })]),
      state([user("ann")], []),
      new Map([[OWN, undefined]]),
    );
    expect(refused.refused.flatMap(({ changes }) => changes.map(({ privileged }) => privileged))).toEqual([
      undefined,
      undefined,
    ]);
    expect(refused.privileged).toEqual([]);
    expect(planOf(roster([]), state([], []))).toMatchObject({ entries: [], grants: [], privileged: [] });
  });
});

test("who is marked is not part of the digest", () => {
  const files = roster([declaredUser("ann", { policies: [OWN] })]);
  const digestWhere = (of: JsonObject): string =>
    planOf(files, state([user("ann")], []), new Map([[OWN, { document: of }]])).digest;
  expect(digestWhere(EVERYTHING)).toBe(digestWhere(BUCKETS));
});
