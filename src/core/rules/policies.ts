import type { JsonObject } from "./documents.ts";

/** `arn:PARTITION:iam::ACCOUNT:policy/PATH/NAME`; ACCOUNT is `aws` for a policy of AWS's own. */
export interface PolicyArn {
  readonly partition: string;
  readonly account: string;
  /** All that stands behind `policy/`. */
  readonly name: string;
}

const POLICY_ARN = /^arn:([a-z][a-z-]*):iam::(\d{12}|aws):policy\/((?:[\x21-\x7e]+\/)?[A-Za-z0-9_+=,.@-]+)$/;

/** The parts of a managed policy's ARN; undefined where the text is not one. */
export function parsePolicyArn(arn: string): PolicyArn | undefined {
  if (arn.length > 2048) return undefined;
  const match = POLICY_ARN.exec(arn);
  if (match === null) return undefined;
  const [, partition = "", account = "", name = ""] = match;
  return { partition, account, name };
}

export function awsManagedArn(partition: string, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}

/** The policy with which AWS's own guide deactivates a user ("Deactivating an IAM user"). */
export function denyAllArn(partition: string): string {
  return awsManagedArn(partition, "AWSDenyAll");
}

export function isDenyAll(arn: string): boolean {
  const policy = parsePolicyArn(arn);
  return policy?.account === "aws" && policy.name === "AWSDenyAll";
}

/** AWS attaches these itself to a user whose key leaked; its description says "Do NOT remove this policy". */
export function isQuarantine(arn: string): boolean {
  const policy = parsePolicyArn(arn);
  return policy?.account === "aws" && policy.name.startsWith("AWSCompromisedKeyQuarantine");
}

/** A policy of AWS's own that denies, as its name says. */
export function knownToDeny(arn: string): boolean {
  const policy = parsePolicyArn(arn);
  return policy?.account === "aws" && /Deny|Quarantine/.test(policy.name);
}

/** Might it deny something? A customer's own policy might: its document is not read with users and groups. */
export function mayDeny(arn: string): boolean {
  return parsePolicyArn(arn)?.account !== "aws" || knownToDeny(arn);
}

/** The inline policy that denies everything where AWSDenyAll cannot be attached. */
export const INLINE_DENY: { readonly name: string; readonly document: JsonObject } = {
  name: "iam-roster-deny-all",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] },
};
