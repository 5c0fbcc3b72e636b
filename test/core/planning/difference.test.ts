import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/core/change.ts";
import { createGroup, deletionOfGroup, groupChanges } from "../../../src/core/planning/group-difference.ts";
import { createUser, userChanges } from "../../../src/core/planning/user-difference.ts";
import { DEACTIVATED_TAG, OWNER_TAG } from "../../../src/core/change.ts";
import { group, OURS, OWNER, user } from "../build.ts";

const A = "arn:aws:iam::123456789012:policy/a";
const B = "arn:aws:iam::123456789012:policy/b";
const C = "arn:aws:iam::123456789012:policy/c";
const D = "arn:aws:iam::123456789012:policy/d";
const allow = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
const deny = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }] };
const on = { user: "ann" } as const;

const LIVE = { kinds: { gone: allow, Zed: allow, Same: allow, apple: allow }, policies: [D, B, C] };
const DESIRED = {
  kinds: { zed: deny, same: allow, Apple: deny, zero: deny, new: deny },
  policies: [C, "arn:x", A],
};

describe("what makes a user what it should be", () => {
  test("is in one order: credentials, boundary, path, tags, then memberships and policies, away before to", () => {
    const live = user("ann", {
      boundary: A,
      path: "/old/",
      tags: { ...OURS, Zone: "1", gone: "1", cost: "1" },
      groups: ["Zoo", "gone", "kept"],
      policies: LIVE.policies,
      inlinePolicies: LIVE.kinds,
    });
    const desired = user("ann", {
      boundary: B,
      path: "/new/",
      tags: { ...OURS, team: "2", cost: "2", area: "2" },
      groups: ["kept", "New", "apes"],
      policies: DESIRED.policies,
      inlinePolicies: DESIRED.kinds,
    });
    expect(userChanges(live, desired)).toEqual<readonly Change[]>([
      { kind: "PutUserPermissionsBoundary", ...on, boundary: B, replaces: A },
      { kind: "UpdateUser", ...on, newPath: "/new/" },
      { kind: "UntagUser", ...on, keys: ["Zone", "gone"] },
      {
        kind: "TagUser",
        ...on,
        tags: ["area", "cost", "team"].map((key) => ({ key, value: "2" })),
      },
      { kind: "RemoveUserFromGroup", ...on, group: "gone" },
      { kind: "RemoveUserFromGroup", ...on, group: "Zoo" },
      { kind: "AddUserToGroup", ...on, group: "apes" },
      { kind: "AddUserToGroup", ...on, group: "New" },
      { kind: "DetachUserPolicy", ...on, policy: B },
      { kind: "DetachUserPolicy", ...on, policy: D },
      { kind: "AttachUserPolicy", ...on, policy: A },
      { kind: "AttachUserPolicy", ...on, policy: "arn:x" },
      { kind: "DeleteUserPolicy", ...on, name: "gone", document: allow },
      { kind: "PutUserPolicy", ...on, name: "new", document: deny },
      { kind: "PutUserPolicy", ...on, name: "zero", document: deny },
      { kind: "PutUserPolicy", ...on, name: "apple", document: deny, replaces: allow },
      { kind: "PutUserPolicy", ...on, name: "Zed", document: deny, replaces: allow },
    ]);
  });

  test("puts a first boundary on, takes one away, and leaves what is equal", () => {
    const [bounded, free] = [user("ann", { boundary: A }), user("ann")];
    // Where it replaces none, nothing says that it does.
    expect(userChanges(free, bounded)).toStrictEqual([
      { kind: "PutUserPermissionsBoundary", ...on, boundary: A },
    ]);
    expect(userChanges(bounded, free)).toEqual([
      { kind: "DeleteUserPermissionsBoundary", ...on, boundary: A },
    ]);
    expect(userChanges(bounded, bounded)).toEqual([]);
    expect(userChanges(free, free)).toEqual([]);
  });

  test("takes the deactivation tag away last, and never while it should stay", () => {
    const closed = user("ann", { tags: { ...OURS, [DEACTIVATED_TAG]: "x" }, policies: [A] });
    const back = user("ann");
    expect(userChanges(closed, back)).toEqual([
      { kind: "DetachUserPolicy", ...on, policy: A },
      { kind: "UntagUser", ...on, keys: [DEACTIVATED_TAG] },
    ]);
    expect(userChanges(closed, closed)).toEqual([]);
  });

  test("takes no password from one whose credentials are not known to be unwanted", () => {
    const password = { createdAt: undefined, resetRequired: false };
    const live = user("ann", { credentials: { password } });
    expect(userChanges(live, user("ann"))).toEqual([{ kind: "DeleteLoginProfile", ...on }]);
    expect(userChanges(live, live)).toEqual([]);
    expect(userChanges(user("ann", { credentials: undefined }), user("ann"))).toEqual([]);
  });

  test("disables only the keys that are active and should not be", () => {
    const keys = (...statuses: readonly ("Active" | "Inactive")[]) => ({
      credentials: {
        accessKeys: statuses.map((status, index) => ({
          id: `K${index}`,
          status,
          createdAt: undefined,
          lastUsed: undefined,
        })),
      },
    });
    const live = user("ann", keys("Active", "Active", "Inactive"));
    expect(userChanges(live, user("ann", keys("Active", "Inactive", "Inactive")))).toEqual([
      { kind: "UpdateAccessKey", ...on, key: "K1", status: "Inactive" },
    ]);
  });

  test("creates one with its path, tags and boundary in one call, then gives it the rest", () => {
    const desired = user("ann", {
      boundary: A,
      path: "/p/",
      tags: { ...OURS, Zone: "1", area: "1" },
      groups: ["g"],
      policies: [B],
      inlinePolicies: { p: allow },
    });
    expect(createUser(desired)).toEqual<readonly Change[]>([
      {
        kind: "CreateUser",
        ...on,
        path: "/p/",
        boundary: A,
        tags: [
          { key: "area", value: "1" },
          { key: OWNER_TAG, value: OWNER },
          { key: "Zone", value: "1" },
        ],
      },
      { kind: "AddUserToGroup", ...on, group: "g" },
      { kind: "AttachUserPolicy", ...on, policy: B },
      { kind: "PutUserPolicy", ...on, name: "p", document: allow },
    ]);
    expect(createUser(user("ann", { tags: {} }))).toEqual([
      { kind: "CreateUser", ...on, path: "/", tags: [] },
    ]);
  });
});

