import { describe, expect, test } from "vitest";
import { kinds, plan, steps } from "../ask.ts";
import { declaredGroup, declaredUser, group, NOW, roster, state, user } from "../build.ts";

const BOB = declaredUser("bob");
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";

describe("a user in the file", () => {
  test("whom the settings ignore is left alone, whatever the file says", () => {
    const files = roster([BOB, declaredUser("svc-a", { path: "/p/" }), declaredUser("svc-b")], [], {
      ignore: { users: ["svc-*"], groups: [], tags: [] },
    });
    expect(plan(files, state([user("bob"), user("svc-a")], []))).toMatchObject({ entries: [], warnings: [] });
  });

  test("keeps the case of its name, and the difference is told", () => {
    const result = plan(roster([declaredUser("bob", { path: "/p/" })]), state([user("Bob")], []));
    expect(steps(result)).toMatchObject([{ kind: "UpdateUser", user: "Bob", newPath: "/p/" }]);
    expect(result.warnings).toEqual([
      {
        code: "case-drift",
        subject: { type: "user", name: "bob" },
        arguments: { written: "bob", live: "Bob" },
      },
    ]);
  });
});

describe("a line that adopts a user", () => {
  const told = (adopt: boolean, live: Parameters<typeof user>[1]) =>
    plan(roster([BOB, declaredUser("ann", { adopt })]), state([user("bob"), user("ann", live)], [])).warnings;

  test("is told once it has done its work", () => {
    expect(told(true, {})).toEqual([
      { code: "spent-adopt", subject: { type: "user", name: "ann" }, arguments: {} },
    ]);
    expect([told(false, {}), told(true, { tags: {} })]).toEqual([[], []]);
  });
});

describe("a user to adopt of whom the file does not state what access it has", () => {
  const key = (id: string, status: "Active" | "Inactive") => ({
    id,
    status,
    createdAt: NOW,
    lastUsed: undefined,
  });
  const refused = (credentials: Parameters<typeof user>[1] & {}) =>
    plan(
      roster([BOB, declaredUser("ann", { adopt: true, access: undefined })]),
      state([user("bob"), user("ann", { tags: {}, ...credentials })], []),
    ).refusals.map(({ code, arguments: details }) => [code, details]);

  test("is refused with what it has that is open, and else adopted", () => {
    const keys = [key("AKIA1", "Active"), key("AKIA2", "Inactive")];
    expect(refused({ credentials: { accessKeys: keys } })).toEqual([
      ["access-not-stated", { password: false, activeKeys: 1 }],
    ]);
    expect(refused({ credentials: { accessKeys: keys.slice(1) } })).toEqual([]);
    expect(refused({ credentials: undefined })).toEqual([]);
  });
});

describe("a user under somebody else's deny", () => {
  const held = user("ann", { policies: [DENY_ALL], groups: ["from"] });
  const live = state([held, user("bob", { groups: ["from"] })], [group("from", { policies: [CUSTOM] })]);
  const files = roster([declaredUser("ann"), BOB], [declaredGroup("from", { policies: [CUSTOM] })]);

  test("leaves a group that might deny as if it only gave, since the deny over everything stays", () => {
    expect(steps(plan(files, live))).toMatchObject([
      { kind: "RemoveUserFromGroup", user: "ann", reach: "narrows", phase: "narrow" },
      { kind: "RemoveUserFromGroup", user: "bob", reach: "either", phase: "leave" },
    ]);
  });

  test("is given nothing", () => {
    const more = roster(
      [declaredUser("ann", { groups: ["from"], policies: [CUSTOM] }), BOB],
      [declaredGroup("from", { policies: [CUSTOM] })],
    );
    expect(kinds(plan(more, state([held, user("bob")], [group("from", { policies: [CUSTOM] })])))).toEqual(
      [],
    );
  });
});
