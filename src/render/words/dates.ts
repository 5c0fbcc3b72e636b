import type { Until } from "../../core/roster.ts";
import type { Instant } from "../../core/state.ts";
import { type Phrase, say } from "../phrase.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** `31 December 2026`, in UTC; a text that is no date stands for itself. */
export function day(moment: Instant): Phrase {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return say`${moment}`;
  return [`${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""} ${date.getUTCFullYear()}`];
}

/** `until 31 December 2026` (that day included), or with the minute where a time was written. */
export function untilWords(until: Until): Phrase {
  const date = new Date(until);
  if (!until.includes("T") || Number.isNaN(date.getTime())) return say`until ${day(until)}`;
  return say`until ${day(until)}${[`, ${date.toISOString().slice(11, 16)} UTC`]}`;
}
