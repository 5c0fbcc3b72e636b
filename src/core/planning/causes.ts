import type { Cause, Change, Subject } from "../change.ts";
import type { Draft, DraftChange, DraftEntry } from "./draft.ts";
import { canonicalJson, jsonOf } from "../rules/documents.ts";
import type { PlannedChange } from "../plan.ts";
import { fold } from "../rules/names.ts";

/*
 * Why each change is in the plan, told by comparing with other plans on the same account: that of the base's files, and
 * that of a world where no time passes.
 */

export interface Comparison {
  /** Every change that the base's files ask for too; undefined without a base. */
  readonly base: Pick<Draft, "entries" | "refused"> | undefined;
  /** What these files ask for if every `until` and every delay is ignored. */
  readonly timeless: Draft;
}

/**
 * Gives the cause of a change of the head's plan; `counts` says what of the base's draft is the same. Time alone asks for it
 * only where the base knew of that end: one that is over already when the head writes it is asked for by the head.
 */
export function causes(
  { base, timeless }: Comparison,
  counts: "possible" | "refused",
): (entry: DraftEntry, change: DraftChange) => Cause {
  // What the base was refused is news once it is possible, and none while it is refused again.
  const again = counts === "refused" ? (base?.refused ?? []).map(({ entry }) => entry) : [];
  const inBase = changeKeys([...(base?.entries ?? []), ...again]);
  const untimed = changeKeys([...timeless.entries, ...timeless.refused.map(({ entry }) => entry)]);
  return (entry, change) => {
    const key = comparisonKey(entry, change);
    const isTimely = !untimed.has(key);
    if (base === undefined) return isTimely ? "due" : "requested";
    if (!inBase.has(key)) return "requested";
    return isTimely ? "due" : "pending";
  };
}

function changeKeys(entries: readonly DraftEntry[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const entry of entries) {
    for (const change of entry.changes) keys.add(comparisonKey(entry, change));
  }
  return keys;
}

/**
 * By the unique id where there is one: the head may call the same subject by another name. Taking the deny off is one
 * thing for who comes back, and another for who is deleted.
 */
function comparisonKey({ subject, id }: DraftEntry, change: DraftChange): string {
  const end = change.phase === "delete" ? "deleting " : "";
  return `${end}${changeKey({ ...subject, name: id ?? subject.name }, change)}`;
}

/** The text under which two changes are the same write on the same subject. */
export function changeKey({ type, name }: Subject, change: Change): string {
  return `${type} ${fold(name)} ${canonicalJson(jsonOf(writeOf(change)))}`;
}

/** The write alone, without what the plan says about it. */
export function writeOf(change: Change): Change {
  const {
    reach: _,
    phase: __,
    cause: ___,
    privileged: ____,
    ...write
  } = change as DraftChange & Partial<Pick<PlannedChange, "cause" | "privileged">>;
  return write;
}
