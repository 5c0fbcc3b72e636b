import { describe, expect, test } from "vitest";
import { redraftGroup, redraftUser } from "../../../src/core/planning/redraft.ts";
import type { Roster } from "../../../src/core/roster.ts";
import type { Group, State, User } from "../../../src/core/state.ts";
import { declaredGroup, declaredUser, group, NOW, roster, state, user } from "../build.ts";

const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";

const userNamed = (name: string) => ({ type: "user", name }) as const;
const groupNamed = (name: string) => ({ type: "group", name }) as const;

function input(files: Roster, actual: State) {
  return { roster: files, base: undefined, actual, now: NOW, recipients: undefined };
}

function kindsOf(files: Roster, actual: State, fresh: User): readonly string[] {
  const { entry } = redraftUser(input(files, actual), fresh, userNamed(fresh.name));
  return (entry?.changes ?? []).map(({ kind }) => kind);
}

describe("a user read afresh", () => {
  const actual = state([user("ann", { groups: ["g"] }), user("bob")], [group("g"), group("h")]);
  const files = roster(
    [declaredUser("ann"), declaredUser("bob", { path: "/p/" })],
    [declaredGroup("g"), declaredGroup("h")],
  );

  test("is asked for what holds of it now, and not of how it was", () => {
    expect(kindsOf(files, actual, user("ann"))).toEqual([]);
    expect(kindsOf(files, actual, user("ann", { groups: ["g", "h"], policies: [READ] }))).toEqual([
      "RemoveUserFromGroup",
      "RemoveUserFromGroup",
      "DetachUserPolicy",
    ]);
  });

  test("that nothing is asked of has no entry, and is not refused", () => {
    const again = redraftUser(input(files, actual), user("ann"), userNamed("ann"));
    expect(again).toEqual({ entry: undefined, refused: false });
  });

  test("that is another's by now is refused", () => {
    const theirs = user("ann", { tags: { "iam-roster:owner": "other" }, groups: ["g"] });
    const again = redraftUser(input(files, actual), theirs, userNamed("ANN"));
    expect(again).toEqual({ entry: undefined, refused: true });
    expect(redraftUser(input(files, actual), theirs, userNamed("bob")).refused).toBe(false);
    expect(redraftUser(input(files, actual), theirs, groupNamed("ann")).refused).toBe(false);
  });

  test("before its rename is asked for everything under the name that it has", () => {
    const renaming = roster(
      [declaredUser("emma", { renamedFrom: "Ann", groups: ["h"], path: "/p/" })],
      [declaredGroup("g"), declaredGroup("h")],
    );
    const { entry, refused } = redraftUser(
      input(renaming, actual),
      user("ann", { groups: ["g"], policies: [CUSTOM] }),
      userNamed("emma"),
    );
    expect(refused).toBe(false);
    expect(entry).toMatchObject({
      subject: userNamed("emma"),
      intent: "rename",
      id: "AIDAANN",
      changes: [
        { kind: "RemoveUserFromGroup", user: "ann", group: "g", reach: "narrows", phase: "narrow" },
        { kind: "DetachUserPolicy", user: "ann", policy: CUSTOM, reach: "either", phase: "leave" },
        {
          kind: "UpdateUser",
          user: "ann",
          newName: "emma",
          newPath: "/p/",
          reach: "either",
          phase: "prepare",
        },
        { kind: "AddUserToGroup", user: "ann", group: "h", reach: "broadens", phase: "broaden-users" },
      ],
    });
  });

  test("before its rename is tagged under the name that it has", () => {
    const renaming = roster([declaredUser("emma", { renamedFrom: "ann", tags: { team: "a" } })]);
    const live = state([user("ann")], []);
    const { entry } = redraftUser(input(renaming, live), user("ann"), userNamed("emma"));
    expect(entry?.changes).toMatchObject([
      { kind: "UpdateUser", user: "ann", newName: "emma" },
      { kind: "TagUser", user: "ann", phase: "prepare" },
    ]);
  });

  test("of whom a line would free the name of somebody who is there is a leaver", () => {
    const taken = roster([declaredUser("bob", { renamedFrom: "ann" })], [declaredGroup("g")]);
    expect(kindsOf(taken, actual, user("ann", { groups: ["g"] }))).toEqual([
      "AttachUserPolicy",
      "RemoveUserFromGroup",
      "TagUser",
    ]);
  });
});

describe("a group read afresh", () => {
  const actual = state(
    [user("ann", { groups: ["old"] })],
    [group("old", { policies: [READ] }), group("other")],
  );
  const files = roster(
    [declaredUser("ann", { groups: ["new"] })],
    [declaredGroup("new", { renamedFrom: "old" }), declaredGroup("other", { policies: [CUSTOM] })],
  );
  const again = (fresh: Group, name: string) => redraftGroup(input(files, actual), fresh, groupNamed(name));

  test("is asked for what holds of it now, under the name that it has", () => {
    expect(again(group("old", { policies: [CUSTOM] }), "new")).toMatchObject({
      refused: false,
      entry: {
        subject: groupNamed("new"),
        changes: [
          { kind: "UpdateGroup", group: "old", newName: "new", reach: "either", phase: "prepare" },
          // Another group newly gets the same policy, which may deny.
          { kind: "DetachGroupPolicy", group: "old", policy: CUSTOM, reach: "either", phase: "lift" },
        ],
      },
    });
    expect(again(group("other", { policies: [CUSTOM] }), "other").entry).toBeUndefined();
    expect(again(group("other"), "other").entry?.changes).toMatchObject([{ kind: "AttachGroupPolicy" }]);
  });

  test("goes by the name that it has also where that becomes another group's", () => {
    const chain = roster(
      [declaredUser("ann")],
      [declaredGroup("b", { renamedFrom: "a" }), declaredGroup("c", { renamedFrom: "b" })],
    );
    const ann = user("ann", { groups: ["b"] });
    const b = group("b", { policies: [READ] });
    const live = state([ann], [group("a"), b]);
    expect(redraftGroup(input(chain, live), b, groupNamed("c")).entry?.changes).toMatchObject([
      { kind: "DetachGroupPolicy", group: "b", phase: "narrow" },
      { kind: "UpdateGroup", group: "b", newName: "c" },
    ]);
    expect(redraftUser(input(chain, live), ann, userNamed("ann")).entry?.changes).toMatchObject([
      { kind: "RemoveUserFromGroup", group: "b", phase: "narrow" },
    ]);
  });

  test("is not refused where only a part of it has to wait for the next run", () => {
    const from = group("from", { policies: [CUSTOM] });
    const live = state([user("ann", { groups: ["from"] })], [from, group("to", { policies: [CUSTOM] })]);
    const wanted = roster(
      [declaredUser("ann", { groups: ["to"] })],
      [
        declaredGroup("from", { policies: [CUSTOM, READ], path: "/p/", adopt: true }),
        declaredGroup("to", { policies: [CUSTOM], adopt: true }),
      ],
    );
    expect(redraftGroup(input(wanted, live), from, groupNamed("from"))).toMatchObject({
      refused: false,
      entry: { changes: [{ kind: "UpdateGroup", newPath: "/p/" }] },
    });
  });

  test("keeps its members, who are read with the account", () => {
    const strangers = state([user("out", { tags: {}, groups: ["g"] }), user("ann")], [group("g")]);
    const wanted = roster([declaredUser("ann")], [declaredGroup("g", { policies: [READ] })]);
    const found = redraftGroup(input(wanted, strangers), group("g"), groupNamed("g"));
    expect(found).toEqual({ entry: undefined, refused: true });
  });
});
