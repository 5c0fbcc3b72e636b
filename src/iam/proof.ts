import { GetGroupCommand, GetUserCommand, type IAMClient } from "@aws-sdk/client-iam";

import type { ByKind, Change, WriteKind } from "../core/change.ts";
import type { IamFailure } from "../core/failure.ts";
import type { GroupName, UserName } from "../core/state.ts";
import { required, unlessMissing } from "./answer.ts";
import { tagsOf } from "./details.ts";
import { readGroup } from "./subjects.ts";

/*
 * After a refusal: is it so already? An answer may have been lost and the call repeated, or somebody else was first.
 * Nothing counts as done on the error's word alone where the error could mean two things.
 */

interface Refusal {
  readonly iam: IAMClient;
  readonly failure: IamFailure;
  /** The unique id that the subject had when it was read. */
  readonly id: string | undefined;
}

/** Whether it is so; of what was created, the unique id that it has got. */
type Proven = boolean | { readonly id: string };

type Proof<Given> = (change: Given, refusal: Refusal) => Promise<Proven>;

const never: Proof<unknown> = async () => false;

/** An answer to this very call was lost, and what was to be deleted is not there. Without that it may have been renamed. */
const deleted: Proof<unknown> = async (_change, { failure }) =>
  failure.code === "NoSuchEntity" && failure.ambiguous;

/** What was to be taken away is not there; nor need anything else be. */
const gone: Proof<unknown> = async (_change, { failure }) => failure.code === "NoSuchEntity";

/**
 * What was to be taken away is not there, and its user is: where the user is not, it may have been renamed, with
 * everything that it holds.
 */
const goneFromUser: Proof<{ readonly user: UserName }> = async ({ user }, { iam, failure, id }) => {
  if (failure.code !== "NoSuchEntity") return false;
  const live = await findUser(iam, user);
  return live !== undefined && (id === undefined || live.UserId === id);
};

const goneFromGroup: Proof<{ readonly group: GroupName }> = async ({ group }, { iam, failure, id }) => {
  if (failure.code !== "NoSuchEntity") return false;
  const live = await findGroup(iam, group);
  return live !== undefined && (id === undefined || live.GroupId === id);
};

/** The name is taken, an answer to this very call was lost, and who has it is what was to be made, tag by tag. */
const createdUser: Proof<Change<"CreateUser">> = async (change, { iam, failure }) => {
  if (failure.code !== "EntityAlreadyExists" || !failure.ambiguous || change.tags.length === 0) return false;
  const live = await findUser(iam, change.user);
  if (live === undefined) return false;
  const tags = tagsOf(live.Tags);
  const isSame =
    live.UserName === change.user &&
    live.Path === change.path &&
    live.PermissionsBoundary?.PermissionsBoundaryArn === change.boundary &&
    tags.size === change.tags.length &&
    change.tags.every(({ key, value }) =>
      [...tags.values()].some((tag) => tag.key === key && tag.value === value),
    );
  return isSame && { id: required(live.UserId, "GetUser") };
};

/** A group carries no tag to know it by; but an empty one at this path is all that the call would have made. */
const createdGroup: Proof<Change<"CreateGroup">> = async (change, { iam, failure }) => {
  if (failure.code !== "EntityAlreadyExists" || !failure.ambiguous) return false;
  const [live, members] = await Promise.all([
    readGroup(iam, change.group),
    iam.send(new GetGroupCommand({ GroupName: change.group })),
  ]);
  if (live?.id === undefined) return false;
  const isSame =
    live.name === change.group &&
    live.path === change.path &&
    live.policies.size === 0 &&
    live.inlinePolicies.size === 0 &&
    required(members.Users, "GetGroup").length === 0 &&
    members.IsTruncated !== true;
  return isSame && { id: live.id };
};

/** Nobody has the old name any more, and the new one belongs to the very same user. */
const renamedUser: Proof<Change<"UpdateUser">> = async (change, { iam, failure, id }) => {
  if (failure.code !== "NoSuchEntity" || change.newName === undefined || id === undefined) return false;
  const live = await findUser(iam, change.newName);
  return live?.UserId === id && (change.newPath === undefined || live.Path === change.newPath);
};

const renamedGroup: Proof<Change<"UpdateGroup">> = async (change, { iam, failure, id }) => {
  if (failure.code !== "NoSuchEntity" || change.newName === undefined || id === undefined) return false;
  const live = await findGroup(iam, change.newName);
  return live?.GroupId === id && (change.newPath === undefined || live.Path === change.newPath);
};

/** Whether a change that was refused is so already. */
export const PROOFS: ByKind<Promise<Proven>, [Refusal], WriteKind> = {
  CreateUser: createdUser,
  UpdateUser: renamedUser,
  DeleteUser: deleted,
  TagUser: never,
  UntagUser: never,
  PutUserPermissionsBoundary: never,
  DeleteUserPermissionsBoundary: goneFromUser,
  AddUserToGroup: never,
  // Of a user who is no member IAM takes it. So user or group is gone, or renamed, and then the membership stands.
  RemoveUserFromGroup: never,
  AttachUserPolicy: never,
  DetachUserPolicy: goneFromUser,
  PutUserPolicy: never,
  DeleteUserPolicy: goneFromUser,
  DeleteLoginProfile: goneFromUser,
  UpdateAccessKey: goneFromUser,
  DeleteAccessKey: goneFromUser,
  UpdateSSHPublicKey: goneFromUser,
  DeleteSSHPublicKey: goneFromUser,
  UpdateSigningCertificate: goneFromUser,
  DeleteSigningCertificate: goneFromUser,
  UpdateServiceSpecificCredential: goneFromUser,
  DeleteServiceSpecificCredential: goneFromUser,
  DeactivateMFADevice: goneFromUser,
  DeleteVirtualMFADevice: gone,
  CreateGroup: createdGroup,
  UpdateGroup: renamedGroup,
  DeleteGroup: deleted,
  AttachGroupPolicy: never,
  DetachGroupPolicy: goneFromGroup,
  PutGroupPolicy: never,
  DeleteGroupPolicy: goneFromGroup,
};

async function findUser(iam: IAMClient, UserName: string) {
  const answer = await unlessMissing(() => iam.send(new GetUserCommand({ UserName })));
  return answer && required(answer.User, "GetUser");
}

async function findGroup(iam: IAMClient, GroupName: string) {
  const answer = await unlessMissing(() => iam.send(new GetGroupCommand({ GroupName, MaxItems: 1 })));
  return answer && required(answer.Group, "GetGroup");
}
