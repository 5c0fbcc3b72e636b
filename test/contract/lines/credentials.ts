import type { IAM, StatusType } from "@aws-sdk/client-iam";

import { certificate, rsaKey } from "../../sandbox/material.ts";
import { emily, enable, newDevice, newKey, PASSWORD, UserName } from "../given.ts";
import { allEnd, end, ends, endsFor, type Lines, type Seen } from "../line.ts";

/** How setting these statuses ends, in this order. */
function statuses(set: (status: StatusType) => Promise<unknown>): Promise<Seen> {
  return endsFor(["Inactive", "Active", "Expired"], set);
}

const SETTABLE = { Inactive: "done", Active: "done", Expired: "InvalidInput 400" };
export const WEAK_PASSWORDS = ["Ab1!", "abcdefgh1", "ABCDEFGH", "12345678!"];

async function withPassword(iam: IAM): Promise<void> {
  await emily(iam);
  await iam.createLoginProfile({ UserName, Password: PASSWORD });
}

async function resetRequired(iam: IAM): Promise<boolean> {
  return (await iam.getLoginProfile({ UserName })).LoginProfile?.PasswordResetRequired ?? false;
}

export const passwords = {
  "is there or not, and is deleted once": {
    does: async ({ iam }) => {
      await emily(iam);
      const get = () => iam.getLoginProfile({ UserName });
      const make = () => iam.createLoginProfile({ UserName, Password: PASSWORD });
      const remove = () => iam.deleteLoginProfile({ UserName });
      return ends([get, make, get, make, remove, remove]);
    },
    gives: ["NoSuchEntity 404", "done", "done", "EntityAlreadyExists 409", "done", "NoSuchEntity 404"],
  },
  "is to be changed at the first sign-in, if asked for": {
    does: async ({ iam }) => {
      await emily(iam);
      await iam.createLoginProfile({ UserName, Password: PASSWORD, PasswordResetRequired: true });
      return resetRequired(iam);
    },
    gives: true,
  },
  "conforms to a policy even where the account has none of its own": {
    does: async ({ iam }) => {
      return endsFor(WEAK_PASSWORDS, async (Password) => {
        const weak = `u${WEAK_PASSWORDS.indexOf(Password)}`;
        await iam.createUser({ UserName: weak });
        await iam.createLoginProfile({ UserName: weak, Password });
      });
    },
    gives: allEnd(WEAK_PASSWORDS, "PasswordPolicyViolation 400"),
  },
  "conforms to the account's own policy": {
    does: async ({ iam }) => {
      await emily(iam);
      await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 30 });
      return end(iam.createLoginProfile({ UserName, Password: PASSWORD }));
    },
    gives: "PasswordPolicyViolation 400",
  },
  "is replaced by an update": {
    does: async ({ iam }) => {
      await withPassword(iam);
      await iam.updateLoginProfile({ UserName, Password: "Another-horse-2", PasswordResetRequired: true });
      return resetRequired(iam);
    },
    gives: true,
  },
  "stays as it is where an update names none": {
    does: async ({ iam }) => {
      await withPassword(iam);
      const update = await end(iam.updateLoginProfile({ UserName, PasswordResetRequired: true }));
      return [update, await end(iam.getLoginProfile({ UserName }))];
    },
    gives: ["done", "done"],
  },
} satisfies Lines;

