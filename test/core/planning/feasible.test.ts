import { describe, expect, test } from "vitest";
import { OWNER_TAG } from "../../../src/core/change.ts";
import { newPolicies } from "../../../src/core/planning/feasible.ts";
import type { Plan } from "../../../src/core/plan.ts";
import { codes, plan, steps } from "../ask.ts";
import { ACCOUNT, declaredGroup, declaredUser, group, OURS, planned, roster, state, user } from "../build.ts";

const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const deny = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "sts:*", Resource: "*" }] };
const sized = (length: number) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "x".repeat(length), Resource: "*" }],
});

function refusals({ refusals: all }: Plan): readonly unknown[] {
  return all.map(({ code, subject, arguments: details }) => [code, subject?.name, details]);
}

describe("an entry that IAM would not take is refused, with what depends on it:", () => {
  test("a rename to a name that its owner cannot give up", () => {
    const live = state([user("a"), user("b"), user("z")], []);
    const files = roster(
      [declaredUser("b", { renamedFrom: "a" }), declaredUser("c", { renamedFrom: "b" }), declaredUser("z")],
      [],
      { protected: ["c"] },
    );
    const result = plan(files, live);
    expect(refusals(result)).toEqual([
      ["protected", "c", { user: "c", caller: false, through: undefined }],
      ["name-taken", "b", { name: "b" }],
    ]);
    expect(result.entries).toEqual([]);
    expect(result.refused.map(({ subject, after }) => [subject.name, after])).toEqual([
      ["c", undefined],
      ["b", undefined],
    ]);
  });

  test("one membership in a group that is not there, while the rest of the entry goes on", () => {
    const files = roster(
      [declaredUser("ann", { groups: ["gone", "also"], path: "/p/" })],
      [declaredGroup("gone", { external: true }), declaredGroup("also", { external: true })],
    );
    const result = plan(files, state([user("ann")], [group("also")]));
    expect(refusals(result)).toEqual([["no-such-group", "ann", { group: "gone" }]]);
    expect(steps(result)).toMatchObject([{ kind: "UpdateUser" }, { kind: "AddUserToGroup", group: "also" }]);
    expect(result.refused).toMatchObject([{ changes: [{ kind: "AddUserToGroup", group: "gone" }] }]);
  });

  test("a membership in a group that is not there, though a user of that name has changes", () => {
    const files = roster(
      [declaredUser("ops", { groups: ["ops"], path: "/p/" })],
      [declaredGroup("ops", { external: true })],
    );
    const result = plan(files, state([user("ops")], []));
    expect(refusals(result)).toEqual([["no-such-group", "ops", { group: "ops" }]]);
  });

  test("all of an entry that is nothing but such a membership", () => {
    const files = roster(
      [declaredUser("ann", { groups: ["gone"] }), declaredUser("bob", { path: "/p/" })],
      [declaredGroup("gone", { external: true })],
    );
    const result = plan(files, state([user("ann"), user("bob")], []));
    expect(codes(result)).toEqual(["no-such-group"]);
    expect(result.entries.map(({ subject }) => subject.name)).toEqual(["bob"]);
  });

  test("an eleventh group, with everything else in the entry, since it would be half of what was asked", () => {
    const names = Array.from({ length: 11 }, (_, index) => `g${index}`);
    const files = roster(
      [declaredUser("ann", { groups: names, path: "/p/" })],
      names.map((name) => declaredGroup(name)),
    );
    const result = plan(
      files,
      state(
        [user("ann", { groups: names.slice(1) })],
        names.map((name) => group(name)),
      ),
    );
    expect(refusals(result)).toEqual([["quota", "ann", { quota: "groupsPerUser", most: 10 }]]);
    expect(result.entries).toEqual([]);
  });

  test("whoever counts on another's entry that meets its own obstacle only later", () => {
    const policies = Array.from({ length: 11 }, (_, index) => `${CUSTOM}${index}`);
    const files = roster([
      declaredUser("c", { renamedFrom: "b", policies }),
      declaredUser("b", { renamedFrom: "a" }),
      declaredUser("z", { path: "/p/" }),
    ]);
    const result = plan(files, state([user("a"), user("b"), user("z")], []));
    expect(refusals(result)).toEqual([
      ["quota", "c", { quota: "policiesPerUser", most: 10 }],
      ["name-taken", "b", { name: "b" }],
    ]);
    expect(result.entries.map(({ subject }) => subject.name)).toEqual(["z"]);
  });

  test("who joins a group that cannot be made, not as if nobody had asked for the group", () => {
    const files = roster(
      [declaredUser("ann", { groups: ["new"] }), declaredUser("bob", { path: "/p/" })],
      [declaredGroup("new")],
    );
    const quotas = { ...ACCOUNT.quotas, groups: 0 };
    const result = plan(files, state([user("ann"), user("bob")], [], { quotas }));
    expect(refusals(result)).toEqual([
      ["quota", "new", { quota: "groups", most: 0 }],
      ["depends-on", "ann", { on: { type: "group", name: "new" } }],
    ]);
    expect(result.entries.map(({ subject }) => subject.name)).toEqual(["bob"]);
  });

  test("but nobody for the sake of a refused user who has the name of a group", () => {
    const live = state([user("g", { tags: {}, path: "/x/" }), user("ann")], [group("g")]);
    const files = roster([declaredUser("g"), declaredUser("ann", { groups: ["g"] })], [declaredGroup("g")]);
    const result = plan(files, live);
    expect(codes(result)).toEqual(["adoption"]);
    expect(steps(result)).toMatchObject([{ kind: "AddUserToGroup", user: "ann", group: "g" }]);
  });

  test("the deletion of a group whose members stay, by name", () => {
    const theirs = { tags: { [OWNER_TAG]: "other/team" }, groups: ["g"] };
    const live = state(
      [user("zoe", theirs), user("Adam", theirs), user("ann", { groups: ["g"] })],
      [group("g")],
    );
    const files = roster(
      ["zoe", "adam", "ann"].map((name) => declaredUser(name)),
      [declaredGroup("g", { status: "absent" })],
    );
    const result = plan(files, live);
    expect(refusals(result)).toContainEqual(["unmanaged-members", "g", { members: ["Adam", "zoe"] }]);
    expect(steps(result)).toMatchObject([{ kind: "RemoveUserFromGroup", user: "ann" }]);
  });

  test("the first thing that stands in an entry's way is told, and only that", () => {
    const quotas = { ...ACCOUNT.quotas, policiesPerGroup: 1, groupPolicySize: 100 };
    const live = state([user("ann")], [group("g")], { quotas });
    const files = roster(
      [declaredUser("ann")],
      [declaredGroup("g", { policies: ["A", "B"], inlinePolicies: { big: sized(200) } })],
    );
    expect(refusals(plan(files, live))).toEqual([["quota", "g", { quota: "policiesPerGroup", most: 1 }]]);
  });

  test("inline policies that are too long together, to the character", () => {
    const room = ACCOUNT.quotas.groupPolicySize - JSON.stringify(sized(0)).length;
    const files = (length: number) =>
      roster(
        [declaredUser("ann", { inlinePolicies: { p: sized(length - 3072) } })],
        [declaredGroup("g", { inlinePolicies: { p: sized(length) } })],
      );
    const live = state([user("ann")], [group("g")]);
    expect(codes(plan(files(room), live))).toEqual([]);
    expect(refusals(plan(files(room + 1), live))).toEqual([
      ["quota", "g", { quota: "groupPolicySize", most: 5120 }],
      ["quota", "ann", { quota: "userPolicySize", most: 2048 }],
    ]);
  });

  test("but a leaver's tag that does not fit keeps nobody from being closed", () => {
    const tags = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`t${index}`, "x"]));
    const live = state([user("ann", { tags: { ...OURS, ...tags }, policies: [CUSTOM] }), user("bob")], []);
    const result = plan(roster([declaredUser("bob")]), live);
    expect(refusals(result)).toEqual([["quota", "ann", { quota: "tagsPerUser", most: 50 }]]);
    expect(steps(result).map(({ kind }) => kind)).toEqual(["AttachUserPolicy", "DetachUserPolicy"]);
    expect(result.refused).toMatchObject([{ changes: [{ kind: "TagUser" }] }]);
  });
});

