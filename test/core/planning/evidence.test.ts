import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import { afterOf, evidenceOf } from "../../../src/core/planning/evidence.ts";
import type { Credentials, Reported } from "../../../src/core/state.ts";
import { plan } from "../ask.ts";
import { declaredGroup, declaredUser, group, OURS, roster, state, user } from "../build.ts";

const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const allow = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
const CLOSED = { ...OURS, [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" };
const on = { status: "Active", createdAt: undefined } as const;
const off = { status: "Inactive", createdAt: undefined } as const;
const key = (id: string, status: "Active" | "Inactive", lastUsed?: string) => ({
  id,
  status,
  createdAt: undefined,
  lastUsed,
});

const REPORTED: Reported = {
  password: true,
  passwordLastUsed: "2026-05-05T00:00:00Z",
  mfa: true,
  activeKeys: 2,
  keyLastUsed: "2026-03-03T00:00:00Z",
  keys: [],
  activeCertificates: 1,
};

const CREDENTIALS: Credentials = {
  password: undefined,
  accessKeys: [
    key("K1", "Active", "2026-01-01T00:00:00Z"),
    key("K2", "Inactive", "2026-04-04T00:00:00+02:00"),
    key("K3", "Active", "2026-04-03T23:30:00Z"),
    key("K4", "Active"),
  ],
  sshKeys: [
    { id: "S1", ...on },
    { id: "S2", ...off },
  ],
  certificates: [{ id: "C1", ...on }],
  serviceCredentials: [
    { id: "A1", ...on, service: "s" },
    { id: "A2", ...off, service: "s" },
  ],
  mfaDevices: [],
};

describe("what is known of a user", () => {
  test("is what was read of it, where that was read, and the report's times beside it", () => {
    expect(evidenceOf(user("ann", { reported: REPORTED, credentials: CREDENTIALS }))).toEqual({
      createdAt: "2025-01-01T00:00:00Z",
      password: false,
      passwordLastUsed: "2026-05-05T00:00:00Z",
      activeKeys: 3,
      keyLastUsed: "2026-04-03T23:30:00Z",
      mfa: false,
      otherCredentials: 3,
    });
    const device = {
      mfaDevices: [{ serial: "GAHT12345678" }],
      password: { createdAt: undefined, resetRequired: false },
    };
    expect(evidenceOf(user("ann", { credentials: device }))).toMatchObject({ mfa: true, password: true });
  });

  test("is what the report says, where nothing else was read", () => {
    expect(evidenceOf(user("ann", { reported: REPORTED, credentials: undefined }))).toEqual({
      createdAt: "2025-01-01T00:00:00Z",
      password: true,
      passwordLastUsed: "2026-05-05T00:00:00Z",
      activeKeys: 2,
      keyLastUsed: "2026-03-03T00:00:00Z",
      mfa: true,
      otherCredentials: undefined,
    });
  });

  test("is nothing but its creation where there is no report either, and nothing of who is not there", () => {
    expect(evidenceOf(user("ann", { reported: undefined, credentials: undefined }))).toEqual({
      createdAt: "2025-01-01T00:00:00Z",
      password: undefined,
      passwordLastUsed: undefined,
      activeKeys: undefined,
      keyLastUsed: undefined,
      mfa: undefined,
      otherCredentials: undefined,
    });
    expect(evidenceOf(undefined)).toBeUndefined();
  });
});

test("the members of a group are told with the group, and not with a user of the same name", () => {
  const live = state(
    [user("same", { path: "/x/" }), user("ann", { groups: ["same"] })],
    [group("same", { path: "/x/" })],
  );
  const files = roster(
    [declaredUser("same"), declaredUser("ann", { groups: ["same"] })],
    [declaredGroup("same")],
  );
  expect(plan(files, live).entries.map(({ subject, members }) => [subject.type, members])).toEqual([
    ["user", undefined],
    ["group", { managed: ["ann"], others: [] }],
  ]);
});

describe("what holds afterwards", () => {
  test("is told whole, by name", () => {
    const after = user("ann", {
      groups: ["Zoo", "apes"],
      policies: [READ, DENY_ALL, CUSTOM],
      inlinePolicies: { zeta: allow, Alpha: allow },
      boundary: CUSTOM,
      credentials: CREDENTIALS,
    });
    const declared = declaredUser("ann", {
      until: "2027-01-01",
      groups: ["apes", { group: "zoo", until: "2026-12-31" }],
    });
    expect(afterOf(after, declared)).toEqual({
      status: "held",
      groups: [
        { group: "apes", until: undefined },
        { group: "Zoo", until: "2026-12-31" },
      ],
      policies: [CUSTOM, READ],
      inlinePolicies: ["Alpha", "zeta"],
      access: ["programmatic"],
      boundary: CUSTOM,
      until: "2027-01-01",
    });
  });

  test("is that nobody is there, once deleted", () => {
    expect(afterOf(undefined, declaredUser("ann", { until: "2027-01-01" }))).toEqual({
      status: "deleted",
      groups: [],
      policies: [],
      inlinePolicies: [],
      access: [],
      boundary: undefined,
      until: undefined,
    });
  });

  test("has no end where the user is not active, or no file names it", () => {
    const closed = user("ann", { tags: CLOSED, policies: [DENY_ALL], groups: ["sso"] });
    expect(afterOf(closed, declaredUser("ann", { status: "inactive", until: "2027-01-01" }))).toMatchObject({
      status: "deactivated",
      until: undefined,
    });
    expect(afterOf(closed, undefined)).toMatchObject({
      until: undefined,
      groups: [{ group: "sso", until: undefined }],
    });
  });

  test("is access by what was read, else by what the file says", () => {
    const password = { createdAt: undefined, resetRequired: false };
    const access = (credentials: Partial<Credentials> | undefined, declared = declaredUser("ann")) =>
      afterOf(user("ann", { credentials }), declared).access;
    const asked = declaredUser("ann", { access: ["console", "programmatic"] });
    expect(access({ password, accessKeys: [key("K1", "Inactive"), key("K2", "Active")] })).toEqual([
      "console",
      "programmatic",
    ]);
    expect(access({ password, accessKeys: [key("K1", "Inactive")] }, asked)).toEqual(["console"]);
    expect(access({}, asked)).toEqual([]);
    expect(access(undefined, asked)).toEqual(["console", "programmatic"]);
    expect(access(undefined)).toEqual([]);
    expect(afterOf(user("ann", { credentials: undefined }), undefined).access).toEqual([]);
  });
});
