import type { IAM, StatusType } from "@aws-sdk/client-iam";

import { rsaKey } from "../../sandbox/material.ts";
import { allow, awsPolicy } from "../../sandbox/start.ts";
import { emily, GroupName, PASSWORD, readers, tag, UserName } from "../given.ts";
import { end, type Line } from "../line.ts";

/*
 * Every call about a user or group, made where there is none.
 */

type Calls = Readonly<Record<string, (iam: IAM) => Promise<unknown>>>;

const policy = { PolicyArn: awsPolicy("ReadOnlyAccess") };
const named = { PolicyName: "own" };
const document = { ...named, PolicyDocument: allow("s3:*") };
const off = { Status: "Inactive" as StatusType };
const key = { UserName, AccessKeyId: "AKIANOBODY0000000000" };
const sshKey = { UserName, SSHPublicKeyId: "APKANOBODY0000000000" };
const certificate = { UserName, CertificateId: "NOBODYNOBODYNOBODYNOBODY" };
const credential = { UserName, ServiceSpecificCredentialId: "ACCANOBODY0000000000" };

const OF_A_USER = {
  GetUser: (iam) => iam.getUser({ UserName }),
  UpdateUser: (iam) => iam.updateUser({ UserName, NewPath: "/people/" }),
  DeleteUser: (iam) => iam.deleteUser({ UserName }),
  TagUser: (iam) => iam.tagUser({ UserName, Tags: [tag("team")] }),
  UntagUser: (iam) => iam.untagUser({ UserName, TagKeys: ["team"] }),
  ListUserTags: (iam) => iam.listUserTags({ UserName }),
  PutUserPermissionsBoundary: (iam) =>
    iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: policy.PolicyArn }),
  DeleteUserPermissionsBoundary: (iam) => iam.deleteUserPermissionsBoundary({ UserName }),
  AddUserToGroup: async (iam) => {
    await readers(iam);
    await iam.addUserToGroup({ UserName, GroupName });
  },
  RemoveUserFromGroup: async (iam) => {
    await readers(iam);
    await iam.removeUserFromGroup({ UserName, GroupName });
  },
  ListGroupsForUser: (iam) => iam.listGroupsForUser({ UserName }),
  AttachUserPolicy: (iam) => iam.attachUserPolicy({ UserName, ...policy }),
  DetachUserPolicy: (iam) => iam.detachUserPolicy({ UserName, ...policy }),
  ListAttachedUserPolicies: (iam) => iam.listAttachedUserPolicies({ UserName }),
  PutUserPolicy: (iam) => iam.putUserPolicy({ UserName, ...document }),
  GetUserPolicy: (iam) => iam.getUserPolicy({ UserName, ...named }),
  DeleteUserPolicy: (iam) => iam.deleteUserPolicy({ UserName, ...named }),
  ListUserPolicies: (iam) => iam.listUserPolicies({ UserName }),
  CreateLoginProfile: (iam) => iam.createLoginProfile({ UserName, Password: PASSWORD }),
  GetLoginProfile: (iam) => iam.getLoginProfile({ UserName }),
  UpdateLoginProfile: (iam) => iam.updateLoginProfile({ UserName, Password: PASSWORD }),
  DeleteLoginProfile: (iam) => iam.deleteLoginProfile({ UserName }),
  CreateAccessKey: (iam) => iam.createAccessKey({ UserName }),
  ListAccessKeys: (iam) => iam.listAccessKeys({ UserName }),
  UpdateAccessKey: (iam) => iam.updateAccessKey({ ...key, ...off }),
  DeleteAccessKey: (iam) => iam.deleteAccessKey(key),
  UploadSSHPublicKey: (iam) => iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: rsaKey(2048) }),
  ListSSHPublicKeys: (iam) => iam.listSSHPublicKeys({ UserName }),
  UpdateSSHPublicKey: (iam) => iam.updateSSHPublicKey({ ...sshKey, ...off }),
  DeleteSSHPublicKey: (iam) => iam.deleteSSHPublicKey(sshKey),
  ListSigningCertificates: (iam) => iam.listSigningCertificates({ UserName }),
  UpdateSigningCertificate: (iam) => iam.updateSigningCertificate({ ...certificate, ...off }),
  DeleteSigningCertificate: (iam) => iam.deleteSigningCertificate(certificate),
  ListServiceSpecificCredentials: (iam) => iam.listServiceSpecificCredentials({ UserName }),
  UpdateServiceSpecificCredential: (iam) => iam.updateServiceSpecificCredential({ ...credential, ...off }),
  DeleteServiceSpecificCredential: (iam) => iam.deleteServiceSpecificCredential(credential),
  ListMFADevices: (iam) => iam.listMFADevices({ UserName }),
  DeactivateMFADevice: (iam) => iam.deactivateMFADevice({ UserName, SerialNumber: "GAHT12345678" }),
} satisfies Calls;

const OF_A_GROUP = {
  GetGroup: (iam) => iam.getGroup({ GroupName }),
  UpdateGroup: (iam) => iam.updateGroup({ GroupName, NewGroupName: "others" }),
  DeleteGroup: (iam) => iam.deleteGroup({ GroupName }),
  AddUserToGroup: async (iam) => {
    await emily(iam);
    await iam.addUserToGroup({ UserName, GroupName });
  },
  RemoveUserFromGroup: async (iam) => {
    await emily(iam);
    await iam.removeUserFromGroup({ UserName, GroupName });
  },
  AttachGroupPolicy: (iam) => iam.attachGroupPolicy({ GroupName, ...policy }),
  DetachGroupPolicy: (iam) => iam.detachGroupPolicy({ GroupName, ...policy }),
  ListAttachedGroupPolicies: (iam) => iam.listAttachedGroupPolicies({ GroupName }),
  PutGroupPolicy: (iam) => iam.putGroupPolicy({ GroupName, ...document }),
  GetGroupPolicy: (iam) => iam.getGroupPolicy({ GroupName, ...named }),
  DeleteGroupPolicy: (iam) => iam.deleteGroupPolicy({ GroupName, ...named }),
  ListGroupPolicies: (iam) => iam.listGroupPolicies({ GroupName }),
} satisfies Calls;

function missing<Operation extends string>(
  calls: Readonly<Record<Operation, (iam: IAM) => Promise<unknown>>>,
): Readonly<Record<Operation, Line>> {
  const lines = Object.entries<(iam: IAM) => Promise<unknown>>(calls).map(
    ([operation, call]): [string, Line] => [
      operation,
      { does: ({ iam }) => end(call(iam)), gives: "NoSuchEntity 404" },
    ],
  );
  return Object.fromEntries(lines) as Record<Operation, Line>;
}

export const missingUser = missing(OF_A_USER);
export const missingGroup = missing(OF_A_GROUP);
