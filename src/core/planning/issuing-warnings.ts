import { isIssue } from "../change.ts";
import { recipientTexts, type Recipients } from "./issuing.ts";
import type { Entry } from "../plan.ts";
import type { Warning } from "../refusal.ts";
import type { Roster } from "../roster.ts";
import { receiptOf } from "../receipts.ts";
import { documentMayAllow } from "../rules/documents.ts";
import { compareNames, compareText, fold } from "../rules/names.ts";
import { parsePolicyArn } from "../rules/policies.ts";
import { type Arn, type Group, type State, type User, valuesAt } from "../state.ts";

/*
 * What a reviewer should know of the passwords and keys that a plan issues.
 */

export interface IssuingLook {
  readonly roster: Roster;
  /** The state once the plan is applied. */
  readonly after: State;
  readonly recipients: Recipients;
}

interface Issued {
  readonly entries: readonly Entry[];
  /** What is refused for want of a key that can be used is told of those that cannot. */
  readonly refused: readonly Entry[];
}

export function issuingWarnings({ entries, refused }: Issued, look: IssuingLook): readonly Warning[] {
  const issuing = entries.filter(isIssuing);
  if (issuing.length === 0 && !refused.some(isIssuing)) return [];
  const readers = readersOf(issuing, look.after);
  return [
    ...issuing.flatMap((entry) => [
      ...passwordWarnings(entry, look),
      ...keyWarnings(entry),
      ...unusableWarnings(entry, look),
      ...sharedWarnings(entry, readers),
    ]),
    ...refused.filter(isIssuing).flatMap((entry) => unusableWarnings(entry, look)),
  ];
}

function isIssuing({ changes }: Entry): boolean {
  return changes.some(isIssue);
}

function passwordWarnings({ subject, changes }: Entry, { after }: IssuingLook): readonly Warning[] {
  if (!changes.some(({ kind }) => kind === "IssuePassword")) return [];
  if (after.account.passwordPolicy?.usersMayChange === true) return [];
  return valuesAt(after.users, [fold(subject.name)]).flatMap((user): readonly Warning[] => {
    const holders = [user, ...valuesAt(after.groups, user.groups.keys())];
    if (holders.some(letsChange)) return [];
    const held = new Set(holders.flatMap(({ policies }) => [...policies]));
    const policies = [...held].filter(isTheirOwn).toSorted(compareText);
    return [{ code: "cannot-change-password", subject, arguments: { policies } }];
  });
}

/** Policies of AWS's own that let a user change the own password. Source: their documents. */
const LET_CHANGE: ReadonlySet<string> = new Set([
  "AdministratorAccess",
  "IAMFullAccess",
  "IAMUserChangePassword",
]);

function letsChange({ policies, inlinePolicies }: User | Group): boolean {
  const documents = [...inlinePolicies.values()].map(({ document }) => document);
  return (
    [...policies].some(isKnownToLet) ||
    documents.some((document) => documentMayAllow(document, "iam:ChangePassword"))
  );
}

function isKnownToLet(arn: Arn): boolean {
  const policy = parsePolicyArn(arn);
  return policy?.account === "aws" && LET_CHANGE.has(policy.name);
}

/** A customer's own policy, whose document is not read. */
function isTheirOwn(arn: Arn): boolean {
  return parsePolicyArn(arn)?.account !== "aws";
}

function keyWarnings({ subject, changes }: Entry): readonly Warning[] {
  return changes.some(({ kind }) => kind === "IssueKey")
    ? [{ code: "long-lived-key", subject, arguments: {} }]
    : [];
}

function unusableWarnings({ subject }: Entry, { roster, recipients }: IssuingLook): readonly Warning[] {
  const texts = valuesAt(roster.users, [fold(subject.name)]).flatMap(recipientTexts);
  return texts
    .flatMap((text) => recipients?.get(text)?.unusable ?? [])
    .map((unusable) => ({ code: "unusable-recipient", subject, arguments: unusable }));
}

/** Fingerprint to the users whose credentials it reads, or last read: of what is issued here, and of what the notes tell. */
function readersOf(entries: readonly Entry[], { users }: State): ReadonlyMap<string, ReadonlySet<string>> {
  const readers = new Map<string, Set<string>>();
  const add = (fingerprint: string, name: string): void => {
    readers.set(fingerprint, (readers.get(fingerprint) ?? new Set()).add(name));
  };
  for (const { subject, changes } of entries) {
    for (const { fingerprint } of changes.filter(isIssue).flatMap(({ to }) => to))
      add(fingerprint, subject.name);
  }
  for (const user of users.values()) {
    for (const what of ["password", "key"] as const) {
      const receipt = receiptOf(user, what);
      for (const fingerprint of receipt?.state === "issued" ? receipt.to : []) add(fingerprint, user.name);
    }
  }
  return readers;
}

function sharedWarnings(
  { subject, changes }: Entry,
  readers: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Warning[] {
  const issued = new Set(
    changes.filter(isIssue).flatMap(({ to }) => to.map(({ fingerprint }) => fingerprint)),
  );
  return [...readers]
    .filter(([fingerprint, names]) => issued.has(fingerprint) && names.size > 1)
    .map(([fingerprint, names]) => {
      const users = [...names].filter((name) => name !== subject.name).toSorted(compareNames);
      return { code: "shared-recipient", subject, arguments: { fingerprint, users } };
    });
}
