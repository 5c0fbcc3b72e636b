import type { IAM } from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";

import { codeAt } from "../../src/sandbox/totp.ts";
import { failure, start } from "./start.ts";

const UserName = "emily";
const NOW = Date.parse("2026-11-22T10:00:00Z");
const people = () =>
  start({
    clock: () => NOW,
    state: { users: [{ name: UserName }, { name: "ben", mfaDevices: [{ serial: "GAHT12345678" }] }] },
  });

interface Device {
  readonly SerialNumber: string;
  readonly seed: string;
}

async function newDevice(iam: IAM, VirtualMFADeviceName = "phone"): Promise<Device> {
  const { VirtualMFADevice } = await iam.createVirtualMFADevice({ VirtualMFADeviceName, Path: "/devices/" });
  const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString();
  return { SerialNumber: VirtualMFADevice?.SerialNumber ?? "", seed };
}

function enable(iam: IAM, device: Device, user = UserName): Promise<string> {
  return failure(
    iam.enableMFADevice({
      UserName: user,
      SerialNumber: device.SerialNumber,
      AuthenticationCode1: codeAt(device.seed, NOW),
      AuthenticationCode2: codeAt(device.seed, NOW + 30_000),
    }),
  );
}

describe("a virtual MFA device", () => {
  test("shows codes as RFC 6238 has them", () => {
    const seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    expect([59, 1_111_111_109, 20_000_000_000].map((second) => codeAt(seed, second * 1000))).toEqual([
      "287082",
      "081804",
      "353130",
    ]);
  });

  test("is made once, with an ARN for a serial number", async () => {
    const { iam } = await people();
    const { SerialNumber } = await newDevice(iam);
    expect(SerialNumber).toBe("arn:aws:iam::123456789012:mfa/devices/phone");
    expect(await failure(newDevice(iam))).toBe("EntityAlreadyExistsException: MFA device already exists.");
  });

  test("is enabled with two codes in a row and no others", async () => {
    const { iam } = await people();
    const { SerialNumber, seed } = await newDevice(iam);
    const one = codeAt(seed, NOW);
    const two = codeAt(seed, NOW + 30_000);
    const codes = (AuthenticationCode1: string, AuthenticationCode2: string) =>
      failure(iam.enableMFADevice({ UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }));
    const wrong = "InvalidAuthenticationCodeException: Authentication code for device is not valid.";
    expect(await codes(one, one)).toBe(wrong);
    expect(await codes(two, one)).toBe(wrong);
    expect(await codes("12345", one)).toMatch(/^ValidationError/);
    expect(await codes(one, two)).toBe("no failure");
    expect((await iam.listMFADevices({ UserName })).MFADevices).toMatchObject([{ UserName, SerialNumber }]);
  });

  test("belongs to one user at a time", async () => {
    const { iam } = await people();
    const device = await newDevice(iam);
    expect(await enable(iam, device)).toBe("no failure");
    expect(await enable(iam, device)).toMatch(/MFA Device for user emily already exists\.$/);
    expect(await enable(iam, device, "ben")).toMatch(/MFA Device is already in use\.$/);
    const { SerialNumber } = device;
    const other = await failure(iam.deactivateMFADevice({ UserName: "ben", SerialNumber }));
    expect(other).toBe("NoSuchEntityException: MFA Device invalid for user.");
  });

  test("is deactivated before it is deleted", async () => {
    const { iam } = await people();
    const device = await newDevice(iam);
    const { SerialNumber } = device;
    await enable(iam, device);
    const early = await failure(iam.deleteVirtualMFADevice({ SerialNumber }));
    expect(early).toBe("DeleteConflictException: MFA VirtualDevice in use. Must deactivate first.");
    await iam.deactivateMFADevice({ UserName, SerialNumber });
    expect(await failure(iam.deactivateMFADevice({ UserName, SerialNumber }))).toMatch(/^NoSuchEntity/);
    await iam.deleteVirtualMFADevice({ SerialNumber });
    expect(await failure(iam.deleteVirtualMFADevice({ SerialNumber }))).toMatch(/^NoSuchEntity/);
  });

  test("is listed by whether somebody has it, without its seed", async () => {
    const { iam } = await people();
    await enable(iam, await newDevice(iam, "phone"));
    await newDevice(iam, "spare");
    const list = async (AssignmentStatus: "Assigned" | "Unassigned" | "Any") =>
      (await iam.listVirtualMFADevices({ AssignmentStatus })).VirtualMFADevices;
    expect(await list("Any")).toHaveLength(2);
    expect((await list("Assigned"))?.[0]?.User?.UserName).toBe(UserName);
    expect(await list("Unassigned")).toEqual([
      { SerialNumber: "arn:aws:iam::123456789012:mfa/devices/spare" },
    ]);
  });

  test("counts in the account's summary", async () => {
    const { iam } = await people();
    await enable(iam, await newDevice(iam));
    expect((await iam.getAccountSummary({})).SummaryMap).toMatchObject({ MFADevices: 1, MFADevicesInUse: 2 });
  });
});

test("a hardware MFA device can be deactivated, not deleted", async () => {
  const { iam } = await people();
  const SerialNumber = "GAHT12345678";
  expect(await failure(iam.deleteVirtualMFADevice({ SerialNumber }))).toMatch(/^NoSuchEntity/);
  await iam.deactivateMFADevice({ UserName: "ben", SerialNumber });
  expect((await iam.listMFADevices({ UserName: "ben" })).MFADevices).toEqual([]);
});
