import {
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  type AccessKeyMetadata,
  type IAMClient,
} from "@aws-sdk/client-iam";

import type {
  AccessKey,
  Credential,
  Credentials,
  MfaDevice,
  Password,
  ServiceCredential,
  Status,
  UserName,
} from "../core/state.ts";
import { instantOf, readPages, required, unlessMissing } from "./answer.ts";

/** Every kind of credential of one user, read side by side; undefined where the user is gone. */
export async function readCredentials(iam: IAMClient, user: UserName): Promise<Credentials | undefined> {
  // A missing password is caught by itself; any other NoSuchEntity says that there is no such user.
  return unlessMissing(async () => {
    const [password, accessKeys, sshKeys, certificates, serviceCredentials, mfaDevices] = await Promise.all([
      readPassword(iam, user),
      readAccessKeys(iam, user),
      readSshKeys(iam, user),
      readCertificates(iam, user),
      readServiceCredentials(iam, user),
      readMfaDevices(iam, user),
    ]);
    return { password, accessKeys, sshKeys, certificates, serviceCredentials, mfaDevices };
  });
}

async function readPassword(iam: IAMClient, UserName: string): Promise<Password | undefined> {
  const answer = await unlessMissing(() => iam.send(new GetLoginProfileCommand({ UserName })));
  if (answer === undefined) return undefined;
  const profile = required(answer.LoginProfile, "GetLoginProfile");
  return { createdAt: instantOf(profile.CreateDate), resetRequired: profile.PasswordResetRequired ?? false };
}

async function readAccessKeys(iam: IAMClient, UserName: string): Promise<readonly AccessKey[]> {
  const keys = await readPages({
    operation: "ListAccessKeys",
    read: (Marker) => iam.send(new ListAccessKeysCommand({ UserName, Marker })),
    items: (answer) => answer.AccessKeyMetadata,
  });
  return Promise.all(keys.map((key) => readAccessKey(iam, key)));
}

async function readAccessKey(iam: IAMClient, key: AccessKeyMetadata): Promise<AccessKey> {
  const id = required(key.AccessKeyId, "ListAccessKeys");
  // A key that was deleted a moment ago has no last use; a change on it will find it gone.
  const used = await unlessMissing(() => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id })));
  return {
    id,
    status: statusOf(key.Status),
    createdAt: instantOf(key.CreateDate),
    lastUsed: instantOf(used?.AccessKeyLastUsed?.LastUsedDate),
  };
}

async function readSshKeys(iam: IAMClient, UserName: string): Promise<readonly Credential[]> {
  const keys = await readPages({
    operation: "ListSSHPublicKeys",
    read: (Marker) => iam.send(new ListSSHPublicKeysCommand({ UserName, Marker })),
    items: (answer) => answer.SSHPublicKeys,
  });
  return keys.map((key) => ({
    id: required(key.SSHPublicKeyId, "ListSSHPublicKeys"),
    status: statusOf(key.Status),
    createdAt: instantOf(key.UploadDate),
  }));
}

async function readCertificates(iam: IAMClient, UserName: string): Promise<readonly Credential[]> {
  const certificates = await readPages({
    operation: "ListSigningCertificates",
    read: (Marker) => iam.send(new ListSigningCertificatesCommand({ UserName, Marker })),
    items: (answer) => answer.Certificates,
  });
  return certificates.map((certificate) => ({
    id: required(certificate.CertificateId, "ListSigningCertificates"),
    status: statusOf(certificate.Status),
    createdAt: instantOf(certificate.UploadDate),
  }));
}

async function readServiceCredentials(
  iam: IAMClient,
  UserName: string,
): Promise<readonly ServiceCredential[]> {
  const credentials = await readPages({
    operation: "ListServiceSpecificCredentials",
    read: (Marker) => iam.send(new ListServiceSpecificCredentialsCommand({ UserName, Marker })),
    items: (answer) => answer.ServiceSpecificCredentials,
  });
  return credentials.map((credential) => ({
    id: required(credential.ServiceSpecificCredentialId, "ListServiceSpecificCredentials"),
    status: statusOf(credential.Status),
    createdAt: instantOf(credential.CreateDate),
    service: required(credential.ServiceName, "ListServiceSpecificCredentials"),
  }));
}

async function readMfaDevices(iam: IAMClient, UserName: string): Promise<readonly MfaDevice[]> {
  const devices = await readPages({
    operation: "ListMFADevices",
    read: (Marker) => iam.send(new ListMFADevicesCommand({ UserName, Marker })),
    items: (answer) => answer.MFADevices,
  });
  return devices.map((device) => ({ serial: required(device.SerialNumber, "ListMFADevices") }));
}

/** `Expired` is as good as Inactive: it opens nothing, and IAM does not let it be set. */
function statusOf(status: string | undefined): Status {
  return status === "Inactive" || status === "Expired" ? "Inactive" : "Active";
}
