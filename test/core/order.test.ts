import { describe, expect, test } from "vitest";
import { type Change, DEACTIVATED_TAG, OWNER_TAG, type PerKind } from "../../src/core/change.ts";
import { gainedDenies, inOrder, type Phase, phaseOf, type Placing, schedule } from "../../src/core/order.ts";
import { reach } from "../../src/core/reach.ts";
import { canonicalDocument, type JsonObject } from "../../src/core/rules/documents.ts";
import { group, state } from "./build.ts";

const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const OTHER = "arn:aws:iam::123456789012:policy/other";
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const DENY_BILLING = "arn:aws:iam::aws:policy/AWSDenyBilling";
const stating = (...effects: readonly string[]): JsonObject => ({
  Version: "2012-10-17",
  Statement: effects.map((Effect) => ({ Effect, Action: "s3:*", Resource: "*" })),
});
const allow = stating("Allow");
const deny = stating("Deny");
const mixed = stating("Deny", "Allow");

const LIVE = state(
  [],
  [
    group("plain", { policies: [READ], inlinePolicies: { s3: allow } }),
    group("owned", { policies: [READ, CUSTOM] }),
    group("denying", { inlinePolicies: { s3: allow, no: mixed } }),
  ],
);

const on = { user: "ann" } as const;
const off = { ...on, status: "Inactive" } as const;
const put = { ...on, name: "p" } as const;
const kept = { group: "g", name: "p" } as const;

type Row = readonly [phase: Phase, change: Change, placing?: Partial<Placing>];

const isNew = { isNew: true };
const gains = (...denies: readonly string[]): Partial<Placing> => ({ gained: new Set(denies) });

