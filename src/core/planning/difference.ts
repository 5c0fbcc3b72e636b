import { canonicalDocument } from "../rules/documents.ts";
import { compareNames, compareText } from "../rules/names.ts";
import { type ByName, type InlinePolicy, valuesAt } from "../state.ts";

/*
 * What two of a kind differ in: names, policies, inline documents. Always in the order of names.
 */

/** Keys of the first that the second lacks, in the order of names. */
export function missingKeys(has: ByName<unknown>, lacks: ByName<unknown>): readonly string[] {
  const missing: string[] = [];
  for (const key of has.keys()) if (!lacks.has(key)) missing.push(key);
  return missing.toSorted(compareText);
}

/** ARNs of the first that the second lacks, in order. */
export function missingPolicies(has: ReadonlySet<string>, lacks: ReadonlySet<string>): readonly string[] {
  return has.isSubsetOf(lacks) ? [] : [...has.difference(lacks)].toSorted(compareText);
}

export interface InlineDifference {
  readonly gone: readonly InlinePolicy[];
  readonly put: readonly { readonly policy: InlinePolicy; readonly replaces: InlinePolicy | undefined }[];
}

const SAME: InlineDifference = { gone: [], put: [] };

export function inlineDifference(
  live: ByName<InlinePolicy>,
  desired: ByName<InlinePolicy>,
): InlineDifference {
  if (live.size === 0 && desired.size === 0) return SAME;
  const gone = valuesAt(live, missingKeys(live, desired));
  const put = [...desired]
    .map(([key, policy]) => ({ policy, replaces: live.get(key) }))
    .filter(({ policy, replaces }) => replaces === undefined || !sameDocument(policy, replaces))
    .toSorted((one, other) => compareNames(one.policy.name, other.policy.name));
  // What is new first: a document that only moves to another name is then never missing in between.
  const [added, replaced] = [
    put.filter(({ replaces }) => replaces === undefined),
    put.filter(({ replaces }) => replaces !== undefined),
  ];
  return { gone, put: [...added, ...replaced] };
}

function sameDocument({ document: one }: InlinePolicy, { document: other }: InlinePolicy): boolean {
  return JSON.stringify(one) === JSON.stringify(other) || canonicalDocument(one) === canonicalDocument(other);
}
