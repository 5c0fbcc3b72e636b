import type { Subject } from "../../core/change.ts";
import type { AppliedEntry } from "../../core/report.ts";
import type { Made } from "../../github/applied.ts";
import type { Ended } from "../applying.ts";

/* What an apply left, for the applies after it: they take all else for done. */

/** Of whom not all was done, though it was tried. */
export function unfinished(ended: Ended): readonly AppliedEntry[] {
  if (ended.made === undefined || ended.problem !== undefined) return [];
  return ended.report.entries.filter(({ changes }) => changes.some(({ outcome }) => outcome !== "done"));
}

export function leftOf(ended: Ended): readonly Subject[] {
  const refused = ended.made === undefined || ended.problem !== undefined ? [] : ended.made.refused;
  return [...unfinished(ended), ...refused].map(({ subject }) => subject);
}

/** The users that this apply created, and that something is left of: what was reviewed of them was of nobody yet. */
export function madeBy(ended: Ended): readonly Made[] {
  return unfinished(ended).flatMap(({ subject, id, changes }) => {
    const isCreated = changes.some(({ kind, outcome }) => kind === "CreateUser" && outcome === "done");
    return isCreated && id !== undefined ? [{ user: subject.name, id }] : [];
  });
}
