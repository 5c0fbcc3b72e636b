import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import { inOrder } from "../../../src/core/order.ts";
import type { Entry, Plan, PlannedChange } from "../../../src/core/plan.ts";
import { canonicalDocument } from "../../../src/core/rules/documents.ts";
import { declaredGroup, declaredUser, group, OURS, planned, roster, sha256, state, user } from "../build.ts";

const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const deny = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }] };

function steps({ entries }: Plan): readonly string[] {
  return inOrder<Entry, PlannedChange>(entries).map(({ change }) => {
    const on = "user" in change ? change.user : change.group;
    return `${change.phase}: ${change.kind} ${on}`;
  });
}

describe("renames", () => {
  test("in a chain free the name before it is taken, and every change carries the name of its time", () => {
    const files = roster(
      [
        declaredUser("b", { renamedFrom: "a" }),
        declaredUser("c", { renamedFrom: "b", groups: ["new"] }),
        declaredUser("d"),
      ],
      [declaredGroup("new", { renamedFrom: "old" })],
    );
    const live = state(
      [user("a", { groups: ["old"] }), user("b", { groups: ["gone"] }), user("d")],
      [group("old"), group("gone")],
    );
    expect(steps(planned({ roster: files, actual: live }).plan)).toEqual([
      "narrow: RemoveUserFromGroup a",
      "narrow: RemoveUserFromGroup b",
      "prepare: UpdateUser b",
      "prepare: UpdateUser a",
      "prepare: UpdateGroup old",
      "broaden-users: AddUserToGroup c",
    ]);
  });

  test("join a new path, since both are one call", () => {
    const files = roster([declaredUser("b", { renamedFrom: "a", path: "/team/" })]);
    expect(planned({ roster: files, actual: state([user("a")], []) }).plan.entries).toMatchObject([
      {
        intent: "rename",
        subject: { name: "b" },
        changes: [{ kind: "UpdateUser", user: "a", newName: "b", newPath: "/team/" }],
      },
    ]);
  });

  test("do so too where something is taken from the user before", () => {
    const files = roster([declaredUser("b", { renamedFrom: "a", path: "/team/", access: [] })]);
    const password = { createdAt: undefined, resetRequired: false };
    const live = state([user("a", { credentials: { password } })], []);
    expect(planned({ roster: files, actual: live }).plan.entries).toMatchObject([
      {
        changes: [
          { kind: "DeleteLoginProfile", user: "a" },
          { kind: "UpdateUser", user: "a", newName: "b", newPath: "/team/" },
        ],
      },
    ]);
  });

  test("find only a user of ours, and a group that the base declares", () => {
    const stranger = state([user("a", { tags: {} }), user("z")], [group("old")]);
    const files = roster(
      [declaredUser("b", { renamedFrom: "a" }), declaredUser("z")],
      [declaredGroup("new", { renamedFrom: "old" })],
    );
    const base = (name: string): ReturnType<typeof roster> =>
      roster([declaredUser("z")], [declaredGroup(name)]);
    const { plan } = planned({ roster: files, actual: stranger, base: base("other") });
    expect(plan.entries.map(({ intent }) => intent)).toEqual(["create", "create"]);
    expect(plan.warnings.map(({ code }) => code)).toEqual(["renamed-from-unknown", "renamed-from-unknown"]);
    expect(planned({ roster: files, actual: stranger, base: base("old") }).plan.entries[1]?.intent).toBe(
      "rename",
    );
  });
});

