import type { Change, ChangeKind, Intent, PerKind, Reach, Subject } from "../../src/core/change.ts";
import type { After, Entry, Evidence, Plan, PlannedChange } from "../../src/core/plan.ts";
import type { Refusal, RefusalArguments, RefusalCode, Warning, WarningCode } from "../../src/core/refusal.ts";

/*
 * Plans made by hand: what the planner would give, and more than it would ever give at once.
 */

export const EMPTY: Plan = {
  account: { id: "123456789012", partition: "aws", alias: "acme" },
  entries: [],
  refused: [],
  grants: [],
  privileged: [],
  refusals: [],
  warnings: [],
  unmanaged: { users: [], groups: [], members: [] },
  digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};

export const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const POWER = "arn:aws:iam::aws:policy/PowerUserAccess";
const TEAM_BASE = "arn:aws:iam::123456789012:policy/team/base";
const BOUNDARY = "arn:aws:iam::123456789012:policy/machine-boundary";

export function planned(
  change: Change,
  reach: Reach,
  cause: PlannedChange["cause"] = "requested",
): PlannedChange {
  return { ...change, cause, reach } as PlannedChange;
}

export function user(name: string): Subject {
  return { type: "user", name };
}

export function group(name: string): Subject {
  return { type: "group", name };
}

export function entry(subject: Subject, intent: Intent, changes: readonly PlannedChange[]): Entry {
  return {
    subject,
    intent,
    id: intent === "create" ? undefined : "AIDAEXAMPLE",
    changes,
    evidence: undefined,
    after: undefined,
  };
}

export const ALICE_KNOWN: Evidence = {
  createdAt: "2024-03-01T09:30:00Z",
  password: true,
  passwordLastUsed: "2026-11-02T08:00:00Z",
  activeKeys: 1,
  keyLastUsed: "2026-10-30T23:59:59Z",
  mfa: false,
  otherCredentials: 2,
};

export const NOTHING_LEFT: After = {
  status: "deactivated",
  groups: [],
  policies: [DENY_ALL],
  inlinePolicies: [],
  access: [],
  boundary: undefined,
  until: undefined,
};

export const deactivateAlice: Entry = {
  ...entry(user("alice"), "deactivate", [
    planned({ kind: "AttachUserPolicy", user: "alice", policy: DENY_ALL }, "narrows"),
    planned(
      { kind: "UpdateAccessKey", user: "alice", key: "AKIAIOSFODNN7EXAMPLE", status: "Inactive" },
      "narrows",
    ),
    planned({ kind: "DeleteLoginProfile", user: "alice" }, "narrows"),
    planned({ kind: "RemoveUserFromGroup", user: "alice", group: "administrators" }, "narrows"),
    planned({ kind: "TagUser", user: "alice", tags: [], stamps: ["iam-roster:deactivated"] }, "keeps"),
  ]),
  evidence: ALICE_KNOWN,
  after: NOTHING_LEFT,
};

export const createEmily: Entry = {
  ...entry(user("emily"), "create", [
    planned(
      {
        kind: "CreateUser",
        user: "emily",
        path: "/",
        tags: [
          { key: "iam-roster:owner", value: "acme/access" },
          { key: "team", value: "platform" },
        ],
      },
      "broadens",
    ),
    planned({ kind: "AddUserToGroup", user: "emily", group: "power-users" }, "broadens"),
    planned({ kind: "AddUserToGroup", user: "emily", group: "administrators" }, "broadens"),
  ]),
  after: {
    status: "active",
    groups: [
      { group: "power-users", until: undefined },
      { group: "administrators", until: "2026-12-31" },
    ],
    policies: [],
    inlinePolicies: [],
    access: ["console"],
    boundary: undefined,
    until: undefined,
  },
};

