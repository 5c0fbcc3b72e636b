import { expect, test } from "vitest";
import { instant, isPast } from "../../src/core/time.ts";

test("a date is over when its day is, in UTC", () => {
  expect(isPast("2026-11-22", "2026-11-22T23:59:59Z")).toBe(false);
  expect(isPast("2026-11-22", "2026-11-23T00:00:00Z")).toBe(true);
  expect(isPast("2026-11-22", "2026-11-22T23:59:59-01:00")).toBe(true);
});

test("a moment is over when it comes, wherever its clock stands", () => {
  expect(isPast("2026-11-22T10:00:00Z", "2026-11-22T09:59:59Z")).toBe(false);
  expect(isPast("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z")).toBe(true);
  expect(isPast("2026-11-22T10:00:00+02:00", "2026-11-22T08:00:00Z")).toBe(true);
  expect(isPast("2026-11-22T10:00:00-02:00", "2026-11-22T11:59:59Z")).toBe(false);
});

test("what has no end is never over", () => {
  expect(isPast(undefined, "2026-11-22T10:00:00Z")).toBe(false);
});

test("a moment is written to the second, as IAM writes it", () => {
  expect(instant(Date.UTC(2026, 10, 22, 9, 5, 7, 999))).toBe("2026-11-22T09:05:07Z");
});