describe("causes", () => {
  const live = state([user("ann"), user("bob")], [group("g"), group("h")]);
  const groups = [declaredGroup("g"), declaredGroup("h")];
  const base = roster([declaredUser("ann", { groups: ["g"] }), declaredUser("bob")], groups);
  const head = roster([declaredUser("ann", { groups: ["g", "h"] }), declaredUser("bob")], groups);

  test("tell what only the head asks for from what the base asked for already", () => {
    const { plan } = planned({ roster: head, base, actual: live });
    expect(plan.entries[0]?.changes.map(({ kind, cause }) => [kind, cause])).toEqual([
      ["AddUserToGroup", "pending"],
      ["AddUserToGroup", "requested"],
    ]);
  });

  test("are all `requested` without a base", () => {
    const { plan } = planned({ roster: head, actual: live });
    expect(new Set(plan.entries[0]?.changes.map(({ cause }) => cause))).toEqual(new Set(["requested"]));
  });

  test("call what a refused base asked for `requested` once the head allows it", () => {
    const stranger = state([user("ann", { tags: {}, path: "/x/" }), user("bob")], []);
    const refusing = roster([declaredUser("ann"), declaredUser("bob")]);
    const allowing = roster([declaredUser("ann", { adopt: true }), declaredUser("bob")]);
    const { plan } = planned({ roster: allowing, base: refusing, actual: stranger });
    expect(plan.entries[0]?.changes.map(({ cause }) => cause)).toEqual(["requested", "requested"]);
  });

  test("call what the base was refused too `pending`, and what the head asks for beside it `requested`", () => {
    const stranger = state([user("ann", { tags: {}, path: "/x/" }), user("bob")], [group("g")]);
    const declared = [declaredGroup("g")];
    const before = roster([declaredUser("ann"), declaredUser("bob")], declared);
    const after = roster([declaredUser("ann", { groups: ["g"] }), declaredUser("bob")], declared);
    const { plan } = planned({ roster: after, base: before, actual: stranger });
    expect(plan.refused[0]?.changes.map(({ kind, cause }) => `${kind} ${cause}`)).toEqual([
      "UpdateUser pending",
      "TagUser pending",
      "AddUserToGroup requested",
    ]);
  });
});

describe("grants", () => {
  const files = (groups: readonly string[], policies: readonly string[]): ReturnType<typeof roster> =>
    roster(
      [declaredUser("ann", { groups }), declaredUser("bob", { groups: ["g"] })],
      [declaredGroup("g", { policies })],
    );

  test("of a membership name the group and every policy that it has by then", () => {
    const live = state([user("ann"), user("bob", { groups: ["g"] })], [group("g", { policies: [CUSTOM] })]);
    const { plan } = planned({ roster: files(["g"], [CUSTOM, "ReadOnlyAccess"]), actual: live });
    expect(plan.grants).toEqual([
      { user: "ann", group: "g" },
      { user: "ann", via: "g", policy: CUSTOM },
      { user: "ann", via: "g", policy: READ },
      { user: "bob", via: "g", policy: READ },
    ]);
  });

  test("of a new user name path, boundary and tags, but not our own tags", () => {
    const one = declaredUser("ann", { path: "/p/", boundary: CUSTOM, tags: { team: "a" } });
    expect(planned({ roster: roster([one]), actual: state([], []) }).plan.grants).toEqual([
      { user: "ann", boundary: CUSTOM },
      { user: "ann", path: "/p/" },
      { user: "ann", tag: "team", value: "a" },
    ]);
  });

  test("of a deny that is lifted are all that the user then holds", () => {
    const live = state(
      [user("ann", { groups: ["g"], inlinePolicies: { no: deny } }), user("bob", { groups: ["g"] })],
      [group("g", { policies: [READ] })],
    );
    const { plan } = planned({ roster: files(["g"], ["ReadOnlyAccess"]), actual: live });
    expect(plan.entries).toMatchObject([
      { changes: [{ kind: "DeleteUserPolicy", reach: "broadens", phase: "unlock" }] },
    ]);
    expect(plan.grants).toEqual([{ user: "ann", via: "g", policy: READ }]);
  });

  test("of an inline policy name its document by its meaning", () => {
    const document = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
    };
    const { plan } = planned({
      roster: roster([declaredUser("ann", { inlinePolicies: { p: document } })]),
      actual: state([user("ann")], []),
    });
    expect(plan.grants).toEqual([{ user: "ann", policy: `sha256:${sha256(canonicalDocument(document))}` }]);
  });

  test("are none where something is only taken away", () => {
    const live = state(
      [user("ann", { groups: ["g"], policies: [READ] }), user("bob", { groups: ["g"] })],
      [group("g")],
    );
    expect(planned({ roster: files([], []), actual: live }).plan.grants).toEqual([]);
  });
});

