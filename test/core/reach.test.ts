import { describe, expect, test } from "vitest";

import type { Change, PerKind, Reach } from "../../src/core/change.ts";
import type { Grant } from "../../src/core/grant.ts";
import { grantsOf } from "../../src/core/grants.ts";
import { closingReach, groupMayDeny, mayBroaden, mayNarrow, reach } from "../../src/core/reach.ts";
import { canonicalDocument, type JsonObject } from "../../src/core/rules/documents.ts";
import { simulator } from "../../src/core/simulate/simulate.ts";
import { group, sha256, state, user } from "./build.ts";

const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
const DENY_BILLING = "arn:aws:iam::aws:policy/AWSDenyBilling";
const allow: JsonObject = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
};
const deny: JsonObject = {
  Version: "2012-10-17",
  Statement: { Effect: "Deny", Action: "iam:*", Resource: "*" },
};
const mixed: JsonObject = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: "iam:*", Resource: "*" },
  ],
};

const SSH = { type: "ssh-ed25519", fingerprint: "SHA256:abc", source: "github:ann" } as const;
const AGE = { type: "age", fingerprint: "age1xyz", source: "age1xyz" } as const;

const digest = (document: JsonObject): string => `sha256:${sha256(canonicalDocument(document))}`;

const ACCOUNT = state(
  [
    user("ann", { groups: ["plain", "denying"], policies: [READ] }),
    user("bob", { groups: ["denying"], inlinePolicies: { mine: allow } }),
  ],
  [
    group("plain", { policies: [READ] }),
    group("denying", { policies: [CUSTOM], inlinePolicies: { no: deny } }),
    group("free", { policies: [READ], inlinePolicies: { s3: allow } }),
    group("owned", { policies: [READ, CUSTOM] }),
    group("shut", { inlinePolicies: { s3: allow, no: deny } }),
  ],
);

/** What ann holds: directly, and through each group. */
const ANN = {
  direct: { user: "ann", policy: READ },
  plain: { user: "ann", via: "plain", policy: READ },
  custom: { user: "ann", via: "denying", policy: CUSTOM },
  deny: { user: "ann", via: "denying", policy: digest(deny) },
};
const BOB = [
  { user: "bob", policy: digest(allow) },
  { user: "bob", via: "denying", policy: CUSTOM },
  { user: "bob", via: "denying", policy: digest(deny) },
];
const ALL_OF_ANN = [ANN.direct, ANN.plain, ANN.custom, ANN.deny];

interface Expected {
  readonly change: Change;
  readonly reach: Reach;
  readonly grants: readonly Grant[];
}

const on = { user: "ann" } as const;
const off = { ...on, status: "Inactive" } as const;
const taking = (change: Change): Expected => ({ change, reach: "narrows", grants: [] });

