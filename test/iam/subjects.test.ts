import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, test } from "vitest";

import { connect } from "./connect.ts";

const DENY = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] };
const MFA = "arn:aws:iam::123456789012:mfa/emily";

const STATE = {
  groups: [
    {
      name: "Admins",
      path: "/team/",
      policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      inlinePolicies: { Deny: DENY },
    },
    { name: "readers" },
  ],
  users: [
    {
      name: "Emily",
      id: "AIDAEMILY",
      path: "/people/",
      createdAt: "2026-01-01T00:00:00Z",
      tags: { Team: "platform" },
      boundary: "arn:aws:iam::aws:policy/PowerUserAccess",
      groups: ["Admins", "readers"],
      policies: ["arn:aws:iam::aws:policy/AWSDenyAll"],
      inlinePolicies: { one: DENY, two: DENY },
      password: { createdAt: "2026-02-01T00:00:00Z", resetRequired: true },
      accessKeys: [
        {
          id: "AKIAONE0000000000000",
          createdAt: "2026-02-02T00:00:00Z",
          lastUsed: { at: "2026-02-03T00:00:00Z", region: "us-east-1", service: "s3" },
        },
        { id: "AKIATWO0000000000000", status: "Inactive" as const, createdAt: "2026-02-04T00:00:00Z" },
      ],
      sshKeys: [{ id: "APKAONE0000000000000", createdAt: "2026-02-05T00:00:00Z" }, {}],
      certificates: [{ id: "CERTIFICATEONE0000000000", createdAt: "2026-02-06T00:00:00Z" }, {}],
      serviceCredentials: [
        { id: "ACCAONE00000000000000", createdAt: "2026-02-07T00:00:00Z", status: "Inactive" as const },
        { service: "cassandra.amazonaws.com" },
      ],
      mfaDevices: [{ serial: MFA }, { serial: "GAHT12345678" }],
    },
    { name: "nothing" },
  ],
};

const EMILYS = {
  password: { createdAt: "2026-02-01T00:00:00Z", resetRequired: true },
  accessKeys: [
    {
      id: "AKIAONE0000000000000",
      status: "Active",
      createdAt: "2026-02-02T00:00:00Z",
      lastUsed: "2026-02-03T00:00:00Z",
    },
    {
      id: "AKIATWO0000000000000",
      status: "Inactive",
      createdAt: "2026-02-04T00:00:00Z",
      lastUsed: undefined,
    },
  ],
  sshKeys: expect.arrayContaining([
    { id: "APKAONE0000000000000", status: "Active", createdAt: "2026-02-05T00:00:00Z" },
  ]),
  certificates: expect.arrayContaining([
    { id: "CERTIFICATEONE0000000000", status: "Active", createdAt: "2026-02-06T00:00:00Z" },
  ]),
  serviceCredentials: expect.arrayContaining([
    {
      id: "ACCAONE00000000000000",
      status: "Inactive",
      createdAt: "2026-02-07T00:00:00Z",
      service: "codecommit.amazonaws.com",
    },
  ]),
  mfaDevices: expect.arrayContaining([{ serial: MFA }, { serial: "GAHT12345678" }]),
};

test("credentials are of every kind, over all pages", async () => {
  const { read } = await connect({ state: STATE, faults: [{ kind: "short-page", items: 1 }] });
  const credentials = await read.credentials("emily");
  expect(credentials).toEqual(EMILYS);
  expect([credentials?.sshKeys.length, credentials?.certificates.length]).toEqual([2, 2]);
  expect([credentials?.serviceCredentials.length, credentials?.mfaDevices.length]).toEqual([2, 2]);
});

test("a user without a password has credentials without one; who is gone has none", async () => {
  const { read } = await connect({ state: STATE });
  expect(await read.credentials("nothing")).toEqual({
    password: undefined,
    accessKeys: [],
    sshKeys: [],
    certificates: [],
    serviceCredentials: [],
    mfaDevices: [],
  });
  expect(await read.credentials("nobody")).toBeUndefined();
});

test.each([
  "GetLoginProfile",
  "ListAccessKeys",
  "GetAccessKeyLastUsed",
  "ListSSHPublicKeys",
  "ListSigningCertificates",
  "ListServiceSpecificCredentials",
  "ListMFADevices",
])("without %s there are no credentials but an error", async (operation) => {
  const { read } = await connect({
    state: STATE,
    faults: [{ kind: "access-denied", operations: [operation] }],
  });
  await expect(read.credentials("Emily")).rejects.toMatchObject({ code: "AccessDenied", operation });
});

test("ten calls are in flight and never more, however many users are read", async () => {
  const users = Array.from({ length: 20 }, (_, index) => ({ name: `user${index}` }));
  const { read, sandbox } = await connect({ state: { users } });
  // The first ten are held until the tenth is there, and a little longer, in which an eleventh would come.
  const tenth = Promise.withResolvers<void>();
  for (let number = 1; number < 10; number += 1) sandbox.before(number, () => tenth.promise);
  sandbox.before(10, async () => {
    await sleep(20);
    tenth.resolve();
  });
  await Promise.all(users.map(({ name }) => read.credentials(name)));
  expect(Math.max(...sandbox.calls.map((call) => call.concurrency))).toBe(10);
});