export const accessKeys = {
  "has an id that begins with AKIA, and a secret that is shown once": {
    does: async ({ iam }) => {
      await emily(iam);
      const { AccessKey } = await iam.createAccessKey({ UserName });
      const { AccessKeyMetadata } = await iam.listAccessKeys({ UserName });
      return [
        /^AKIA\w{16}$/.test(AccessKey?.AccessKeyId ?? ""),
        AccessKey?.SecretAccessKey?.length ?? 0,
        Object.keys(AccessKeyMetadata?.[0] ?? {}).toSorted(),
      ];
    },
    gives: [true, 40, ["AccessKeyId", "CreateDate", "Status", "UserName"]],
  },
  "is the third of a user never, inactive ones included": {
    does: async ({ iam }) => {
      await emily(iam);
      await iam.updateAccessKey({ ...(await newKey(iam)), Status: "Inactive" });
      return ends([() => newKey(iam), () => newKey(iam)]);
    },
    gives: ["done", "LimitExceeded 409"],
  },
  "is switched off and on, and never expired by a call": {
    does: async ({ iam }) => {
      await emily(iam);
      const key = await newKey(iam);
      return statuses((Status) => iam.updateAccessKey({ ...key, Status }));
    },
    gives: SETTABLE,
  },
  "is switched off twice without an error, and shown so": {
    does: async ({ iam }) => {
      await emily(iam);
      const key = await newKey(iam);
      const off = () => iam.updateAccessKey({ ...key, Status: "Inactive" });
      const seen = await ends([off, off]);
      return [...seen, (await iam.listAccessKeys({ UserName })).AccessKeyMetadata?.[0]?.Status ?? ""];
    },
    gives: ["done", "done", "Inactive"],
  },
  "tells its user and that it was never used": {
    does: async ({ iam }) => {
      await emily(iam);
      const { AccessKeyId } = await newKey(iam);
      const { UserName: whose, AccessKeyLastUsed } = await iam.getAccessKeyLastUsed({ AccessKeyId });
      const { LastUsedDate, ServiceName, Region } = AccessKeyLastUsed ?? {};
      return [whose ?? "", LastUsedDate === undefined, ServiceName ?? "", Region ?? ""];
    },
    gives: ["emily", true, "N/A", "N/A"],
  },
  "is deleted once": {
    does: async ({ iam }) => {
      await emily(iam);
      const key = await newKey(iam);
      return ends([
        () => iam.deleteAccessKey(key),
        () => iam.deleteAccessKey(key),
        () => iam.getAccessKeyLastUsed(key),
      ]);
    },
    gives: ["done", "NoSuchEntity 404", "NoSuchEntity 404"],
  },
  "is deleted under its own user's name only": {
    does: async ({ iam }) => {
      await emily(iam);
      await iam.createUser({ UserName: "ben" });
      return end(iam.deleteAccessKey({ ...(await newKey(iam)), UserName: "ben" }));
    },
    gives: "NoSuchEntity 404",
  },
} satisfies Lines;

export const mfaDevices = {
  "of the virtual kind has an ARN for a serial number": {
    does: async ({ iam, account }) => (await newDevice(iam)).SerialNumber.replace(account, "ACCOUNT"),
    gives: "arn:aws:iam::ACCOUNT:mfa/phone",
  },
  "is given to a user, listed, and taken back once": {
    does: async ({ iam }) => {
      await emily(iam);
      const device = await newDevice(iam);
      await enable(iam, device);
      const own = { UserName, SerialNumber: device.SerialNumber };
      const { MFADevices } = await iam.listMFADevices({ UserName });
      const takeBack = () => iam.deactivateMFADevice(own);
      return [MFADevices?.[0]?.SerialNumber === own.SerialNumber, ...(await ends([takeBack, takeBack]))];
    },
    gives: [true, "done", "NoSuchEntity 404"],
  },
  "is given only with two codes that it shows": {
    does: async ({ iam }) => {
      await emily(iam);
      const { SerialNumber } = await newDevice(iam);
      const codes = { AuthenticationCode1: "000000", AuthenticationCode2: "000000" };
      return end(iam.enableMFADevice({ UserName, SerialNumber, ...codes }));
    },
    gives: "InvalidAuthenticationCode 403",
  },
  "is deleted when nobody has it, once": {
    does: async ({ iam }) => {
      await emily(iam);
      const device = await newDevice(iam);
      const { SerialNumber } = device;
      await enable(iam, device);
      const remove = () => iam.deleteVirtualMFADevice({ SerialNumber });
      return ends([remove, () => iam.deactivateMFADevice({ UserName, SerialNumber }), remove, remove]);
    },
    gives: ["DeleteConflict 409", "done", "done", "NoSuchEntity 404"],
  },
  "shows its seed when it is made, and in no list": {
    does: async ({ iam }) => {
      const { seed } = await newDevice(iam);
      const { VirtualMFADevices } = await iam.listVirtualMFADevices({});
      return [seed.length > 0, VirtualMFADevices?.[0]?.Base32StringSeed === undefined];
    },
    gives: [true, true],
  },
} satisfies Lines;