/** Every kind, with each way in which its place is found. */
const ROWS: PerKind<readonly Row[]> = {
  CreateUser: [["prepare", { kind: "CreateUser", ...on, path: "/", tags: [] }]],
  UpdateUser: [["prepare", { kind: "UpdateUser", ...on, newPath: "/p/" }]],
  DeleteUser: [["delete", { kind: "DeleteUser", ...on }]],
  TagUser: [["prepare", { kind: "TagUser", ...on, tags: [] }]],
  UntagUser: [
    ["prepare", { kind: "UntagUser", ...on, keys: ["team", OWNER_TAG] }],
    ["unlock", { kind: "UntagUser", ...on, keys: [DEACTIVATED_TAG] }],
  ],
  PutUserPermissionsBoundary: [
    ["narrow", { kind: "PutUserPermissionsBoundary", ...on, boundary: READ }],
    ["prepare", { kind: "PutUserPermissionsBoundary", ...on, boundary: READ, replaces: CUSTOM }],
  ],
  DeleteUserPermissionsBoundary: [
    ["unlock", { kind: "DeleteUserPermissionsBoundary", ...on, boundary: READ }],
  ],
  AddUserToGroup: [["broaden-users", { kind: "AddUserToGroup", ...on, group: "denying" }]],
  RemoveUserFromGroup: [
    ["narrow", { kind: "RemoveUserFromGroup", ...on, group: "Plain" }, gains(READ)],
    ["narrow", { kind: "RemoveUserFromGroup", ...on, group: "gone" }],
    ["leave", { kind: "RemoveUserFromGroup", ...on, group: "Owned" }, gains(OTHER)],
    ["lift", { kind: "RemoveUserFromGroup", ...on, group: "owned" }, gains(CUSTOM, OTHER)],
    ["leave", { kind: "RemoveUserFromGroup", ...on, group: "denying" }, gains(canonicalDocument(allow))],
    ["lift", { kind: "RemoveUserFromGroup", ...on, group: "denying" }, gains(canonicalDocument(mixed))],
  ],
  AttachUserPolicy: [
    ["broaden-users", { kind: "AttachUserPolicy", ...on, policy: CUSTOM }],
    ["narrow", { kind: "AttachUserPolicy", ...on, policy: DENY_ALL }],
    ["prepare", { kind: "AttachUserPolicy", ...on, policy: DENY_ALL }, isNew],
    ["broaden-users", { kind: "AttachUserPolicy", ...on, policy: READ }, isNew],
  ],
  DetachUserPolicy: [
    ["narrow", { kind: "DetachUserPolicy", ...on, policy: READ }, gains(READ)],
    ["leave", { kind: "DetachUserPolicy", ...on, policy: CUSTOM }, gains(OTHER)],
    ["lift", { kind: "DetachUserPolicy", ...on, policy: CUSTOM }, gains(CUSTOM)],
    ["unlock", { kind: "DetachUserPolicy", ...on, policy: DENY_ALL }],
    ["unlock", { kind: "DetachUserPolicy", ...on, policy: DENY_BILLING }, gains(DENY_BILLING)],
  ],
  PutUserPolicy: [
    ["broaden-users", { kind: "PutUserPolicy", ...put, document: allow }],
    ["broaden-users", { kind: "PutUserPolicy", ...put, document: mixed }],
    ["narrow", { kind: "PutUserPolicy", ...put, document: deny }],
    ["prepare", { kind: "PutUserPolicy", ...put, document: deny }, isNew],
    ["broaden-users", { kind: "PutUserPolicy", ...put, document: deny, replaces: allow }],
  ],
  DeleteUserPolicy: [
    ["narrow", { kind: "DeleteUserPolicy", ...put, document: allow }],
    ["leave", { kind: "DeleteUserPolicy", ...put, document: mixed }],
    ["lift", { kind: "DeleteUserPolicy", ...put, document: mixed }, gains(canonicalDocument(mixed))],
    ["unlock", { kind: "DeleteUserPolicy", ...put, document: deny }, gains(canonicalDocument(deny))],
  ],
  DeleteLoginProfile: [["narrow", { kind: "DeleteLoginProfile", ...on }]],
  UpdateAccessKey: [["narrow", { kind: "UpdateAccessKey", ...off, key: "AKIA1" }]],
  DeleteAccessKey: [["narrow", { kind: "DeleteAccessKey", ...on, key: "AKIA1" }]],
  UpdateSSHPublicKey: [["narrow", { kind: "UpdateSSHPublicKey", ...off, key: "APKA1" }]],
  DeleteSSHPublicKey: [["narrow", { kind: "DeleteSSHPublicKey", ...on, key: "APKA1" }]],
  UpdateSigningCertificate: [["narrow", { kind: "UpdateSigningCertificate", ...off, certificate: "C1" }]],
  DeleteSigningCertificate: [["narrow", { kind: "DeleteSigningCertificate", ...on, certificate: "C1" }]],
  UpdateServiceSpecificCredential: [
    ["narrow", { kind: "UpdateServiceSpecificCredential", ...off, credential: "A1", service: "s" }],
  ],
  DeleteServiceSpecificCredential: [
    ["narrow", { kind: "DeleteServiceSpecificCredential", ...on, credential: "A1", service: "s" }],
  ],
  DeactivateMFADevice: [["narrow", { kind: "DeactivateMFADevice", ...on, serial: "GAHT12345678" }]],
  DeleteVirtualMFADevice: [["narrow", { kind: "DeleteVirtualMFADevice", ...on, serial: "GAHT12345678" }]],
  IssuePassword: [["issue", { kind: "IssuePassword", ...on, to: [] }]],
  IssueKey: [["issue", { kind: "IssueKey", ...on, to: [], before: [] }]],
  CreateGroup: [["prepare", { kind: "CreateGroup", group: "g", path: "/" }]],
  UpdateGroup: [["prepare", { kind: "UpdateGroup", group: "g", newName: "h" }]],
  DeleteGroup: [["delete", { kind: "DeleteGroup", group: "g" }]],
  AttachGroupPolicy: [
    ["broaden-groups", { kind: "AttachGroupPolicy", group: "g", policy: CUSTOM }],
    ["narrow", { kind: "AttachGroupPolicy", group: "g", policy: DENY_ALL }],
    ["prepare", { kind: "AttachGroupPolicy", group: "g", policy: DENY_ALL }, isNew],
  ],
  DetachGroupPolicy: [
    ["narrow", { kind: "DetachGroupPolicy", group: "g", policy: READ }],
    ["leave", { kind: "DetachGroupPolicy", group: "g", policy: CUSTOM }],
    ["lift", { kind: "DetachGroupPolicy", group: "g", policy: CUSTOM }, gains(CUSTOM)],
    ["unlock", { kind: "DetachGroupPolicy", group: "g", policy: DENY_ALL }],
  ],
  PutGroupPolicy: [
    ["broaden-groups", { kind: "PutGroupPolicy", ...kept, document: allow }],
    ["narrow", { kind: "PutGroupPolicy", ...kept, document: deny }],
    ["prepare", { kind: "PutGroupPolicy", ...kept, document: deny }, isNew],
  ],
  DeleteGroupPolicy: [
    ["narrow", { kind: "DeleteGroupPolicy", ...kept, document: allow }],
    ["leave", { kind: "DeleteGroupPolicy", ...kept, document: mixed }],
    ["lift", { kind: "DeleteGroupPolicy", ...kept, document: mixed }, gains(canonicalDocument(mixed))],
    ["unlock", { kind: "DeleteGroupPolicy", ...kept, document: deny }],
  ],
};

const ALL = Object.entries(ROWS).flatMap(([kind, rows]) =>
  rows.map((row, index) => [`${kind} ${index + 1}`, row] as const),
);

describe("each kind of change", () => {
  test.each(ALL)("has its place: %s", (_, [phase, change, placing]) => {
    const placed = { live: LIVE, gained: new Set<string>(), isNew: false, ...placing };
    expect(phaseOf({ ...change, reach: reach(change, LIVE) }, placed)).toBe(phase);
  });
});