export const changeBot: Entry = {
  ...entry(user("build-bot"), "update", [
    planned({ kind: "RemoveUserFromGroup", user: "build-bot", group: "deployers" }, "either", "due"),
    planned({ kind: "AttachUserPolicy", user: "build-bot", policy: TEAM_BASE }, "broadens", "pending"),
    planned({ kind: "DeleteAccessKey", user: "build-bot", key: "AKIAI44QH8DHBEXAMPLE" }, "narrows"),
    planned(
      { kind: "TagUser", user: "build-bot", tags: [{ key: "team", value: "platform team" }] },
      "either",
    ),
  ]),
  evidence: {
    createdAt: "2025-01-15T00:00:00Z",
    password: false,
    passwordLastUsed: undefined,
    activeKeys: 2,
    keyLastUsed: undefined,
    mfa: undefined,
    otherCredentials: 0,
  },
  after: {
    status: "active",
    groups: [],
    policies: [TEAM_BASE],
    inlinePolicies: ["s3"],
    access: ["programmatic"],
    boundary: BOUNDARY,
    until: "2027-03-31T17:30:00+02:00",
  },
};

const DOCUMENT = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "iam:CreateAccessKey", Resource: "*" }],
} as const;

const WIDER_DOCUMENT = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "Keys", Effect: "Deny", Action: ["iam:CreateAccessKey", "iam:DeleteAccessKey"], Resource: "*" },
    {
      Effect: "Allow",
      NotAction: "iam:*",
      Resource: ["arn:aws:s3:::acme", "arn:aws:s3:::acme/*"],
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    },
  ],
} as const;

export const createGroup: Entry = entry(group("power-users"), "create", [
  planned({ kind: "CreateGroup", group: "power-users", path: "/" }, "keeps"),
  planned({ kind: "AttachGroupPolicy", group: "power-users", policy: POWER }, "broadens"),
  planned({ kind: "PutGroupPolicy", group: "power-users", name: "no-keys", document: DOCUMENT }, "narrows"),
]);

/** A day's plan: somebody comes, somebody goes. */
export const ORDINARY: Plan = {
  ...EMPTY,
  entries: [deactivateAlice, changeBot, createEmily, createGroup],
  grants: [
    { user: "emily", group: "power-users" },
    { user: "emily", via: "power-users", policy: POWER },
  ],
  warnings: [
    { code: "owner-not-set", subject: undefined, arguments: { owner: "iam-roster" } },
    { code: "ssh-keys", subject: user("build-bot"), arguments: { keys: ["APKAEXAMPLE"] } },
  ],
  unmanaged: {
    users: ["root-of-all", "terraform"],
    groups: [],
    members: [{ user: "terraform", group: "power-users" }],
  },
};

const u = { user: "carol" };
const CAROLS_KEY = {
  type: "ssh-ed25519",
  fingerprint: "SHA256:Kd9mLZvD7eX2aN5tqPzF3rJ8hU1wYcB6oGiS4kVxM0E",
  source: "github:carol",
} as const;
const g = { group: "developers" };