/** Every kind, with each way in which it can reach. */
const CASES: PerKind<readonly Expected[]> = {
  CreateUser: [
    {
      change: {
        kind: "CreateUser",
        user: "new",
        path: "/p/",
        tags: [
          { key: "team", value: "a" },
          { key: "iam-roster:owner", value: "o" },
        ],
        boundary: CUSTOM,
      },
      reach: "broadens",
      grants: [
        { user: "new", path: "/p/" },
        { user: "new", boundary: CUSTOM },
        { user: "new", tag: "team", value: "a" },
      ],
    },
    {
      change: { kind: "CreateUser", user: "new", path: "/", tags: [] },
      reach: "broadens",
      grants: [
        { user: "new", path: "/" },
        { user: "new", boundary: "none" },
      ],
    },
  ],
  UpdateUser: [
    {
      change: { kind: "UpdateUser", ...on, newName: "anna", newPath: "/p/" },
      reach: "either",
      grants: [
        { user: "anna", renamedFrom: "ann" },
        { user: "anna", path: "/p/" },
      ],
    },
    {
      change: { kind: "UpdateUser", ...on, newPath: "/p/" },
      reach: "either",
      grants: [{ user: "ann", path: "/p/" }],
    },
    {
      change: { kind: "UpdateUser", ...on, newName: "anna" },
      reach: "either",
      grants: [{ user: "anna", renamedFrom: "ann" }],
    },
  ],
  DeleteUser: [taking({ kind: "DeleteUser", ...on })],
  TagUser: [
    {
      change: { kind: "TagUser", ...on, tags: [{ key: "iam-roster:owner", value: "o" }] },
      reach: "keeps",
      grants: [],
    },
    {
      change: {
        kind: "TagUser",
        ...on,
        tags: [
          { key: "iam-roster:owner", value: "o" },
          { key: "team", value: "a" },
        ],
      },
      reach: "either",
      grants: [{ user: "ann", tag: "team", value: "a" }],
    },
  ],
  UntagUser: [
    { change: { kind: "UntagUser", ...on, keys: ["iam-roster:deactivated"] }, reach: "keeps", grants: [] },
    {
      change: { kind: "UntagUser", ...on, keys: ["iam-roster:x", "team"] },
      reach: "either",
      grants: [{ user: "ann", tag: "team" }],
    },
  ],
  PutUserPermissionsBoundary: [
    taking({ kind: "PutUserPermissionsBoundary", ...on, boundary: CUSTOM }),
    {
      change: { kind: "PutUserPermissionsBoundary", ...on, boundary: CUSTOM, replaces: READ },
      reach: "either",
      grants: [{ user: "ann", boundary: CUSTOM }],
    },
  ],
  DeleteUserPermissionsBoundary: [
    {
      change: { kind: "DeleteUserPermissionsBoundary", ...on, boundary: CUSTOM },
      reach: "broadens",
      grants: [{ user: "ann", boundary: "none" }],
    },
  ],
  AddUserToGroup: [
    {
      change: { kind: "AddUserToGroup", ...on, group: "Free" },
      reach: "broadens",
      grants: [
        { user: "ann", group: "Free" },
        { user: "ann", via: "free", policy: READ },
        { user: "ann", via: "free", policy: digest(allow) },
      ],
    },
    {
      change: { kind: "AddUserToGroup", ...on, group: "new" },
      reach: "broadens",
      grants: [{ user: "ann", group: "new" }],
    },
  ],
  RemoveUserFromGroup: [
    taking({ kind: "RemoveUserFromGroup", ...on, group: "plain" }),
    {
      change: { kind: "RemoveUserFromGroup", ...on, group: "denying" },
      reach: "either",
      grants: [ANN.direct, ANN.plain],
    },
    { change: { kind: "RemoveUserFromGroup", ...on, group: "Owned" }, reach: "either", grants: ALL_OF_ANN },
    { change: { kind: "RemoveUserFromGroup", ...on, group: "Shut" }, reach: "either", grants: ALL_OF_ANN },
    taking({ kind: "RemoveUserFromGroup", ...on, group: "gone" }),
  ],
  AttachUserPolicy: [
    {
      change: { kind: "AttachUserPolicy", ...on, policy: CUSTOM },
      reach: "broadens",
      grants: [{ user: "ann", policy: CUSTOM }],
    },
    ...[DENY_ALL, QUARANTINE].map((policy): Expected => ({
      change: { kind: "AttachUserPolicy", ...on, policy },
      reach: "narrows",
      grants: [{ user: "ann", policy }],
    })),
  ],
  DetachUserPolicy: [
    taking({ kind: "DetachUserPolicy", ...on, policy: READ }),
    {
      change: { kind: "DetachUserPolicy", ...on, policy: CUSTOM },
      reach: "either",
      grants: [ANN.direct, ANN.plain, ANN.deny],
    },
    { change: { kind: "DetachUserPolicy", ...on, policy: DENY_ALL }, reach: "broadens", grants: ALL_OF_ANN },
    {
      change: { kind: "DetachUserPolicy", ...on, policy: DENY_BILLING },
      reach: "either",
      grants: ALL_OF_ANN,
    },
    { change: { kind: "DetachUserPolicy", user: "gone", policy: CUSTOM }, reach: "either", grants: [] },
  ],
  PutUserPolicy: [
    {
      change: { kind: "PutUserPolicy", ...on, name: "p", document: allow },
      reach: "broadens",
      grants: [{ user: "ann", policy: digest(allow) }],
    },
    {
      change: { kind: "PutUserPolicy", ...on, name: "p", document: deny },
      reach: "narrows",
      grants: [{ user: "ann", policy: digest(deny) }],
    },
    {
      change: { kind: "PutUserPolicy", ...on, name: "p", document: mixed },
      reach: "either",
      grants: [{ user: "ann", policy: digest(mixed) }],
    },
    {
      change: { kind: "PutUserPolicy", ...on, name: "p", document: deny, replaces: allow },
      reach: "either",
      grants: [{ user: "ann", policy: digest(deny) }],
    },
    {
      change: { kind: "PutUserPolicy", ...on, name: "p", document: allow, replaces: deny },
      reach: "either",
      grants: [{ user: "ann", policy: digest(allow) }, ...ALL_OF_ANN],
    },
  ],
  DeleteUserPolicy: [
    taking({ kind: "DeleteUserPolicy", ...on, name: "p", document: allow }),
    {
      change: { kind: "DeleteUserPolicy", ...on, name: "p", document: deny },
      reach: "broadens",
      grants: [ANN.direct, ANN.plain, ANN.custom],
    },
    {
      change: { kind: "DeleteUserPolicy", ...on, name: "p", document: mixed },
      reach: "either",
      grants: ALL_OF_ANN,
    },
  ],
  DeleteLoginProfile: [taking({ kind: "DeleteLoginProfile", ...on })],
  UpdateAccessKey: [taking({ kind: "UpdateAccessKey", ...off, key: "AKIA1" })],
  DeleteAccessKey: [taking({ kind: "DeleteAccessKey", ...on, key: "AKIA1" })],
  UpdateSSHPublicKey: [taking({ kind: "UpdateSSHPublicKey", ...off, key: "APKA1" })],
  DeleteSSHPublicKey: [taking({ kind: "DeleteSSHPublicKey", ...on, key: "APKA1" })],
  UpdateSigningCertificate: [taking({ kind: "UpdateSigningCertificate", ...off, certificate: "C1" })],
  DeleteSigningCertificate: [taking({ kind: "DeleteSigningCertificate", ...on, certificate: "C1" })],
  UpdateServiceSpecificCredential: [
    taking({ kind: "UpdateServiceSpecificCredential", ...off, credential: "A1", service: "s" }),
  ],
  DeleteServiceSpecificCredential: [
    taking({ kind: "DeleteServiceSpecificCredential", ...on, credential: "A1", service: "s" }),
  ],
  DeactivateMFADevice: [taking({ kind: "DeactivateMFADevice", ...on, serial: "GAHT12345678" })],
  DeleteVirtualMFADevice: [
    taking({ kind: "DeleteVirtualMFADevice", ...on, serial: "arn:aws:iam::123456789012:mfa/x" }),
  ],
  IssuePassword: [
    {
      change: { kind: "IssuePassword", ...on, to: [SSH, AGE] },
      reach: "broadens",
      grants: [{ user: "ann", credential: "password", to: `${SSH.fingerprint} ${AGE.fingerprint}` }],
    },
  ],
  IssueKey: [
    {
      change: { kind: "IssueKey", ...on, to: [AGE], before: [], token: "2" },
      reach: "broadens",
      grants: [{ user: "ann", credential: "key", to: AGE.fingerprint, token: "2" }],
    },
  ],
  CreateGroup: [{ change: { kind: "CreateGroup", group: "new", path: "/" }, reach: "keeps", grants: [] }],
  UpdateGroup: [
    {
      change: { kind: "UpdateGroup", group: "plain", newName: "plainer", newPath: "/p/" },
      reach: "either",
      grants: [
        { group: "plainer", renamedFrom: "plain" },
        { group: "plainer", path: "/p/" },
      ],
    },
    {
      change: { kind: "UpdateGroup", group: "plain", newPath: "/p/" },
      reach: "either",
      grants: [{ group: "plain", path: "/p/" }],
    },
    {
      change: { kind: "UpdateGroup", group: "plain", newName: "b" },
      reach: "either",
      grants: [{ group: "b", renamedFrom: "plain" }],
    },
  ],
  DeleteGroup: [taking({ kind: "DeleteGroup", group: "plain" })],
  AttachGroupPolicy: [
    {
      change: { kind: "AttachGroupPolicy", group: "Denying", policy: READ },
      reach: "broadens",
      grants: [
        { user: "ann", via: "denying", policy: READ },
        { user: "bob", via: "denying", policy: READ },
      ],
    },
    { change: { kind: "AttachGroupPolicy", group: "free", policy: READ }, reach: "broadens", grants: [] },
    { change: { kind: "AttachGroupPolicy", group: "gone", policy: READ }, reach: "broadens", grants: [] },
    {
      change: { kind: "AttachGroupPolicy", group: "plain", policy: DENY_ALL },
      reach: "narrows",
      grants: [{ user: "ann", via: "plain", policy: DENY_ALL }],
    },
  ],
  DetachGroupPolicy: [
    taking({ kind: "DetachGroupPolicy", group: "plain", policy: READ }),
    {
      change: { kind: "DetachGroupPolicy", group: "denying", policy: CUSTOM },
      reach: "either",
      grants: [ANN.direct, ANN.plain, ANN.deny, ...BOB.filter(({ policy }) => policy !== CUSTOM)],
    },
  ],
  PutGroupPolicy: [
    {
      change: { kind: "PutGroupPolicy", group: "plain", name: "p", document: allow },
      reach: "broadens",
      grants: [{ user: "ann", via: "plain", policy: digest(allow) }],
    },
    {
      change: { kind: "PutGroupPolicy", group: "plain", name: "p", document: deny },
      reach: "narrows",
      grants: [{ user: "ann", via: "plain", policy: digest(deny) }],
    },
    {
      change: { kind: "PutGroupPolicy", group: "plain", name: "p", document: allow, replaces: mixed },
      reach: "either",
      grants: [{ user: "ann", via: "plain", policy: digest(allow) }, ...ALL_OF_ANN],
    },
    {
      change: { kind: "PutGroupPolicy", group: "plain", name: "p", document: allow, replaces: allow },
      reach: "either",
      grants: [{ user: "ann", via: "plain", policy: digest(allow) }],
    },
  ],
  DeleteGroupPolicy: [
    taking({ kind: "DeleteGroupPolicy", group: "plain", name: "s3", document: allow }),
    {
      change: { kind: "DeleteGroupPolicy", group: "denying", name: "no", document: deny },
      reach: "broadens",
      grants: [ANN.direct, ANN.plain, ANN.custom, ...BOB.filter(({ policy }) => policy !== digest(deny))],
    },
  ],
};