describe("the order", () => {
  const groups = [declaredGroup("from", { policies: [CUSTOM] }), declaredGroup("to", { policies: [CUSTOM] })];

  test("of a move out of a group whose own policy might deny is leaving first", () => {
    const live = state(
      [user("ann", { groups: ["from"] })],
      [group("from", { policies: [CUSTOM] }), group("to", { policies: [READ] })],
    );
    const files = roster(
      [declaredUser("ann", { groups: ["to"] })],
      [groups[0] ?? declaredGroup("from"), declaredGroup("to", { policies: ["ReadOnlyAccess"] })],
    );
    expect(steps(planned({ roster: files, actual: live }).plan)).toEqual([
      "leave: RemoveUserFromGroup ann",
      "broaden-users: AddUserToGroup ann",
    ]);
  });

  test("is joining first where the same policy comes with the new group", () => {
    const live = state(
      [user("ann", { groups: ["from"] })],
      [group("from", { policies: [CUSTOM] }), group("to", { policies: [CUSTOM] })],
    );
    expect(
      steps(
        planned({ roster: roster([declaredUser("ann", { groups: ["to"] })], groups), actual: live }).plan,
      ),
    ).toEqual(["broaden-users: AddUserToGroup ann", "lift: RemoveUserFromGroup ann"]);
  });

  test("waits for the next run with what a group newly gives while somebody has to leave it late", () => {
    const live = state(
      [user("ann", { groups: ["from"] })],
      [group("from", { policies: [CUSTOM] }), group("to", { policies: [CUSTOM] })],
    );
    const files = roster(
      [declaredUser("ann", { groups: ["to"] })],
      [declaredGroup("from", { policies: [CUSTOM, "ReadOnlyAccess"] }), groups[1] ?? declaredGroup("to")],
    );
    const { plan } = planned({ roster: files, actual: live });
    expect(plan.refusals).toMatchObject([
      { code: "next-run", subject: { name: "from" }, arguments: { on: { name: "ann" } } },
    ]);
    expect(steps(plan)).toEqual(["broaden-users: AddUserToGroup ann", "lift: RemoveUserFromGroup ann"]);
  });

  test("makes the rest of that group's changes now", () => {
    const live = state(
      [user("ann", { groups: ["from"] })],
      [group("from", { policies: [CUSTOM] }), group("to", { policies: [CUSTOM] })],
    );
    const files = roster(
      [declaredUser("ann", { groups: ["to"] })],
      [
        declaredGroup("from", { policies: [CUSTOM, "ReadOnlyAccess"], path: "/p/" }),
        declaredGroup("to", { policies: [CUSTOM] }),
      ],
    );
    const { plan } = planned({ roster: files, actual: live });
    expect(plan.refused.map(({ changes }) => changes.map(({ kind }) => kind))).toEqual([
      ["AttachGroupPolicy"],
    ]);
    expect(steps(plan)).toEqual([
      "prepare: UpdateGroup from",
      "broaden-users: AddUserToGroup ann",
      "lift: RemoveUserFromGroup ann",
    ]);
  });

  test("makes a new group before it gets the inline policy that only denies", () => {
    const files = roster(
      [declaredUser("ann", { groups: ["g"], inlinePolicies: { no: deny } })],
      [declaredGroup("g", { inlinePolicies: { no: deny } })],
    );
    const { plan } = planned({ roster: files, actual: state([], []) });
    expect(plan.refusals).toEqual([]);
    expect(steps(plan)).toEqual([
      "prepare: CreateUser ann",
      "prepare: PutUserPolicy ann",
      "prepare: CreateGroup g",
      "prepare: PutGroupPolicy g",
      "broaden-users: AddUserToGroup ann",
    ]);
  });

  test("takes from users and groups before it gives to any", () => {
    const live = state(
      [user("ann", { groups: ["g"] }), user("bob")],
      [group("g", { policies: [READ] }), group("h")],
    );
    const files = roster(
      [
        declaredUser("ann"),
        declaredUser("bob", { groups: ["g", "h"] }),
        declaredUser("new", { groups: ["g"] }),
      ],
      [declaredGroup("g"), declaredGroup("h", { policies: ["SecurityAudit"] })],
    );
    expect(steps(planned({ roster: files, actual: live }).plan)).toEqual([
      "narrow: RemoveUserFromGroup ann",
      "narrow: DetachGroupPolicy g",
      "prepare: CreateUser new",
      "broaden-groups: AttachGroupPolicy h",
      "broaden-users: AddUserToGroup bob",
      "broaden-users: AddUserToGroup bob",
      "broaden-users: AddUserToGroup new",
    ]);
  });
});

