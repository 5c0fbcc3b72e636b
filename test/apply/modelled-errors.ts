import type { WriteKind } from "../../src/core/change.ts";
import { type ErrorCode, isErrorCode } from "../../src/sandbox/errors.ts";
import type { Fault } from "../../src/sandbox/faults.ts";

/*
 * The errors of each operation that the program calls, as the IAM service model names them (API version 2010-05-08, as
 * botocore 1.43 has it), by their code on the wire; and those that any call may end with, which no model lists.
 */

export const WRITE_ERRORS: Readonly<Record<WriteKind, string>> = {
  CreateUser:
    "LimitExceeded EntityAlreadyExists NoSuchEntity InvalidInput ConcurrentModification ServiceFailure",
  UpdateUser:
    "NoSuchEntity LimitExceeded EntityAlreadyExists EntityTemporarilyUnmodifiable ConcurrentModification ServiceFailure",
  DeleteUser: "LimitExceeded NoSuchEntity DeleteConflict ConcurrentModification ServiceFailure",
  TagUser: "NoSuchEntity LimitExceeded InvalidInput ConcurrentModification ServiceFailure",
  UntagUser: "NoSuchEntity ConcurrentModification ServiceFailure",
  PutUserPermissionsBoundary: "NoSuchEntity InvalidInput PolicyNotAttachable ServiceFailure",
  DeleteUserPermissionsBoundary: "NoSuchEntity ServiceFailure",
  AddUserToGroup: "NoSuchEntity LimitExceeded ServiceFailure",
  RemoveUserFromGroup: "NoSuchEntity LimitExceeded ServiceFailure",
  AttachUserPolicy: "NoSuchEntity LimitExceeded InvalidInput PolicyNotAttachable ServiceFailure",
  DetachUserPolicy: "NoSuchEntity LimitExceeded InvalidInput ServiceFailure",
  PutUserPolicy: "LimitExceeded MalformedPolicyDocument NoSuchEntity ServiceFailure",
  DeleteUserPolicy: "NoSuchEntity LimitExceeded ServiceFailure",
  DeleteLoginProfile: "EntityTemporarilyUnmodifiable NoSuchEntity LimitExceeded ServiceFailure",
  UpdateAccessKey: "NoSuchEntity LimitExceeded ServiceFailure InvalidInput",
  DeleteAccessKey: "NoSuchEntity LimitExceeded ServiceFailure",
  UpdateSSHPublicKey: "NoSuchEntity InvalidInput",
  DeleteSSHPublicKey: "NoSuchEntity",
  UpdateSigningCertificate: "NoSuchEntity LimitExceeded ServiceFailure InvalidInput",
  DeleteSigningCertificate: "NoSuchEntity LimitExceeded ConcurrentModification ServiceFailure",
  UpdateServiceSpecificCredential: "NoSuchEntity",
  DeleteServiceSpecificCredential: "NoSuchEntity",
  DeactivateMFADevice:
    "EntityTemporarilyUnmodifiable NoSuchEntity LimitExceeded ServiceFailure ConcurrentModification",
  DeleteVirtualMFADevice: "NoSuchEntity DeleteConflict LimitExceeded ServiceFailure ConcurrentModification",
  CreateGroup: "LimitExceeded EntityAlreadyExists NoSuchEntity ServiceFailure",
  UpdateGroup: "NoSuchEntity EntityAlreadyExists LimitExceeded ServiceFailure",
  DeleteGroup: "NoSuchEntity DeleteConflict LimitExceeded ServiceFailure",
  AttachGroupPolicy: "NoSuchEntity LimitExceeded InvalidInput PolicyNotAttachable ServiceFailure",
  DetachGroupPolicy: "NoSuchEntity LimitExceeded InvalidInput ServiceFailure",
  PutGroupPolicy: "LimitExceeded MalformedPolicyDocument NoSuchEntity ServiceFailure",
  DeleteGroupPolicy: "NoSuchEntity LimitExceeded ServiceFailure",
};

