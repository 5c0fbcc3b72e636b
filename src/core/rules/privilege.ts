import { documentMayAllow, type JsonObject } from "./documents.ts";
import { parsePolicyArn } from "./policies.ts";

/*
 * What makes an administrator: whoever may write IAM itself can give themselves everything else.
 */

/**
 * Policies of AWS's own with which one may write IAM, by their names. Of some 1,500 documents, these and no others let one
 * give policies to whomever one likes. `PowerUserAccess` leaves IAM out; `AdministratorAccess-AWSElasticBeanstalk` keeps to
 * that service's own roles. Amplify's gives policies to any role, and says who may take it.
 * Source: the AWS Managed Policy Reference Guide, March 2026.
 */
const ADMINISTRATORS: ReadonlySet<string> = new Set([
  "AdministratorAccess",
  "AdministratorAccess-Amplify",
  "IAMFullAccess",
]);

/** Is it one of AWS's own policies that make an administrator? A customer's policy is not known by its name. */
export function isAdministratorPolicy(arn: string): boolean {
  const policy = parsePolicyArn(arn);
  return policy?.account === "aws" && ADMINISTRATORS.has(policy.name);
}

/**
 * Each of these calls is enough: a policy for oneself or one's group, another group, another text for a policy that one
 * has, or a stronger role that lets one in. Left out is what people and pipelines are commonly given for something of
 * their own: their own keys and passwords, and the policies of the roles that they deploy.
 */
const DECISIVE = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachUserPolicy",
  "iam:CreatePolicyVersion",
  "iam:PutGroupPolicy",
  "iam:PutUserPolicy",
  "iam:UpdateAssumeRolePolicy",
] as const;

/**
 * Does the document allow any of the decisive calls, by name or by a pattern (`*`, `iam:*`, `iam:Put*`), or by a NotAction
 * that leaves it in? Resources, conditions and denies are not weighed: they are easily less than they seem. A document
 * that cannot be understood counts as one that does.
 */
export function grantsAdministration(document: JsonObject): boolean {
  return DECISIVE.some((action) => documentMayAllow(document, action));
}
