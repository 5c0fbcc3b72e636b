import type { PerKind } from "../core/change.ts";
import type { IamRead } from "../core/port.ts";

/*
 * The permission behind each call that the ports make. GetCallerIdentity needs none: nobody can be denied it.
 */

/** What each permission is asked for on. Source: the Service Authorization Reference of IAM. */
const ASKED_ON = {
  // Of these IAM knows nothing narrower than the whole account.
  "iam:GenerateCredentialReport": "account",
  "iam:GetAccountAuthorizationDetails": "account",
  "iam:GetAccountPasswordPolicy": "account",
  "iam:GetAccountSummary": "account",
  "iam:GetCredentialReport": "account",
  "iam:ListAccountAliases": "account",

  "iam:GetAccessKeyLastUsed": "user",
  "iam:GetLoginProfile": "user",
  "iam:GetUser": "user",
  "iam:GetUserPolicy": "user",
  "iam:ListAccessKeys": "user",
  "iam:ListAttachedUserPolicies": "user",
  "iam:ListGroupsForUser": "user",
  "iam:ListMFADevices": "user",
  "iam:ListServiceSpecificCredentials": "user",
  "iam:ListSigningCertificates": "user",
  "iam:ListSSHPublicKeys": "user",
  "iam:ListUserPolicies": "user",
  "iam:AttachUserPolicy": "user",
  "iam:CreateAccessKey": "user",
  "iam:CreateLoginProfile": "user",
  "iam:CreateUser": "user",
  "iam:DeactivateMFADevice": "user",
  "iam:DeleteAccessKey": "user",
  "iam:DeleteLoginProfile": "user",
  "iam:DeleteServiceSpecificCredential": "user",
  "iam:DeleteSigningCertificate": "user",
  "iam:DeleteSSHPublicKey": "user",
  "iam:DeleteUser": "user",
  "iam:DeleteUserPermissionsBoundary": "user",
  "iam:DeleteUserPolicy": "user",
  "iam:DetachUserPolicy": "user",
  "iam:PutUserPermissionsBoundary": "user",
  "iam:PutUserPolicy": "user",
  "iam:TagUser": "user",
  "iam:UntagUser": "user",
  "iam:UpdateAccessKey": "user",
  "iam:UpdateLoginProfile": "user",
  "iam:UpdateServiceSpecificCredential": "user",
  "iam:UpdateSigningCertificate": "user",
  "iam:UpdateSSHPublicKey": "user",
  "iam:UpdateUser": "user",

  "iam:GetGroup": "group",
  "iam:GetGroupPolicy": "group",
  "iam:ListAttachedGroupPolicies": "group",
  "iam:ListGroupPolicies": "group",
  // The user does not count: whoever may add to a group may add anybody.
  "iam:AddUserToGroup": "group",
  "iam:RemoveUserFromGroup": "group",
  "iam:AttachGroupPolicy": "group",
  "iam:CreateGroup": "group",
  "iam:DeleteGroup": "group",
  "iam:DeleteGroupPolicy": "group",
  "iam:DetachGroupPolicy": "group",
  "iam:PutGroupPolicy": "group",
  "iam:UpdateGroup": "group",

  "iam:GetPolicy": "policy",
  "iam:GetPolicyVersion": "policy",
  "iam:DeleteVirtualMFADevice": "mfa",
} as const;

export type Permission = keyof typeof ASKED_ON;
export type AskedOn = (typeof ASKED_ON)[Permission];

export function askedOn(permission: Permission): AskedOn {
  return ASKED_ON[permission];
}

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
export const READ_PERMISSIONS: Readonly<Record<keyof IamRead, readonly Permission[]>> = {
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
  policy: ["iam:GetPolicy", "iam:GetPolicyVersion"],
  tags: ["iam:GetUser"],
};

/** What each change calls, and what it reads where IAM refuses, to see whether it is so already. */
export const WRITE_PERMISSIONS: PerKind<readonly Permission[]> = {
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
  // A note that is not to stay is taken off again.
  IssuePassword: ["iam:CreateLoginProfile", "iam:UpdateLoginProfile", "iam:TagUser", "iam:UntagUser"],
  IssueKey: ["iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:TagUser", "iam:UntagUser"],
  CreateGroup: ["iam:CreateGroup", ...GROUP],
  UpdateGroup: ["iam:UpdateGroup", "iam:GetGroup"],
  DeleteGroup: ["iam:DeleteGroup"],
  AttachGroupPolicy: ["iam:AttachGroupPolicy"],
  DetachGroupPolicy: ["iam:DetachGroupPolicy", "iam:GetGroup"],
  PutGroupPolicy: ["iam:PutGroupPolicy"],
  DeleteGroupPolicy: ["iam:DeleteGroupPolicy", "iam:GetGroup"],
};
