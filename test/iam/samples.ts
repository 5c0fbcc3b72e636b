import type { Change, WriteKind } from "../../src/core/change.ts";
import type { AccountData } from "../../src/sandbox/data.ts";

/*
 * One change of every kind, and an account in which each of them can be made.
 */

const DENY = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] };
const BOUNDARY = "arn:aws:iam::aws:policy/PowerUserAccess";
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const VIRTUAL = "arn:aws:iam::123456789012:mfa/spare";

export const ACCOUNT: AccountData = {
  groups: [
    { name: "readers", policies: [READ_ONLY], inlinePolicies: { old: DENY } },
    { name: "others" },
    { name: "empty" },
  ],
  users: [
    {
      name: "emily",
      id: "AIDAEMILY",
      tags: { team: "platform" },
      boundary: BOUNDARY,
      groups: ["readers"],
      policies: [READ_ONLY],
      inlinePolicies: { old: DENY },
      password: {},
      accessKeys: [{ id: "AKIAEMILY00000000001" }, { id: "AKIAEMILY00000000002" }],
      sshKeys: [{ id: "APKAEMILY00000000001" }, { id: "APKAEMILY00000000002" }],
      certificates: [{ id: "CERTIFICATEONE0000000001" }, { id: "CERTIFICATEONE0000000002" }],
      serviceCredentials: [{ id: "ACCAEMILY000000000001" }, { id: "ACCAEMILY000000000002" }],
      mfaDevices: [{ serial: "GAHT12345678" }],
    },
    { name: "leaver", id: "AIDALEAVER" },
  ],
  virtualDevices: [{ serial: VIRTUAL, seed: "", tags: [], user: undefined }],
};

const user = "emily";
const group = "readers";
const service = "codecommit.amazonaws.com";

export const SAMPLES: { readonly [Kind in WriteKind]: Change<Kind> } = {
  CreateUser: {
    kind: "CreateUser",
    user: "oscar",
    path: "/people/",
    tags: [{ key: "iam-roster:owner", value: "acme/access" }],
    boundary: BOUNDARY,
  },
  UpdateUser: { kind: "UpdateUser", user: "leaver", newName: "returner", newPath: "/people/" },
  DeleteUser: { kind: "DeleteUser", user: "leaver" },
  TagUser: {
    kind: "TagUser",
    user,
    tags: [{ key: "Team", value: "data" }],
    stamps: ["iam-roster:deactivated"],
  },
  UntagUser: { kind: "UntagUser", user, keys: ["team"] },
  PutUserPermissionsBoundary: { kind: "PutUserPermissionsBoundary", user, boundary: READ_ONLY },
  DeleteUserPermissionsBoundary: { kind: "DeleteUserPermissionsBoundary", user, boundary: BOUNDARY },
  AddUserToGroup: { kind: "AddUserToGroup", user, group: "others" },
  RemoveUserFromGroup: { kind: "RemoveUserFromGroup", user, group },
  AttachUserPolicy: { kind: "AttachUserPolicy", user, policy: "arn:aws:iam::aws:policy/AWSDenyAll" },
  DetachUserPolicy: { kind: "DetachUserPolicy", user, policy: READ_ONLY },
  PutUserPolicy: { kind: "PutUserPolicy", user, name: "new", document: DENY },
  DeleteUserPolicy: { kind: "DeleteUserPolicy", user, name: "old", document: DENY },
  DeleteLoginProfile: { kind: "DeleteLoginProfile", user },
  UpdateAccessKey: { kind: "UpdateAccessKey", user, key: "AKIAEMILY00000000001", status: "Inactive" },
  DeleteAccessKey: { kind: "DeleteAccessKey", user, key: "AKIAEMILY00000000002" },
  UpdateSSHPublicKey: { kind: "UpdateSSHPublicKey", user, key: "APKAEMILY00000000001", status: "Inactive" },
  DeleteSSHPublicKey: { kind: "DeleteSSHPublicKey", user, key: "APKAEMILY00000000002" },
  UpdateSigningCertificate: {
    kind: "UpdateSigningCertificate",
    user,
    certificate: "CERTIFICATEONE0000000001",
    status: "Inactive",
  },
  DeleteSigningCertificate: {
    kind: "DeleteSigningCertificate",
    user,
    certificate: "CERTIFICATEONE0000000002",
  },
  UpdateServiceSpecificCredential: {
    kind: "UpdateServiceSpecificCredential",
    user,
    credential: "ACCAEMILY000000000001",
    service,
    status: "Inactive",
  },
  DeleteServiceSpecificCredential: {
    kind: "DeleteServiceSpecificCredential",
    user,
    credential: "ACCAEMILY000000000002",
    service,
  },
  DeactivateMFADevice: { kind: "DeactivateMFADevice", user, serial: "GAHT12345678" },
  DeleteVirtualMFADevice: { kind: "DeleteVirtualMFADevice", user, serial: VIRTUAL },
  CreateGroup: { kind: "CreateGroup", group: "writers", path: "/team/" },
  UpdateGroup: { kind: "UpdateGroup", group: "empty", newName: "full", newPath: "/team/" },
  DeleteGroup: { kind: "DeleteGroup", group: "empty" },
  AttachGroupPolicy: { kind: "AttachGroupPolicy", group, policy: BOUNDARY },
  DetachGroupPolicy: { kind: "DetachGroupPolicy", group, policy: READ_ONLY },
  PutGroupPolicy: { kind: "PutGroupPolicy", group, name: "new", document: DENY },
  DeleteGroupPolicy: { kind: "DeleteGroupPolicy", group, name: "old", document: DENY },
};