const ALL = Object.entries(CASES).flatMap(([kind, cases]) =>
  cases.map((each, index) => [`${kind} ${index + 1}`, each] as const),
);

describe("each kind of change", () => {
  test.each(ALL)("has its reach: %s", (_, { change, reach: expected }) => {
    expect(reach(change, ACCOUNT)).toBe(expected);
  });

  test.each(ALL)("gives what it gives: %s", (_, { change, grants }) => {
    expect(grantsOf(change, { before: simulator(ACCOUNT), sha256 })).toEqual(grants);
  });

  test.each(ALL)("only narrows on somebody who is being closed, but for the tag: %s", (_, { change }) => {
    expect(closingReach(change)).toBe(change.kind === "TagUser" ? "keeps" : "narrows");
  });
});

describe("what is given back when a deny is lifted", () => {
  test("is nothing of a group that is not there, whatever the user's memberships say", () => {
    const lost = state([user("ann", { groups: ["gone"], policies: [READ] })], []);
    const lifted: Change = { kind: "DetachUserPolicy", ...on, policy: DENY_ALL };
    expect(grantsOf(lifted, { before: simulator(lost), sha256 })).toEqual([ANN.direct]);
  });

  test("is digested once, however many members hold the same document", () => {
    const members = Array.from({ length: 20 }, (_, index) => user(`user${index}`, { groups: ["g"] }));
    const shared = state(members, [
      group("g", { policies: [CUSTOM], inlinePolicies: { s3: allow, no: deny } }),
    ]);
    const digested: string[] = [];
    const counting = (text: string): string => {
      digested.push(text);
      return sha256(text);
    };
    const lifted: Change = { kind: "DetachGroupPolicy", group: "g", policy: CUSTOM };
    expect(grantsOf(lifted, { before: simulator(shared), sha256: counting })).toHaveLength(40);
    expect(digested).toHaveLength(2);
  });
});

describe("a group may deny", () => {
  test("by any policy or any document on it, and else does not", () => {
    expect(groupMayDeny(group("g", { policies: [READ], inlinePolicies: { s3: allow } }))).toBe(false);
    expect(groupMayDeny(group("g", { policies: [READ, CUSTOM], inlinePolicies: { s3: allow } }))).toBe(true);
    expect(groupMayDeny(group("g", { policies: [READ], inlinePolicies: { s3: allow, no: mixed } }))).toBe(
      true,
    );
  });
});

test("what may go both ways counts both where it must be reviewed and where people may lose", () => {
  const reaches: readonly Reach[] = ["broadens", "narrows", "keeps", "either"];
  expect(reaches.filter(mayBroaden)).toEqual(["broadens", "either"]);
  expect(reaches.filter(mayNarrow)).toEqual(["narrows", "either"]);
});
