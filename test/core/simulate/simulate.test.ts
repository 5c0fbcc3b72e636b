import { describe, expect, test } from "vitest";
import { type Change, OWNER_TAG, type PerKind } from "../../../src/core/change.ts";
import { DEFAULT_QUOTAS, type Quotas } from "../../../src/core/rules/quotas.ts";
import type { Conflict } from "../../../src/core/simulate/ledger.ts";
import { simulate, simulator } from "../../../src/core/simulate/simulate.ts";
import type { Credentials, State } from "../../../src/core/state.ts";
import { group, NOW, state, user } from "../build.ts";

const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const VIRTUAL = "arn:aws:iam::123456789012:mfa/ann";
const allow = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
const deny = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }] };

const [active, inactive] = [
  { status: "Active", createdAt: undefined },
  { status: "Inactive", createdAt: undefined },
] as const;
const service = "codecommit.amazonaws.com";
const CREDENTIALS: Credentials = {
  password: { createdAt: undefined, resetRequired: false },
  accessKeys: ["K1", "K2"].map((id) => ({ id, ...active, lastUsed: undefined })),
  sshKeys: ["S1", "S2"].map((id) => ({ id, ...active })),
  certificates: ["C1", "C2"].map((id) => ({ id, ...active })),
  serviceCredentials: ["A1", "A2"].map((id) => ({ id, ...active, service })),
  mfaDevices: [{ serial: VIRTUAL }, { serial: "GAHT12345678" }],
};

type UserParts = NonNullable<Parameters<typeof user>[1]>;
type GroupParts = NonNullable<Parameters<typeof group>[1]>;

const ANN: UserParts = {
  path: "/p/",
  boundary: READ,
  tags: { Team: "a", cost: "1" },
  groups: ["Coders", "readers"],
  policies: [READ, CUSTOM],
  inlinePolicies: { Mine: allow, other: deny },
  credentials: CREDENTIALS,
};
const CODERS: GroupParts = {
  path: "/p/",
  policies: [READ, CUSTOM],
  inlinePolicies: { Base: allow, other: deny },
};

function account(quotas: Partial<Quotas> = {}): State {
  return state(
    [user("Ann", ANN), user("bob", { groups: ["Coders"], credentials: undefined })],
    [group("Coders", CODERS), group("readers"), group("free")],
    { quotas: { ...DEFAULT_QUOTAS, ...quotas } },
  );
}

function after(change: Change): State {
  const { state: changed, conflicts } = simulate(account(), [change], NOW);
  expect(conflicts).toEqual([]);
  return changed;
}

const on = { user: "ANN" } as const;
const off = { ...on, status: "Inactive" } as const;
const of = { group: "CODERS" } as const;
const put = { name: "MINE", document: deny } as const;

/** What the change makes of Ann, or of the group that she is in; a kind that makes neither has a test of its own. */
type Row = readonly [change: Change, parts: UserParts | GroupParts];

const held = (parts: Partial<Credentials>): UserParts => ({ credentials: { ...CREDENTIALS, ...parts } });