describe("a policy that is not there", () => {
  test("refuses whoever would newly get it, as a policy or as a boundary", () => {
    const live = state([user("ann"), user("bob"), user("cat", { policies: [CUSTOM] })], [group("g")]);
    const files = roster(
      [
        declaredUser("ann", { boundary: BOUNDARY }),
        declaredUser("bob", { policies: ["ReadOnlyAccess", CUSTOM] }),
        declaredUser("cat", { path: "/p/", policies: [CUSTOM] }),
        declaredUser("new", { boundary: BOUNDARY }),
      ],
      [declaredGroup("g", { policies: [CUSTOM] })],
    );
    const policies = new Map([
      [CUSTOM, undefined],
      [BOUNDARY, undefined],
      ["arn:aws:iam::aws:policy/ReadOnlyAccess", { document: undefined }],
    ]);
    const { plan: result } = planned({ roster: files, actual: live, policies });
    expect(refusals(result)).toEqual([
      ["no-such-policy", "ann", { policy: BOUNDARY }],
      ["no-such-policy", "bob", { policy: CUSTOM }],
      ["no-such-policy", "new", { policy: BOUNDARY }],
      ["no-such-policy", "g", { policy: CUSTOM }],
    ]);
    expect(result.entries.map(({ subject }) => subject.name)).toEqual(["cat"]);
  });

  test("of AWS's own, or as a boundary, is asked about only where nothing shows yet that it exists", () => {
    const known = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
    const bound = (name: string): string => `arn:aws:iam::123456789012:policy/${name}`;
    const live = state(
      [
        user("ann", { policies: [known("held")], boundary: known("bounds") }),
        user("bob"),
        user("cat", { boundary: bound("held") }),
      ],
      [group("g", { policies: [known("grouped")] })],
    );
    const files = roster(
      [
        declaredUser("ann", { policies: [known("held")] }),
        declaredUser("bob", {
          policies: [
            known("zoo"),
            known("held"),
            known("bounds"),
            known("grouped"),
            known("looked"),
            known("app"),
          ],
        }),
        declaredUser("cat", { boundary: bound("held") }),
        declaredUser("dan", { boundary: bound("held") }),
        declaredUser("eve", { boundary: bound("new") }),
      ],
      [declaredGroup("g", { policies: [known("grouped")] })],
    );
    const policies = new Map([[known("looked"), { document: undefined }]]);
    expect(planned({ roster: files, actual: live, policies }).unknownPolicies).toEqual([
      bound("new"),
      known("app"),
      known("zoo"),
    ]);
    expect(planned({ roster: files, actual: live, policies }).plan.refusals).toEqual([]);
  });

  test("of a customer's is asked about, wherever it is attached already, until it was read", () => {
    const own = (name: string): string => `arn:aws:iam::123456789012:policy/${name}`;
    const live = state([user("ann", { policies: [own("held"), own("kept")] }), user("bob")], [group("g")]);
    const files = roster(
      [
        declaredUser("ann", { policies: [own("held"), own("kept")] }),
        declaredUser("bob", { policies: ["arn:nonsense", own("held"), own("read"), own("gone")] }),
      ],
      [declaredGroup("g", { policies: [own("kept"), own("new")] })],
    );
    const policies = new Map([
      [own("read"), { document: deny }],
      [own("gone"), undefined],
    ]);
    expect(planned({ roster: files, actual: live, policies }).unknownPolicies).toEqual([
      own("held"),
      own("kept"),
      own("new"),
      "arn:nonsense",
    ]);
  });

  test("is none where nothing is newly given", () => {
    const files = roster([declaredUser("ann", { path: "/p/" })]);
    expect(planned({ roster: files, actual: state([user("ann")], []) }).unknownPolicies).toEqual([]);
  });

  test("is what a change newly puts on somebody, but never AWSDenyAll", () => {
    const on = { user: "ann" } as const;
    expect(newPolicies({ kind: "AttachUserPolicy", ...on, policy: CUSTOM })).toEqual([CUSTOM]);
    expect(newPolicies({ kind: "AttachGroupPolicy", group: "g", policy: CUSTOM })).toEqual([CUSTOM]);
    expect(newPolicies({ kind: "AttachUserPolicy", ...on, policy: DENY_ALL })).toEqual([]);
    expect(newPolicies({ kind: "PutUserPermissionsBoundary", ...on, boundary: BOUNDARY })).toEqual([
      BOUNDARY,
    ]);
    const created = { kind: "CreateUser", ...on, path: "/", tags: [] } as const;
    expect(newPolicies({ ...created, boundary: BOUNDARY })).toEqual([BOUNDARY]);
    expect(newPolicies(created)).toEqual([]);
    expect(newPolicies({ kind: "DetachUserPolicy", ...on, policy: CUSTOM })).toEqual([]);
  });
});

