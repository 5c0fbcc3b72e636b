import type { Change } from "../change.ts";
import type { Grant } from "../grant.ts";
import { documentDigest, grantsOf, uniqueGrants } from "../grants.ts";
import { inOrder } from "../order.ts";
import type { Entry, PlannedChange } from "../plan.ts";
import type { Sha256 } from "../port.ts";
import { mayBroaden } from "../reach.ts";
import type { JsonObject } from "../rules/documents.ts";
import { compareText } from "../rules/names.ts";
import { grantsAdministration, isAdministratorPolicy } from "../rules/privilege.ts";
import { simulator } from "../simulate/simulate.ts";
import type { Arn, Instant, ManagedPolicy, State } from "../state.ts";

/*
 * What a plan newly gives, and what of it makes an administrator.
 */

/** The account on which the entries were planned. */
export interface Giving {
  readonly actual: State;
  readonly now: Instant;
  readonly sha256: Sha256;
}

export interface GivenInput extends Giving {
  readonly policies: ReadonlyMap<Arn, ManagedPolicy | undefined>;
}

export interface Given {
  /** The same entries; the changes that make an administrator are marked. */
  readonly entries: readonly Entry[];
  readonly grants: readonly Grant[];
  /** The policies that do so, as grants name them. */
  readonly privileged: readonly string[];
}

export function given(entries: readonly Entry[], input: GivenInput): Given {
  if (entries.length === 0) return { entries, grants: [], privileged: [] };
  const each = givenByEach(entries, input);
  const named = new Set(each.flatMap(({ policies }) => policies));
  const privileged = privilegedOf(named, entries, input);
  const making = new Set(
    each
      .filter(({ policies }) => policies.some((policy) => privileged.has(policy)))
      .map(({ change }) => change),
  );
  return {
    entries: entries.map((entry) => ({ ...entry, changes: marked(entry.changes, making) })),
    grants: uniqueGrants(each.flatMap(({ grants }) => grants)),
    privileged: [...privileged].toSorted(compareText),
  };
}

interface GivenByOne {
  readonly change: PlannedChange;
  readonly grants: readonly Grant[];
  /** All policies that come with it: by ARN, or by the digest of an inline document. */
  readonly policies: readonly string[];
}

/** What each change gives at its place in the order. */
export function givenByEach(
  entries: readonly Entry[],
  { actual, now, sha256 }: Giving,
): readonly GivenByOne[] {
  const before = simulator(actual);
  return inOrder<Entry, PlannedChange>(entries).map(({ change }) => {
    const gives = mayBroaden(change.reach);
    const grants = gives ? grantsOf(change, { before, sha256 }) : [];
    before.apply(change, now);
    const granted = grants.flatMap((grant) => ("policy" in grant ? [grant.policy] : []));
    return { change, grants, policies: gives ? [...granted, ...toGroup(change, sha256)] : [] };
  });
}

/** What a group gets counts although nobody is in it yet, and nobody is granted anything. */
function toGroup(change: Change, sha256: Sha256): readonly string[] {
  if (change.kind === "AttachGroupPolicy") return [change.policy];
  return change.kind === "PutGroupPolicy" ? [documentDigest(change.document, sha256)] : [];
}

/** Those of the named policies that make an administrator. Of a customer's policy whose document was not read, none is. */
function privilegedOf(
  named: ReadonlySet<string>,
  entries: readonly Entry[],
  { actual, policies, sha256 }: GivenInput,
): ReadonlySet<string> {
  const managed = [...policies].flatMap(([arn, policy]) =>
    policy?.document !== undefined && grantsAdministration(policy.document) ? [arn] : [],
  );
  const inline = inlineDocuments(entries, actual)
    .filter(grantsAdministration)
    .map((document) => documentDigest(document, sha256));
  const known = new Set([...managed, ...inline]);
  return new Set([...named].filter((policy) => known.has(policy) || isAdministratorPolicy(policy)));
}

/** All that anybody has or gets. */
function inlineDocuments(entries: readonly Entry[], { users, groups }: State): readonly JsonObject[] {
  const holders = [...users.values(), ...groups.values()];
  return [
    ...holders.flatMap(({ inlinePolicies }) => [...inlinePolicies.values()].map(({ document }) => document)),
    ...entries.flatMap(({ changes }) =>
      changes.flatMap((change) => ("document" in change ? [change.document] : [])),
    ),
  ];
}

function marked(
  changes: readonly PlannedChange[],
  making: ReadonlySet<PlannedChange>,
): readonly PlannedChange[] {
  return changes.map((change) => (making.has(change) ? { ...change, privileged: true } : change));
}