const ROWS: PerKind<readonly Row[]> = {
  CreateUser: [],
  UpdateUser: [[{ kind: "UpdateUser", ...on, newPath: "/q/" }, { path: "/q/" }]],
  DeleteUser: [],
  TagUser: [
    [
      { kind: "TagUser", ...on, tags: [{ key: "team", value: "b" }], stamps: ["since"] },
      { tags: { team: "b", cost: "1", since: NOW } },
    ],
    [
      { kind: "TagUser", ...on, tags: [{ key: "new", value: "" }] },
      { tags: { Team: "a", cost: "1", new: "" } },
    ],
  ],
  UntagUser: [[{ kind: "UntagUser", ...on, keys: ["team", "gone"] }, { tags: { cost: "1" } }]],
  PutUserPermissionsBoundary: [
    [{ kind: "PutUserPermissionsBoundary", ...on, boundary: CUSTOM, replaces: READ }, { boundary: CUSTOM }],
  ],
  DeleteUserPermissionsBoundary: [
    [{ kind: "DeleteUserPermissionsBoundary", ...on, boundary: READ }, { boundary: undefined }],
  ],
  AddUserToGroup: [
    [{ kind: "AddUserToGroup", ...on, group: "FREE" }, { groups: ["Coders", "readers", "free"] }],
  ],
  RemoveUserFromGroup: [[{ kind: "RemoveUserFromGroup", ...on, ...of }, { groups: ["readers"] }]],
  AttachUserPolicy: [
    [{ kind: "AttachUserPolicy", ...on, policy: "arn:x" }, { policies: [READ, CUSTOM, "arn:x"] }],
  ],
  DetachUserPolicy: [[{ kind: "DetachUserPolicy", ...on, policy: READ }, { policies: [CUSTOM] }]],
  PutUserPolicy: [
    [{ kind: "PutUserPolicy", ...on, ...put }, { inlinePolicies: { MINE: deny, other: deny } }],
    [
      { kind: "PutUserPolicy", ...on, name: "new", document: allow },
      { inlinePolicies: { Mine: allow, other: deny, new: allow } },
    ],
  ],
  DeleteUserPolicy: [[{ kind: "DeleteUserPolicy", ...on, ...put }, { inlinePolicies: { other: deny } }]],
  DeleteLoginProfile: [[{ kind: "DeleteLoginProfile", ...on }, held({ password: undefined })]],
  UpdateAccessKey: [
    [
      { kind: "UpdateAccessKey", ...off, key: "K2" },
      held({ accessKeys: CREDENTIALS.accessKeys.with(1, { id: "K2", ...inactive, lastUsed: undefined }) }),
    ],
  ],
  DeleteAccessKey: [
    [{ kind: "DeleteAccessKey", ...on, key: "K2" }, held({ accessKeys: CREDENTIALS.accessKeys.slice(0, 1) })],
  ],
  UpdateSSHPublicKey: [
    [
      { kind: "UpdateSSHPublicKey", ...off, key: "S2" },
      held({ sshKeys: CREDENTIALS.sshKeys.with(1, { id: "S2", ...inactive }) }),
    ],
  ],
  DeleteSSHPublicKey: [
    [{ kind: "DeleteSSHPublicKey", ...on, key: "S2" }, held({ sshKeys: CREDENTIALS.sshKeys.slice(0, 1) })],
  ],
  UpdateSigningCertificate: [
    [
      { kind: "UpdateSigningCertificate", ...off, certificate: "C2" },
      held({ certificates: CREDENTIALS.certificates.with(1, { id: "C2", ...inactive }) }),
    ],
  ],
  DeleteSigningCertificate: [
    [
      { kind: "DeleteSigningCertificate", ...on, certificate: "C2" },
      held({ certificates: CREDENTIALS.certificates.slice(0, 1) }),
    ],
  ],
  UpdateServiceSpecificCredential: [
    [
      { kind: "UpdateServiceSpecificCredential", ...off, credential: "A2", service },
      held({
        serviceCredentials: CREDENTIALS.serviceCredentials.with(1, { id: "A2", ...inactive, service }),
      }),
    ],
  ],
  DeleteServiceSpecificCredential: [
    [
      { kind: "DeleteServiceSpecificCredential", ...on, credential: "A2", service },
      held({ serviceCredentials: CREDENTIALS.serviceCredentials.slice(0, 1) }),
    ],
  ],
  DeactivateMFADevice: [
    [
      { kind: "DeactivateMFADevice", ...on, serial: VIRTUAL },
      held({ mfaDevices: [{ serial: "GAHT12345678" }] }),
    ],
  ],
  DeleteVirtualMFADevice: [[{ kind: "DeleteVirtualMFADevice", ...on, serial: VIRTUAL }, {}]],
  IssuePassword: [],
  IssueKey: [],
  CreateGroup: [],
  UpdateGroup: [[{ kind: "UpdateGroup", ...of, newPath: "/q/" }, { path: "/q/" }]],
  DeleteGroup: [],
  AttachGroupPolicy: [
    [{ kind: "AttachGroupPolicy", ...of, policy: "arn:x" }, { policies: [READ, CUSTOM, "arn:x"] }],
  ],
  DetachGroupPolicy: [[{ kind: "DetachGroupPolicy", ...of, policy: READ }, { policies: [CUSTOM] }]],
  PutGroupPolicy: [
    [
      { kind: "PutGroupPolicy", ...of, name: "BASE", document: deny },
      { inlinePolicies: { BASE: deny, other: deny } },
    ],
    [
      { kind: "PutGroupPolicy", ...of, name: "new", document: allow },
      { inlinePolicies: { Base: allow, other: deny, new: allow } },
    ],
  ],
  DeleteGroupPolicy: [
    [
      { kind: "DeleteGroupPolicy", ...of, name: "BASE", document: allow },
      { inlinePolicies: { other: deny } },
    ],
  ],
};

