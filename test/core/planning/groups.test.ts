import { describe, expect, test } from "vitest";
import { OWNER_TAG } from "../../../src/core/change.ts";
import type { Plan } from "../../../src/core/plan.ts";
import type { State } from "../../../src/core/state.ts";
import { plan, steps } from "../ask.ts";
import { declaredGroup, declaredUser, group, planned, roster, state, user } from "../build.ts";

const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const IGNORE = { users: ["svc-*"], groups: ["sso-*"], tags: [] };
const BOB = declaredUser("bob");

type Parts = Parameters<typeof declaredGroup>[1];

/** The plan of one group `g` as declared, in an account that has these groups and members beside bob. */
function planOf(
  parts: Parts,
  groups: State["groups"] | readonly ReturnType<typeof group>[],
  users: readonly ReturnType<typeof user>[] = [],
): Plan {
  const live = state([user("bob"), ...users], [...groups.values()] as readonly ReturnType<typeof group>[]);
  const named = users
    .filter(({ tags }) => tags.has(OWNER_TAG))
    .map(({ name, groups: own }) => declaredUser(name, { groups: [...own.values()] }));
  return plan(roster([BOB, ...named], [declaredGroup("g", parts)], { ignore: IGNORE }), live);
}

describe("a group in the file", () => {
  test("that is ignored is left alone, whatever the file says", () => {
    const live = state([user("bob")], [group("sso-all", { policies: [READ] })]);
    const files = roster([BOB], [declaredGroup("sso-all", { path: "/p/" }), declaredGroup("sso-new")], {
      ignore: IGNORE,
    });
    expect(plan(files, live).entries).toEqual([]);
  });

  test("keeps the case of its name, and the difference is told", () => {
    const result = planOf({ path: "/p/" }, [group("G")]);
    expect(result.entries).toMatchObject([
      {
        subject: { type: "group", name: "G" },
        intent: "update",
        changes: [{ kind: "UpdateGroup", group: "G" }],
      },
    ]);
    expect(result.warnings).toEqual([
      { code: "case-drift", subject: { type: "group", name: "g" }, arguments: { written: "g", live: "G" } },
    ]);
    expect(planOf({}, [group("g")]).warnings).toEqual([]);
  });

  test("that is to be absent and is not there needs nothing, and nothing is told of it", () => {
    expect(planOf({ status: "absent", adopt: true }, [])).toMatchObject({ entries: [], warnings: [] });
  });

  test("that is exclusive and not there yet is made, with nobody to put out of it", () => {
    expect(planOf({ exclusive: true }, []).entries).toMatchObject([
      { intent: "create", changes: [{ kind: "CreateGroup" }] },
    ]);
  });

  test("that is to be absent is emptied of policies and deleted, strangers or not only where it is exclusive", () => {
    const gone = planOf({ status: "absent" }, [group("g", { policies: [READ] })], [user("ann")]);
    expect(gone.entries).toMatchObject([
      {
        intent: "delete",
        changes: [
          { kind: "DetachGroupPolicy", phase: "delete" },
          { kind: "DeleteGroup", phase: "delete" },
        ],
      },
    ]);
    const full = planOf(
      { status: "absent", exclusive: true, adopt: true },
      [group("g")],
      [user("out", { tags: {}, groups: ["g"] })],
    );
    expect(full.refusals).toMatchObject([{ code: "unmanaged-members" }]);
    expect(full.refused[0]?.changes).toMatchObject([{ kind: "DeleteGroup" }]);
  });

  test("that is external is joined and left, and else let be", () => {
    const files = { external: true, path: "/p/", policies: [CUSTOM], renamedFrom: "old" };
    expect(planOf(files, [group("g"), group("old")]).entries).toEqual([]);
    expect(planOf(files, [group("old")]).entries).toEqual([]);
  });
});

describe("a group that is renamed", () => {
  const renamed = (parts: Parts, live: Parameters<typeof group>[1]) =>
    planOf({ renamedFrom: "Old", ...parts }, [group("old", live)]).entries.flatMap(({ changes }) => changes);

  test("moves in the same call, and gets the rest after it", () => {
    expect(renamed({ path: "/p/", policies: [CUSTOM] }, { policies: [READ] })).toMatchObject([
      { kind: "DetachGroupPolicy", group: "old", policy: READ },
      { kind: "UpdateGroup", group: "old", newName: "g", newPath: "/p/" },
      { kind: "AttachGroupPolicy", group: "g", policy: CUSTOM },
    ]);
    expect(renamed({}, {}).map(({ cause: _, reach: __, phase: ___, ...write }) => write)).toEqual([
      { kind: "UpdateGroup", group: "old", newName: "g" },
    ]);
  });

  test("is so first of all that is done in its phase", () => {
    const no = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }] };
    const [first] = renamed({ inlinePolicies: { no } }, {}).filter(({ phase }) => phase === "prepare");
    expect(first).toMatchObject({ kind: "UpdateGroup" });
  });

  test("is not where the file says that it is to be absent", () => {
    const result = planOf({ status: "absent", renamedFrom: "old" }, [group("old")]);
    expect(result.entries).toEqual([]);
    expect(result.warnings).toMatchObject([{ code: "renamed-from-unknown", arguments: { from: "old" } }]);
  });
});

