import { DEACTIVATED_TAG, isIssue, type Subject } from "../core/change.ts";
import type { Grant } from "../core/grant.ts";
import { grantKey, grantsOf } from "../core/grants.ts";
import { inOrder } from "../core/order.ts";
import { isDenied, isInlineDeny } from "../core/ownership.ts";
import type { Entry, Plan, PlannedChange } from "../core/plan.ts";
import type { Sha256 } from "../core/port.ts";
import { mayBroaden } from "../core/reach.ts";
import { isEnd, type ReviewedPlan, type ReviewedSubject } from "../core/reviewed-plan.ts";
import { isDenyAll } from "../core/rules/policies.ts";
import { fold } from "../core/rules/names.ts";
import { type Simulator, simulator } from "../core/simulate/simulate.ts";
import type { Instant, State, User } from "../core/state.ts";

export interface Reviewing {
  readonly plan: Plan;
  readonly actual: State;
  /** `whole`: the plan itself was reviewed. */
  readonly review: "whole" | ReviewedPlan;
  readonly now: Instant;
  readonly sha256: Sha256;
}

export interface Coverage {
  /** The changes that may run. */
  readonly covered: ReadonlySet<PlannedChange>;
  /** What a change that may not run would give beyond the review, where its subject was reviewed. */
  readonly unreviewed: ReadonlyMap<PlannedChange, readonly Grant[]>;
}

/**
 * What of the plan the review covers. A subject with an entry in the reviewed plan: what narrows runs, all of it only where
 * the review had it end, and what broadens
 * where all that it newly gives, at its place among the changes that run, is among the reviewed grants. A subject
 * without one: only what time alone asks for, whose `until` was reviewed when it was written.
 */
export function reviewedChanges({ plan, actual, review, now, sha256 }: Reviewing): Coverage {
  const steps = inOrder<Entry, PlannedChange>(plan.entries);
  if (review === "whole")
    return { covered: new Set(steps.map(({ change }) => change)), unreviewed: new Map() };
  const grants = new Set(review.grants.map(grantKey));
  const subjects = new Map(review.subjects.map((each) => [subjectKey(each), each]));
  const ending = new Set(review.subjects.filter(({ ends }) => ends).map(subjectKey));
  const before = simulator(actual);
  const covered = new Set<PlannedChange>();
  const unreviewed = new Map<PlannedChange, readonly Grant[]>();
  for (const { owner, change } of steps) {
    const key = subjectKey(owner.subject);
    const isUnseenEnd = isEnd(owner.intent) && !ending.has(key);
    const isKnown = !isUnseenEnd && isThat(owner, subjects.get(key), actual);
    const beyond = isKnown ? grantsBeyond(change) : [];
    if (beyond.length > 0) unreviewed.set(change, beyond);
    const isAgreedTo = isKnown && beyond.length === 0 && !losesTheDenysTag(change, before);
    if (!isAgreedTo && change.cause !== "due") continue;
    // A change that cannot be made since another was left out is left out too.
    if (before.apply(change, now) === undefined) covered.add(change);
  }
  for (const { changes } of plan.entries) {
    const deletion = changes.filter(({ phase }) => phase === "delete");
    // Whoever is not deleted keeps the deny, and no key is deleted to make room for one that is not made.
    leaveOut(deletion.filter(takesDenyOff), deletion);
    leaveOut(changes.filter(isRoom), changes.filter(isIssue));
  }
  return { covered, unreviewed };

  /** Unless all of these run, that which only serves them does not either. */
  function leaveOut(means: readonly PlannedChange[], ends: readonly PlannedChange[]): void {
    if (ends.every((change) => covered.has(change))) return;
    for (const change of means) covered.delete(change);
  }

  function grantsBeyond(change: PlannedChange): readonly Grant[] {
    if (!mayBroaden(change.reach)) return [];
    return grantsOf(change, { before, sha256 }).filter((grant) => !grants.has(grantKey(grant)));
  }
}

function isRoom({ kind, phase }: PlannedChange): boolean {
  return kind === "DeleteAccessKey" && phase === "issue";
}

function takesDenyOff(change: PlannedChange): boolean {
  if (change.kind === "DeleteUserPolicy") return isInlineDeny(change);
  return change.kind === "DetachUserPolicy" && isDenyAll(change.policy);
}

function subjectKey({ type, name }: Subject): string {
  return `${type} ${fold(name)}`;
}

/**
 * Is the entry about the reviewed one? Another of the same name has another id. One that was to be created had none: it may
 * be created, again too where the one that an earlier run made is gone. If somebody is there now, it is who that run made;
 * where none is known to have made anybody, it may be somebody else who wants what was reviewed, and can sign in.
 */
function isThat({ id, subject }: Entry, reviewed: ReviewedSubject | undefined, actual: State): boolean {
  if (reviewed === undefined) return false;
  if (reviewed.id !== undefined) return reviewed.id === id;
  if (id === undefined || subject.type === "group") return true;
  if (reviewed.made !== undefined) return reviewed.made === id;
  const live = actual.users.get(fold(subject.name));
  return live !== undefined && hasNoCredentials(live);
}

/** Nor one that is Inactive: whoever made it may know how to get it back. Not looked at is not known. */
function hasNoCredentials({ credentials }: User): boolean {
  if (credentials === undefined) return false;
  const { password, mfaDevices: _, ...kinds } = credentials;
  return password === undefined && Object.values(kinds).every((each) => each.length === 0);
}

/** Without its tag, a deny of ours that stays on would be taken for somebody else's hold. */
function losesTheDenysTag(change: PlannedChange, before: Simulator): boolean {
  if (change.kind !== "UntagUser" || !change.keys.includes(DEACTIVATED_TAG)) return false;
  const user = before.user(change.user);
  return user !== undefined && isDenied(user);
}
