/*
 * What `doctor` looks at: one check is one line. It is data, like a finding; the words are added in render.
 */

/** What each check needs to be said. */
export interface CheckArguments {
  node: { version: string };
  git: { version: string };
  "no-git": Record<never, never>;
  files: { users: number; groups: number };
  "files-wrong": { errors: number };
  caller: { arn: string };
  "no-account": { problem: string };
  endpoint: { endpoint: string; region: string };
  account: { account: string };
  "account-not-set": { account: string };
  "owner-not-set": { owner: string };
  "other-account": { account: string; ours: string };
  root: Record<never, never>;
  "caller-is-user": { user: string };
  reads: { count: number; of: number };
  "read-denied": { permission: string };
  "read-unknown": { permission: string; because: string };
  writes: { job: string; count: number };
  "write-denied": { permission: string; resource: string };
  /** Nobody asked for this job: told, and no more. */
  "writes-denied": { job: string; count: number };
  "writes-unknown": { job: string; because: string };
  "account-unread": { problem: string };
  report: Record<never, never>;
  passwords: { usersMayChange: boolean | undefined };
  quota: { what: "users" | "groups"; count: number; most: number };
  protected: { user: string };
  "protected-absent": { user: string };
  "protected-case": { written: string; live: string };
}

export type CheckCode = keyof CheckArguments;

/** `missing` stops the work; `note` is worth knowing; `unknown` cannot be found out. */
export type CheckStatus = "ok" | "missing" | "unknown" | "note";

export type Check<Code extends CheckCode = CheckCode> = {
  [Each in Code]: {
    readonly code: Each;
    readonly status: CheckStatus;
    readonly arguments: Readonly<CheckArguments[Each]>;
  };
}[Code];