describe("what may deny and is newly gained", () => {
  const gained = (...changes: readonly Change[]): readonly string[] => [...gainedDenies(changes, LIVE)];
  const joining: Change = { kind: "AddUserToGroup", user: "bob", group: "Denying" };

  test("is a policy that is attached, or a document that is put", () => {
    expect(gained({ kind: "AttachUserPolicy", ...on, policy: CUSTOM })).toEqual([CUSTOM]);
    expect(gained({ kind: "AttachGroupPolicy", group: "g", policy: CUSTOM })).toEqual([CUSTOM]);
    expect(gained({ kind: "PutUserPolicy", ...put, document: mixed })).toEqual([canonicalDocument(mixed)]);
    expect(gained({ kind: "PutGroupPolicy", ...kept, document: mixed })).toEqual([canonicalDocument(mixed)]);
  });

  test("is not what is taken away", () => {
    expect(
      gained(
        { kind: "DetachUserPolicy", ...on, policy: CUSTOM },
        { kind: "DetachGroupPolicy", group: "g", policy: CUSTOM },
        { kind: "RemoveUserFromGroup", ...on, group: "denying" },
      ),
    ).toEqual([]);
  });

  test("is what a group that is joined denies, or might", () => {
    expect(gained(joining)).toEqual([canonicalDocument(mixed)]);
    expect(gained({ ...joining, group: "OWNED" })).toEqual([CUSTOM]);
    expect(gained({ ...joining, group: "plain" })).toEqual([]);
    expect(gained({ ...joining, group: "made in this plan" })).toEqual([]);
  });

  test("is not what the group that is joined loses itself, whichever is written first", () => {
    const taken: readonly Change[] = [
      { kind: "DeleteGroupPolicy", group: "denying", name: "no", document: mixed },
      { kind: "DetachGroupPolicy", group: "Owned", policy: CUSTOM },
    ];
    const joined: readonly Change[] = [joining, { ...joining, group: "owned" }];
    expect(gained(...taken, ...joined)).toEqual([]);
    expect(gained(...joined, ...taken)).toEqual([]);
    const elsewhere = { kind: "DetachGroupPolicy", group: "other", policy: CUSTOM } as const;
    expect(gained(...joined, elsewhere)).toEqual([canonicalDocument(mixed), CUSTOM]);
  });

  test("is not the document that the group that is joined has replaced, but the one in its place", () => {
    const replaced: Change = {
      kind: "PutGroupPolicy",
      group: "Denying",
      name: "no",
      document: deny,
      replaces: mixed,
    };
    expect(gained(joining, replaced)).toEqual([canonicalDocument(deny)]);
    const two: Change = { kind: "DetachGroupPolicy", group: "denying", policy: CUSTOM };
    expect(gained(two, joining, replaced)).toEqual([canonicalDocument(deny)]);
  });
});

describe("the order of a phase", () => {
  type Renaming = Change & { readonly phase: Phase };
  const lane = (...changes: readonly Renaming[]): { readonly changes: readonly Renaming[] } => ({ changes });
  const user = (from: string, to: string): Renaming => ({
    kind: "UpdateUser",
    user: from,
    newName: to,
    phase: "prepare",
  });
  const moved: Renaming = { kind: "UpdateUser", user: "a", newPath: "/p/", phase: "prepare" };
  const lanes = (...entries: readonly ReturnType<typeof lane>[]): readonly (readonly Change[])[] =>
    schedule<(typeof entries)[number], Renaming>(entries)
      .flatMap((each) => each.lanes)
      .map((steps) => steps.map(({ change }) => change));

  test("is free between users and groups, each in a lane of its own", () => {
    const [one, other] = [
      user("a", "b"),
      { kind: "UpdateGroup", group: "b", newName: "c", phase: "prepare" },
    ] as const;
    expect(lanes(lane(one), lane(other), lane(moved))).toEqual([[one], [other], [moved]]);
  });

  test("is a chain where one rename frees the name that another takes, in any case", () => {
    const chain = [user("a", "B"), user("b", "c"), user("C", "d")] as const;
    const [last, middle, first] = chain;
    expect(lanes(...chain.map((each) => lane(each)))).toEqual([[first, middle, last]]);
    expect(lanes(lane(middle), lane(moved), lane(first), lane(last))).toEqual([
      [moved],
      [first, middle, last],
    ]);
  });

  test("is the chain of groups, likewise", () => {
    const renamed = (from: string, to: string): Renaming => ({
      kind: "UpdateGroup",
      group: from,
      newName: to,
      phase: "prepare",
    });
    const [last, first, other] = [renamed("a", "b"), renamed("b", "c"), renamed("x", "y")];
    expect(lanes(lane(last), lane(first), lane(other))).toEqual([[first, last], [other]]);
  });

  test("is not disturbed by a rename to another case of the same name", () => {
    expect(lanes(lane(user("ann", "Ann")), lane(user("b", "c")))).toEqual([
      [user("ann", "Ann")],
      [user("b", "c")],
    ]);
  });

  test("puts what a lane does in one phase before anything of the next", () => {
    const narrow: Renaming = { kind: "DeleteLoginProfile", user: "z", phase: "narrow" };
    const steps = inOrder<ReturnType<typeof lane>, Renaming>([lane(moved), lane(user("b", "c"), narrow)]);
    expect(steps.map(({ change }) => change)).toEqual([narrow, moved, user("b", "c")]);
  });
});
