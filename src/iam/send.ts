import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeleteLoginProfileCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DeleteVirtualMFADeviceCommand,
  DetachGroupPolicyCommand,
  DetachUserPolicyCommand,
  PutGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateAccessKeyCommand,
  UpdateGroupCommand,
  UpdateServiceSpecificCredentialCommand,
  UpdateSigningCertificateCommand,
  UpdateSSHPublicKeyCommand,
  UpdateUserCommand,
  type Group,
  type IAMClient,
  type Tag as SdkTag,
  type User,
} from "@aws-sdk/client-iam";

import type { ByKind, WriteKind } from "../core/change.ts";
import type { Instant, Tag } from "../core/state.ts";

/** What IAM answers: of most calls nothing, of those that create who or what they did. */
interface Answer {
  readonly $metadata: object;
  readonly User?: Pick<User, "UserId"> | undefined;
  readonly Group?: Pick<Group, "GroupId"> | undefined;
}

/** The unique id of what the call created. */
export function createdId({ User: user, Group: group }: Answer): string | undefined {
  return user?.UserId ?? group?.GroupId;
}

/** The one call behind each kind of change. `now` is the value of stamped tags. */
export const SENDS: ByKind<Promise<Answer>, [iam: IAMClient, now: Instant], WriteKind> = {
  CreateUser: ({ user, path, tags, boundary }, iam) =>
    iam.send(
      new CreateUserCommand({
        UserName: user,
        Path: path,
        // One call, so that no cut leaves a user without owner or boundary.
        Tags: tags.length > 0 ? sdkTags(tags) : undefined,
        PermissionsBoundary: boundary,
      }),
    ),
  UpdateUser: ({ user, newName, newPath }, iam) =>
    iam.send(new UpdateUserCommand({ UserName: user, NewUserName: newName, NewPath: newPath })),
  DeleteUser: ({ user }, iam) => iam.send(new DeleteUserCommand({ UserName: user })),
  TagUser: ({ user, tags, stamps = [] }, iam, now) =>
    iam.send(
      new TagUserCommand({
        UserName: user,
        Tags: sdkTags([...tags, ...stamps.map((key) => ({ key, value: now }))]),
      }),
    ),
  UntagUser: ({ user, keys }, iam) => iam.send(new UntagUserCommand({ UserName: user, TagKeys: [...keys] })),
  PutUserPermissionsBoundary: ({ user, boundary }, iam) =>
    iam.send(new PutUserPermissionsBoundaryCommand({ UserName: user, PermissionsBoundary: boundary })),
  DeleteUserPermissionsBoundary: ({ user }, iam) =>
    iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: user })),
  AddUserToGroup: ({ user, group }, iam) =>
    iam.send(new AddUserToGroupCommand({ UserName: user, GroupName: group })),
  RemoveUserFromGroup: ({ user, group }, iam) =>
    iam.send(new RemoveUserFromGroupCommand({ UserName: user, GroupName: group })),
  AttachUserPolicy: ({ user, policy }, iam) =>
    iam.send(new AttachUserPolicyCommand({ UserName: user, PolicyArn: policy })),
  DetachUserPolicy: ({ user, policy }, iam) =>
    iam.send(new DetachUserPolicyCommand({ UserName: user, PolicyArn: policy })),
  PutUserPolicy: ({ user, name, document }, iam) =>
    iam.send(
      new PutUserPolicyCommand({
        UserName: user,
        PolicyName: name,
        PolicyDocument: JSON.stringify(document),
      }),
    ),
  DeleteUserPolicy: ({ user, name }, iam) =>
    iam.send(new DeleteUserPolicyCommand({ UserName: user, PolicyName: name })),
  DeleteLoginProfile: ({ user }, iam) => iam.send(new DeleteLoginProfileCommand({ UserName: user })),
  UpdateAccessKey: ({ user, key, status }, iam) =>
    iam.send(new UpdateAccessKeyCommand({ UserName: user, AccessKeyId: key, Status: status })),
  DeleteAccessKey: ({ user, key }, iam) =>
    iam.send(new DeleteAccessKeyCommand({ UserName: user, AccessKeyId: key })),
  UpdateSSHPublicKey: ({ user, key, status }, iam) =>
    iam.send(new UpdateSSHPublicKeyCommand({ UserName: user, SSHPublicKeyId: key, Status: status })),
  DeleteSSHPublicKey: ({ user, key }, iam) =>
    iam.send(new DeleteSSHPublicKeyCommand({ UserName: user, SSHPublicKeyId: key })),
  UpdateSigningCertificate: ({ user, certificate, status }, iam) =>
    iam.send(
      new UpdateSigningCertificateCommand({ UserName: user, CertificateId: certificate, Status: status }),
    ),
  DeleteSigningCertificate: ({ user, certificate }, iam) =>
    iam.send(new DeleteSigningCertificateCommand({ UserName: user, CertificateId: certificate })),
  UpdateServiceSpecificCredential: ({ user, credential, status }, iam) =>
    iam.send(
      new UpdateServiceSpecificCredentialCommand({
        UserName: user,
        ServiceSpecificCredentialId: credential,
        Status: status,
      }),
    ),
  DeleteServiceSpecificCredential: ({ user, credential }, iam) =>
    iam.send(
      new DeleteServiceSpecificCredentialCommand({ UserName: user, ServiceSpecificCredentialId: credential }),
    ),
  DeactivateMFADevice: ({ user, serial }, iam) =>
    iam.send(new DeactivateMFADeviceCommand({ UserName: user, SerialNumber: serial })),
  DeleteVirtualMFADevice: ({ serial }, iam) =>
    iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serial })),
  CreateGroup: ({ group, path }, iam) => iam.send(new CreateGroupCommand({ GroupName: group, Path: path })),
  UpdateGroup: ({ group, newName, newPath }, iam) =>
    iam.send(new UpdateGroupCommand({ GroupName: group, NewGroupName: newName, NewPath: newPath })),
  DeleteGroup: ({ group }, iam) => iam.send(new DeleteGroupCommand({ GroupName: group })),
  AttachGroupPolicy: ({ group, policy }, iam) =>
    iam.send(new AttachGroupPolicyCommand({ GroupName: group, PolicyArn: policy })),
  DetachGroupPolicy: ({ group, policy }, iam) =>
    iam.send(new DetachGroupPolicyCommand({ GroupName: group, PolicyArn: policy })),
  PutGroupPolicy: ({ group, name, document }, iam) =>
    iam.send(
      new PutGroupPolicyCommand({
        GroupName: group,
        PolicyName: name,
        PolicyDocument: JSON.stringify(document),
      }),
    ),
  DeleteGroupPolicy: ({ group, name }, iam) =>
    iam.send(new DeleteGroupPolicyCommand({ GroupName: group, PolicyName: name })),
};

function sdkTags(tags: readonly Tag[]): SdkTag[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }));
}
