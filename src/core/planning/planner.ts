import { type Change, isIssue } from "../change.ts";
import { causes, writeOf } from "./causes.ts";
import { draft, type Draft, type DraftChange, type DraftEntry } from "./draft.ts";
import { afterOf, evidenceOf } from "./evidence.ts";
import { type Feasible, feasible, newPolicies } from "./feasible.ts";
import { given } from "./given.ts";
import { issuingWarnings } from "./issuing-warnings.ts";
import { recipientTexts, type Recipients } from "./issuing.ts";
import { letGoWarnings } from "./let-go.ts";
import { planRefusals } from "./limits.ts";
import { inOrder } from "../order.ts";
import { ownerName, standing } from "../ownership.ts";
import { settingWarnings } from "./setting-changes.ts";
import type { Entry, Members, Plan } from "../plan.ts";
import type { Sha256 } from "../port.ts";
import type { Roster } from "../roster.ts";
import { canonicalJson, jsonOf } from "../rules/documents.ts";
import { compareNames, compareText, fold } from "../rules/names.ts";
import { parsePolicyArn } from "../rules/policies.ts";
import { membersByGroup, simulate } from "../simulate/simulate.ts";
import {
  type Arn,
  type GroupName,
  type Instant,
  type ManagedPolicy,
  type State,
  type UserName,
  valuesAt,
} from "../state.ts";

export interface PlanInput {
  readonly roster: Roster;
  /** The files as they were before, to tell what is asked for from what was asked for already. */
  readonly base: Roster | undefined;
  readonly actual: State;
  readonly now: Instant;
  /** Policies that were looked up; undefined: there is none. */
  readonly policies: ReadonlyMap<Arn, ManagedPolicy | undefined>;
  /** Recipients that were looked up, by the text that names them; undefined: nobody can look. */
  readonly recipients: Recipients;
  /** What is issued is handed over where everybody sees the ciphertext: nothing is, then. */
  readonly inPublic?: boolean;
  readonly sha256: Sha256;
}

/** A plan, and what would have to be read before it may be trusted. */
export interface Planned {
  readonly plan: Plan;
  /** Live users whose credentials are to be read one by one. */
  readonly unreadUsers: readonly UserName[];
  /** Policies to look up. */
  readonly unknownPolicies: readonly Arn[];
  /** Recipients to look up, by the texts that name them. */
  readonly unknownRecipients: readonly string[];
}

/**
 * The ordered work that makes the account what the files say. Pure: equal input gives an equal plan. Call it again with
 * what it asks for read, until it asks for nothing.
 */
export function plan(input: PlanInput): Planned {
  const { roster, base, actual, now } = input;
  const drafted = draft(input);
  const missingPolicies = new Set(
    [...input.policies].filter(([, found]) => found === undefined).map(([policy]) => policy),
  );
  const { entries: possible, refused } = feasible(drafted, {
    actual,
    now,
    missingPolicies,
    isLookedUp: input.recipients !== undefined,
    inPublic: input.inPublic === true,
  });
  const after = possible.length === 0 ? actual : simulate(actual, changesInOrder(possible), now).state;
  const { entries: plain, refusedEntries } = described(input, { entries: possible, refused }, after);
  const { entries, grants, privileged } = given(plain, input);
  return {
    plan: {
      account: { id: actual.account.id, partition: actual.account.partition, alias: actual.account.alias },
      entries,
      refused: refusedEntries,
      grants,
      privileged,
      refusals: [
        ...planRefusals({ roster, actual, after, entries, now }),
        ...refused.map(({ refusal }) => refusal),
      ],
      warnings: [
        ...settingWarnings(base?.settings, roster.settings),
        ...letGoWarnings(base, roster, actual),
        ...drafted.warnings,
        ...issuingWarnings(
          { entries, refused: refusedEntries },
          { roster, after, recipients: input.recipients },
        ),
      ],
      unmanaged: drafted.unmanaged,
      digest: digest({ entries, grants }, input),
    },
    unreadUsers: drafted.unread,
    unknownPolicies: unknownPolicies(drafted, input),
    unknownRecipients: unknownRecipients(drafted, input),
  };
}

function changesInOrder(entries: readonly DraftEntry[]): readonly DraftChange[] {
  return inOrder<DraftEntry, DraftChange>(entries).map(({ change }) => change);
}

/** The entries with what a reader needs. Nothing is compared with other drafts where there is none. */
function described(
  input: PlanInput,
  { entries, refused }: Feasible,
  after: State,
): { readonly entries: readonly Entry[]; readonly refusedEntries: readonly Entry[] } {
  if (entries.length === 0 && refused.length === 0) return { entries: [], refusedEntries: [] };
  const describe = describer(input, after);
  return {
    entries: entries.map((entry) => describe(entry, "possible")),
    refusedEntries: refused.map(({ entry }) => ({ ...describe(entry, "refused"), after: undefined })),
  };
}