describe("the entry of a group", () => {
  test("names who is in it today, under its old name too, managed and not", () => {
    const live = state(
      [
        user("bob", { groups: ["old"] }),
        user("Ann", { groups: ["old"] }),
        user("out", { tags: {}, groups: ["old"] }),
      ],
      [group("old")],
    );
    const files = roster(
      [declaredUser("ann", { groups: ["new"] }), declaredUser("bob", { groups: ["new"] })],
      [declaredGroup("new", { renamedFrom: "old", policies: ["ReadOnlyAccess"] }), declaredGroup("other")],
    );
    const { entries } = planned({ roster: files, actual: live }).plan;
    expect(entries.map(({ subject, members }) => [subject.name, members])).toEqual([
      ["new", { managed: ["Ann", "bob"], others: ["out"] }],
      ["other", undefined],
    ]);
  });
});

describe("exclusive groups", () => {
  test("lose members that are not managed, but no ignored and no other owner's user", () => {
    const live = state(
      [
        user("ann", { groups: ["g"] }),
        user("out", { tags: {}, groups: ["g"] }),
        user("Alien", { tags: {}, groups: ["g"] }),
        user("svc-x", { tags: {}, groups: ["g"] }),
        user("theirs", { tags: { "iam-roster:owner": "x" }, groups: ["g"] }),
      ],
      [group("g")],
    );
    const files = roster(
      [declaredUser("ann", { groups: ["g"] })],
      [declaredGroup("g", { exclusive: true })],
      {
        ignore: { users: ["svc-*"], groups: [], tags: [] },
      },
    );
    const { plan } = planned({ roster: files, actual: live });
    expect(plan.entries).toMatchObject([
      {
        subject: { type: "group" },
        changes: [
          { kind: "RemoveUserFromGroup", user: "Alien" },
          { kind: "RemoveUserFromGroup", user: "out" },
        ],
      },
    ]);
    expect(plan.unmanaged.members).toEqual([
      { user: "Alien", group: "g" },
      { user: "out", group: "g" },
      { user: "theirs", group: "g" },
    ]);
  });
});

