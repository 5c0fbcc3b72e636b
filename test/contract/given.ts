import type { IAM, Tag } from "@aws-sdk/client-iam";

import { codeAt } from "../../src/sandbox/totp.ts";
import { allow } from "../sandbox/start.ts";

/*
 * What lines begin with, made by IAM's own calls.
 */

export const UserName = "emily";
export const GroupName = "readers";
export const PASSWORD = "Correct-horse-1";

export const emily = (iam: IAM) => iam.createUser({ UserName });
export const readers = (iam: IAM) => iam.createGroup({ GroupName });

/** Emily, who is among the readers. */
export async function member(iam: IAM): Promise<void> {
  await Promise.all([emily(iam), readers(iam)]);
  await iam.addUserToGroup({ UserName, GroupName });
}

/** Names with a number behind them, which stand in order: `user01`. */
export function numbered(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(2, "0")}`);
}

export const tag = (Key: string, Value = ""): Tag => ({ Key, Value });

/** A document that allows one action with a name of this many letters. */
export const allowLong = (letters: number): string => allow(`s3:${"x".repeat(letters)}`);

/** A virtual MFA device that nobody has yet. */
export async function newDevice(iam: IAM, VirtualMFADeviceName = "phone"): Promise<Device> {
  const { VirtualMFADevice } = await iam.createVirtualMFADevice({ VirtualMFADeviceName });
  const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString();
  return { SerialNumber: VirtualMFADevice?.SerialNumber ?? "", seed };
}

export interface Device {
  readonly SerialNumber: string;
  readonly seed: string;
}

/** Gives the device to somebody, with the two codes that it shows now and next. */
export function enable(iam: IAM, { SerialNumber, seed }: Device, name = UserName): Promise<unknown> {
  const now = Date.now();
  return iam.enableMFADevice({
    UserName: name,
    SerialNumber,
    AuthenticationCode1: codeAt(seed, now),
    AuthenticationCode2: codeAt(seed, now + 30_000),
  });
}

export async function newKey(iam: IAM): Promise<{ readonly UserName: string; readonly AccessKeyId: string }> {
  const { AccessKey } = await iam.createAccessKey({ UserName });
  return { UserName, AccessKeyId: AccessKey?.AccessKeyId ?? "" };
}
