import type { PerKind } from "./change.ts";
import { type Job, JOBS } from "./job.ts";
import type { IamRead } from "./port.ts";

/*
 * What each job asks of the ports. The permissions that it needs follow from here.
 */

/** Which jobs make each of the reads. */
export const READING: Readonly<Record<keyof IamRead, readonly Job[]>> = {
  // It is in the snapshot.
  account: [],
  snapshot: JOBS,
  credentials: JOBS,
  policy: JOBS,
  // Before something is taken from a user, or given, the user is read afresh.
  user: ["apply", "expire"],
  // While something is issued.
  tags: ["apply"],
  // No group changes because of a date.
  group: ["apply"],
  members: ["apply"],
};

/**
 * What of a kind time alone can ask for: the end of a membership, closing a user whose time is over, deleting one who was
 * closed long ago, and the end of a password that nobody claimed or of a key that another took the place of. `deny`: only
 * the deny over everything. `mark`: only the tag that says when, or that a password is withdrawn.
 */
export type DuePart = "nothing" | "anything" | "deny" | "mark";

export const DUE_PART: PerKind<DuePart> = {
  CreateUser: "nothing",
  UpdateUser: "nothing",
  DeleteUser: "anything",
  TagUser: "mark",
  UntagUser: "nothing",
  PutUserPermissionsBoundary: "nothing",
  DeleteUserPermissionsBoundary: "nothing",
  AddUserToGroup: "nothing",
  RemoveUserFromGroup: "anything",
  AttachUserPolicy: "deny",
  DetachUserPolicy: "anything",
  PutUserPolicy: "deny",
  DeleteUserPolicy: "anything",
  DeleteLoginProfile: "anything",
  UpdateAccessKey: "anything",
  DeleteAccessKey: "anything",
  UpdateSSHPublicKey: "anything",
  DeleteSSHPublicKey: "anything",
  UpdateSigningCertificate: "anything",
  DeleteSigningCertificate: "anything",
  UpdateServiceSpecificCredential: "anything",
  DeleteServiceSpecificCredential: "anything",
  DeactivateMFADevice: "anything",
  DeleteVirtualMFADevice: "anything",
  IssuePassword: "nothing",
  IssueKey: "nothing",
  CreateGroup: "nothing",
  UpdateGroup: "nothing",
  DeleteGroup: "nothing",
  AttachGroupPolicy: "nothing",
  DetachGroupPolicy: "nothing",
  PutGroupPolicy: "nothing",
  DeleteGroupPolicy: "nothing",
};
