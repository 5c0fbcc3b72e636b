import { parsePolicyArn } from "../core/rules/policies.ts";
import type { Account } from "./account.ts";
import awsManaged from "./aws-managed-policies.json" with { type: "json" };
import { IamError, noSuch } from "./errors.ts";

/*
 * Which managed policies there are: the customer's in the account, AWS's by their names alone.
 */

export const AWS_POLICIES: ReadonlySet<string> = new Set(awsManaged.names);

function policyExists(account: Account, policy: string): boolean {
  return account.policies.has(policy) || awsName(account, policy) !== undefined;
}

/** The name of the AWS managed policy with this ARN; undefined where there is none. */
export function awsName(account: Account, policy: string): string | undefined {
  const parsed = parsePolicyArn(policy);
  const aws = parsed?.account === "aws" && parsed.partition === account.partition;
  return aws && AWS_POLICIES.has(parsed.name) ? parsed.name : undefined;
}

/** Refuses what AttachUserPolicy and AttachGroupPolicy refuse. */
export function requireAttachable(account: Account, policy: string): void {
  checkPolicyArn(policy);
  if (!policyExists(account, policy)) throw noSuch(`Policy ${policy} does not exist or is not attachable.`);
  if (awsName(account, policy)?.startsWith("aws-service-role/")) {
    throw new IamError("PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.");
  }
}

export function requireBoundary(account: Account, policy: string): void {
  checkPolicyArn(policy);
  if (!policyExists(account, policy)) {
    throw noSuch(`Scope ARN: ${policy} does not exist or is not attachable.`);
  }
}

function checkPolicyArn(policy: string): void {
  if (parsePolicyArn(policy) === undefined) throw new IamError("InvalidInput", `ARN ${policy} is not valid.`);
}

/** Refuses what GetPolicy refuses. */
export function requirePolicy(account: Account, policy: string): void {
  checkPolicyArn(policy);
  if (!policyExists(account, policy)) throw noSuch(`Policy ${policy} was not found.`);
}
