import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import type { Change, ChangeKind, Intent, Subject } from "../../../src/core/change.ts";
import { adoptionOf } from "../../../src/core/drift/adoption.ts";
import { policyReference } from "../../../src/core/drift/declaring.ts";
import type { Adoption, Edit, Unadoptable } from "../../../src/core/drift/edit.ts";
import type { Entry, PlannedChange } from "../../../src/core/plan.ts";
import type { Roster } from "../../../src/core/roster.ts";
import type { State } from "../../../src/core/state.ts";
import { declaredGroup, declaredUser, group, NOW, OURS, roster, SETTINGS, state, user } from "../build.ts";

const POWER = "arn:aws:iam::aws:policy/PowerUserAccess";
const BASE = "arn:aws:iam::123456789012:policy/team/base";
const DOCUMENT = { Version: "2012-10-17", Statement: [] };
const OTHER = { Version: "2008-10-17", Statement: [] };

function entry(subject: Subject, intent: Intent, changes: readonly Change[]): Entry {
  const planned = changes.map((change) => ({ ...change, cause: "pending", reach: "keeps", phase: "narrow" }));
  return {
    subject,
    intent,
    id: "AIDA",
    changes: planned as readonly PlannedChange[],
    evidence: undefined,
    after: undefined,
  };
}

const EMILY: Subject = { type: "user", name: "emily" };
const OPS: Subject = { type: "group", name: "ops" };

const DECLARED = roster(
  [
    declaredUser("Emily", {
      groups: ["Ops", { group: "late", until: "2026-11-01" }],
      access: ["console"],
      tags: { Team: "platform", cost: "7" },
      policies: ["PowerUserAccess"],
      inlinePolicies: { Own: DOCUMENT },
    }),
  ],
  [declaredGroup("Ops", { policies: [POWER], inlinePolicies: { Own: DOCUMENT } }), declaredGroup("late")],
);

const LIVE = state(
  [user("emily", { path: "/people/", tags: { ...OURS, team: "sales", Desk: "9" } })],
  [group("ops", { path: "/teams/" }), group("made", { policies: [POWER, BASE], path: "/x/" })],
);

function adopted(
  of: Entry,
  { files = DECLARED, actual = LIVE }: { files?: Roster; actual?: State } = {},
): Adoption {
  return adoptionOf(of, { roster: files, actual, now: NOW });
}

function update(change: Change, subject: Subject = EMILY): Adoption {
  return adopted(entry(subject, "update", [change]));
}

function edits(...all: readonly Edit[]): Adoption {
  return { edits: all, unadoptable: [] };
}

function never(...unadoptable: readonly Unadoptable[]): Adoption {
  return { edits: [], unadoptable };
}

const u = { user: "emily" };
const g = { group: "ops" };
const at = (...keys: readonly string[]): readonly string[] => ["users", "Emily", ...keys];
const ofGroup = (...keys: readonly string[]): readonly string[] => ["groups", "Ops", ...keys];

type Case = readonly [name: string, change: Change, adoption: Adoption];