describe("a group whose rename is refused", () => {
  test("is left under its old name by whoever leaves it after the renames, and keeps its members else", () => {
    const live = state(
      [
        user("bob", { groups: ["old", "same"] }),
        user("fay", { groups: ["old"] }),
        user("cat", { groups: ["same", "other"] }),
      ],
      [
        group("old", { policies: [CUSTOM], inlinePolicies: { no: deny } }),
        group("other"),
        group("same", { inlinePolicies: { no: deny } }),
      ],
    );
    const files = roster(
      [
        declaredUser("bob", { groups: ["other"] }),
        declaredUser("fay", { groups: ["new"] }),
        declaredUser("cat", { groups: ["other"] }),
      ],
      [
        declaredGroup("new", { renamedFrom: "old", path: "/p/", inlinePolicies: { no: deny } }),
        declaredGroup("other", { inlinePolicies: { no: deny } }),
        declaredGroup("same", { inlinePolicies: { no: deny } }),
      ],
      { protected: ["fay"] },
    );
    const result = plan(files, live);
    expect(codes(result)).toContain("protected");
    expect(
      steps(result).flatMap((step) =>
        step.kind === "RemoveUserFromGroup" ? [[step.phase, step.user, step.group]] : [],
      ),
    ).toEqual([
      ["lift", "bob", "old"],
      ["lift", "bob", "same"],
      ["lift", "cat", "same"],
    ]);
  });

  test("since another has the new name, is not taken for that one by whoever leaves that one late", () => {
    const live = state(
      [user("eve", { groups: ["new"] }), user("bob", { groups: ["new"] })],
      ["old", "new", "other"].map((name) => group(name, { policies: [CUSTOM] })),
    );
    const files = roster(
      [declaredUser("eve", { groups: ["other"] }), declaredUser("bob", { groups: ["new"] })],
      [
        declaredGroup("new", { renamedFrom: "old", policies: [CUSTOM] }),
        declaredGroup("other", { policies: [CUSTOM] }),
      ],
    );
    const result = plan(files, live);
    expect(codes(result)).toEqual(["name-taken"]);
    expect(steps(result)).toMatchObject([
      { kind: "AddUserToGroup", user: "eve", group: "other" },
      { kind: "RemoveUserFromGroup", user: "eve", group: "new", phase: "lift" },
    ]);
  });
});