describe("a group that was not ours", () => {
  const out = user("out", { tags: {}, groups: ["g"] });

  test("is adopted where the file says so, and else what would change is counted", () => {
    expect(planOf({ adopt: true, path: "/p/" }, [group("g")], [out]).entries).toMatchObject([
      { intent: "adopt" },
    ]);
    expect(planOf({ path: "/p/", policies: [READ] }, [group("g")], [out]).refusals).toEqual([
      { code: "adoption", subject: { type: "group", name: "g" }, arguments: { changes: 2 } },
    ]);
  });

  test("and is ours already is only updated, and that the line has done its work is told once it has", () => {
    const ours = planOf({ adopt: true, path: "/p/" }, [group("g")], [user("ann", { groups: ["g"] })]);
    expect(ours.entries).toMatchObject([{ intent: "update" }]);
    expect(ours.warnings).toEqual([]);
    expect(planOf({ adopt: true }, [group("g")]).warnings).toEqual([
      { code: "spent-adopt", subject: { type: "group", name: "g" }, arguments: {} },
    ]);
    expect(planOf({ adopt: true }, []).warnings).toEqual([]);
    expect(planOf({}, [group("g")]).warnings).toEqual([]);
  });

  test("is ours by a member who is adopted in the same plan", () => {
    const live = state([user("bob"), user("ann", { tags: {}, groups: ["g"] })], [group("g")]);
    const files = (adopt: boolean) =>
      roster(
        [BOB, declaredUser("ann", { groups: ["g"], adopt, path: "/p/" })],
        [declaredGroup("g", { path: "/q/" })],
      );
    expect(plan(files(true), live).refusals).toEqual([]);
    expect(plan(files(false), live).refusals.map(({ code, subject }) => [code, subject?.type])).toEqual([
      ["adoption", "user"],
      ["adoption", "group"],
    ]);
  });
});

describe("a protected member", () => {
  const boss = user("Boss", { tags: {}, groups: ["g"] });
  const guarded = (parts: Parts, live: Parameters<typeof group>[1], caller?: string): Plan =>
    planned({
      roster: roster([BOB, declaredUser("ann", { groups: ["g"] })], [declaredGroup("g", parts)], {
        protected: caller === undefined ? ["boss"] : [],
      }),
      actual: state(
        [user("bob"), user("ann", { groups: ["g"] }), boss, user("out", { tags: {}, groups: ["g"] })],
        [group("g", live)],
        {
          ...(caller !== undefined && { caller }),
        },
      ),
    }).plan;
  const why = ({ refusals }: Plan) => refusals.map(({ code, arguments: details }) => [code, details]);
  const BOSS = { user: "Boss", caller: false, through: "g" };

  test.each<[string, Parts, Parameters<typeof group>[1]]>([
    ["a policy is detached", {}, { policies: [READ] }],
    ["a policy that denies is attached", { policies: ["AWSDenyAll"] }, {}],
    ["an inline policy goes", {}, { inlinePolicies: { p: {} } }],
    [
      "an inline policy is replaced",
      { inlinePolicies: { p: { Version: "x" } } },
      { inlinePolicies: { p: {} } },
    ],
    ["strangers are put out of it", { exclusive: true }, {}],
  ])("is not reduced where %s", (_, parts, live) => {
    expect(why(guarded(parts, live))).toEqual([["protected", BOSS]]);
  });

  test("may be given something, and may be in a group that moves", () => {
    expect(why(guarded({ policies: ["ReadOnlyAccess"] }, {}))).toEqual([]);
    expect(why(guarded({ path: "/p/" }, {}))).toEqual([]);
  });

  test("is the caller too, and nobody else is", () => {
    const arn = "arn:aws:iam::123456789012:user/boss";
    expect(why(guarded({}, { policies: [READ] }, arn))).toEqual([["protected", { ...BOSS, caller: true }]]);
    expect(why(guarded({}, { policies: [READ] }, "arn:aws:iam::123456789012:user/elsewhere"))).toEqual([]);
  });

  test("does not stand in the way of those who leave by themselves", () => {
    const live = state(
      [user("bob"), boss, user("out", { tags: {}, groups: ["h"] })],
      [group("g"), group("h")],
    );
    const files = roster([BOB], [declaredGroup("h", { exclusive: true, adopt: true })], {
      protected: ["boss"],
    });
    expect(steps(plan(files, live))).toMatchObject([{ kind: "RemoveUserFromGroup", user: "out" }]);
  });
});

describe("what no file speaks of", () => {
  test("is listed by name, but for what is ignored, ours or in the file", () => {
    const live = state(
      [
        user("zoe", { tags: {}, groups: ["g", "h"] }),
        user("Adam", { tags: { [OWNER_TAG]: "other" }, groups: ["h"] }),
        user("svc-x", { tags: {}, groups: ["g"] }),
        user("bob"),
        user("ours"),
      ],
      [group("zoo"), group("Apes"), group("sso-all"), group("g"), group("h")],
    );
    const files = roster([BOB], [declaredGroup("h"), declaredGroup("G"), declaredGroup("new")], {
      ignore: IGNORE,
    });
    expect(plan(files, live).unmanaged).toEqual({
      users: ["Adam", "zoe"],
      groups: ["Apes", "zoo"],
      members: [
        { user: "zoe", group: "g" },
        { user: "Adam", group: "h" },
        { user: "zoe", group: "h" },
      ],
    });
  });
});
