import type { Until } from "./roster.ts";
import type { Instant } from "./state.ts";

/*
 * Time is an argument everywhere: nothing in the core looks at a clock. Times are UTC.
 */

export const DAY: number = 24 * 60 * 60 * 1000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The first moment, in milliseconds since 1970, at which the line no longer holds: a date is valid for its whole day. */
export function endOf(until: Until): number {
  return DATE.test(until) ? Date.parse(`${until}T00:00:00Z`) + DAY : Date.parse(until);
}

/** The latest of these moments; undefined where there is none. */
export function latest(times: readonly (Instant | undefined)[]): Instant | undefined {
  return times
    .filter((time) => time !== undefined)
    .toSorted((one, other) => Date.parse(other) - Date.parse(one))[0];
}

export function isPast(until: Until | undefined, now: Instant): boolean {
  return until !== undefined && Date.parse(now) >= endOf(until);
}

/** An RFC 3339 time to the second, as IAM writes times, from milliseconds since 1970. */
export function instant(milliseconds: number): Instant {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