const ALL = Object.entries(ROWS).flatMap(([kind, rows]) =>
  rows.map((row, index) => [`${kind} ${index + 1}`, row] as const),
);

describe("each change does what it says, and nothing else", () => {
  test.each(ALL)("%s", (_, [change, parts]) => {
    const { users, groups } = after(change);
    if ("user" in change) expect(users.get("ann")).toEqual(user("Ann", { ...ANN, ...(parts as UserParts) }));
    else expect(groups.get("coders")).toEqual(group("Coders", { ...CODERS, ...parts }));
    expect(users.get("bob")).toEqual(account().users.get("bob"));
    expect(groups.get("free")).toEqual(account().groups.get("free"));
  });

  test("on credentials leaves alone whose were not read", () => {
    const { users } = after({ kind: "DeleteLoginProfile", user: "bob" });
    expect(users.get("bob")?.credentials).toBeUndefined();
  });
});

describe("who or what is new", () => {
  test("has what it was made with, no unique id yet, and no credentials", () => {
    const tags = [{ key: OWNER_TAG, value: "o" }];
    const { users, groups } = simulate(
      account(),
      [
        { kind: "CreateUser", user: "New", path: "/q/", tags, boundary: READ },
        { kind: "CreateGroup", group: "Made", path: "/q/" },
      ],
      NOW,
    ).state;
    const made = { id: undefined, createdAt: undefined, reported: undefined };
    expect(users.get("new")).toEqual(
      user("New", { ...made, path: "/q/", tags: { [OWNER_TAG]: "o" }, boundary: READ }),
    );
    expect(groups.get("made")).toEqual({ ...group("Made", { path: "/q/" }), id: undefined });
  });
});

describe("who or what is renamed", () => {
  test("is there under the new name only, in its groups as before", () => {
    const simulation = simulator(account());
    expect(simulation.apply({ kind: "UpdateUser", user: "ann", newName: "Emma" }, NOW)).toBeUndefined();
    expect(simulation.user("ann")).toBeUndefined();
    expect(simulation.user("EMMA")).toMatchObject({ name: "Emma", path: "/p/" });
    expect(simulation.membersOf("coders").map(({ name }) => name)).toEqual(["bob", "Emma"]);
    expect(simulation.membersOf("readers").map(({ name }) => name)).toEqual(["Emma"]);
  });

  test("takes its members along, where it is a group", () => {
    const simulation = simulator(account());
    expect(
      simulation.apply({ kind: "UpdateGroup", group: "coders", newName: "Builders" }, NOW),
    ).toBeUndefined();
    expect(simulation.group("coders")).toBeUndefined();
    expect(simulation.group("builders")).toMatchObject({ name: "Builders", path: "/p/" });
    expect(simulation.membersOf("builders").map(({ name }) => name)).toEqual(["Ann", "bob"]);
    expect(simulation.membersOf("coders")).toEqual([]);
    expect(simulation.user("ann")?.groups).toEqual(
      new Map([
        ["readers", "readers"],
        ["builders", "Builders"],
      ]),
    );
  });

  test("may only change the case of its name, and keeps its members too", () => {
    const simulation = simulator(account());
    expect(simulation.apply({ kind: "UpdateUser", user: "ann", newName: "ANN" }, NOW)).toBeUndefined();
    expect(
      simulation.apply({ kind: "UpdateGroup", group: "coders", newName: "CODERS" }, NOW),
    ).toBeUndefined();
    expect(simulation.membersOf("coders").map(({ name }) => name)).toEqual(["bob", "ANN"]);
    expect(simulation.user("ann")?.groups.get("coders")).toBe("CODERS");
  });
});