describe("what makes a group what it should be", () => {
  test("is in one order: path, then away, then to, by name; a replaced document keeps its name", () => {
    const live = group("g", { path: "/old/", policies: LIVE.policies, inlinePolicies: LIVE.kinds });
    const desired = group("g", { path: "/new/", policies: DESIRED.policies, inlinePolicies: DESIRED.kinds });
    expect(groupChanges(live, desired)).toEqual<readonly Change[]>([
      { kind: "UpdateGroup", group: "g", newPath: "/new/" },
      { kind: "DetachGroupPolicy", group: "g", policy: B },
      { kind: "DetachGroupPolicy", group: "g", policy: D },
      { kind: "DeleteGroupPolicy", group: "g", name: "gone", document: allow },
      { kind: "AttachGroupPolicy", group: "g", policy: A },
      { kind: "AttachGroupPolicy", group: "g", policy: "arn:x" },
      { kind: "PutGroupPolicy", group: "g", name: "new", document: deny },
      { kind: "PutGroupPolicy", group: "g", name: "zero", document: deny },
      { kind: "PutGroupPolicy", group: "g", name: "apple", document: deny, replaces: allow },
      { kind: "PutGroupPolicy", group: "g", name: "Zed", document: deny, replaces: allow },
    ]);
    expect(groupChanges(live, live)).toEqual([]);
  });

  test("creates it, then gives it everything", () => {
    expect(createGroup(group("g", { path: "/p/", policies: [A], inlinePolicies: { p: allow } }))).toEqual([
      { kind: "CreateGroup", group: "g", path: "/p/" },
      { kind: "AttachGroupPolicy", group: "g", policy: A },
      { kind: "PutGroupPolicy", group: "g", name: "p", document: allow },
    ]);
  });

  test("empties it by name before it is deleted", () => {
    const live = group("g", { policies: [B, A], inlinePolicies: { zeta: deny, Alpha: allow } });
    expect(deletionOfGroup(live)).toEqual([
      { kind: "DetachGroupPolicy", group: "g", policy: A },
      { kind: "DetachGroupPolicy", group: "g", policy: B },
      { kind: "DeleteGroupPolicy", group: "g", name: "Alpha", document: allow },
      { kind: "DeleteGroupPolicy", group: "g", name: "zeta", document: deny },
      { kind: "DeleteGroup", group: "g" },
    ]);
  });
});