/** One change of every kind. */
const EACH_CHANGE: { readonly [Kind in ChangeKind]: Change<Kind> } = {
  CreateUser: {
    kind: "CreateUser",
    ...u,
    path: "/machines/",
    tags: [{ key: "team", value: "" }],
    boundary: BOUNDARY,
  },
  UpdateUser: { kind: "UpdateUser", user: "caroline", newName: "carol", newPath: "/people/" },
  DeleteUser: { kind: "DeleteUser", ...u },
  TagUser: {
    kind: "TagUser",
    ...u,
    tags: [{ key: "team", value: "platform" }],
    stamps: ["iam-roster:deactivated"],
  },
  UntagUser: { kind: "UntagUser", ...u, keys: ["team", "cost center"] },
  PutUserPermissionsBoundary: {
    kind: "PutUserPermissionsBoundary",
    ...u,
    boundary: BOUNDARY,
    replaces: POWER,
  },
  DeleteUserPermissionsBoundary: { kind: "DeleteUserPermissionsBoundary", ...u, boundary: BOUNDARY },
  AddUserToGroup: { kind: "AddUserToGroup", ...u, ...g },
  RemoveUserFromGroup: { kind: "RemoveUserFromGroup", ...u, ...g },
  AttachUserPolicy: { kind: "AttachUserPolicy", ...u, policy: POWER },
  DetachUserPolicy: { kind: "DetachUserPolicy", ...u, policy: DENY_ALL },
  PutUserPolicy: { kind: "PutUserPolicy", ...u, name: "own", document: WIDER_DOCUMENT, replaces: DOCUMENT },
  DeleteUserPolicy: { kind: "DeleteUserPolicy", ...u, name: "own", document: WIDER_DOCUMENT },
  DeleteLoginProfile: { kind: "DeleteLoginProfile", ...u },
  UpdateAccessKey: { kind: "UpdateAccessKey", ...u, key: "AKIAIOSFODNN7EXAMPLE", status: "Inactive" },
  DeleteAccessKey: { kind: "DeleteAccessKey", ...u, key: "AKIAIOSFODNN7EXAMPLE" },
  UpdateSSHPublicKey: { kind: "UpdateSSHPublicKey", ...u, key: "APKAEXAMPLE", status: "Inactive" },
  DeleteSSHPublicKey: { kind: "DeleteSSHPublicKey", ...u, key: "APKAEXAMPLE" },
  UpdateSigningCertificate: {
    kind: "UpdateSigningCertificate",
    ...u,
    certificate: "TA7SMP42TDN5Z26OBPJE7EXAMPLE",
    status: "Inactive",
  },
  DeleteSigningCertificate: {
    kind: "DeleteSigningCertificate",
    ...u,
    certificate: "TA7SMP42TDN5Z26OBPJE7EXAMPLE",
  },
  UpdateServiceSpecificCredential: {
    kind: "UpdateServiceSpecificCredential",
    ...u,
    credential: "ACCAEXAMPLE",
    service: "codecommit.amazonaws.com",
    status: "Inactive",
  },
  DeleteServiceSpecificCredential: {
    kind: "DeleteServiceSpecificCredential",
    ...u,
    credential: "ACCAEXAMPLE",
    service: "bedrock.amazonaws.com",
  },
  DeactivateMFADevice: { kind: "DeactivateMFADevice", ...u, serial: "arn:aws:iam::123456789012:mfa/carol" },
  DeleteVirtualMFADevice: {
    kind: "DeleteVirtualMFADevice",
    ...u,
    serial: "arn:aws:iam::123456789012:mfa/carol",
  },
  IssuePassword: { kind: "IssuePassword", ...u, to: [CAROLS_KEY] },
  IssueKey: { kind: "IssueKey", ...u, to: [CAROLS_KEY], before: [], token: "2" },
  CreateGroup: { kind: "CreateGroup", ...g, path: "/teams/" },
  UpdateGroup: { kind: "UpdateGroup", group: "devs", newName: "developers" },
  DeleteGroup: { kind: "DeleteGroup", ...g },
  AttachGroupPolicy: {
    kind: "AttachGroupPolicy",
    ...g,
    policy: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
  },
  DetachGroupPolicy: { kind: "DetachGroupPolicy", ...g, policy: TEAM_BASE },
  PutGroupPolicy: {
    kind: "PutGroupPolicy",
    ...g,
    name: "odd",
    document: {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
    },
    replaces: { Version: "2008-10-17", Statement: [] },
  },
  DeleteGroupPolicy: { kind: "DeleteGroupPolicy", ...g, name: "no-keys", document: DOCUMENT },
};

const EACH_REACH: PerKind<Reach> = {
  CreateUser: "broadens",
  UpdateUser: "either",
  DeleteUser: "narrows",
  TagUser: "either",
  UntagUser: "either",
  PutUserPermissionsBoundary: "either",
  DeleteUserPermissionsBoundary: "broadens",
  AddUserToGroup: "broadens",
  RemoveUserFromGroup: "either",
  AttachUserPolicy: "broadens",
  DetachUserPolicy: "broadens",
  PutUserPolicy: "either",
  DeleteUserPolicy: "either",
  DeleteLoginProfile: "narrows",
  UpdateAccessKey: "narrows",
  DeleteAccessKey: "narrows",
  UpdateSSHPublicKey: "narrows",
  DeleteSSHPublicKey: "narrows",
  UpdateSigningCertificate: "narrows",
  DeleteSigningCertificate: "narrows",
  UpdateServiceSpecificCredential: "narrows",
  DeleteServiceSpecificCredential: "narrows",
  DeactivateMFADevice: "narrows",
  DeleteVirtualMFADevice: "narrows",
  IssuePassword: "broadens",
  IssueKey: "broadens",
  CreateGroup: "keeps",
  UpdateGroup: "either",
  DeleteGroup: "narrows",
  AttachGroupPolicy: "broadens",
  DetachGroupPolicy: "either",
  PutGroupPolicy: "either",
  DeleteGroupPolicy: "broadens",
};

