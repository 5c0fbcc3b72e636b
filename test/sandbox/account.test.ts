import { describe, expect, test } from "vitest";

import { failure, start } from "./start.ts";

describe("the account's summary", () => {
  test("counts, and tells the account's own quotas", async () => {
    const { iam } = await start({
      quotas: { users: 7, policiesPerUser: 20 },
      state: { users: [{ name: "emily" }], groups: [{ name: "power" }], policies: [{ name: "base" }] },
    });
    expect((await iam.getAccountSummary({})).SummaryMap).toMatchObject({
      Users: 1,
      UsersQuota: 7,
      Groups: 1,
      GroupsQuota: 300,
      GroupsPerUserQuota: 10,
      AttachedPoliciesPerUserQuota: 20,
      AttachedPoliciesPerGroupQuota: 10,
      UserPolicySizeQuota: 2048,
      GroupPolicySizeQuota: 5120,
      AccessKeysPerUserQuota: 2,
      SigningCertificatesPerUserQuota: 2,
      Policies: 1,
    });
  });
});

describe("the account's alias", () => {
  test("is one: a new one takes the old one's place", async () => {
    const { iam } = await start();
    await iam.createAccountAlias({ AccountAlias: "acme" });
    await iam.createAccountAlias({ AccountAlias: "acme-labs" });
    expect((await iam.listAccountAliases({})).AccountAliases).toEqual(["acme-labs"]);
    expect(await failure(iam.deleteAccountAlias({ AccountAlias: "acme" }))).toMatch(/^NoSuchEntity/);
    await iam.deleteAccountAlias({ AccountAlias: "acme-labs" });
    expect((await iam.listAccountAliases({})).AccountAliases).toEqual([]);
  });

  test.each(["ab", "-abc", "abc-", "a--b", "Abc", "123456789012"])("is not %j", async (AccountAlias) => {
    const { iam } = await start();
    expect(await failure(iam.createAccountAlias({ AccountAlias }))).toMatch(/^ValidationError/);
  });
});

test("the same seed and the same calls give the same ids", async () => {
  const ids = async (seed: string) => {
    const { iam } = await start({ seed });
    const { User } = await iam.createUser({ UserName: "emily" });
    const { AccessKey } = await iam.createAccessKey({ UserName: "emily" });
    return [User?.UserId, AccessKey?.AccessKeyId];
  };
  expect(await ids("one")).toEqual(await ids("one"));
  expect(await ids("one")).not.toEqual(await ids("two"));
});
