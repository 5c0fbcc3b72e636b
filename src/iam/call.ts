import { AsyncLocalStorage } from "node:async_hooks";

import { fold } from "../core/rules/names.ts";

/** Why an attempt failed in a way that another attempt may mend. */
export type RetryReason = "throttled" | "unreachable" | "lost" | "locked" | "modified" | "unseen";

/** One call with all its attempts. Its tries are counted while it runs: the retry strategy is shared by all calls. */
export interface Call {
  /** As IAM names it: `CreateUser`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly tries: Map<RetryReason, number>;
}

/** Tells the retry strategy, which the SDK gives an error and no more, which call it is about. */
export type CurrentCall = AsyncLocalStorage<Call>;

export function currentCall(): CurrentCall {
  return new AsyncLocalStorage();
}

export function textOf(call: Call, member: string): string | undefined {
  const value = call.input[member];
  return typeof value === "string" ? value : undefined;
}

/** The users and groups that this run has made or renamed: IAM may not show them everywhere for some seconds. */
export interface Young {
  readonly note: (call: Call) => void;
  /** Whether IAM's message says that it cannot find one of them. */
  readonly missedIn: (message: string) => boolean;
}

export function youngNames(): Young {
  const names = new Set<string>();
  return {
    note: (call) => {
      const subject = /^(Create|Update|Delete)(User|Group)$/.exec(call.operation);
      if (subject === null) return;
      const [, verb, type = ""] = subject;
      const name = textOf(call, `${type}Name`) ?? "";
      const newName = textOf(call, `New${type}Name`);
      if (verb === "Delete" || newName !== undefined) names.delete(keyOf(type, name));
      if (verb === "Create") names.add(keyOf(type, name));
      if (newName !== undefined) names.add(keyOf(type, newName));
    },
    missedIn: (message) => {
      const missing = /\b(user|group) with name (\S+) cannot be found/i.exec(message);
      return missing !== null && names.has(keyOf(missing[1] ?? "", missing[2] ?? ""));
    },
  };
}

function keyOf(type: string, name: string): string {
  return fold(`${type}:${name}`);
}
