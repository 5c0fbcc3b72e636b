import type { Intent, SubjectType } from "../../core/change.ts";
import { type Counts, type Entry, isRefused, type Plan, summarise } from "../../core/plan.ts";
import { counted, listing, type Phrase, plain, say } from "../phrase.ts";
import { nameWords } from "./entries.ts";
import { isFinal, takesAway } from "./signs.ts";

const TO_DO: readonly (readonly [Intent, string])[] = [
  ["create", "to create"],
  ["adopt", "to adopt"],
  ["reactivate", "to reactivate"],
  ["update", "to change"],
  ["rename", "to rename"],
  ["deactivate", "to deactivate"],
  ["delete", "to delete"],
];

/** `2 users to create, 1 to change, 1 to deactivate; 1 group to create`; empty where there is nothing to do. */
export function countsWords(entries: readonly Entry[]): string {
  const { users, groups } = summarise(entries);
  return [typeWords("user", users), typeWords("group", groups)].filter((words) => words !== "").join("; ");
}

function typeWords(type: SubjectType, counts: Counts): string {
  return TO_DO.filter(([intent]) => counts[intent] > 0)
    .map(([intent, words], index) =>
      index === 0 ? `${plain(counted(counts[intent], type))} ${words}` : `${counts[intent]} ${words}`,
    )
    .join(", ");
}

/** The one sentence to which a plan comes down. */
export function summaryWords(plan: Plan): string {
  const { changes } = summarise(plan.entries);
  if (plan.entries.length > 0) {
    const refused = isRefused(plan) ? " Refused: none of it will be applied." : refusedSentence(plan.refused);
    return `Plan: ${countsWords(plan.entries)}. ${plain(counted(changes, "change"))}.${refused}`;
  }
  if (isRefused(plan)) return "The plan is refused.";
  if (plan.refused.length > 0) {
    return `Nothing to apply: ${refusedWords(plan.refused)}.`;
  }
  return "No changes. The account matches the roster.";
}

/** ` 1 entry is refused.`, behind another sentence; empty where none is. That is what makes the exit status 1. */
export function refusedSentence(refused: readonly Entry[]): string {
  return refused.length === 0 ? "" : ` ${refusedWords(refused)}.`;
}

function refusedWords(refused: readonly Entry[]): string {
  return `${plain(counted(refused.length, "entry is", "entries are"))} refused`;
}

/** `1 entry refused`, as one of several counts. */
export function refusedCount(refused: readonly Entry[]): readonly string[] {
  return refused.length === 0 ? [] : [`${plain(counted(refused.length, "entry", "entries"))} refused`];
}

/** How many names the summary repeats; each entry is marked in its own place. */
const NAMED = 20;

/** `3 take something away: alice, bob, group developers. 2 changes cannot be undone.`; undefined where none does. */
export function destructiveWords(entries: readonly Entry[]): Phrase | undefined {
  const taking = entries.filter(takesAway);
  if (taking.length === 0) return undefined;
  const final = entries.flatMap((entry) => entry.changes).filter((change) => isFinal(change.kind)).length;
  const names = taking.map((entry) =>
    entry.subject.type === "user" ? nameWords(entry) : say`group ${nameWords(entry)}`,
  );
  const undone = final === 0 ? [] : say` ${counted(final, "change")} cannot be undone.`;
  return say`${counted(taking.length, "entry takes", "entries take")} something away: ${listing(names, NAMED)}.${undone}`;
}
