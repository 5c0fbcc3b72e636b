import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG, OWNER_TAG } from "../../../src/core/change.ts";
import type { Roster, Settings } from "../../../src/core/roster.ts";
import type { State } from "../../../src/core/state.ts";
import { codes, plan } from "../ask.ts";
import {
  ACCOUNT,
  declaredGroup,
  declaredUser,
  group,
  NOW,
  OURS,
  OWNER,
  planned,
  roster,
  SETTINGS,
  state,
  user,
} from "../build.ts";

const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";

/** So many managed users in one group, as they are declared and as they live. */
function crowd(
  count: number,
  parts: { readonly groups?: readonly string[] } = {},
): readonly ReturnType<typeof user>[] {
  return Array.from({ length: count }, (_, index) => user(`user${index}`, parts));
}

function wanted(count: number, groups: readonly string[] = []): readonly ReturnType<typeof declaredUser>[] {
  return Array.from({ length: count }, (_, index) => declaredUser(`user${index}`, { groups }));
}

const LIMITS = SETTINGS.limits;

describe("the whole plan is refused", () => {
  test("on another account than the one the roster names", () => {
    const result = plan(roster([declaredUser("ann")]), state([], [], { id: "999999999999" }));
    expect(result.refusals).toEqual([
      {
        code: "wrong-account",
        subject: undefined,
        arguments: { expected: ACCOUNT.id, found: "999999999999" },
      },
    ]);
  });

  test("where the file names no users while managed ones live", () => {
    expect(codes(plan(roster([]), state([user("ann")], [])))).toContain("no-users");
    expect(codes(plan(roster([]), state([user("ann", { tags: {} })], [])))).toEqual([]);
  });

  test("where more people would lose something than the larger of the two limits", () => {
    const groups = [declaredGroup("g")];
    const live = state(crowd(20, { groups: ["g"] }), [group("g")]);
    const keep = (losing: number): Roster =>
      roster([...wanted(20 - losing, ["g"]), ...wanted(20).slice(20 - losing)], groups);
    expect(codes(plan(keep(3), live))).toEqual([]);
    expect(plan(keep(4), live).refusals[0]).toMatchObject({
      code: "losing",
      arguments: { allowed: 3, managed: 20 },
    });
    const many = state(crowd(50, { groups: ["g"] }), [group("g")]);
    const five = roster([...wanted(45, ["g"]), ...wanted(50).slice(45)], groups);
    expect(codes(plan(five, many))).toEqual([]);
  });

  test("where more than one and more than half would lose something, whatever the limits", () => {
    const live = state(crowd(3, { groups: ["g"] }), [group("g")]);
    const two = roster([...wanted(1, ["g"]), ...wanted(3).slice(1)], [declaredGroup("g")]);
    expect(codes(plan(two, live))).toEqual(["losing-half"]);
    const one = state([user("user0", { groups: ["g"] })], [group("g")]);
    expect(codes(plan(roster(wanted(1), [declaredGroup("g")]), one))).toEqual([]);
  });

  test("but not where exactly half would", () => {
    const live = state(crowd(4, { groups: ["g"] }), [group("g")]);
    const two = roster([...wanted(2, ["g"]), ...wanted(4).slice(2)], [declaredGroup("g")]);
    expect(codes(plan(two, live))).toEqual([]);
  });

  test("counting strangers who are taken out of an exclusive group, but not those in a group that loses a policy", () => {
    const strangers = Array.from({ length: 4 }, (_, index) =>
      user(`out${index}`, { tags: {}, groups: ["g"] }),
    );
    const live = state(
      [...crowd(10), user("in", { groups: ["g"] }), ...strangers],
      [group("g", { policies: [CUSTOM] })],
    );
    const files = (exclusive: boolean): Roster =>
      roster([...wanted(10), declaredUser("in", { groups: ["g"] })], [declaredGroup("g", { exclusive })]);
    expect(plan(files(true), live).refusals[0]?.arguments).toMatchObject({
      people: ["in", "out0", "out1", "out2", "out3"],
    });
    expect(codes(plan(files(false), live))).toEqual([]);
  });

  test("but not where an override that has not ended says so", () => {
    const live = state(crowd(3, { groups: ["g"] }), [group("g")]);
    const settings = (until: string): Partial<Settings> => ({
      limits: { ...LIMITS, override: { losing: 3, firstContact: false, until, reason: "team sold" } },
    });
    const all = (until: string): Roster => roster(wanted(3), [declaredGroup("g")], settings(until));
    expect(codes(plan(all("2026-11-22"), live))).toEqual([]);
    expect(codes(plan(all("2026-11-21"), live))).toEqual(["losing-half"]);
  });

  test("counting every managed member of a group that loses a policy, and nobody who is deactivated", () => {
    const closed = user("closed", {
      groups: ["g"],
      tags: { ...OURS, [DEACTIVATED_TAG]: NOW },
      policies: ["arn:aws:iam::aws:policy/AWSDenyAll"],
    });
    const live = state([...crowd(5, { groups: ["g"] }), closed], [group("g", { policies: [CUSTOM] })]);
    const result = plan(
      roster([...wanted(5, ["g"]), declaredUser("closed", { status: "inactive" })], [declaredGroup("g")]),
      live,
    );
    expect(result.refusals[0]).toMatchObject({ code: "losing", arguments: { managed: 5 } });
    expect(result.refusals[0]?.arguments).toMatchObject({
      people: ["user0", "user1", "user2", "user3", "user4"],
    });
  });

  test("not counting what only time takes", () => {
    const live = state(crowd(5, { groups: ["g"] }), [group("g")]);
    const ended = Array.from({ length: 5 }, (_, index) =>
      declaredUser(`user${index}`, { groups: [{ group: "g", until: "2026-11-21" }] }),
    );
    const result = plan(roster(ended, [declaredGroup("g")]), live);
    expect(codes(result)).toEqual([]);
    expect(result.entries.flatMap(({ changes }) => changes.map(({ cause }) => cause))).toEqual(
      Array(5).fill("due"),
    );
  });

  test("where active users in the admin groups fall below the number that must stay", () => {
    const live = state(crowd(3, { groups: ["admins"] }), [group("admins")]);
    const admins = { admins: { groups: ["Admins"], atLeast: 3 } };
    const two = roster([...wanted(2, ["admins"]), ...wanted(3).slice(2)], [declaredGroup("admins")], admins);
    expect(plan(two, live).refusals).toEqual([
      {
        code: "too-few-admins",
        subject: undefined,
        arguments: { groups: ["Admins"], before: 3, after: 2, atLeast: 3 },
      },
    ]);
  });

  test("but not where enough stay, where nobody leaves, or for a group that is not one of theirs", () => {
    const groups = [declaredGroup("admins"), declaredGroup("owners")];
    const admins = (atLeast: number): Partial<Settings> => ({
      admins: { groups: ["admins", "owners"], atLeast },
    });
    const live = state(
      [
        user("user0", { groups: ["admins"] }),
        user("user1", { groups: ["owners"] }),
        user("user2", { groups: ["admins"] }),
        user("user3"),
      ],
      [group("admins"), group("owners")],
    );
    const staying = [
      declaredUser("user0", { groups: ["admins"] }),
      declaredUser("user1", { groups: ["owners"] }),
    ];
    const one = [...staying, declaredUser("user2"), declaredUser("user3")];
    expect(codes(plan(roster(one, groups, admins(2)), live))).toEqual([]);
    expect(codes(plan(roster(one, groups, admins(3)), live))).toEqual(["too-few-admins"]);
    const none = [
      ...staying,
      declaredUser("user2", { groups: ["admins"] }),
      declaredUser("user3", { tags: { a: "b" } }),
    ];
    expect(codes(plan(roster(none, groups, admins(9)), live))).toEqual([]);
  });

  test("where the admin group itself would give nothing any more", () => {
    const live = state(crowd(3, { groups: ["admins"] }), [group("admins", { policies: [CUSTOM] })]);
    const files = (policies: readonly string[]): Roster =>
      roster(wanted(3, ["admins"]), [declaredGroup("admins", { policies })], {
        admins: { groups: ["admins"], atLeast: 2 },
        limits: { ...LIMITS, override: { losing: 3, firstContact: false, until: "2026-12-01", reason: "x" } },
      });
    expect(plan(files([]), live).refusals).toMatchObject([
      { code: "too-few-admins", arguments: { before: 3, after: 0, atLeast: 2 } },
    ]);
    expect(codes(plan(files(["AWSDenyAll"]), live))).toEqual(["too-few-admins"]);
    expect(codes(plan(files(["ReadOnlyAccess"]), live))).toEqual([]);
  });

  test("where an admin who is denied everything would be counted on", () => {
    const held = user("held", { groups: ["admins"], policies: ["arn:aws:iam::aws:policy/AWSDenyAll"] });
    const live = state([held, user("user0", { groups: ["admins"] }), user("user1")], [group("admins")]);
    const files = roster(
      [declaredUser("held", { groups: ["admins"] }), ...wanted(2)],
      [declaredGroup("admins")],
      {
        admins: { groups: ["admins"], atLeast: 1 },
      },
    );
    expect(plan(files, live).refusals).toMatchObject([
      { code: "too-few-admins", arguments: { before: 1, after: 0 } },
    ]);
  });

  test("on first contact, where it would take anything", () => {
    const stranger = user("ann", { tags: {}, groups: ["g"] });
    const files = roster([declaredUser("ann", { adopt: true })], [declaredGroup("g")]);
    expect(codes(plan(files, state([stranger], [group("g")])))).toEqual(["first-contact"]);
    const free = roster([declaredUser("ann", { groups: ["g"] })], [declaredGroup("g")]);
    expect(codes(plan(free, state([stranger], [group("g")])))).toEqual([]);
    expect(codes(plan(files, state([stranger, user("bob")], [group("g")])))).not.toContain("first-contact");
    const override = { losing: 1, firstContact: true, until: "2026-12-01", reason: "known" };
    const meant = roster([declaredUser("ann", { adopt: true })], [declaredGroup("g")], {
      limits: { ...LIMITS, override },
    });
    expect(codes(plan(meant, state([stranger], [group("g")])))).toEqual([]);
  });
});

