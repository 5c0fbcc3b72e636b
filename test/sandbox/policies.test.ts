import { describe, expect, test } from "vitest";

import { allow, awsPolicy, failure, start } from "./start.ts";

const state = { users: [{ name: "emily" }], groups: [{ name: "power" }] };

describe("a managed policy", () => {
  test("is attached twice without an error, and detached once", async () => {
    const { iam } = await start({ state });
    const PolicyArn = awsPolicy("ReadOnlyAccess");
    await iam.attachUserPolicy({ UserName: "emily", PolicyArn });
    await iam.attachUserPolicy({ UserName: "EMILY", PolicyArn });
    await iam.attachGroupPolicy({ GroupName: "power", PolicyArn });
    expect((await iam.listAttachedUserPolicies({ UserName: "emily" })).AttachedPolicies).toEqual([
      { PolicyName: "ReadOnlyAccess", PolicyArn },
    ]);
    expect((await iam.listAttachedGroupPolicies({ GroupName: "power" })).AttachedPolicies).toHaveLength(1);
    expect((await iam.getPolicy({ PolicyArn })).Policy?.AttachmentCount).toBe(2);
    await iam.detachUserPolicy({ UserName: "emily", PolicyArn });
    await iam.detachGroupPolicy({ GroupName: "power", PolicyArn });
    expect(await failure(iam.detachUserPolicy({ UserName: "emily", PolicyArn }))).toMatch(/^NoSuchEntity/);
    expect(await failure(iam.detachGroupPolicy({ GroupName: "power", PolicyArn }))).toMatch(/^NoSuchEntity/);
  });

  test.each([
    [awsPolicy("NoSuchPolicyOfAws"), "NoSuchEntity"],
    ["arn:aws-cn:iam::aws:policy/ReadOnlyAccess", "NoSuchEntity"],
    ["arn:aws:iam::123456789012:policy/none", "NoSuchEntity"],
    ["arn:aws:iam::aws:group/ReadOnlyAccess", "InvalidInput"],
    [awsPolicy("aws-service-role/AccessAnalyzerServiceRolePolicy"), "PolicyNotAttachable"],
    ["too-short", "ValidationError"],
  ])("%s cannot be attached", async (PolicyArn, error) => {
    const { iam } = await start({ state });
    expect(await failure(iam.attachUserPolicy({ UserName: "emily", PolicyArn }))).toMatch(
      new RegExp(`^${error}`),
    );
    expect(await failure(iam.attachGroupPolicy({ GroupName: "power", PolicyArn }))).toMatch(
      new RegExp(`^${error}`),
    );
  });

  test("of AWS in another partition has that partition's ARN", async () => {
    const { iam } = await start({ state, partition: "aws-us-gov" });
    await iam.attachUserPolicy({
      UserName: "emily",
      PolicyArn: "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess",
    });
    const PolicyArn = awsPolicy("ReadOnlyAccess");
    expect(await failure(iam.attachUserPolicy({ UserName: "emily", PolicyArn }))).toMatch(/^NoSuchEntity/);
  });

  test("beyond the quota is refused, and one that is attached already is not", async () => {
    const { iam } = await start({ state, quotas: { policiesPerUser: 1, policiesPerGroup: 1 } });
    const [one, two] = [awsPolicy("ReadOnlyAccess"), awsPolicy("AWSDenyAll")];
    await iam.attachUserPolicy({ UserName: "emily", PolicyArn: one });
    await iam.attachUserPolicy({ UserName: "emily", PolicyArn: one });
    await iam.attachGroupPolicy({ GroupName: "power", PolicyArn: one });
    const user = await failure(iam.attachUserPolicy({ UserName: "emily", PolicyArn: two }));
    expect(user).toBe("LimitExceededException: Cannot exceed quota for PoliciesPerUser: 1");
    const group = await failure(iam.attachGroupPolicy({ GroupName: "power", PolicyArn: two }));
    expect(group).toBe("LimitExceededException: Cannot exceed quota for PoliciesPerGroup: 1");
  });

  test("of one's own is made, read, attached, and deleted only when nothing uses it", async () => {
    const { iam } = await start({ state });
    const made = await iam.createPolicy({
      PolicyName: "Base",
      Path: "/team/",
      PolicyDocument: allow("s3:*"),
    });
    const PolicyArn = made.Policy?.Arn ?? "";
    expect(PolicyArn).toBe("arn:aws:iam::123456789012:policy/team/Base");
    const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId: "v1" });
    expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toBe(allow("s3:*"));
    await iam.attachUserPolicy({ UserName: "emily", PolicyArn });
    expect(await failure(iam.deletePolicy({ PolicyArn }))).toMatch(/^DeleteConflict.*attached to entities/);
    await iam.detachUserPolicy({ UserName: "emily", PolicyArn });
    await iam.putUserPermissionsBoundary({ UserName: "emily", PermissionsBoundary: PolicyArn });
    expect(await failure(iam.deletePolicy({ PolicyArn }))).toMatch(/^DeleteConflict/);
    await iam.deleteUserPermissionsBoundary({ UserName: "emily" });
    await iam.deletePolicy({ PolicyArn });
    expect(await failure(iam.getPolicy({ PolicyArn }))).toMatch(/^NoSuchEntity/);
  });

  test("of one's own has a name that is free without regard to case, and a document that is right", async () => {
    const { iam } = await start();
    await iam.createPolicy({ PolicyName: "Base", PolicyDocument: allow("s3:*") });
    const again = iam.createPolicy({ PolicyName: "BASE", Path: "/other/", PolicyDocument: allow("s3:*") });
    expect(await failure(again)).toMatch(/^EntityAlreadyExists.*A policy called BASE already exists/);
    const wrong = iam.createPolicy({ PolicyName: "other", PolicyDocument: "{}" });
    expect(await failure(wrong)).toMatch(/^MalformedPolicyDocument/);
    const large = iam.createPolicy({ PolicyName: "other", PolicyDocument: allow(`s3:${"x".repeat(6144)}`) });
    expect(await failure(large)).toBe("LimitExceededException: Cannot exceed quota for PolicySize: 6144");
  });

  test("is listed by scope and use", async () => {
    const { iam } = await start({
      state: {
        policies: [{ name: "attached" }, { name: "bounding" }, { name: "unused" }],
        users: [
          {
            name: "emily",
            policies: ["arn:aws:iam::123456789012:policy/attached"],
            boundary: "arn:aws:iam::123456789012:policy/bounding",
          },
        ],
      },
    });
    const names = async (input: object) =>
      (await iam.listPolicies(input)).Policies?.map((one) => one.PolicyName);
    expect(await names({ Scope: "Local" })).toEqual(["attached", "bounding", "unused"]);
    expect(await names({ Scope: "Local", PolicyUsageFilter: "PermissionsBoundary" })).toHaveLength(3);
    expect(await names({ OnlyAttached: true })).toEqual(["attached", "bounding"]);
    expect(await names({ OnlyAttached: true, PolicyUsageFilter: "PermissionsBoundary" })).toEqual([
      "bounding",
    ]);
    expect(await names({ Scope: "AWS", MaxItems: 1000 })).toHaveLength(1000);
  });
});