function changesOf(type: Subject["type"]): readonly PlannedChange[] {
  return Object.values(EACH_CHANGE)
    .filter((change) => "user" in change === (type === "user"))
    .map((change) => planned(change, EACH_REACH[change.kind]));
}

/** One change of every kind, in one user and one group. */
export const EVERY_KIND: Plan = {
  ...EMPTY,
  entries: [
    entry(user("carol"), "update", changesOf("user")),
    entry(group("developers"), "update", changesOf("group")),
  ],
};

/** Every intent, each with the least it could say. */
const EVERY_INTENT: Plan = {
  ...EMPTY,
  account: { id: "123456789012", partition: "aws-us-gov", alias: undefined },
  entries: [
    entry(user("adopted"), "adopt", [
      planned(
        { kind: "TagUser", user: "adopted", tags: [{ key: "iam-roster:owner", value: "acme/access" }] },
        "keeps",
      ),
    ]),
    {
      ...entry(user("back"), "reactivate", [
        planned({ kind: "AddUserToGroup", user: "back", group: "power-users" }, "broadens"),
        planned({ kind: "DetachUserPolicy", user: "back", policy: DENY_ALL }, "broadens"),
        planned({ kind: "UntagUser", user: "back", keys: ["iam-roster:deactivated"] }, "keeps"),
      ]),
      evidence: { ...ALICE_KNOWN, password: false, passwordLastUsed: undefined, activeKeys: 0, mfa: true },
      after: {
        ...NOTHING_LEFT,
        status: "active",
        policies: [],
        groups: [{ group: "power-users", until: undefined }],
      },
    },
    {
      ...entry(user("builder"), "rename", [
        planned({ kind: "UpdateUser", user: "builder", newName: "build-bot" }, "either"),
      ]),
      after: { ...NOTHING_LEFT, status: "active", policies: [], access: ["console", "programmatic"] },
    },
    {
      ...entry(user("gone"), "delete", [
        planned({ kind: "DetachUserPolicy", user: "gone", policy: DENY_ALL }, "narrows", "due"),
        planned({ kind: "DeleteUser", user: "gone" }, "narrows", "due"),
      ]),
      after: { ...NOTHING_LEFT, status: "deleted" },
    },
    {
      ...entry(user("held"), "update", [
        planned({ kind: "RemoveUserFromGroup", user: "held", group: "power-users" }, "narrows"),
      ]),
      after: { ...NOTHING_LEFT, status: "held" },
    },
    {
      ...entry(user("quiet"), "update", [
        planned({ kind: "DetachUserPolicy", user: "quiet", policy: POWER }, "narrows"),
      ]),
      after: { ...NOTHING_LEFT, status: "active", policies: [] },
    },
    {
      ...entry(user("stuck"), "deactivate", [
        planned({ kind: "AttachUserPolicy", user: "stuck", policy: DENY_ALL }, "narrows"),
      ]),
      after: { ...NOTHING_LEFT, groups: [{ group: "ignored", until: undefined }] },
    },
    entry(group("devs"), "rename", [
      planned({ kind: "UpdateGroup", group: "devs", newName: "developers" }, "either"),
    ]),
    entry(group("old"), "delete", [planned({ kind: "DeleteGroup", group: "old" }, "narrows")]),
  ],
};

const TWELVE = ["alice", "bob", "carol", "dan", "eve", "fay", "gus", "hal", "ida", "jon", "kim", "lee"];

