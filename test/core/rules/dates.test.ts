import { expect, test } from "vitest";
import { isRealDate } from "../../../src/core/rules/dates.ts";
import { formatDuration, parseDuration } from "../../../src/core/rules/duration.ts";

test.for([
  ["2026-12-31", true],
  ["2028-02-29", true],
  ["2026-02-29", false],
  ["2026-02-30", false],
  ["2026-04-31", false],
  ["2026-00-10", false],
  ["2026-13-01", false],
  ["2026-01-00", false],
  ["0000-01-01", true],
  ["2026-12-31T23:59:59Z", true],
  ["2026-12-31T23:59:59.123456789+02:00", true],
  ["2026-12-31T09:00:00Z", true],
  ["2026-12-31T10:00:00Z", true],
  ["2026-12-31T24:00:00Z", false],
  ["2026-12-31T23:60:00Z", false],
  ["2026-12-31T23:59:61Z", false],
  ["2026-02-30T10:00:00Z", false],
  ["2026-12-31T10:00:00+25:00", false],
] as const)("%s is in the calendar: %s", ([text, real]) => {
  expect(isRealDate(text)).toBe(real);
});

test.for([
  ["15s", 15_000],
  ["5m", 300_000],
  ["12h", 43_200_000],
  ["7d", 604_800_000],
  ["2w", 1_209_600_000],
  ["0s", 0],
  ["never", undefined],
  ["7", undefined],
  ["d", undefined],
  ["7 d", undefined],
  ["-7d", undefined],
  ["7D", undefined],
  ["7days", undefined],
  ["x7d", undefined],
  ["123456d", undefined],
  ["1.5d", undefined],
] as const)("the duration %s has %s milliseconds", ([text, milliseconds]) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.for([
  [0, "0s"],
  [1000, "1s"],
  [90_000, "90s"],
  [3_600_000, "1h"],
  [86_400_000, "1d"],
  [90_000_000, "25h"],
  [1_209_600_000, "2w"],
] as const)("%s milliseconds are written as %s, in the longest unit that fits", ([milliseconds, text]) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
