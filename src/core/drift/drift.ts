import { adoptionOf, liveName } from "./adoption.ts";
import type { Adoption, AdoptionInput } from "./edit.ts";
import { endsSoon, type Ending } from "./endings.ts";
import { type Hygiene, hygieneOf } from "./hygiene.ts";
import type { Entry, Plan, PlannedChange } from "../plan.ts";
import { changeKey } from "../planning/causes.ts";
import type { Sha256 } from "../port.ts";
import type { Refusal } from "../refusal.ts";
import { canonicalJson } from "../rules/documents.ts";
import { compareText, fold } from "../rules/names.ts";
import type { Group, User } from "../state.ts";

/*
 * How the account differs from files that nobody changes, and what else somebody should look at from time to time.
 */

export interface Drift {
  /** Its changes are `pending` or `due`. `apply --digest` with its digest ends the differences. */
  readonly plan: Plan;
  /** What differs, in the plan's order; behind it what a refusal keeps from being ended. */
  readonly differences: readonly Difference[];
  /** The name of this set of differences: as long as it is the same, there is nothing new to say. */
  readonly key: string;
  readonly hygiene: Hygiene;
  readonly endsSoon: readonly Ending[];
}

export interface Difference {
  readonly entry: Entry;
  readonly isRefused: boolean;
  readonly adoption: Adoption;
  /** The user or group as it is; undefined: there is none. */
  readonly live: User | Group | undefined;
}

export interface DriftInput extends AdoptionInput {
  /**
   * Made without a base: so `apply --digest` makes it too. With the same files as base, a group that waits for its rename
   * would be another group, since that base does not declare the old name.
   */
  readonly plan: Plan;
  readonly sha256: Sha256;
}

export function driftOf({ plan: made, sha256, ...input }: DriftInput): Drift {
  const isOther = isOfOtherAccount(made);
  const seen = isOther ? nothingOf(made) : made;
  const plan = { ...seen, entries: seen.entries.map(unasked), refused: seen.refused.map(unasked) };
  return {
    plan,
    differences: [
      ...plan.entries.map((entry) => difference(entry, false, input)),
      ...plan.refused.map((entry) => difference(entry, true, input)),
    ],
    key: keyOf(plan, sha256),
    hygiene: isOther ? UNSEEN : hygieneOf(input.roster.settings, input.actual, input.now),
    endsSoon: endsSoon(input.roster, input.now),
  };
}

/** What another account has is no difference, and nothing to write into these files. */
function nothingOf(plan: Plan): Plan {
  return {
    ...plan,
    entries: [],
    refused: [],
    grants: [],
    refusals: plan.refusals.filter(isOtherAccount),
    warnings: [],
    unmanaged: { users: [], groups: [], members: [] },
  };
}

const UNSEEN: Hygiene = { findings: [], unknown: [] };

/** Is it the plan of an account that the files are not for, so that nothing was compared? */
export function isOfOtherAccount({ refusals }: Pick<Plan, "refusals">): boolean {
  return refusals.some(isOtherAccount);
}

function isOtherAccount({ code }: Refusal): boolean {
  return code === "wrong-account";
}

function difference(entry: Entry, isRefused: boolean, input: AdoptionInput): Difference {
  const { users, groups } = input.actual;
  const live = (entry.subject.type === "user" ? users : groups).get(fold(liveName(entry)));
  return { entry, isRefused, adoption: adoptionOf(entry, input), live };
}

/** No file was changed, so nothing is asked for now: what the files ask for was asked for before. */
function unasked(entry: Entry): Entry {
  const changes = entry.changes.map((change): PlannedChange =>
    change.cause === "requested" ? { ...change, cause: "pending" } : change,
  );
  return { ...entry, changes };
}

/**
 * Over what differs, and nothing else. The plan's digest will not do: it leaves out what is refused, and it moves with
 * what hangs on groups that the plan leaves alone.
 */
function keyOf({ account, entries, refused }: Plan, sha256: Sha256): string {
  const keys = [...entries, ...refused].flatMap(({ subject, id, changes }) =>
    changes.map((change) => JSON.stringify([id, changeKey(subject, change)])),
  );
  return sha256(canonicalJson([account.id, ...keys.toSorted(compareText)]));
}
