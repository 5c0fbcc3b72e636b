import type { PerKind } from "../core/change.ts";
import type { IamRead } from "../core/port.ts";

/*
 * The permission behind each call that the ports make. GetCallerIdentity needs none: nobody can be denied it.
 */

const CREDENTIALS = [
  "iam:GetAccessKeyLastUsed",
  "iam:GetLoginProfile",
  "iam:ListAccessKeys",
  "iam:ListMFADevices",
  "iam:ListServiceSpecificCredentials",
  "iam:ListSigningCertificates",
  "iam:ListSSHPublicKeys",
] as const;

const ACCOUNT = ["iam:GetAccountPasswordPolicy", "iam:GetAccountSummary", "iam:ListAccountAliases"] as const;

const GROUP = [
  "iam:GetGroup",
  "iam:GetGroupPolicy",
  "iam:ListAttachedGroupPolicies",
  "iam:ListGroupPolicies",
] as const;

/** What each read may call. */
export const READ_PERMISSIONS: Readonly<Record<keyof IamRead, readonly string[]>> = {
  account: ACCOUNT,
  snapshot: [
    ...ACCOUNT,
    "iam:GenerateCredentialReport",
    "iam:GetAccountAuthorizationDetails",
    "iam:GetCredentialReport",
  ],
  credentials: CREDENTIALS,
  user: [
    ...CREDENTIALS,
    "iam:GetUser",
    "iam:GetUserPolicy",
    "iam:ListAttachedUserPolicies",
    "iam:ListGroupsForUser",
    "iam:ListUserPolicies",
  ],
  group: GROUP,
  members: ["iam:GetGroup"],
  policyExists: ["iam:GetPolicy"],
};

/** What each write calls, and what it reads where IAM refuses, to see whether it is so already. */
export const WRITE_PERMISSIONS: PerKind<readonly string[]> = {
  // Tags given at creation are authorised as TagUser is.
  CreateUser: ["iam:CreateUser", "iam:TagUser", "iam:GetUser"],
  UpdateUser: ["iam:UpdateUser", "iam:GetUser"],
  DeleteUser: ["iam:DeleteUser"],
  TagUser: ["iam:TagUser"],
  UntagUser: ["iam:UntagUser"],
  PutUserPermissionsBoundary: ["iam:PutUserPermissionsBoundary"],
  DeleteUserPermissionsBoundary: ["iam:DeleteUserPermissionsBoundary", "iam:GetUser"],
  AddUserToGroup: ["iam:AddUserToGroup"],
  RemoveUserFromGroup: ["iam:RemoveUserFromGroup"],
  AttachUserPolicy: ["iam:AttachUserPolicy"],
  DetachUserPolicy: ["iam:DetachUserPolicy", "iam:GetUser"],
  PutUserPolicy: ["iam:PutUserPolicy"],
  DeleteUserPolicy: ["iam:DeleteUserPolicy", "iam:GetUser"],
  DeleteLoginProfile: ["iam:DeleteLoginProfile", "iam:GetUser"],
  UpdateAccessKey: ["iam:UpdateAccessKey", "iam:GetUser"],
  DeleteAccessKey: ["iam:DeleteAccessKey", "iam:GetUser"],
  UpdateSSHPublicKey: ["iam:UpdateSSHPublicKey", "iam:GetUser"],
  DeleteSSHPublicKey: ["iam:DeleteSSHPublicKey", "iam:GetUser"],
  UpdateSigningCertificate: ["iam:UpdateSigningCertificate", "iam:GetUser"],
  DeleteSigningCertificate: ["iam:DeleteSigningCertificate", "iam:GetUser"],
  UpdateServiceSpecificCredential: ["iam:UpdateServiceSpecificCredential", "iam:GetUser"],
  DeleteServiceSpecificCredential: ["iam:DeleteServiceSpecificCredential", "iam:GetUser"],
  DeactivateMFADevice: ["iam:DeactivateMFADevice", "iam:GetUser"],
  DeleteVirtualMFADevice: ["iam:DeleteVirtualMFADevice"],
  CreateGroup: ["iam:CreateGroup", ...GROUP],
  UpdateGroup: ["iam:UpdateGroup", "iam:GetGroup"],
  DeleteGroup: ["iam:DeleteGroup"],
  AttachGroupPolicy: ["iam:AttachGroupPolicy"],
  DetachGroupPolicy: ["iam:DetachGroupPolicy", "iam:GetGroup"],
  PutGroupPolicy: ["iam:PutGroupPolicy"],
  DeleteGroupPolicy: ["iam:DeleteGroupPolicy", "iam:GetGroup"],
};
