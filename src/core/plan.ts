import type { Cause, Change, Intent, Reach, Subject } from "./change.ts";
import type { Grant } from "./grant.ts";
import type { Phase } from "./order.ts";
import type { Refusal, Warning } from "./refusal.ts";
import type { Access, Until } from "./roster.ts";
import type { Account, Arn, GroupName, Instant, UserName } from "./state.ts";

/*
 * A plan is a value: print it, store it, refuse it, apply it. It holds no secret and not the time it was made; equal
 * inputs give an equal plan.
 */

export type PlannedChange = Change & {
  readonly cause: Cause;
  readonly reach: Reach;
  readonly phase: Phase;
  /** It makes, or may make, an administrator: see Plan.privileged. */
  readonly privileged?: true;
};

/** One subject's part of the plan, its changes in the order in which they are made. */
export interface Entry {
  readonly subject: Subject;
  readonly intent: Intent;
  /** The unique id of what is there, so that another of the same name is never touched; undefined: not there yet. */
  readonly id: string | undefined;
  readonly changes: readonly PlannedChange[];
  readonly evidence: Evidence | undefined;
  readonly after: After | undefined;
  /** Of a group that is there: who is in it today, whom its changes therefore reach. Not part of the digest. */
  readonly members?: Members | undefined;
}

/** Names in order. `others` are not managed by this roster. */
export interface Members {
  readonly managed: readonly UserName[];
  readonly others: readonly UserName[];
}

/** What is known of a user, for the reviewer to judge by. Not part of the digest. */
export interface Evidence {
  readonly createdAt: Instant | undefined;
  /** undefined: not known. */
  readonly password: boolean | undefined;
  readonly passwordLastUsed: Instant | undefined;
  readonly activeKeys: number | undefined;
  readonly keyLastUsed: Instant | undefined;
  readonly mfa: boolean | undefined;
  /** How many of the credentials that a bulk read does not show were found, and are active. */
  readonly otherCredentials: number | undefined;
}

/** The state of a user after the plan, for one sentence. */
export interface After {
  readonly status: "active" | "deactivated" | "held" | "deleted";
  readonly groups: readonly AfterGroup[];
  readonly policies: readonly Arn[];
  /** Names of inline policies. */
  readonly inlinePolicies: readonly string[];
  readonly access: readonly Access[];
  readonly boundary: Arn | undefined;
  readonly until: Until | undefined;
}

export interface AfterGroup {
  readonly group: GroupName;
  readonly until: Until | undefined;
}

export interface Unmanaged {
  readonly users: readonly UserName[];
  readonly groups: readonly GroupName[];
  /** Members of declared groups that are not managed users. */
  readonly members: readonly { readonly user: UserName; readonly group: GroupName }[];
}

export interface Plan {
  readonly account: Pick<Account, "id" | "partition" | "alias">;
  /** Users by name, then groups by name. What is refused is not among them. */
  readonly entries: readonly Entry[];
  /** Entries that the files ask for and a refusal keeps back. */
  readonly refused: readonly Entry[];
  /** What the entries newly give, sorted: this set is what a review approves. */
  readonly grants: readonly Grant[];
  /**
   * Of the policies that the entries give, by ARN or as `sha256:` and the digest of an inline document: those that make an
   * administrator. Sorted. Of customers' policies, those are judged that are newly attached. Not part of the digest.
   */
  readonly privileged: readonly string[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Warning[];
  readonly unmanaged: Unmanaged;
  /** SHA-256 over account, entries and changes; lower-case hexadecimal. */
  readonly digest: string;
}

/** Is the plan refused as a whole, so that nothing of it may be applied? */
export function isRefused(plan: Plan): boolean {
  return plan.refusals.some((refusal) => refusal.subject === undefined);
}

export type Counts = Readonly<Record<Intent, number>>;

export interface Summary {
  readonly users: Counts;
  readonly groups: Counts;
  readonly changes: number;
}

export function summarise(entries: readonly Entry[]): Summary {
  const count = (type: Subject["type"], intent: Intent): number =>
    entries.filter((entry) => entry.subject.type === type && entry.intent === intent).length;
  const counts = (type: Subject["type"]): Counts => ({
    create: count(type, "create"),
    adopt: count(type, "adopt"),
    update: count(type, "update"),
    rename: count(type, "rename"),
    deactivate: count(type, "deactivate"),
    reactivate: count(type, "reactivate"),
    delete: count(type, "delete"),
  });
  return {
    users: counts("user"),
    groups: counts("group"),
    changes: entries.reduce((sum, entry) => sum + entry.changes.length, 0),
  };
}
