import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
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

  test("is closed all the same, since that takes whatever it has", () => {
    const password = { password: { createdAt: undefined, resetRequired: false } };
    const files = roster([BOB, declaredUser("ann", { adopt: true, status: "inactive" })]);
    const result = plan(files, state([user("bob"), user("ann", { tags: {}, credentials: password })], []));
    expect(result.refusals).toEqual([]);
    expect(kinds(result)).toContain("DeleteLoginProfile");
  });
});

describe("a user who was not ours", () => {
  const asked = (declared: Parameters<typeof declaredUser>[1], live: Parameters<typeof user>[1] = {}) =>
    plan(
      roster([BOB, declaredUser("ann", { access: [], ...declared })]),
      state([user("bob"), user("ann", { tags: {}, ...live })], []),
    );

  test("is taken over for free where nothing but our own tag would change", () => {
    expect(asked({})).toMatchObject({ entries: [{ intent: "adopt" }], refusals: [] });
  });

  test("is not where anything else would, and that is counted: a tag as much as a path", () => {
    const refusal = (changes: number) => [
      { code: "adoption", subject: { type: "user", name: "ann" }, arguments: { changes } },
    ];
    expect(asked({ tags: { team: "a" } }).refusals).toEqual(refusal(1));
    expect(asked({ path: "/p/" }).refusals).toEqual(refusal(1));
    expect(asked({ path: "/p/" }, { tags: { team: "a" } }).refusals).toEqual(refusal(2));
  });

  test("is not where our mark of a leaver would go, since that is more than to say whose it is", () => {
    expect(asked({}, { tags: { [DEACTIVATED_TAG]: NOW } }).refusals).toMatchObject([
      { code: "adoption", arguments: { changes: 1 } },
    ]);
  });
});

describe("what an existing user newly gets", () => {
  test("is put on at once where it denies", () => {
    const no = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }] };
    const result = plan(roster([declaredUser("bob", { inlinePolicies: { no } })]), state([user("bob")], []));
    expect(steps(result)).toMatchObject([{ kind: "PutUserPolicy", phase: "narrow" }]);
  });
});

describe("what is told of a user's credentials", () => {
  const status = { createdAt: undefined } as const;
  const credentials = {
    password: { createdAt: undefined, resetRequired: false },
    accessKeys: ["K1", "K2"].map((id) => ({ id, status: "Active" as const, ...status, lastUsed: undefined })),
    sshKeys: [
      { id: "S1", status: "Active" as const, ...status },
      { id: "S2", status: "Inactive" as const, ...status },
    ],
    serviceCredentials: [
      { id: "A1", status: "Active" as const, ...status, service: "codecommit.amazonaws.com" },
      { id: "A2", status: "Inactive" as const, ...status, service: "codecommit.amazonaws.com" },
    ],
  };
  const told = (declared: Parameters<typeof declaredUser>[1], live: Parameters<typeof user>[1] | undefined) =>
    plan(
      roster([BOB, declaredUser("ann", declared)]),
      state([user("bob"), ...(live === undefined ? [] : [user("ann", live)])], []),
    ).warnings.map(({ code, arguments: details }) => [code, details]);
  const both = ["console", "programmatic"] as const;

  test("is what stands beside the files: keys too many, and kinds that no file speaks of", () => {
    expect(told({ access: both }, { credentials })).toEqual([
      ["several-active-keys", { keys: ["K1", "K2"] }],
      ["ssh-keys", { keys: ["S1"] }],
      ["service-credentials", { credentials: ["A1 (codecommit.amazonaws.com)"] }],
    ]);
    expect(
      told({ access: ["console"] }, { credentials: { ...credentials, sshKeys: [], serviceCredentials: [] } }),
    ).toEqual([]);
  });

  test("is nothing of one active key beside another that is Inactive", () => {
    const accessKeys = (["Active", "Inactive"] as const).map((each) => ({
      id: `AKIA${each}`,
      status: each,
      createdAt: NOW,
      lastUsed: undefined,
    }));
    expect(told({ access: ["programmatic"] }, { credentials: { accessKeys } })).toEqual([]);
  });

  test("is told under the name that the user has", () => {
    const accessKeys = ["AKIA1", "AKIA2"].map(
      (id) => ({ id, status: "Active", createdAt: NOW, lastUsed: undefined }) as const,
    );
    const live = state([user("bob"), user("Ann", { credentials: { accessKeys } })], []);
    const { warnings } = plan(roster([BOB, declaredUser("ann", { access: ["programmatic"] })]), live);
    expect(warnings.filter(({ code }) => code === "several-active-keys")).toMatchObject([
      { subject: { type: "user", name: "Ann" } },
    ]);
  });

  test("is nothing where they were not read, or where the user is to be closed, deleted or left alone", () => {
    expect(told({ access: both }, { credentials: undefined })).toEqual([]);
    const accessKeys = ["AKIA1", "AKIA2"].map(
      (id) => ({ id, status: "Active", createdAt: NOW, lastUsed: undefined }) as const,
    );
    const two = { credentials: { accessKeys } };
    expect(told({ access: ["programmatic"] }, two)).toEqual([
      ["several-active-keys", { keys: ["AKIA1", "AKIA2"] }],
    ]);
    expect(told({ access: both, status: "inactive" }, { credentials })).toEqual([]);
    expect(told({ access: both, status: "inactive" }, two)).toEqual([]);
    expect(told({ access: both, status: "absent" }, two)).toEqual([]);
    expect(told({ access: both, status: "absent" }, undefined)).toEqual([]);
    expect(told({ access: both, until: "2026-01-01" }, { tags: {}, ...two })).toEqual([]);
  });

  test("says nothing of a spent line of whoever is not to be active", () => {
    expect(told({ renamedFrom: "anne", status: "inactive" }, {})).toEqual([]);
    expect(told({ renamedFrom: "anne" }, {})).toEqual([["spent-rename", { from: "anne" }]]);
    expect(told({ renamedFrom: "anne" }, undefined)).toEqual([["renamed-from-unknown", { from: "anne" }]]);
    expect(told({ adopt: true }, undefined)).toEqual([]);
  });
});

describe("an ignored group", () => {
  const warned = (status: "active" | "inactive") =>
    plan(
      roster([BOB, declaredUser("ann", { status })], [], {
        ignore: { users: [], groups: ["sso-*"], tags: [] },
      }),
      state([user("bob"), user("ann", { groups: ["sso-b", "SSO-a"] })], [group("sso-b"), group("SSO-a")]),
    ).warnings;

  test("stays with whoever is closed, and that is told; with others it is nobody's business", () => {
    const subject = { type: "user", name: "ann" };
    expect(warned("inactive")).toEqual(
      ["SSO-a", "sso-b"].map((name) => ({ code: "ignored-group-kept", subject, arguments: { group: name } })),
    );
    expect(warned("active")).toEqual([]);
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