describe("an entry is refused, and the rest goes on,", () => {
  const other = declaredUser("new");

  test("where it touches a protected user, also by its old name", () => {
    const settings = { protected: ["Break-Glass"] };
    const named = plan(roster([other], [], settings), state([user("break-glass")], []));
    expect(named.refusals).toMatchObject([{ code: "protected", subject: { name: "break-glass" } }]);
    expect(named.entries.map(({ subject }) => subject.name)).toEqual(["new"]);
    const renamed = roster([other, declaredUser("safe", { renamedFrom: "break-glass" })], [], settings);
    expect(codes(plan(renamed, state([user("break-glass")], [])))).toEqual(["protected"]);
  });

  test("where a group's change would reduce a protected member", () => {
    const live = state([user("boss", { groups: ["g"] })], [group("g", { policies: [CUSTOM] })]);
    const files = roster([declaredUser("boss", { groups: ["g"] }), other], [declaredGroup("g")], {
      protected: ["boss"],
    });
    expect(plan(files, live).refusals).toMatchObject([
      { code: "protected", subject: { type: "group", name: "g" }, arguments: { user: "boss", through: "g" } },
    ]);
  });

  test("where it touches the user who runs it", () => {
    const live = state([user("ann", { groups: ["g"] })], [group("g")], {
      caller: "arn:aws:iam::123456789012:user/people/Ann",
    });
    const result = plan(roster([declaredUser("ann"), other], [declaredGroup("g")]), live);
    expect(result.refusals).toMatchObject([{ code: "protected", arguments: { caller: true } }]);
  });

  test("where the user is another owner's", () => {
    const live = state([user("ann", { tags: { [OWNER_TAG]: "other/team" } })], []);
    expect(plan(roster([declaredUser("ann"), other]), live).refusals).toMatchObject([
      { code: "foreign-owner", arguments: { owner: "other/team", ours: OWNER } },
    ]);
  });

  test("where the user is another owner's, also if a hold leaves nothing of what the file asks", () => {
    const held = user("ann", { tags: { [OWNER_TAG]: "other/team" }, policies: [DENY_ALL] });
    const result = plan(roster([declaredUser("ann", { tags: { team: "a" } }), other]), state([held], []));
    expect(codes(result)).toEqual(["foreign-owner"]);
    expect(result.refused).toMatchObject([{ subject: { name: "ann" }, changes: [] }]);
  });

  test("where a user would be adopted and more than our tag would change", () => {
    const stranger = (path: string): State => state([user("ann", { tags: {}, path }), user("bob")], []);
    const files = roster([declaredUser("ann"), declaredUser("bob")]);
    expect(plan(files, stranger("/")).entries[0]).toMatchObject({
      intent: "adopt",
      changes: [{ kind: "TagUser" }],
    });
    expect(codes(plan(files, stranger("/team/")))).toEqual(["adoption"]);
    const allowed = roster([declaredUser("ann", { adopt: true }), declaredUser("bob")]);
    expect(codes(plan(allowed, stranger("/team/")))).toEqual([]);
  });

  test("where a user to adopt has a password or keys and the file does not state access", () => {
    const password = { createdAt: NOW, resetRequired: false };
    const live = state([user("ann", { tags: {}, credentials: { password } }), user("bob")], []);
    const files = (parts: Parameters<typeof declaredUser>[1]): Roster =>
      roster([declaredUser("ann", parts), declaredUser("bob")]);
    expect(codes(plan(files({ adopt: true }), live))).toEqual(["access-not-stated"]);
    expect(codes(plan(files({ access: ["console"] }), live))).toEqual([]);
    const taken = plan(files({ adopt: true, access: [] }), live);
    expect(taken.entries[0]?.changes.map(({ kind }) => kind)).toContain("DeleteLoginProfile");
  });

  test("where a group that differs was not ours: the base lacks it, or all its members are strangers", () => {
    const live = state(
      [user("ann"), user("out", { tags: {}, groups: ["g"] })],
      [group("g", { policies: [CUSTOM] }), group("h", { policies: [CUSTOM] })],
    );
    const files = roster([declaredUser("ann")], [declaredGroup("g"), declaredGroup("h")]);
    expect(plan(files, live).refusals).toMatchObject([{ code: "adoption", subject: { name: "g" } }]);
    const withBase = planned({
      roster: files,
      base: roster([declaredUser("ann")], [declaredGroup("g")]),
      actual: live,
    });
    expect(withBase.plan.refusals.map(({ subject }) => subject?.name)).toEqual(["g", "h"]);
    const adopting = roster([declaredUser("ann")], [declaredGroup("g", { adopt: true }), declaredGroup("h")]);
    expect(codes(plan(adopting, live))).toEqual([]);
  });

  test("where a group to delete has members that are not managed", () => {
    const live = state(
      [user("ann", { groups: ["g"] }), user("out", { tags: {}, groups: ["g"] })],
      [group("g")],
    );
    const result = plan(roster([declaredUser("ann")], [declaredGroup("g", { status: "absent" })]), live);
    expect(result.refusals).toMatchObject([{ code: "unmanaged-members", arguments: { members: ["out"] } }]);
    expect(result.entries.map(({ subject }) => subject.name)).toEqual(["ann"]);
  });

  test("where a quota of the account is full", () => {
    const quotas = { ...ACCOUNT.quotas, users: 2, groups: 1, policiesPerGroup: 1 };
    const live = state([user("ann"), user("zoe", { tags: {} })], [group("g")], { quotas });
    const files = roster(
      [declaredUser("ann"), other],
      [declaredGroup("g", { policies: ["A", "B"] }), declaredGroup("h")],
    );
    expect(plan(files, live).refusals.map((each) => [each.subject?.name, each.arguments])).toEqual([
      ["new", { quota: "users", most: 2 }],
      ["h", { quota: "groups", most: 1 }],
      ["g", { quota: "policiesPerGroup", most: 1 }],
    ]);
  });

  test("where a policy to attach does not exist, with what depends on it", () => {
    const files = roster(
      [declaredUser("ann", { groups: ["g"] }), other],
      [declaredGroup("g", { policies: ["Nope"] })],
    );
    const nope = "arn:aws:iam::aws:policy/Nope";
    const first = planned({ roster: files, actual: state([user("ann")], []) });
    expect(first.unknownPolicies).toEqual([nope]);
    const { plan: result } = planned({
      roster: files,
      actual: state([user("ann")], []),
      policies: new Map([[nope, undefined]]),
    });
    expect(result.refusals.map(({ code, subject }) => [code, subject?.name])).toEqual([
      ["no-such-policy", "g"],
      ["depends-on", "ann"],
    ]);
    expect(result.entries.map(({ subject }) => subject.name)).toEqual(["new"]);
    expect(result.refused.map(({ subject }) => subject.name)).toEqual(["g", "ann"]);
  });

  test("leaving the rest of an entry alone whose one membership depends on a refused group", () => {
    const files = roster(
      [declaredUser("ann", { groups: ["bad", "good"] })],
      [declaredGroup("bad", { policies: ["Nope"] }), declaredGroup("good")],
    );
    const live = state([user("ann", { groups: ["old"] })], [group("good"), group("old")]);
    const policies = new Map([["arn:aws:iam::aws:policy/Nope", undefined]]);
    const { plan: result } = planned({ roster: files, actual: live, policies });
    expect(result.entries[0]?.changes).toMatchObject([
      { kind: "RemoveUserFromGroup", group: "old" },
      { kind: "AddUserToGroup", group: "good" },
    ]);
  });

  describe("where the new name of a rename is somebody else's,", () => {
    const renamed = (parts: Parameters<typeof declaredUser>[1] = {}): Roster =>
      roster([declaredUser("ann"), declaredUser("emma", { renamedFrom: "Emily", ...parts })]);
    const refused = {
      code: "name-taken",
      subject: { type: "user", name: "emma" },
      arguments: { name: "emma" },
    };

    test.each<{ readonly is: string; readonly emma: Parameters<typeof user>[1] }>([
      { is: "one of ours", emma: {} },
      { is: "not ours", emma: { tags: {} } },
      { is: "not ours, and not as the file says", emma: { tags: {}, path: "/x/" } },
      { is: "closed", emma: { tags: { ...OURS, [DEACTIVATED_TAG]: NOW }, policies: [DENY_ALL] } },
    ])("who is $is: nobody is taken for the other", ({ emma }) => {
      const live = state([user("ann"), user("emily", { path: "/y/" }), user("emma", emma)], []);
      const result = plan(renamed(), live);
      expect(result.entries).toEqual([]);
      expect(result.refusals).toEqual([refused]);
      expect(result.refused).toMatchObject([
        {
          intent: "rename",
          id: "AIDAEMILY",
          changes: [{ kind: "UpdateUser", user: "emily", newName: "emma" }],
        },
      ]);
      expect(result.warnings.map(({ code }) => code)).not.toContain("spent-rename");
    });

    test("not where the old name is not ours, or the line renames nobody", () => {
      const emily = (parts: Parameters<typeof user>[1]): State =>
        state([user("ann"), user("emily", parts), user("emma")], []);
      const isRefused = (files: Roster, parts: Parameters<typeof user>[1]): boolean =>
        codes(plan(files, emily(parts))).includes("name-taken");
      expect(isRefused(renamed(), {})).toBe(true);
      expect(isRefused(renamed(), { tags: {} })).toBe(false);
      expect(isRefused(renamed({ status: "inactive" }), {})).toBe(false);
      const both = roster([declaredUser("emily"), ...renamed().users.values()]);
      expect(isRefused(both, {})).toBe(false);
    });

    test("and of a group, whose members stay where they are", () => {
      const groups = [declaredGroup("new", { renamedFrom: "old" })];
      const files = roster([declaredUser("ann", { groups: ["new"] })], groups);
      const live = state([user("ann", { groups: ["Old"] })], [group("Old"), group("new", { path: "/x/" })]);
      const result = plan(files, live);
      expect(result.entries).toEqual([]);
      expect(result.refusals).toMatchObject([
        { code: "name-taken", subject: { type: "group", name: "new" }, arguments: { name: "new" } },
        { code: "depends-on", subject: { type: "user", name: "ann" } },
      ]);
      expect(result.refused[0]).toMatchObject({
        intent: "rename",
        id: "AGPAOLD",
        changes: [{ kind: "UpdateGroup", group: "Old", newName: "new" }],
      });
    });

    test("and is told as it would have been made, were the name free", () => {
      const files = roster([...renamed().users.values()], [declaredGroup("new", { renamedFrom: "old" })]);
      const free = state([user("ann"), user("emily")], [group("old")]);
      const taken = state([user("ann"), user("emily"), user("emma")], [group("old"), group("new")]);
      const made = plan(files, free).entries.map(({ changes }) => changes);
      expect(made).toHaveLength(2);
      expect(plan(files, taken).refused.map(({ changes }) => changes)).toEqual(made);
    });

    test("and of a group that the base does not know: the line is spent", () => {
      const groups = [declaredGroup("new", { renamedFrom: "old" })];
      const files = roster([declaredUser("ann")], groups);
      const live = state([user("ann")], [group("old"), group("new")]);
      const { plan: result } = planned({ roster: files, base: files, actual: live });
      expect(result.refusals).toEqual([]);
      expect(result.warnings.map(({ code }) => code)).toContain("spent-rename");
    });
  });
});
