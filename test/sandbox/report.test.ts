import type { IAM } from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";

import { failure, start } from "./start.ts";

const HOUR = 60 * 60 * 1000;
const START = Date.parse("2026-11-22T10:00:00Z");

async function read(iam: IAM): Promise<string> {
  const { Content } = await iam.getCredentialReport({});
  return Buffer.from(Content ?? []).toString();
}

/** The row of a user, by column. */
function row(report: string, user: string): Readonly<Record<string, string>> {
  const [header, ...rows] = report.split("\n").map((line) => line.split(","));
  const cells = rows.find(([name]) => name === user) ?? [];
  return Object.fromEntries((header ?? []).map((column, index) => [column, cells[index] ?? ""]));
}

describe("a credential report", () => {
  test("is not present, then started, then complete", async () => {
    const { iam } = await start();
    expect(await failure(read(iam))).toMatch(/^CredentialReportNotPresentException/);
    expect(await iam.generateCredentialReport({})).toMatchObject({ State: "STARTED" });
    expect(await iam.generateCredentialReport({})).toMatchObject({ State: "COMPLETE" });
    expect(await iam.getCredentialReport({})).toMatchObject({ ReportFormat: "text/csv" });
  });

  test("may take its time", async () => {
    const { iam, sandbox } = await start({ reportDelay: 2000 });
    await iam.generateCredentialReport({});
    expect(await failure(read(iam))).toMatch(/^CredentialReportNotReadyException/);
    expect(await iam.generateCredentialReport({})).toMatchObject({ State: "INPROGRESS" });
    sandbox.advance(2000);
    expect(await iam.generateCredentialReport({})).toMatchObject({ State: "COMPLETE" });
  });

  test("stays the same for four hours whatever happens, then expires", async () => {
    const { iam, sandbox } = await start({ clock: () => START, state: { users: [{ name: "emily" }] } });
    await iam.generateCredentialReport({});
    const first = await read(iam);
    await iam.createUser({ UserName: "ben" });
    await iam.deleteUser({ UserName: "emily" });
    sandbox.advance(4 * HOUR - 1);
    expect(await iam.generateCredentialReport({})).toMatchObject({ State: "COMPLETE" });
    expect(await read(iam)).toBe(first);
    sandbox.advance(1);
    expect(await failure(read(iam))).toMatch(/^CredentialReportExpiredException/);
    expect(await iam.generateCredentialReport({})).toMatchObject({ State: "STARTED" });
    expect(row(await read(iam), "ben")["user"]).toBe("ben");
    expect((await iam.getCredentialReport({})).GeneratedTime?.getTime()).toBe(START + 4 * HOUR);
  });

  test("has 22 columns, the root first, users without regard to case, and no last line end", async () => {
    const { iam } = await start({ state: { users: [{ name: "Zoe" }, { name: "adam" }, { name: "Ben" }] } });
    await iam.generateCredentialReport({});
    const lines = (await read(iam)).split("\n");
    expect(lines[0]?.split(",")).toHaveLength(22);
    expect(lines.map((line) => line.split(",")[0])).toEqual(["user", "<root_account>", "adam", "Ben", "Zoe"]);
    expect(row(lines.join("\n"), "<root_account>")).toMatchObject({
      arn: "arn:aws:iam::123456789012:root",
      password_next_rotation: "not_supported",
    });
  });

  test("says N/A of everything a user does not have", async () => {
    const { iam } = await start({ clock: () => START, state: { users: [{ name: "bare" }] } });
    await iam.generateCredentialReport({});
    const cells = row(await read(iam), "bare");
    expect(cells).toMatchObject({ user_creation_time: "2026-11-22T10:00:00Z", password_enabled: "false" });
    expect(Object.values(cells).filter((cell) => cell === "N/A")).toHaveLength(13);
    expect(Object.values(cells).filter((cell) => cell === "false")).toHaveLength(6);
  });

  test("shows passwords, keys, MFA and certificates, and the date of a key that is off", async () => {
    const createdAt = "2026-01-01T00:00:00Z";
    const user = {
      name: "emily",
      password: { secret: "Abcdef12!", createdAt },
      mfaDevices: [{ serial: "GAHT12345678" }],
      accessKeys: [
        { status: "Inactive", createdAt },
        {
          createdAt: "2026-02-02T00:00:00Z",
          lastUsed: { at: createdAt, region: "eu-west-1", service: "s3" },
        },
      ],
      certificates: [{ createdAt }],
    } as const;
    const { iam, sandbox } = await start({ clock: () => START, state: { users: [user] } });
    await iam.updateAccountPasswordPolicy({ MaxPasswordAge: 10 });
    expect(sandbox.signIn("emily", "Abcdef12!")).toBe("in");
    await iam.generateCredentialReport({});
    expect(row(await read(iam), "emily")).toMatchObject({
      password_enabled: "true",
      password_last_used: "2026-11-22T10:00:00Z",
      password_last_changed: createdAt,
      password_next_rotation: "2026-01-11T00:00:00Z",
      mfa_active: "true",
      access_key_1_active: "true",
      access_key_1_last_rotated: "2026-02-02T00:00:00Z",
      access_key_1_last_used_region: "eu-west-1",
      access_key_1_last_used_service: "s3",
      access_key_2_active: "false",
      access_key_2_last_rotated: createdAt,
      cert_1_active: "true",
      cert_2_last_rotated: "N/A",
    });
  });

  test("has no information on a password that was never used", async () => {
    const { iam } = await start({ state: { users: [{ name: "emily", password: { secret: "Abcdef12!" } }] } });
    await iam.generateCredentialReport({});
    expect(row(await read(iam), "emily")["password_last_used"]).toBe("no_information");
  });
});
