import { FIXED_QUOTAS } from "../core/rules/quotas.ts";
import { type Account, arnOf, newId, requireUser, timeOf } from "./account.ts";
import { alreadyExists, IamError, noSuch, quotaExceeded } from "./errors.ts";
import {
  authenticationCode,
  oneOf,
  optional,
  PAGE,
  path,
  policyName,
  serialNumber,
  tags as tagList,
  userName,
} from "./members.ts";
import { type Operations, reading, writing } from "./operation.ts";
import { pageOf } from "./page.ts";
import type { MfaRecord, UserRecord, VirtualMfaRecord } from "./records.ts";
import { areConsecutive } from "./totp.ts";
import { namedOrCaller, tagsAnswer, userSummary } from "./users.ts";
import type { Answer } from "./wire.ts";

/*
 * MFA devices. Virtual ones are made, then enabled for a user with two codes in a row; hardware and FIDO devices come
 * only with the account's data, since IAM has no call that makes them.
 */

/** A picture of one white point: the sandbox has nobody who would scan the code. */
const QR_CODE =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAGzbnvAAAAABJRU5ErkJggg==";

function requireDevice(account: Account, serial: string): VirtualMfaRecord {
  const device = account.virtualDevices.get(serial);
  if (device === undefined) throw noSuch(`VirtualMFADevice with serial number ${serial} doesn't exist.`);
  return device;
}

/** Refuses to enable a device that somebody has, in the words of the live service. */
function checkFree(device: VirtualMfaRecord, user: UserRecord): void {
  if (device.user === user.id) throw alreadyExists(`MFA Device for user ${user.name} already exists.`);
  if (device.user !== undefined) throw alreadyExists("MFA Device is already in use.");
}

/** Live, the seed is not in lists, and the user is given without tags. */
function listedDevice(account: Account, device: VirtualMfaRecord): Answer {
  const user = device.user === undefined ? undefined : account.users.get(device.user);
  return {
    SerialNumber: device.serial,
    User: user && userSummary(account, user),
    EnableDate: user?.mfaDevices.find(({ serial }) => serial === device.serial)?.enabledAt,
  };
}

const ofUser = { UserName: userName, SerialNumber: serialNumber } as const;

export const mfaOperations: Operations = {
  CreateVirtualMFADevice: writing(
    { VirtualMFADeviceName: policyName, Path: optional(path), Tags: optional(tagList) },
    (account, input) => {
      const serial = arnOf(account, "mfa", { path: input.Path ?? "/", name: input.VirtualMFADeviceName });
      if (account.virtualDevices.has(serial)) throw alreadyExists("MFA device already exists.");
      const most = account.quotas.users;
      if (account.virtualDevices.size >= most) throw quotaExceeded("MFADevicesPerAccount", most);
      const seed = newId(account, "", 32) + newId(account, "", 32);
      const device: VirtualMfaRecord = { serial, seed, tags: input.Tags ?? [], user: undefined };
      account.virtualDevices.set(serial, device);
      return {
        VirtualMFADevice: {
          SerialNumber: serial,
          Base32StringSeed: Buffer.from(seed).toString("base64"),
          QRCodePNG: QR_CODE,
          Tags: device.tags.length > 0 ? tagsAnswer(device.tags) : undefined,
        },
      };
    },
  ),

  EnableMFADevice: writing(
    { ...ofUser, AuthenticationCode1: authenticationCode, AuthenticationCode2: authenticationCode },
    (account, input) => {
      const user = requireUser(account, input.UserName);
      const device = requireDevice(account, input.SerialNumber);
      checkFree(device, user);
      const most = FIXED_QUOTAS.mfaDevicesPerUser;
      if (user.mfaDevices.length >= most) throw quotaExceeded("MFADevicesPerUser", most);
      const codes = [input.AuthenticationCode1, input.AuthenticationCode2] as const;
      if (!areConsecutive(device.seed, codes, account.clock())) {
        throw new IamError("InvalidAuthenticationCode", "Authentication code for device is not valid.");
      }
      device.user = user.id;
      user.mfaDevices = [...user.mfaDevices, { serial: device.serial, enabledAt: timeOf(account) }];
    },
  ),

  DeactivateMFADevice: writing(
    { UserName: optional(userName), SerialNumber: serialNumber },
    (account, input, caller) => {
      const user = namedOrCaller(account, input.UserName, caller);
      if (!user.mfaDevices.some(({ serial }) => serial === input.SerialNumber)) {
        throw noSuch("MFA Device invalid for user.");
      }
      user.mfaDevices = user.mfaDevices.filter(({ serial }) => serial !== input.SerialNumber);
      const device = account.virtualDevices.get(input.SerialNumber);
      if (device !== undefined) device.user = undefined;
    },
  ),

  DeleteVirtualMFADevice: writing({ SerialNumber: serialNumber }, (account, input) => {
    const device = requireDevice(account, input.SerialNumber);
    if (device.user !== undefined) {
      throw new IamError("DeleteConflict", "MFA VirtualDevice in use. Must deactivate first.");
    }
    account.virtualDevices.delete(device.serial);
  }),

  ListMFADevices: reading({ UserName: optional(userName), ...PAGE }, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    const sorted = user.mfaDevices.toSorted((one, other) => (one.serial < other.serial ? -1 : 1));
    const listing = {
      items: sorted,
      key: ({ serial }: MfaRecord) => serial,
      of: ["ListMFADevices", user.id],
    };
    const { items, end } = pageOf(listing, input);
    const devices = items.map(({ serial, enabledAt }) => ({
      UserName: user.name,
      SerialNumber: serial,
      EnableDate: enabledAt,
    }));
    return { MFADevices: devices, ...end };
  }),

  ListVirtualMFADevices: reading(
    { AssignmentStatus: optional(oneOf(["Assigned", "Unassigned", "Any"])), ...PAGE },
    (account, input) => {
      const wanted = input.AssignmentStatus ?? "Any";
      const devices = [...account.virtualDevices.values()]
        .filter(({ user }) => wanted === "Any" || (wanted === "Assigned") === (user !== undefined))
        .toSorted((one, other) => (one.serial < other.serial ? -1 : 1));
      const of = ["ListVirtualMFADevices", wanted];
      const { items, end } = pageOf({ items: devices, key: ({ serial }) => serial, of }, input);
      return { VirtualMFADevices: items.map((device) => listedDevice(account, device)), ...end };
    },
  ),
};
