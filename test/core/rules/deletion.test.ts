import { expect, test } from "vitest";

import { groupDeletionConflict, userDeletionConflict } from "../../../src/core/rules/deletion.ts";

const USER = {
  groups: 0,
  policies: 0,
  inlinePolicies: 0,
  passwords: 0,
  accessKeys: 0,
  certificates: 0,
  sshKeys: 0,
  serviceCredentials: 0,
  mfaDevices: 0,
};

test("a user without children may be deleted", () => {
  expect(userDeletionConflict(USER)).toBeUndefined();
});

test.each(Object.keys(USER))("a user with %s may not be deleted", (kind) => {
  expect(userDeletionConflict({ ...USER, [kind]: 1 })).toMatch(/^Cannot delete entity, must .+ first\.$/);
});

test("a group may be deleted only when nothing is in it or on it", () => {
  const group = { members: 0, policies: 0, inlinePolicies: 0 };
  expect(groupDeletionConflict(group)).toBeUndefined();
  for (const kind of Object.keys(group)) {
    expect(groupDeletionConflict({ ...group, [kind]: 1 })).toMatch(/^Cannot delete entity, must/);
  }
});