describe("the members of a group", () => {
  test("are those who have joined and not left, whatever else happened to them", () => {
    const simulation = simulator(account());
    const members = (name: string): readonly string[] => simulation.membersOf(name).map((each) => each.name);
    simulation.apply({ kind: "RemoveUserFromGroup", user: "bob", group: "free" }, NOW);
    expect(members("free")).toEqual([]);
    simulation.apply({ kind: "AddUserToGroup", user: "bob", group: "FREE" }, NOW);
    simulation.apply({ kind: "AddUserToGroup", user: "ann", group: "free" }, NOW);
    expect(members("Free")).toEqual(["bob", "Ann"]);
    simulation.apply({ kind: "RemoveUserFromGroup", user: "BOB", group: "free" }, NOW);
    simulation.apply({ kind: "RemoveUserFromGroup", user: "bob", group: "readers" }, NOW);
    expect([members("free"), members("readers"), members("nowhere")]).toEqual([["Ann"], ["Ann"], []]);
  });
});

describe("a credential that is issued", () => {
  const to = [{ type: "age", fingerprint: "age1x", source: "age1x" }] as const;
  const password: Change = { kind: "IssuePassword", ...on, to };
  const key: Change = { kind: "IssueKey", ...on, to, before: CREDENTIALS.accessKeys.map(({ id }) => id) };
  const issued = (change: Change, parts: UserParts) =>
    simulate(state([user("Ann", { tags: {}, ...parts })], []), [change], NOW);
  const tagsOf = (result: ReturnType<typeof issued>): readonly string[] =>
    [...(result.state.users.get("ann")?.tags.values() ?? [])].map(
      ({ key: name, value }) => `${name}=${value}`,
    );

  test("is there, to be changed at once, and its note tells when and to whom", () => {
    const first = issued(password, {});
    expect(first.state.users.get("ann")?.credentials?.password).toEqual({
      createdAt: NOW,
      resetRequired: true,
    });
    expect(tagsOf(first)).toEqual([`iam-roster:password=issued ${NOW} age1x`]);
    const since = "2020-01-01T00:00:00Z";
    const again = issued(
      { ...password, token: "2" },
      { credentials: { password: { createdAt: since, resetRequired: false } } },
    );
    expect(again.state.users.get("ann")?.credentials?.password).toEqual({
      createdAt: since,
      resetRequired: true,
    });
    expect(tagsOf(again)).toContain("iam-roster:reset-password=2");
  });

  test("comes beside what is there", () => {
    const old = { id: "AKIA1", status: "Active", createdAt: NOW, lastUsed: undefined } as const;
    const made = issued(key, { credentials: { accessKeys: [old] } });
    const keys = made.state.users.get("ann")?.credentials?.accessKeys ?? [];
    expect(keys.map(({ id, status }) => `${id} ${status}`)).toEqual([
      "AKIA1 Active",
      "AKIANNNNNNNNNNNNNNN1 Active",
    ]);
    expect(tagsOf(made)).toEqual([`iam-roster:key=issued ${NOW} AKIANNNNNNNNNNNNNNN1 age1x`]);
  });

  test("is none where IAM allows no third key, or no fifty-first tag", () => {
    const two = ["AKIA1", "AKIA2"].map(
      (id) => ({ id, status: "Inactive", createdAt: NOW, lastUsed: NOW }) as const,
    );
    expect(issued(key, { credentials: { accessKeys: two } }).conflicts).toMatchObject([
      { conflict: { error: "LimitExceeded", quota: "accessKeysPerUser", most: 2 } },
    ]);
    const most = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`t${index}`, ""]));
    expect(issued(password, { tags: most }).conflicts).toEqual([]);
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, ""]));
    expect(issued(password, { tags }).conflicts).toMatchObject([
      { conflict: { error: "LimitExceeded", quota: "tagsPerUser", most: 50 } },
    ]);
  });

  test("is not known of a user whose credentials nobody looked at, but its note is", () => {
    const made = issued(key, { credentials: undefined });
    expect(made.state.users.get("ann")?.credentials).toBeUndefined();
    expect(tagsOf(made)).toEqual([`iam-roster:key=issued ${NOW} AKIANNNNNNNNNNNNNNN0 age1x`]);
  });
});