async function sshKey(iam: IAM) {
  await emily(iam);
  const { SSHPublicKey } = await iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: rsaKey(2048) });
  return { UserName, SSHPublicKeyId: SSHPublicKey?.SSHPublicKeyId ?? "" };
}

export const sshKeys = {
  "is listed, and deleted once": {
    does: async ({ iam }) => {
      const key = await sshKey(iam);
      const { SSHPublicKeys } = await iam.listSSHPublicKeys({ UserName });
      const remove = () => iam.deleteSSHPublicKey(key);
      return [SSHPublicKeys?.[0]?.Status ?? "none", ...(await ends([remove, remove]))];
    },
    gives: ["Active", "done", "NoSuchEntity 404"],
  },
  "is switched off and on, and never expired by a call": {
    does: async ({ iam }) => {
      const key = await sshKey(iam);
      return statuses((Status) => iam.updateSSHPublicKey({ ...key, Status }));
    },
    gives: SETTABLE,
  },
  "is an RSA key": {
    does: async ({ iam }) => {
      await emily(iam);
      return end(iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: "garbage" }));
    },
    gives: "UnrecognizedPublicKeyEncoding 400",
  },
  "is the sixth of a user never": {
    does: async ({ iam }) => {
      await emily(iam);
      const upload = () => iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: rsaKey(2048) });
      return (await ends(Array.from({ length: 6 }, () => upload))).slice(-2);
    },
    gives: ["done", "LimitExceeded 409"],
  },
} satisfies Lines;

async function signingCertificate(iam: IAM, number: 1 | 2 | 3 = 1) {
  const { Certificate } = await iam.uploadSigningCertificate({
    UserName,
    CertificateBody: certificate(number),
  });
  return { UserName, CertificateId: Certificate?.CertificateId ?? "" };
}

export const certificates = {
  "has an id of 32 upper-case letters and digits, is listed, and deleted once": {
    does: async ({ iam }) => {
      await emily(iam);
      const own = await signingCertificate(iam);
      const { Certificates } = await iam.listSigningCertificates({ UserName });
      const remove = () => iam.deleteSigningCertificate(own);
      const isId = /^[A-Z0-9]{32}$/.test(own.CertificateId);
      return [isId, Certificates?.[0]?.Status ?? "none", ...(await ends([remove, remove]))];
    },
    gives: [true, "Active", "done", "NoSuchEntity 404"],
  },
  "is switched off and on, and never expired by a call": {
    does: async ({ iam }) => {
      await emily(iam);
      const own = await signingCertificate(iam);
      return statuses((Status) => iam.updateSigningCertificate({ ...own, Status }));
    },
    gives: SETTABLE,
  },
  "is the third of a user never": {
    does: async ({ iam }) => {
      await emily(iam);
      return ends(([1, 2, 3] as const).map((number) => () => signingCertificate(iam, number)));
    },
    gives: ["done", "done", "LimitExceeded 409"],
  },
} satisfies Lines;

async function serviceCredential(iam: IAM) {
  const made = await iam.createServiceSpecificCredential({
    UserName,
    ServiceName: "codecommit.amazonaws.com",
  });
  const { ServiceSpecificCredentialId = "" } = made.ServiceSpecificCredential ?? {};
  return { UserName, ServiceSpecificCredentialId };
}

export const serviceCredentials = {
  "is listed, and deleted once": {
    does: async ({ iam }) => {
      await emily(iam);
      const own = await serviceCredential(iam);
      const { ServiceSpecificCredentials } = await iam.listServiceSpecificCredentials({ UserName });
      const remove = () => iam.deleteServiceSpecificCredential(own);
      return [ServiceSpecificCredentials?.[0]?.Status ?? "none", ...(await ends([remove, remove]))];
    },
    gives: ["Active", "done", "NoSuchEntity 404"],
  },
  "is switched off and on, and never expired by a call": {
    does: async ({ iam }) => {
      await emily(iam);
      const own = await serviceCredential(iam);
      return statuses((Status) => iam.updateServiceSpecificCredential({ ...own, Status }));
    },
    gives: SETTABLE,
  },
  "is the third of a user and a service never": {
    does: async ({ iam }) => {
      await emily(iam);
      return ends([1, 2, 3].map(() => () => serviceCredential(iam)));
    },
    gives: ["done", "done", "LimitExceeded 409"],
  },
} satisfies Lines;