const OF_USERS: readonly Case[] = [
  [
    "a path where the file has another",
    { kind: "UpdateUser", ...u, newPath: "/x/" },
    edits({ how: "set", replaces: true, at: at("path"), value: "/people/" }),
  ],
  [
    "a path",
    { kind: "UpdateUser", ...u, newPath: "/" },
    edits({ how: "set", replaces: false, at: at("path"), value: "/people/" }),
  ],
  [
    "a tag with another value, and one that is missing",
    {
      kind: "TagUser",
      ...u,
      tags: [
        { key: "Team", value: "platform" },
        { key: "cost", value: "7" },
      ],
    },
    edits(
      { how: "set", replaces: true, at: at("tags", "Team"), value: "sales" },
      { how: "drop", at: at("tags", "cost") },
    ),
  ],
  [
    "a tag that no file has",
    { kind: "UntagUser", ...u, keys: ["desk"] },
    edits({ how: "set", replaces: false, at: at("tags", "Desk"), value: "9" }),
  ],
  [
    "a tag that is gone by now, and in no file",
    { kind: "UntagUser", ...u, keys: ["gone"] },
    edits({ how: "drop", at: at("tags", "gone") }),
  ],
  [
    "a missing boundary",
    { kind: "PutUserPermissionsBoundary", ...u, boundary: BASE },
    edits({ how: "drop", at: at("permissionsBoundary") }),
  ],
  [
    "another boundary",
    { kind: "PutUserPermissionsBoundary", ...u, boundary: BASE, replaces: POWER },
    edits({ how: "set", replaces: true, at: at("permissionsBoundary"), value: POWER }),
  ],
  [
    "a boundary that should not be",
    { kind: "DeleteUserPermissionsBoundary", ...u, boundary: BASE },
    edits({ how: "set", replaces: true, at: at("permissionsBoundary"), value: BASE }),
  ],
  [
    "a missing membership",
    { kind: "AddUserToGroup", ...u, group: "ops" },
    edits({ how: "take", at: at("groups"), value: "Ops" }),
  ],
  [
    "a missing membership of a group by a name that the line does not have",
    { kind: "AddUserToGroup", ...u, group: "made" },
    edits({ how: "take", at: at("groups"), value: "made" }),
  ],
  [
    "a membership in a group that is declared",
    { kind: "RemoveUserFromGroup", ...u, group: "late2" },
    edits({ how: "add", at: at("groups"), value: "late2" }),
  ],
  ["a membership whose time is over", { kind: "RemoveUserFromGroup", ...u, group: "Late" }, never("until")],
  [
    "a membership in a group that no file declares",
    { kind: "RemoveUserFromGroup", ...u, group: "Made" },
    edits(
      { how: "add", at: at("groups"), value: "Made" },
      {
        how: "set",
        replaces: false,
        at: ["groups", "made"],
        value: { policies: ["PowerUserAccess", BASE].toSorted(), path: "/x/" },
      },
    ),
  ],
  [
    "a missing policy that the file names by its name",
    { kind: "AttachUserPolicy", ...u, policy: POWER },
    edits({ how: "take", at: at("policies"), value: "PowerUserAccess" }),
  ],
  [
    "an attached policy of AWS's own",
    { kind: "DetachUserPolicy", ...u, policy: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" },
    edits({ how: "add", at: at("policies"), value: "job-function/ViewOnlyAccess" }),
  ],
  [
    "an attached policy of the account's own",
    { kind: "DetachUserPolicy", ...u, policy: BASE },
    edits({ how: "add", at: at("policies"), value: BASE }),
  ],
  [
    "a missing inline policy",
    { kind: "PutUserPolicy", ...u, name: "own", document: DOCUMENT },
    edits({ how: "drop", at: at("inlinePolicies", "Own") }),
  ],
  [
    "another document in an inline policy",
    { kind: "PutUserPolicy", ...u, name: "own", document: DOCUMENT, replaces: OTHER },
    edits({ how: "set", replaces: true, at: at("inlinePolicies", "Own"), value: OTHER }),
  ],
  [
    "an inline policy that no file has",
    { kind: "DeleteUserPolicy", ...u, name: "extra", document: OTHER },
    edits({ how: "set", replaces: false, at: at("inlinePolicies", "extra"), value: OTHER }),
  ],
  ["a password that nobody claimed", { kind: "DeleteLoginProfile", ...u }, never("delay")],
  [
    "an access key that no file asks for",
    { kind: "UpdateAccessKey", ...u, key: "AKIA", status: "Inactive" },
    edits({ how: "add", at: at("access"), value: "programmatic" }),
  ],
  ["a key that makes room", { kind: "DeleteAccessKey", ...u, key: "AKIA" }, edits()],
  [
    "a missing password",
    { kind: "IssuePassword", ...u, to: [] },
    edits({ how: "take", at: at("access"), value: "console" }),
  ],
  [
    "a new token for a password",
    { kind: "IssuePassword", ...u, to: [], token: "2", replaces: true },
    edits({ how: "drop", at: at("resetPassword") }),
  ],
  [
    "a new token and no password",
    { kind: "IssuePassword", ...u, to: [], token: "2" },
    edits({ how: "drop", at: at("resetPassword") }, { how: "take", at: at("access"), value: "console" }),
  ],
  ["a password that nobody holds", { kind: "IssuePassword", ...u, to: [], replaces: true }, never("note")],
  [
    "a missing key",
    { kind: "IssueKey", ...u, to: [], before: [] },
    edits({ how: "take", at: at("access"), value: "programmatic" }),
  ],
  [
    "a new token for a key",
    { kind: "IssueKey", ...u, to: [], before: [], token: "2" },
    edits({ how: "drop", at: at("rotateKey") }),
  ],
  [
    "a tag of ours",
    {
      kind: "TagUser",
      ...u,
      tags: [
        { key: "iam-roster:password", value: "x" },
        { key: "iam-roster:key", value: "x" },
      ],
    },
    never("note"),
  ],
];

const OF_GROUPS: readonly Case[] = [
  [
    "a path",
    { kind: "UpdateGroup", ...g, newPath: "/" },
    edits({ how: "set", replaces: false, at: ofGroup("path"), value: "/teams/" }),
  ],
  [
    "a member that an exclusive group may not have",
    { kind: "RemoveUserFromGroup", user: "zoe", ...g },
    edits({ how: "set", replaces: true, at: ofGroup("exclusive"), value: false }),
  ],
  [
    "a missing policy that the file names by its ARN",
    { kind: "AttachGroupPolicy", ...g, policy: POWER },
    edits({ how: "take", at: ofGroup("policies"), value: POWER }),
  ],
  [
    "an attached policy",
    { kind: "DetachGroupPolicy", ...g, policy: POWER },
    edits({ how: "add", at: ofGroup("policies"), value: "PowerUserAccess" }),
  ],
  [
    "a missing inline policy",
    { kind: "PutGroupPolicy", ...g, name: "own", document: DOCUMENT },
    edits({ how: "drop", at: ofGroup("inlinePolicies", "Own") }),
  ],
  [
    "an inline policy that no file has",
    { kind: "DeleteGroupPolicy", ...g, name: "extra", document: OTHER },
    edits({ how: "set", replaces: false, at: ofGroup("inlinePolicies", "extra"), value: OTHER }),
  ],
];

describe("what to write so that the files say what the account has, of", () => {
  test.each(OF_USERS)("a user: %s", (_, change, adoption) => {
    expect(update(change)).toEqual(adoption);
  });

  test.each(OF_GROUPS)("a group: %s", (_, change, adoption) => {
    expect(update(change, OPS)).toEqual(adoption);
  });

  test("a password where the file says nothing of it", () => {
    const files = roster([declaredUser("emily")]);
    expect(adopted(entry(EMILY, "update", [{ kind: "DeleteLoginProfile", ...u }]), { files })).toEqual(
      edits({ how: "add", at: ["users", "emily", "access"], value: "console" }),
    );
  });

  test("a policy of AWS's own in another partition than the account's", () => {
    const policy = "arn:aws-cn:iam::aws:policy/PowerUserAccess";
    expect(update({ kind: "DetachUserPolicy", ...u, policy })).toEqual(
      edits({ how: "add", at: at("policies"), value: policy }),
    );
  });

  test("several keys is told once", () => {
    const off = (key: string): Change => ({ kind: "UpdateAccessKey", ...u, key, status: "Inactive" });
    expect(adopted(entry(EMILY, "update", [off("AKIA1"), off("AKIA2")])).edits).toHaveLength(1);
  });

  test("a membership in an ignored group is that alone", () => {
    const files = { ...DECLARED, settings: { ...SETTINGS, ignore: { ...SETTINGS.ignore, groups: ["ma*"] } } };
    const leaving: Change = { kind: "RemoveUserFromGroup", ...u, group: "made" };
    expect(adopted(entry(EMILY, "update", [leaving]), { files })).toEqual(
      edits({ how: "add", at: at("groups"), value: "made" }),
    );
  });
});

const CLOSING: readonly ChangeKind[] = [
  "DeleteUser",
  "UpdateSSHPublicKey",
  "DeleteSSHPublicKey",
  "UpdateSigningCertificate",
  "DeleteSigningCertificate",
  "UpdateServiceSpecificCredential",
  "DeleteServiceSpecificCredential",
  "DeactivateMFADevice",
  "DeleteVirtualMFADevice",
  "DeleteGroup",
];

test.each(CLOSING)("%s is made of leavers only, who keep nothing", (kind) => {
  expect(update({ kind, ...u, ...g } as unknown as Change)).toEqual(never("closed"));
});

test("CreateUser and CreateGroup are undone by taking the line out", () => {
  expect(update({ kind: "CreateUser", ...u, path: "/", tags: [] })).toEqual(edits({ how: "drop", at: at() }));
  expect(update({ kind: "CreateGroup", ...g, path: "/" }, OPS)).toEqual(
    edits({ how: "drop", at: ofGroup() }),
  );
});

describe("a user", () => {
  const joining: Change = { kind: "AddUserToGroup", ...u, group: "ops" };

  test.each(["create", "adopt"] as const)("to %s: the line goes", (intent) => {
    expect(adopted(entry(EMILY, intent, [joining]))).toEqual(edits({ how: "drop", at: at() }));
  });

  test("to reactivate: the line says inactive", () => {
    expect(adopted(entry(EMILY, "reactivate", [joining]))).toEqual(
      edits({ how: "set", replaces: false, at: at("status"), value: "inactive" }),
    );
  });

  test("to rename: the key gets the old name, after all else", () => {
    const changes: readonly Change[] = [
      { kind: "UpdateUser", user: "em", newName: "emily", newPath: "/" },
      joining,
    ];
    const actual = state([user("em", { path: "/old/" })], []);
    expect(adopted(entry(EMILY, "rename", changes), { actual })).toEqual(
      edits(
        { how: "set", replaces: false, at: at("path"), value: "/old/" },
        { how: "drop", at: at("renamedFrom") },
        { how: "take", at: at("groups"), value: "Ops" },
        { how: "rename", at: at(), value: "em" },
      ),
    );
  });

  test("to rename without moving keeps the path's line", () => {
    const changes: readonly Change[] = [joining, { kind: "UpdateUser", user: "em", newName: "emily" }];
    const actual = state([user("em", { path: "/old/" })], []);
    const found = adopted(entry(EMILY, "rename", changes), { actual });
    expect(found.unadoptable).toEqual([]);
    expect(found.edits.map(({ how, at: place }) => [how, ...place])).toEqual([
      ["take", ...at("groups")],
      ["drop", ...at("renamedFrom")],
      ["rename", ...at()],
    ]);
  });

  test("is looked at as it is, under the old name, whatever else comes first", () => {
    const changes: readonly Change[] = [
      joining,
      { kind: "UpdateUser", user: "em", newName: "emily", newPath: "/" },
    ];
    const actual = state([user("em", { path: "/old/" }), user("emily", { path: "/other/" })], []);
    expect(adopted(entry(EMILY, "rename", changes), { actual }).edits).toContainEqual({
      how: "set",
      at: at("path"),
      value: "/old/",
      replaces: false,
    });
  });

  test("whom no file names is spoken of under the live name", () => {
    const zoe: Subject = { type: "user", name: "zoe" };
    const change: Change = { kind: "DetachUserPolicy", user: "zoe", policy: POWER };
    expect(adopted(entry(zoe, "update", [change])).edits[0]?.at).toEqual(["users", "zoe", "policies"]);
  });
});

describe("a leaver", () => {
  const ZOE: Subject = { type: "user", name: "zoe" };
  const deny: Change = {
    kind: "AttachUserPolicy",
    user: "zoe",
    policy: "arn:aws:iam::aws:policy/AWSDenyAll",
  };
  const closed = user("zoe", { tags: { ...OURS, [DEACTIVATED_TAG]: NOW } });
  const tags = { ...OURS, "aws:x": "1", AKIAX: "a key", team: "sales", Area: "EU" };
  const zoe = user("zoe", {
    tags,
    groups: ["ops", "Made", "ignored"],
    path: "/people/",
    boundary: BASE,
    policies: [BASE, POWER],
    inlinePolicies: { b: DOCUMENT, A: OTHER },
    credentials: {
      password: { createdAt: undefined, resetRequired: false },
      accessKeys: [
        { id: "AKIA", status: "Active", createdAt: undefined, lastUsed: undefined },
        { id: "AKIB", status: "Inactive", createdAt: undefined, lastUsed: undefined },
      ],
    },
  });

  function leaving(
    intent: Intent,
    live: State["users"] extends ReadonlyMap<string, infer U> ? U : never,
    files: Roster = DECLARED,
  ): Adoption {
    const ignore = { ...SETTINGS.ignore, groups: ["ign*"] };
    const actual = state([live], [...LIVE.groups.values(), group("ignored")]);
    const of = entry(ZOE, intent, [deny]);
    return adopted(of, { files: { ...files, settings: { ...SETTINGS, ignore } }, actual });
  }

  test("whom no file names is declared as found, with the groups that are not declared", () => {
    expect(leaving("deactivate", zoe)).toEqual(
      edits(
        {
          how: "set",
          replaces: false,
          at: ["users", "zoe"],
          value: {
            groups: ["Made", "ops"],
            access: ["console", "programmatic"],
            path: "/people/",
            permissionsBoundary: BASE,
            tags: { Area: "EU", team: "sales" },
            policies: ["PowerUserAccess", BASE],
            inlinePolicies: { A: OTHER, b: DOCUMENT },
          },
        },
        {
          how: "set",
          replaces: false,
          at: ["groups", "made"],
          value: { policies: ["PowerUserAccess", BASE], path: "/x/" },
        },
      ),
    );
  });

  test("is declared with tags and inline policies in the order of their names", () => {
    const [edit] = leaving("deactivate", zoe).edits;
    const { tags: declaredTags, inlinePolicies } = (edit as { value: Record<string, object> }).value;
    expect(Object.keys(declaredTags ?? {})).toEqual(["Area", "team"]);
    expect(Object.keys(inlinePolicies ?? {})).toEqual(["A", "b"]);
  });

  test("without anything is declared without anything", () => {
    const inactive = { id: "AKIA", status: "Inactive", createdAt: undefined, lastUsed: undefined } as const;
    const bare = user("zoe", { credentials: { accessKeys: [inactive] } });
    const nothing = edits({ how: "set", replaces: false, at: ["users", "zoe"], value: {} });
    expect(leaving("deactivate", bare)).toStrictEqual(nothing);
    expect(leaving("deactivate", user("zoe", { credentials: undefined }))).toStrictEqual(nothing);
  });

  test("whose time is over needs a later date", () => {
    const files = roster([declaredUser("zoe", { until: "2026-11-01" })]);
    expect(leaving("deactivate", zoe, files)).toEqual(never("until"));
  });

  test("whom the file calls inactive or absent gets that line taken out", () => {
    const drop = edits({ how: "drop", at: ["users", "zoe", "status"] });
    expect(leaving("deactivate", zoe, roster([declaredUser("zoe", { status: "inactive" })]))).toEqual(drop);
    expect(
      leaving("delete", zoe, roster([declaredUser("zoe", { status: "absent", until: "2027-01-01" })])),
    ).toEqual(drop);
  });

  test("who is deactivated already keeps nothing, and is kept from deletion as inactive", () => {
    expect(leaving("deactivate", closed)).toEqual(never("closed"));
    expect(leaving("delete", closed, roster([declaredUser("zoe", { status: "absent" })]))).toEqual(
      edits({ how: "set", replaces: true, at: ["users", "zoe", "status"], value: "inactive" }),
    );
    expect(leaving("delete", closed)).toEqual(
      edits({ how: "set", replaces: false, at: ["users", "zoe", "status"], value: "inactive" }),
    );
  });

  test("who is gone by now needs nothing", () => {
    expect(leaving("deactivate", user("somebody"))).toEqual(edits());
  });
});

test("what is no ARN of a policy is named as it is", () => {
  expect(policyReference("PowerUserAccess", "aws")).toBe("PowerUserAccess");
});

describe("a group", () => {
  test("to create: the line goes", () => {
    const changes: readonly Change[] = [
      { kind: "CreateGroup", ...g, path: "/" },
      { kind: "AttachGroupPolicy", ...g, policy: POWER },
    ];
    expect(adopted(entry(OPS, "create", changes))).toEqual(edits({ how: "drop", at: ofGroup() }));
  });

  test("to delete: the line no longer says so", () => {
    expect(adopted(entry(OPS, "delete", [{ kind: "DeleteGroup", ...g }]))).toEqual(
      edits({ how: "drop", at: ofGroup("status") }),
    );
  });

  test("is looked at as it is, under the old name, whatever else comes first", () => {
    const changes: readonly Change[] = [
      { kind: "RemoveUserFromGroup", user: "zoe", group: "ops" },
      { kind: "UpdateGroup", group: "made", newName: "ops", newPath: "/" },
    ];
    expect(adopted(entry(OPS, "rename", changes)).edits).toContainEqual({
      how: "set",
      at: ofGroup("path"),
      value: "/x/",
      replaces: false,
    });
  });

  test("to rename: the key gets the old name", () => {
    const change: Change = { kind: "UpdateGroup", group: "made", newName: "ops", newPath: "/" };
    expect(adopted(entry(OPS, "rename", [change]))).toEqual(
      edits(
        { how: "set", replaces: false, at: ofGroup("path"), value: "/x/" },
        { how: "drop", at: ofGroup("renamedFrom") },
        { how: "rename", at: ofGroup(), value: "made" },
      ),
    );
  });

  test("without policies and at the root is declared without anything", () => {
    const leaving: Change = { kind: "RemoveUserFromGroup", ...u, group: "bare" };
    const actual = state([user("emily")], [group("bare")]);
    expect(adopted(entry(EMILY, "update", [leaving]), { actual }).edits[1]).toEqual({
      how: "set",
      replaces: false,
      at: ["groups", "bare"],
      value: {},
    });
  });

  test("that no file names is spoken of under the live name", () => {
    const stray: Subject = { type: "group", name: "stray" };
    const change: Change = { kind: "DetachGroupPolicy", group: "stray", policy: POWER };
    expect(adopted(entry(stray, "update", [change])).edits[0]?.at).toEqual(["groups", "stray", "policies"]);
  });
});
