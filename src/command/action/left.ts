import type { Subject } from "../../core/change.ts";
import { type AppliedEntry, isFinished, type Report } from "../../core/report.ts";
import { type Made, subjectName } from "../../github/applied.ts";
import type { Ended } from "../applying.ts";

/* What an apply left, for the applies after it: they take all else for done. */

/** undefined: nothing was tried. */
function tried(ended: Ended): Extract<Ended, { readonly report: Report }> | undefined {
  return ended.made === undefined || ended.problem !== undefined ? undefined : ended;
}

/** Of whom not all was done, though it was tried. */
export function unfinished(ended: Ended): readonly AppliedEntry[] {
  return (tried(ended)?.report.entries ?? []).filter((entry) => !isFinished(entry));
}

export function leftOf(ended: Ended): readonly Subject[] {
  const refused = tried(ended)?.made.refused ?? [];
  return [...unfinished(ended), ...refused].map(({ subject }) => subject);
}

/** The users that this apply created, and that something is left of: what was reviewed of them was of nobody yet. */
export function madeBy(ended: Ended): readonly Made[] {
  const left = new Set(leftOf(ended).map(subjectName));
  const entries = tried(ended)?.report.entries ?? [];
  return entries.flatMap(({ subject, id, changes }) => {
    const isCreated = changes.some(({ kind, outcome }) => kind === "CreateUser" && outcome === "done");
    const isLeft = left.has(subjectName(subject));
    return isCreated && isLeft && id !== undefined ? [{ user: subject.name, id }] : [];
  });
}
