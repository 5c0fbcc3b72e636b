import { type Channel, channel } from "node:diagnostics_channel";

import type { Asked } from "./asked.ts";
import type { FormTree } from "./wire.ts";

/** One call as the log keeps it. No secret is in it. */
export interface Call {
  /** From 1. */
  readonly number: number;
  readonly operation: string;
  /** The names and ids the call gave; passwords, documents and keys are left out. */
  readonly input: Readonly<Record<string, string>>;
  readonly caller: string;
  readonly userAgent: string | undefined;
  /** What IAM would ask the caller's policies. */
  readonly asked: readonly Asked[];
  /** Milliseconds by the sandbox's clock. */
  readonly at: number;
  /** How many calls were under way when it came, itself included. */
  readonly concurrency: number;
  /** `done`, the code of the error answered, `cut` where no answer was given; undefined while under way. */
  outcome: string | undefined;
}

/** Every call of every sandbox of this process is published here when it comes. */
export const CALLS: Channel = channel("iam-roster:sandbox:call");

/** What each of them holds, which no log keeps, and each secret that is given out: for who watches where they go. */
export const FORMS: Channel = channel("iam-roster:sandbox:form");
export const SECRETS: Channel = channel("iam-roster:sandbox:secret");

const LOGGED: readonly string[] = [
  "UserName",
  "NewUserName",
  "GroupName",
  "NewGroupName",
  "Path",
  "NewPath",
  "PathPrefix",
  "PolicyArn",
  "PolicyName",
  "PermissionsBoundary",
  "PasswordResetRequired",
  "AccessKeyId",
  "SSHPublicKeyId",
  "CertificateId",
  "ServiceSpecificCredentialId",
  "ServiceName",
  "SerialNumber",
  "Status",
  "AccountAlias",
  "MaxItems",
];

export function loggedInput(form: FormTree): Call["input"] {
  const entries = LOGGED.flatMap((name) => {
    const value = form.get(name);
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** When something is to happen: before the call with this number, the next of this operation, or the first that fits. */
export type Moment = number | string | ((call: Call) => boolean);

export function isMoment(moment: Moment, call: Call): boolean {
  if (typeof moment === "number") return call.number === moment;
  return typeof moment === "string" ? call.operation === moment : moment(call);
}
