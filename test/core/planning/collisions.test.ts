import { describe, expect, test } from "vitest";
import type { Plan } from "../../../src/core/plan.ts";
import { plan, steps } from "../ask.ts";
import { declaredGroup, declaredUser, group, roster, state, user } from "../build.ts";

/* What the one order of a plan cannot hold, and what of it can be helped. */

const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const OTHER = "arn:aws:iam::123456789012:policy/other";
/** Allows and denies, so that it is no mere deny, which would go in `unlock`. */
const no = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "s3:*", Resource: "*" },
    { Effect: "Deny", Action: "iam:*", Resource: "*" },
  ],
};

function done(result: Plan): readonly string[] {
  return steps(result).map((change) => {
    const on = "user" in change ? change.user : change.group;
    return `${change.phase}: ${change.kind} ${on}`;
  });
}

function waiting({ refused, refusals }: Plan): readonly unknown[] {
  return refusals.map(({ code, subject, arguments: details }) => [
    code,
    subject?.name,
    (details as { readonly on?: { readonly name: string } }).on?.name,
    refused.find((entry) => entry.subject.name === subject?.name)?.changes.map(({ kind }) => kind),
  ]);
}

describe("a group that loses late a deny which its member newly has another way", () => {
  // The deny moves from the group g to ann herself.
  const moved = (groupsOfBob: readonly string[]): Plan =>
    plan(
      roster(
        [
          declaredUser("ann", { groups: ["g"], inlinePolicies: { no } }),
          declaredUser("bob", { groups: groupsOfBob }),
        ],
        [declaredGroup("g"), declaredGroup("h")],
      ),
      state(
        [user("ann", { groups: ["G"] }), user("bob")],
        [group("G", { inlinePolicies: { no } }), group("h")],
      ),
    );

  test("is joined by nobody in this run", () => {
    const result = moved(["g"]);
    expect(waiting(result)).toEqual([["next-run", "bob", "G", ["AddUserToGroup"]]]);
    expect(result.entries.map(({ subject }) => subject.name)).toEqual(["ann", "G"]);
    expect(done(result)).toEqual(["broaden-users: PutUserPolicy ann", "lift: DeleteGroupPolicy G"]);
  });

  test("stands in the way of nothing else that they are given", () => {
    const result = moved(["g", "h"]);
    expect(waiting(result)).toEqual([["next-run", "bob", "G", ["AddUserToGroup"]]]);
    expect(done(result)).toEqual([
      "broaden-users: PutUserPolicy ann",
      "broaden-users: AddUserToGroup bob",
      "lift: DeleteGroupPolicy G",
    ]);
  });

  test("may have another change that is not late", () => {
    const live = state(
      [user("ann", { groups: ["g"] }), user("bob")],
      [group("g", { inlinePolicies: { no }, policies: [OTHER] })],
    );
    const files = roster(
      [
        declaredUser("ann", { groups: ["g"], inlinePolicies: { no } }),
        declaredUser("bob", { groups: ["g"] }),
      ],
      [declaredGroup("g", { policies: [OTHER], path: "/p/" })],
    );
    expect(waiting(plan(files, live))).toEqual([["next-run", "bob", "g", ["AddUserToGroup"]]]);
  });

  test("is not taken for a user of the same name who loses the same late", () => {
    const result = plan(
      roster(
        [
          declaredUser("same", { groups: ["to"] }),
          declaredUser("bob", { groups: ["same"] }),
          declaredUser("eve"),
        ],
        [declaredGroup("same"), declaredGroup("to", { policies: [CUSTOM] })],
      ),
      state(
        [user("same", { policies: [CUSTOM] }), user("bob"), user("eve")],
        [group("same"), group("to", { policies: [CUSTOM] })],
      ),
    );
    expect(waiting(result)).toEqual([]);
    expect(done(result)).toEqual([
      "broaden-users: AddUserToGroup bob",
      "broaden-users: AddUserToGroup same",
      "lift: DetachUserPolicy same",
    ]);
  });
});

describe("whoever leaves late a group whose deny newly comes another way", () => {
  const both = [group("from", { policies: [CUSTOM] }), group("to", { policies: [CUSTOM] }), group("more")];
  const files = (from: Parameters<typeof declaredGroup>[1], more = {}) =>
    roster(
      [declaredUser("ann", { groups: ["to"] }), declaredUser("bob", { groups: ["from"] })],
      [
        declaredGroup("from", { policies: [CUSTOM], ...from }),
        declaredGroup("to", { policies: [CUSTOM] }),
        declaredGroup("more", more),
      ],
    );
  const live = state([user("ann", { groups: ["from"] }), user("bob", { groups: ["from"] })], both);
  const LATE = ["broaden-users: AddUserToGroup ann", "lift: RemoveUserFromGroup ann"];

  test("does not get for a moment what that group is given", () => {
    const result = plan(files({ policies: [CUSTOM, OTHER], inlinePolicies: { s3: {} } }), live);
    expect(waiting(result)).toEqual([["next-run", "from", "ann", ["AttachGroupPolicy", "PutGroupPolicy"]]]);
    expect(done(result)).toEqual(LATE);
  });

  test("stands in the way of no policy of that group that only denies", () => {
    const denial = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }] };
    const result = plan(files({ inlinePolicies: { denial } }), live);
    expect(result.refused).toEqual([]);
    expect(done(result)).toEqual(["narrow: PutGroupPolicy from", ...LATE]);
  });

  test("still leaves it late where that other way is a policy of their own", () => {
    const own = roster(
      [declaredUser("ann", { policies: [CUSTOM] }), declaredUser("bob", { groups: ["from"] })],
      [declaredGroup("from", { policies: [CUSTOM] })],
    );
    expect(done(plan(own, state([...live.users.values()], both.slice(0, 1))))).toEqual([
      "broaden-users: AttachUserPolicy ann",
      "lift: RemoveUserFromGroup ann",
    ]);
  });

  test("stands in the way of nothing that another group is given", () => {
    const result = plan(files({}, { policies: [OTHER] }), live);
    expect(waiting(result)).toEqual([]);
    expect(done(result)).toEqual(["broaden-groups: AttachGroupPolicy more", ...LATE]);
  });

  test("leaves it early where another group has had the deny all along, or nobody keeps it", () => {
    const already = state(
      [user("ann", { groups: ["from", "to"] }), user("bob", { groups: ["from"] })],
      [...both, group("too", { policies: [CUSTOM] })],
    );
    expect(done(plan(files({ policies: [CUSTOM, OTHER] }), already))).toEqual([
      "leave: RemoveUserFromGroup ann",
      "broaden-groups: AttachGroupPolicy from",
    ]);
  });
});