const EACH_REFUSAL: { readonly [Code in RefusalCode]: Readonly<RefusalArguments[Code]> } = {
  "wrong-account": { expected: "123456789012", found: "210987654321" },
  "no-users": { managed: 30 },
  losing: { people: TWELVE, allowed: 3, managed: 30 },
  "losing-half": { people: TWELVE.slice(0, 2), managed: 3 },
  "too-few-admins": { groups: ["administrators", "break-glass"], before: 3, after: 1, atLeast: 2 },
  "first-contact": { narrowing: ["user alice", "user bob", "user carol", "user dan", "group developers"] },
  protected: { user: "root-of-all", caller: false, through: "administrators" },
  "foreign-owner": { owner: "acme/other", ours: "acme/access" },
  adoption: { changes: 3 },
  "access-not-stated": { password: true, activeKeys: 2 },
  "unmanaged-members": { members: ["terraform"] },
  quota: { quota: "policiesPerUser", most: 10 },
  "no-such-policy": { policy: "arn:aws:iam::aws:policy/PowerUserAcess" },
  "no-usable-recipient": { what: "password" },
  "public-repository": { what: "key" },
  "rotation-blocked": { keys: ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"] },
  "no-such-group": { group: "tf-ops" },
  "name-taken": { name: "emily" },
  "depends-on": { on: group("power-users") },
  "next-run": { on: group("power-users") },
};

const OF_PLAN: ReadonlySet<string> = new Set([
  "wrong-account",
  "no-users",
  "losing",
  "losing-half",
  "too-few-admins",
  "first-contact",
]);

/** Every refusal, and once more those whose words depend on more than their code. */
export const EVERY_REFUSAL: readonly Refusal[] = [
  ...Object.entries(EACH_REFUSAL).map(
    ([code, of]) =>
      ({ code, subject: OF_PLAN.has(code) ? undefined : user("emily"), arguments: of }) as unknown as Refusal,
  ),
  {
    code: "too-few-admins",
    subject: undefined,
    arguments: { groups: ["admins"], before: 2, after: 0, atLeast: 1 },
  },
  {
    code: "protected",
    subject: user("deploy"),
    arguments: { user: "deploy", caller: true, through: undefined },
  },
  { code: "adoption", subject: group("power-users"), arguments: { changes: 1 } },
  { code: "access-not-stated", subject: user("bob"), arguments: { password: false, activeKeys: 1 } },
  { code: "quota", subject: user("bob"), arguments: { quota: "somethingNew", most: 5 } },
];

const EACH_WARNING: { readonly [Code in WarningCode]: Extract<Warning, { code: Code }>["arguments"] } = {
  hold: {},
  quarantine: { policy: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3" },
  "case-drift": { written: "Emily", live: "emily" },
  "spent-adopt": {},
  "spent-rename": { from: "builder" },
  "owner-tag-missing": { keys: ["iam-roster:deactivated"] },
  "leaver-not-managed": {},
  "external-with-more": { policies: ["arn:aws:iam::aws:policy/AdministratorAccess", "own"] },
  "several-active-keys": { keys: ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"] },
  "ssh-keys": { keys: ["APKAEXAMPLE"] },
  "service-credentials": { credentials: ["ACCAEXAMPLE"] },
  "password-withdrawn": {},
  "cannot-change-password": { policies: ["arn:aws:iam::123456789012:policy/own"] },
  "long-lived-key": {},
  "unusable-recipient": { source: "github:carol", reason: "ssh-kind", what: "ecdsa-sha2-nistp256" },
  "shared-recipient": { fingerprint: CAROLS_KEY.fingerprint, users: ["daniel"] },
  "renamed-from-unknown": { from: "nobody" },
  "ignored-group-kept": { group: "console-only" },
  "count-mismatch": { what: "users", read: 120, counted: 121 },
  "owner-not-set": { owner: "iam-roster" },
  "account-not-set": { account: "123456789012" },
  "guard-changed": { setting: "protected", before: '["daniel"]', after: "[]" },
};

const OF_ACCOUNT: ReadonlySet<string> = new Set([
  "count-mismatch",
  "owner-not-set",
  "account-not-set",
  "guard-changed",
]);

export const EVERY_WARNING: readonly Warning[] = Object.entries(EACH_WARNING).map(
  ([code, of]) => ({ code, subject: subjectOf(code), arguments: of }) as Warning,
);

function subjectOf(code: string): Subject | undefined {
  if (OF_ACCOUNT.has(code)) return undefined;
  return code === "external-with-more" ? group("auditors") : user("emily");
}

/** Refused as a whole, with entries kept back besides. */
export const REFUSED: Plan = {
  ...ORDINARY,
  entries: [deactivateAlice],
  refused: [createEmily, changeBot],
  refusals: EVERY_REFUSAL,
  warnings: EVERY_WARNING,
};

/** Every plan that is shown whole, under the name of its golden files. */
export const PLANS: readonly (readonly [string, Plan])[] = [
  ["ordinary", ORDINARY],
  ["every-kind", EVERY_KIND],
  ["every-intent", EVERY_INTENT],
  ["refused", REFUSED],
  ["empty", EMPTY],
];