describe("deletion", () => {
  test("takes a user without children, and a group without members and policies", () => {
    const alone = state([user("ann")], [group("g")]);
    const changes: readonly Change[] = [
      { kind: "DeleteUser", user: "ANN" },
      { kind: "DeleteGroup", group: "G" },
    ];
    const { state: left, conflicts } = simulate(alone, changes, NOW);
    expect([left.users.size, left.groups.size, conflicts]).toEqual([0, 0, []]);
    // Who is gone already is no conflict.
    expect(simulate(left, changes, NOW).conflicts).toEqual([]);
  });

  test.each<[string, UserParts]>([
    ["a group", { groups: ["g"] }],
    ["a policy", { policies: [READ] }],
    ["an inline policy", { inlinePolicies: { p: allow } }],
    ["a password", { credentials: { password: CREDENTIALS.password } }],
    ["an access key", { credentials: { accessKeys: CREDENTIALS.accessKeys.slice(1) } }],
    ["an SSH key", { credentials: { sshKeys: CREDENTIALS.sshKeys.slice(1) } }],
    ["a certificate", { credentials: { certificates: CREDENTIALS.certificates.slice(1) } }],
    [
      "a service credential",
      { credentials: { serviceCredentials: CREDENTIALS.serviceCredentials.slice(1) } },
    ],
    ["an MFA device", { credentials: { mfaDevices: CREDENTIALS.mfaDevices.slice(1) } }],
  ])("leaves a user who has %s", (_, parts) => {
    const live = state([user("ann", parts)], [group("g")]);
    const { state: left, conflicts } = simulate(live, [{ kind: "DeleteUser", user: "ann" }], NOW);
    expect(conflicts.map(({ conflict }) => conflict)).toEqual([{ error: "DeleteConflict", members: [] }]);
    expect(left.users).toEqual(live.users);
  });

  test("takes a user of whose credentials nothing was read", () => {
    const live = state([user("ann", { credentials: undefined })], []);
    expect(simulate(live, [{ kind: "DeleteUser", user: "ann" }], NOW).conflicts).toEqual([]);
  });

  test.each<[string, GroupParts, readonly string[]]>([
    ["members", {}, ["Ann", "bob"]],
    ["a policy", { policies: [READ] }, []],
    ["an inline policy", { inlinePolicies: { p: allow } }, []],
  ])("leaves a group that has %s", (_, parts, members) => {
    const users = members.map((name) => user(name, { groups: ["g"] }));
    const live = state(users, [group("g", parts)]);
    const { state: left, conflicts } = simulate(live, [{ kind: "DeleteGroup", group: "g" }], NOW);
    expect(conflicts.map(({ conflict }) => conflict)).toEqual([{ error: "DeleteConflict", members }]);
    expect(left.groups).toEqual(live.groups);
  });
});

