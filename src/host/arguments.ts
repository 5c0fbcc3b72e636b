import { InvalidArgumentError, Option } from "commander";
import { isRealDate } from "../core/rules/dates.ts";
import { isPath } from "../core/rules/names.ts";
import type { Instant, Path } from "../core/state.ts";
import { instant } from "../core/time.ts";

/* What a person may write behind an option. */

export function oneOf(flags: string, choices: readonly string[]): Option {
  return new Option(flags, "how to print").choices(choices).default(choices[0]);
}

/** A date is its first moment: what holds "until" that day still does. */
export function parseMoment(text: string): Instant {
  const isMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  if (!isMoment || !isRealDate(text)) {
    throw new InvalidArgumentError("It should be a date (2026-12-31) or a moment (2026-12-31T18:00:00Z).");
  }
  return instant(Date.parse(text));
}

export function parseDigest(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError("It should be the 64 hexadecimal digits that a plan ends with.");
}

export function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError("It should be a number from 0 to 65535.");
}

/** One more path, for an option that may be given more than once. */
export function parsePath(text: string, before: readonly Path[] = []): readonly Path[] {
  // In a policy, * and ? stand for anything, and ${…} for something else.
  if (isPath(text) && !/[*?$]/.test(text)) return [...before, text];
  throw new InvalidArgumentError("It should be a path of IAM without *, ? and $, such as /managed/.");
}

export function parsePartition(text: string): string {
  if (/^aws(-[a-z]+)*$/.test(text)) return text;
  throw new InvalidArgumentError("It should be aws, aws-cn, aws-us-gov or another partition of AWS.");
}