/** Adds to an entry why each change is there, what is known of the user, what holds after. */
function describer(
  input: PlanInput,
  after: State,
): (entry: DraftEntry, counts: "possible" | "refused") => Entry {
  const { roster, base, actual } = input;
  const comparison = {
    base: base && draft({ ...input, roster: base }),
    timeless: draft({ ...input, now: undefined }),
  };
  const causeOf = { possible: causes(comparison, "possible"), refused: causes(comparison, "refused") };
  const membersOf = membersLookup(roster, actual);
  return (asked, counts) => {
    const { live, ...entry } = asked;
    const declared = roster.users.get(fold(entry.subject.name));
    return {
      ...entry,
      changes: entry.changes.map((change) => ({ ...change, cause: causeOf[counts](asked, change) })),
      evidence: evidenceOf(live),
      after:
        entry.subject.type === "user"
          ? afterOf(after.users.get(fold(nameAfter(entry))), declared)
          : undefined,
      members: entry.subject.type === "group" ? membersOf(liveGroupName(entry)) : undefined,
    };
  };
}

/**
 * The name that the entry's user has after the plan. The file's new name is none where nothing renames: nobody is renamed
 * who is closed, or whom somebody else denies everything.
 */
function nameAfter({ subject, changes }: Pick<DraftEntry, "subject" | "changes">): UserName {
  const [first] = changes;
  const isUpdated = changes.some(({ kind }) => kind === "UpdateUser");
  return isUpdated || first === undefined || !("user" in first) ? subject.name : first.user;
}

/** The name that the entry's group has today. */
function liveGroupName({ subject, changes }: Pick<DraftEntry, "subject" | "changes">): GroupName {
  return changes.find((change) => change.kind === "UpdateGroup")?.group ?? subject.name;
}

/** Who is in a group today; undefined for one that is not there. */
function membersLookup({ settings }: Roster, actual: State): (group: GroupName) => Members | undefined {
  const members = membersByGroup(actual);
  const owner = ownerName(settings);
  return (group) => {
    if (!actual.groups.has(fold(group))) return undefined;
    const users = valuesAt(actual.users, members.get(fold(group)) ?? []);
    const names = (isManaged: boolean): readonly UserName[] =>
      users
        .filter((user) => (standing(user, owner) === "managed") === isManaged)
        .map(({ name }) => name)
        .toSorted(compareNames);
    return { managed: names(true), others: names(false) };
  };
}

/**
 * The plan's name: over the account, what would be written, with its preconditions, and what that newly gives to whom,
 * which depends on what hangs on groups that the plan itself leaves alone. Never over times, causes or evidence, so that
 * the same work has the same digest whenever and from wherever it is planned.
 */
function digest(
  { entries, grants }: Pick<Plan, "entries" | "grants">,
  { actual, sha256 }: PlanInput,
): string {
  const work = entries.map(({ subject, intent, id, changes }) => ({
    subject,
    intent,
    id,
    changes: changes.map(writeOf),
  }));
  return sha256(canonicalJson(jsonOf({ account: actual.account.id, entries: work, grants })));
}

/** Policies that the plan newly puts on somebody, of which nothing shows yet that they exist, or what they say. */
function unknownPolicies({ entries }: Draft, { actual, policies }: PlanInput): readonly Arn[] {
  const changes = entries.flatMap((entry) => entry.changes);
  const wanted = new Set(changes.flatMap(newPolicies));
  if (wanted.size === 0) return [];
  const unproven = wanted.difference(seenPolicies(actual));
  const unread = new Set(changes.flatMap(attachedOfCustomer));
  return [...unproven.union(unread).difference(policies)].toSorted(compareText);
}

/** What AWS's own policies say is known by their names, and what a boundary says gives nothing. */
function attachedOfCustomer(change: Change): readonly Arn[] {
  if (change.kind !== "AttachUserPolicy" && change.kind !== "AttachGroupPolicy") return [];
  return parsePolicyArn(change.policy)?.account === "aws" ? [] : [change.policy];
}

/** Policies that exist, since somebody has them. */
function seenPolicies({ users, groups }: State): ReadonlySet<Arn> {
  const seen = new Set<Arn>();
  for (const { policies, boundary } of users.values()) {
    for (const policy of policies) seen.add(policy);
    if (boundary !== undefined) seen.add(boundary);
  }
  for (const { policies } of groups.values()) for (const policy of policies) seen.add(policy);
  return seen;
}

/** The texts that name recipients of somebody who is issued something, and that nobody has looked up yet. */
function unknownRecipients({ entries }: Draft, { roster, recipients }: PlanInput): readonly string[] {
  if (recipients === undefined) return [];
  const wanted = entries
    .filter(({ changes }) => changes.some(isIssue))
    .flatMap(({ subject }) => valuesAt(roster.users, [fold(subject.name)]).flatMap(recipientTexts));
  return [...new Set(wanted)].filter((text) => !recipients.has(text)).toSorted(compareText);
}