test("a user afresh is as IAM spells it, with credentials and without the report", async () => {
  const { read } = await connect({ state: STATE, faults: [{ kind: "short-page", items: 1 }] });
  expect(await read.user("EMILY")).toEqual({
    name: "Emily",
    id: "AIDAEMILY",
    createdAt: "2026-01-01T00:00:00Z",
    path: "/people/",
    tags: new Map([["team", { key: "Team", value: "platform" }]]),
    boundary: "arn:aws:iam::aws:policy/PowerUserAccess",
    groups: new Map([
      ["admins", "Admins"],
      ["readers", "readers"],
    ]),
    policies: new Set(["arn:aws:iam::aws:policy/AWSDenyAll"]),
    inlinePolicies: new Map([
      ["one", { name: "one", document: DENY }],
      ["two", { name: "two", document: DENY }],
    ]),
    credentials: EMILYS,
    reported: undefined,
  });
});

test("a user and the snapshot agree on all but credentials and report", async () => {
  const { read } = await connect({ state: STATE });
  const { state } = await read.snapshot();
  const unread = { credentials: undefined, reported: undefined };
  expect({ ...(await read.user("Emily")), ...unread }).toEqual({ ...state.users.get("emily"), ...unread });
  expect(await read.group("ADMINS")).toEqual(state.groups.get("admins"));
});

test("a user or group that is not there is undefined", async () => {
  const { read } = await connect({ state: STATE });
  expect(await read.user("nobody")).toBeUndefined();
  expect(await read.group("nobody")).toBeUndefined();
});

test("a user who goes while being read is undefined", async () => {
  const { read, sandbox } = await connect({ state: { users: [{ name: "emily" }] } });
  sandbox.before("ListGroupsForUser", () => sandbox.act("DeleteUser", { UserName: "emily" }));
  expect(await read.user("emily")).toBeUndefined();
});

test("a user whose credentials are gone is gone", async () => {
  const faults = [{ kind: "error", code: "NoSuchEntity", operations: ["ListAccessKeys"] }] as const;
  const { read } = await connect({ state: STATE, faults });
  expect(await read.user("Emily")).toBeUndefined();
});

test("an inline policy that goes while its user is read is left out", async () => {
  const { read, sandbox } = await connect({ state: STATE });
  sandbox.before("GetUserPolicy", () =>
    sandbox.act("DeleteUserPolicy", { UserName: "Emily", PolicyName: "two" }),
  );
  expect([...((await read.user("Emily"))?.inlinePolicies.keys() ?? [])]).toEqual(["one"]);
});

test.each(["GetUser", "ListGroupsForUser", "ListAttachedUserPolicies", "ListUserPolicies", "GetUserPolicy"])(
  "without %s there is no user but an error",
  async (operation) => {
    const { read } = await connect({
      state: STATE,
      faults: [{ kind: "access-denied", operations: [operation] }],
    });
    await expect(read.user("Emily")).rejects.toMatchObject({ code: "AccessDenied", operation });
  },
);

test.each(["GetGroup", "ListAttachedGroupPolicies", "ListGroupPolicies", "GetGroupPolicy"])(
  "without %s there is no group but an error",
  async (operation) => {
    const { read } = await connect({
      state: STATE,
      faults: [{ kind: "access-denied", operations: [operation] }],
    });
    await expect(read.group("Admins")).rejects.toMatchObject({ code: "AccessDenied", operation });
  },
);

test("a group's members are read whole, page by page; of a group that is not there, nobody", async () => {
  const { read } = await connect({
    state: {
      groups: [{ name: "readers" }],
      users: ["ann", "bob", "cat"].map((name) => ({ name, groups: ["readers"] })),
    },
    faults: [{ kind: "short-page", items: 1 }],
  });
  expect(await read.members("readers")).toEqual(["ann", "bob", "cat"]);
  expect(await read.members("writers")).toEqual([]);
});

describe("a policy", () => {
  const BASE = "arn:aws:iam::123456789012:policy/team/base";
  const document = {
    Version: "2012-10-17",
    Statement: [
      { Sid: "All", Effect: "Allow", Action: "iam:*", Resource: "arn:aws:iam::123456789012:user/a%2Fé" },
    ],
  };
  const account = (): ReturnType<typeof connect> =>
    connect({ state: { policies: [{ name: "base", path: "/team/", document }] } });

  test("of the account's is there with what it says, or is not there", async () => {
    const { read } = await account();
    expect(await read.policy(BASE)).toEqual({ document });
    expect(await read.policy("arn:aws:iam::123456789012:policy/base")).toBeUndefined();
  });

  test("of AWS's own is there or not, and what it says is not asked", async () => {
    const { read, operations } = await account();
    expect(await read.policy("arn:aws:iam::aws:policy/AWSDenyAll")).toEqual({ document: undefined });
    expect(await read.policy("arn:aws:iam::aws:policy/AWSDenyAlll")).toBeUndefined();
    expect(operations()).toEqual(["GetPolicy", "GetPolicy"]);
  });

  test.each(["GetPolicy", "GetPolicyVersion"])("that %s may not show is an error", async (operation) => {
    const { read, sandbox } = await account();
    sandbox.setFaults([{ kind: "access-denied", operations: [operation] }]);
    await expect(read.policy(BASE)).rejects.toMatchObject({ code: "AccessDenied", operation });
  });

  test("whose version is gone when it is asked for is an error, and not a policy that is not there", async () => {
    const { read, sandbox } = await account();
    sandbox.setFaults([{ kind: "error", code: "NoSuchEntity", operations: ["GetPolicyVersion"] }]);
    await expect(read.policy(BASE)).rejects.toMatchObject({
      code: "NoSuchEntity",
      operation: "GetPolicyVersion",
    });
  });
});
