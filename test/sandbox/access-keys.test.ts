import { STSClient, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";

import type { Sandbox } from "../../src/sandbox/server.ts";
import { client, clientConfig, failure, start, type Started } from "./start.ts";

const UserName = "emily";
const emily = (): Promise<Started> => start({ state: { users: [{ name: UserName }, { name: "ben" }] } });

async function newKey({ iam }: Started): Promise<string> {
  const { AccessKey } = await iam.createAccessKey({ UserName });
  return AccessKey?.AccessKeyId ?? "";
}

async function identity(sandbox: Sandbox, accessKeyId: string): Promise<string | undefined> {
  const credentials = { accessKeyId, secretAccessKey: "unchecked" };
  const sts = new STSClient(clientConfig(sandbox, { credentials }));
  return (await sts.send(new GetCallerIdentityCommand({}))).Arn;
}

describe("an access key", () => {
  test("shows its secret once, when it is made", async () => {
    const { iam, sandbox } = await emily();
    const { AccessKey } = await iam.createAccessKey({ UserName });
    expect(AccessKey).toMatchObject({
      UserName,
      Status: "Active",
      AccessKeyId: expect.stringMatching(/^AKIA\w{16}$/),
    });
    expect(AccessKey?.SecretAccessKey).toHaveLength(40);
    const [listed] = (await iam.listAccessKeys({ UserName })).AccessKeyMetadata ?? [];
    expect(Object.keys(listed ?? {}).toSorted()).toEqual(["AccessKeyId", "CreateDate", "Status", "UserName"]);
    expect(JSON.stringify([sandbox.snapshot(), sandbox.calls])).not.toContain(AccessKey?.SecretAccessKey);
  });

  test("is the third of a user never, inactive ones included", async () => {
    const started = await emily();
    const AccessKeyId = await newKey(started);
    await newKey(started);
    await started.iam.updateAccessKey({ UserName, AccessKeyId, Status: "Inactive" });
    const error = await failure(newKey(started));
    expect(error).toBe("LimitExceededException: Cannot exceed quota for AccessKeysPerUser: 2");
  });

  test("is switched off and on, but not set to Expired", async () => {
    const started = await emily();
    const { iam } = started;
    const AccessKeyId = await newKey(started);
    const set = (Status: "Active" | "Inactive" | "Expired") =>
      failure(iam.updateAccessKey({ UserName, AccessKeyId, Status }));
    expect(await set("Inactive")).toBe("no failure");
    expect(await set("Inactive")).toBe("no failure");
    expect(await set("Active")).toBe("no failure");
    expect(await set("Expired")).toMatch(/^InvalidInput/);
    expect(await set("Bogus" as "Active")).toMatch(/^ValidationError.*enum value set/);
  });

  test("belongs to its user only, and is deleted once", async () => {
    const started = await emily();
    const { iam } = started;
    const AccessKeyId = await newKey(started);
    expect(await failure(iam.deleteAccessKey({ UserName: "ben", AccessKeyId }))).toMatch(/^NoSuchEntity/);
    await iam.deleteAccessKey({ UserName, AccessKeyId });
    expect(await failure(iam.deleteAccessKey({ UserName, AccessKeyId }))).toMatch(/^NoSuchEntity/);
    expect(await failure(iam.getAccessKeyLastUsed({ AccessKeyId }))).toMatch(/^NoSuchEntity/);
  });
});

describe("who signs", () => {
  test("with an unknown key is the administrator", async () => {
    const { sandbox } = await emily();
    const arn = "arn:aws:sts::123456789012:assumed-role/sandbox-admin/you";
    expect(await identity(sandbox, "AKIAANYTHING")).toBe(arn);
  });

  test("may be another administrator, account or partition on request", async () => {
    const administrator = "arn:aws-cn:iam::210987654321:user/root-of-all";
    const { sandbox } = await start({ accountId: "210987654321", partition: "aws-cn", administrator });
    expect(await identity(sandbox, "AKIAANYTHING")).toBe(administrator);
    expect(sandbox.accountId).toBe("210987654321");
  });

  test("with a key that was issued here acts as its user, and the use is noted", async () => {
    const started = await emily();
    const accessKeyId = await newKey(started);
    expect(await identity(started.sandbox, accessKeyId)).toBe("arn:aws:iam::123456789012:user/emily");
    const own = client(started.sandbox, { credentials: { accessKeyId, secretAccessKey: "unchecked" } });
    expect((await own.getUser({})).User?.UserName).toBe(UserName);
    expect((await own.listAccessKeys({})).AccessKeyMetadata).toHaveLength(1);
    const { AccessKeyLastUsed } = await started.iam.getAccessKeyLastUsed({ AccessKeyId: accessKeyId });
    expect(AccessKeyLastUsed).toMatchObject({ ServiceName: "iam", Region: "us-east-1" });
  });

  test("with an inactive or deleted key is refused", async () => {
    const started = await emily();
    const AccessKeyId = await newKey(started);
    await started.iam.updateAccessKey({ UserName, AccessKeyId, Status: "Inactive" });
    expect(await failure(identity(started.sandbox, AccessKeyId))).toMatch(/^InvalidClientTokenId/);
    await started.iam.deleteAccessKey({ UserName, AccessKeyId });
    expect(await failure(identity(started.sandbox, AccessKeyId))).toMatch(/^InvalidClientTokenId/);
  });

  test("not at all is refused", async () => {
    const { sandbox } = await emily();
    const body = "Action=ListUsers&Version=2010-05-08";
    const answer = await fetch(sandbox.url, { method: "POST", body });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("<Code>MissingAuthenticationToken</Code>");
  });

  test("a key that was never used says so", async () => {
    const started = await emily();
    const AccessKeyId = await newKey(started);
    const { AccessKeyLastUsed } = await started.iam.getAccessKeyLastUsed({ AccessKeyId });
    expect(AccessKeyLastUsed).toEqual({ ServiceName: "N/A", Region: "N/A" });
  });
});
