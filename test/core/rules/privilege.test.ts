import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/core/rules/documents.ts";
import { awsManagedArn } from "../../../src/core/rules/policies.ts";
import { grantsAdministration, isAdministratorPolicy } from "../../../src/core/rules/privilege.ts";

describe("a policy of AWS's own", () => {
  test.each(["AdministratorAccess", "AdministratorAccess-Amplify", "IAMFullAccess"])(
    "makes an administrator if it is %s, in every partition",
    (name) => {
      expect(isAdministratorPolicy(awsManagedArn("aws", name))).toBe(true);
      expect(isAdministratorPolicy(awsManagedArn("aws-cn", name))).toBe(true);
    },
  );

  test.each([
    "PowerUserAccess",
    "IAMReadOnlyAccess",
    "AdministratorAccess-AWSElasticBeanstalk",
    "job-function/AdministratorAccess",
    "administratoraccess",
  ])("does not if it is %s", (name) => {
    expect(isAdministratorPolicy(awsManagedArn("aws", name))).toBe(false);
  });

  test("is not one of a customer's with the same name, nor what is no ARN", () => {
    expect(isAdministratorPolicy("arn:aws:iam::123456789012:policy/AdministratorAccess")).toBe(false);
    expect(isAdministratorPolicy("AdministratorAccess")).toBe(false);
  });
});

describe("a document makes an administrator", () => {
  const statement = (parts: JsonObject): JsonObject => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Resource: "*", ...parts }],
  });
  const allowing = (...Action: readonly string[]): boolean => grantsAdministration(statement({ Action }));

  test.each(["*", "**", "*:*", "iam:*", "IAM:*", "iam:**", "iam:?*", "i*", "ia?:*"])(
    "where it allows %s",
    (all) => {
      expect(allowing(all)).toBe(true);
      expect(allowing("s3:Get*", all)).toBe(true);
      expect(grantsAdministration(statement({ Action: all }))).toBe(true);
    },
  );

  test.each([
    "iam:Put*",
    "iam:Attach*",
    "iam:Add*",
    "iam:Create*",
    "iam:Update*",
    "iam:*Policy",
    "iam:*Group*",
  ])("where the pattern %s reaches a call with which one gives oneself more", (some) => {
    expect(allowing(some)).toBe(true);
  });

  test.each([
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachUserPolicy",
    "iam:CreatePolicyVersion",
    "iam:PutGroupPolicy",
    "IAM:putuserpolicy",
    "iam:UpdateAssumeRolePolicy",
  ])("where it allows %s", (one) => {
    expect(allowing(one)).toBe(true);
  });

  test.each([
    "iam:Get*",
    "iam:List*",
    "iam:*AccessKey*",
    "iam:*LoginProfile",
    "iam:PassRole",
    "s3:*",
    "sts:*",
    "iam:",
  ])("but not where it allows %s", (other) => {
    expect(allowing(other)).toBe(false);
  });

  test("where it allows everything but something else", () => {
    const leaving = (...NotAction: readonly string[]): boolean =>
      grantsAdministration(statement({ NotAction }));
    expect(leaving("s3:*")).toBe(true);
    expect(leaving("iam:Delete*", "iam:Get*")).toBe(true);
    expect(leaving("iam:*", "organizations:*")).toBe(false);
    expect(leaving("*")).toBe(false);
  });

  test("on whatever it does, under whatever condition, in any of its statements, and whatever it denies besides", () => {
    const narrow = {
      Resource: "arn:aws:s3:::acme",
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    };
    expect(grantsAdministration(statement({ Action: "*", ...narrow }))).toBe(true);
    const all: Json = { Effect: "Allow", Action: "*", Resource: "*" };
    const denied: Json = { Effect: "Deny", Action: "iam:*", Resource: "*" };
    expect(grantsAdministration({ Statement: [denied, all] })).toBe(true);
    expect(grantsAdministration({ Statement: denied })).toBe(false);
  });

  test("where nobody can tell what it says", () => {
    expect(grantsAdministration({ Statement: "?" })).toBe(true);
    expect(grantsAdministration({ Statement: [] })).toBe(false);
  });
});