/** GetAccessKeyLastUsed has none in the model; NoSuchEntity is what it answers for a key that was deleted. */
export const READ_ERRORS: Readonly<Record<string, string>> = {
  GetAccountAuthorizationDetails: "ServiceFailure",
  GenerateCredentialReport: "LimitExceeded ServiceFailure",
  GetCredentialReport: "ReportNotPresent ReportExpired ReportInProgress ServiceFailure",
  GetAccountSummary: "ServiceFailure",
  GetAccountPasswordPolicy: "NoSuchEntity ServiceFailure",
  ListAccountAliases: "ServiceFailure",
  GetPolicy: "NoSuchEntity InvalidInput ServiceFailure",
  GetPolicyVersion: "NoSuchEntity InvalidInput ServiceFailure",
  GetLoginProfile: "NoSuchEntity ServiceFailure",
  ListAccessKeys: "NoSuchEntity ServiceFailure",
  GetAccessKeyLastUsed: "NoSuchEntity",
  ListSSHPublicKeys: "NoSuchEntity",
  ListSigningCertificates: "NoSuchEntity ServiceFailure",
  ListServiceSpecificCredentials: "NoSuchEntity NotSupportedService",
  ListMFADevices: "NoSuchEntity ServiceFailure",
  GetUser: "NoSuchEntity ServiceFailure",
  ListGroupsForUser: "NoSuchEntity ServiceFailure",
  ListAttachedUserPolicies: "NoSuchEntity InvalidInput ServiceFailure",
  ListUserPolicies: "NoSuchEntity ServiceFailure",
  GetUserPolicy: "NoSuchEntity ServiceFailure",
  GetGroup: "NoSuchEntity ServiceFailure",
  ListAttachedGroupPolicies: "NoSuchEntity InvalidInput ServiceFailure",
  ListGroupPolicies: "NoSuchEntity ServiceFailure",
  GetGroupPolicy: "NoSuchEntity ServiceFailure",
};

/** What any call may meet without any answer of IAM. */
const NETWORK = {
  "no connection": { kind: "lost-request" },
  "no answer": { kind: "lost-answer" },
  "half an answer": { kind: "half-answer" },
} as const satisfies Readonly<Record<string, Fault>>;

export type Trouble = ErrorCode | keyof typeof NETWORK;

/** Of any operation. */
const UNMODELLED: readonly Trouble[] = [
  "AccessDenied",
  "ValidationError",
  "Throttling",
  "ServiceFailure",
  "InvalidClientTokenId",
  "ExpiredToken",
  "no connection",
  "no answer",
  "half an answer",
];

export function troublesOf(modelled: string): readonly Trouble[] {
  const codes = modelled.split(" ").filter(isErrorCode);
  return [...new Set([...codes, ...UNMODELLED])];
}

/** After these nothing more is tried, at once or after some calls: what was under way by then depends on the moment. */
export function endsTheRun(trouble: Trouble): boolean {
  return ["InvalidClientTokenId", "ExpiredToken"].includes(trouble) || isNetwork(trouble);
}

function isNetwork(trouble: Trouble): trouble is keyof typeof NETWORK {
  return Object.hasOwn(NETWORK, trouble);
}

/** What IAM says with it, as far as that is known. A code that has no words here says itself. */
const WORDS: Partial<Readonly<Record<ErrorCode, string>>> = {
  ConcurrentModification: "The entity is being modified by another request. Try again.",
  DeleteConflict: "Cannot delete entity, must detach all policies first.",
  EntityAlreadyExists: "An entity with this name already exists.",
  EntityTemporarilyUnmodifiable: "The entity is temporarily unmodifiable. Please wait and try again.",
  ExpiredToken: "The security token included in the request is expired",
  InvalidClientTokenId: "The security token included in the request is invalid.",
  InvalidInput: "ARN arn:aws:iam::aws:policy/x is not valid.",
  LimitExceeded: "Cannot exceed quota for ThingsPerEntity: 10",
  MalformedPolicyDocument: "Syntax errors in policy.",
  NoSuchEntity: "The entity with name x cannot be found.",
  NotSupportedService: "The service is not supported.",
  PolicyNotAttachable: "Cannot attach a service-linked role policy to an entity.",
  ReportExpired: "The credential report is expired.",
  ReportInProgress: "Report generation is in progress.",
  ReportNotPresent: "The credential report has not been generated.",
  ServiceFailure: "The request processing has failed.",
  Throttling: "Rate exceeded",
  ValidationError: "1 validation error detected",
};

/** The operation meets that every time, or as often as it is said. */
export function faultOf(trouble: Trouble, operation: string, aim: Pick<Fault, "times"> = {}): Fault {
  const operations = [operation];
  if (isNetwork(trouble)) return { ...NETWORK[trouble], operations, ...aim };
  // IAM names the permission that is missing.
  if (trouble === "AccessDenied") return { kind: "access-denied", operations, ...aim };
  return { kind: "error", code: trouble, message: WORDS[trouble] ?? trouble, operations, ...aim };
}