const missing = (type: "user" | "group", name: string): Conflict => ({
  error: "NoSuchEntity",
  subject: { type, name },
});
const taken = (type: "user" | "group", name: string): Conflict => ({
  error: "EntityAlreadyExists",
  subject: { type, name },
});
const full = (quota: keyof Quotas | "tagsPerUser", most: number): Conflict => ({
  error: "LimitExceeded",
  quota,
  most,
});
const fifty = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: "" }));

describe("what IAM would refuse is told, and leaves everything as it was", () => {
  test.each<[Conflict, Change, Partial<Quotas>?]>([
    [taken("user", "ANN"), { kind: "CreateUser", user: "ANN", path: "/", tags: [] }],
    [full("users", 2), { kind: "CreateUser", user: "new", path: "/", tags: [] }, { users: 2 }],
    [missing("user", "gone"), { kind: "UpdateUser", user: "gone", newPath: "/" }],
    [taken("user", "BOB"), { kind: "UpdateUser", user: "ann", newName: "BOB" }],
    [missing("user", "gone"), { kind: "TagUser", user: "gone", tags: [] }],
    [full("tagsPerUser", 50), { kind: "TagUser", user: "bob", tags: fifty }],
    [missing("group", "gone"), { kind: "AddUserToGroup", user: "ann", group: "gone" }],
    [missing("user", "gone"), { kind: "AddUserToGroup", user: "gone", group: "free" }],
    [full("groupsPerUser", 2), { kind: "AddUserToGroup", ...on, group: "free" }, { groupsPerUser: 2 }],
    [missing("group", "gone"), { kind: "RemoveUserFromGroup", user: "ann", group: "gone" }],
    [missing("user", "gone"), { kind: "RemoveUserFromGroup", user: "gone", group: "free" }],
    [
      full("policiesPerUser", 2),
      { kind: "AttachUserPolicy", ...on, policy: "arn:x" },
      { policiesPerUser: 2 },
    ],
    [
      full("userPolicySize", 100),
      { kind: "PutUserPolicy", ...on, name: "new", document: allow },
      { userPolicySize: 100 },
    ],
    [taken("group", "FREE"), { kind: "CreateGroup", group: "FREE", path: "/" }],
    [full("groups", 3), { kind: "CreateGroup", group: "new", path: "/" }, { groups: 3 }],
    [missing("group", "gone"), { kind: "UpdateGroup", group: "gone", newPath: "/" }],
    [taken("group", "Free"), { kind: "UpdateGroup", ...of, newName: "Free" }],
    [missing("group", "gone"), { kind: "AttachGroupPolicy", group: "gone", policy: READ }],
    [
      full("policiesPerGroup", 2),
      { kind: "AttachGroupPolicy", ...of, policy: "arn:x" },
      { policiesPerGroup: 2 },
    ],
    [
      full("groupPolicySize", 100),
      { kind: "PutGroupPolicy", ...of, name: "new", document: allow },
      { groupPolicySize: 100 },
    ],
  ])("%j to %j", (conflict, change, quotas) => {
    const before = account(quotas);
    const { state: left, conflicts } = simulate(before, [change], NOW);
    expect(conflicts).toEqual([{ change, conflict }]);
    expect(left).toEqual(before);
  });

  test("but a quota may be filled to the last", () => {
    const quotas = { users: 3, groups: 4, groupsPerUser: 3, policiesPerUser: 3, policiesPerGroup: 3 };
    const { conflicts } = simulate(
      account(quotas),
      [
        { kind: "CreateUser", user: "new", path: "/", tags: fifty },
        { kind: "CreateGroup", group: "new", path: "/" },
        { kind: "AddUserToGroup", user: "ann", group: "new" },
        { kind: "AttachUserPolicy", ...on, policy: "arn:x" },
        { kind: "AttachGroupPolicy", ...of, policy: "arn:x" },
        // What is there already fills no place.
        { kind: "AddUserToGroup", user: "ann", group: "new" },
        { kind: "AttachUserPolicy", ...on, policy: "arn:x" },
      ],
      NOW,
    );
    expect(conflicts).toEqual([]);
  });
});