describe("whom to read one by one", () => {
  const unread = (parts: Parameters<typeof user>[1], declared = declaredUser("ann")): readonly string[] =>
    planned({
      roster: roster([declared]),
      actual: state([user("ann", { ...parts, credentials: undefined })], []),
    }).unreadUsers;
  const reported = {
    password: false,
    passwordLastUsed: undefined,
    mfa: false,
    activeKeys: 0,
    keyLastUsed: undefined,
    keys: [],
    activeCertificates: 0,
  };

  test("is nobody of whom the report says what the file asks for", () => {
    expect(unread({ reported })).toEqual([]);
    expect(
      unread({ reported: { ...reported, password: true } }, declaredUser("ann", { access: ["console"] })),
    ).toEqual([]);
  });

  test("is who has no row, who differs by the report, who changes, and who is to be adopted", () => {
    expect(unread({ reported: undefined })).toEqual(["ann"]);
    expect(unread({ reported: { ...reported, activeKeys: 1 } })).toEqual(["ann"]);
    expect(unread({ reported: { ...reported, password: true } })).toEqual(["ann"]);
    expect(unread({ reported, path: "/x/" })).toEqual(["ann"]);
    expect(unread({ reported, tags: {} })).toEqual(["ann"]);
  });

  test("is who is closed, as long as the report still has something that is open", () => {
    const closed = {
      tags: { ...OURS, [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" },
      policies: ["arn:aws:iam::aws:policy/AWSDenyAll"],
    };
    const left = (parts: Partial<typeof reported>): readonly string[] =>
      unread({ ...closed, reported: { ...reported, ...parts } }, declaredUser("ann", { status: "inactive" }));
    expect(left({})).toEqual([]);
    expect([{ password: true }, { activeKeys: 1 }, { activeCertificates: 1 }].map(left)).toEqual([
      ["ann"],
      ["ann"],
      ["ann"],
    ]);
  });

  test("is who has not the one active key that a program needs", () => {
    const withKeys = (activeKeys: number): readonly string[] =>
      unread({ reported: { ...reported, activeKeys } }, declaredUser("ann", { access: ["programmatic"] }));
    expect([0, 1, 2].map(withKeys)).toEqual([["ann"], [], ["ann"]]);
  });

  test("is nobody who was read already", () => {
    const actual = state([user("ann", { path: "/x/", reported: undefined })], []);
    expect(planned({ roster: roster([declaredUser("ann")]), actual }).unreadUsers).toEqual([]);
  });

  test("never changes a thing by the report alone", () => {
    const actual = state(
      [user("ann", { credentials: undefined, reported: { ...reported, password: true } })],
      [],
    );
    expect(planned({ roster: roster([declaredUser("ann")]), actual }).plan.entries).toEqual([]);
  });
});

describe("the digest", () => {
  const files = roster([declaredUser("ann", { groups: ["g"] }), declaredUser("bob")], [declaredGroup("g")]);
  const live = state([user("ann"), user("bob")], [group("g")]);
  const digest = (input: Partial<Parameters<typeof planned>[0]>): string =>
    planned({ roster: files, actual: live, ...input }).plan.digest;

  test("does not change with time, base or evidence", () => {
    const seen = state(
      [user("ann", { credentials: { mfaDevices: [{ serial: "GAHT12345678" }] } }), user("bob")],
      [group("g")],
    );
    expect(digest({ now: "2026-12-24T00:00:00Z" })).toBe(digest({}));
    expect(digest({ base: files })).toBe(digest({}));
    expect(digest({ actual: seen })).toBe(digest({}));
  });

  test("changes with the account, the unique id and the work", () => {
    const other = state([user("ann", { id: "AIDAOTHER" }), user("bob")], [group("g")]);
    const elsewhere = { ...live, account: { ...live.account, id: "210987654321" } };
    const digests = [
      digest({}),
      digest({ actual: other }),
      digest({ actual: elsewhere }),
      digest({ roster: roster([declaredUser("ann"), declaredUser("bob")], [declaredGroup("g")]) }),
    ];
    expect(new Set(digests).size).toBe(4);
  });
});

describe("tags without the owner tag", () => {
  test("are warned about, since somebody took it off", () => {
    const live = state(
      [
        user("ann", { tags: { "iam-roster:deactivated": "2026-01-01T00:00:00Z" } }),
        user("bob", { tags: OURS }),
      ],
      [],
    );
    const { plan } = planned({ roster: roster([declaredUser("ann"), declaredUser("bob")]), actual: live });
    expect(plan.warnings).toMatchObject([
      { code: "owner-tag-missing", arguments: { keys: ["iam-roster:deactivated"] } },
    ]);
  });
});