describe("an inline policy", () => {
  test("is put through another case, keeps its first name, and is given under the name asked for", async () => {
    const { iam } = await start({ state });
    const put = (PolicyName: string, action: string) =>
      iam.putUserPolicy({ UserName: "emily", PolicyName, PolicyDocument: allow(action) });
    await put("Mixed", "s3:*");
    await put("mixed", "ec2:*");
    expect((await iam.listUserPolicies({ UserName: "emily" })).PolicyNames).toEqual(["Mixed"]);
    const found = await iam.getUserPolicy({ UserName: "emily", PolicyName: "MIXED" });
    expect(found.PolicyName).toBe("MIXED");
    expect(decodeURIComponent(found.PolicyDocument ?? "")).toBe(allow("ec2:*"));
    await iam.deleteUserPolicy({ UserName: "emily", PolicyName: "mIXED" });
    const gone = await failure(iam.deleteUserPolicy({ UserName: "emily", PolicyName: "Mixed" }));
    expect(gone).toBe("NoSuchEntityException: The user policy with name Mixed cannot be found.");
  });

  test("of a group behaves likewise", async () => {
    const { iam } = await start({ state });
    const named = { GroupName: "power", PolicyName: "one" };
    await iam.putGroupPolicy({ ...named, PolicyDocument: allow("s3:*") });
    expect((await iam.listGroupPolicies({ GroupName: "power" })).PolicyNames).toEqual(["one"]);
    expect((await iam.getGroupPolicy(named)).PolicyDocument).toContain("%2A");
    await iam.deleteGroupPolicy(named);
    expect(await failure(iam.getGroupPolicy(named))).toMatch(/^NoSuchEntity.*The group policy with name one/);
    expect(await failure(iam.deleteGroupPolicy(named))).toMatch(/^NoSuchEntity/);
  });

  test.each([
    ["not JSON", "{"],
    ["without statements", '{"Version":"2012-10-17"}'],
    ["with an unknown effect", '{"Statement":{"Effect":"Perhaps","Action":"*","Resource":"*"}}'],
    ["with a principal", '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}}'],
  ])("%s is malformed", async (_what, PolicyDocument) => {
    const { iam } = await start({ state });
    const put = iam.putUserPolicy({ UserName: "emily", PolicyName: "one", PolicyDocument });
    expect(await failure(put)).toMatch(/^MalformedPolicyDocument/);
  });

  test("counts against one quota with the others, but not with the document it replaces", async () => {
    const { iam } = await start({ state });
    const put = (PolicyName: string, size: number) =>
      iam.putUserPolicy({ UserName: "emily", PolicyName, PolicyDocument: allow(`s3:${"x".repeat(size)}`) });
    await put("one", 1000);
    expect(await failure(put("two", 1000))).toBe(
      "LimitExceededException: Maximum policy size of 2048 bytes exceeded for user emily",
    );
    await put("two", 700);
    await put("ONE", 1000);
    const spaces = allow("s3:*").replace("{", `{${" ".repeat(3000)}`);
    await iam.putUserPolicy({ UserName: "emily", PolicyName: "two", PolicyDocument: spaces });
    const large = allow(`s3:${"x".repeat(5120)}`);
    const group = iam.putGroupPolicy({ GroupName: "power", PolicyName: "one", PolicyDocument: large });
    expect(await failure(group)).toMatch(/Maximum policy size of 5120 bytes exceeded for group power$/);
  });
});
