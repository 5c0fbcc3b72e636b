import { describe, expect, test } from "vitest";
import type { Cause } from "../../src/core/change.ts";
import {
  type AppliedChange,
  type AppliedEntry,
  isComplete,
  isFinished,
  type Outcome,
} from "../../src/core/report.ts";

function change(outcome: Outcome, cause: Cause = "requested"): AppliedChange {
  return {
    kind: "AddUserToGroup",
    user: "ann",
    group: "g",
    reach: "broadens",
    phase: "broaden-users",
    cause,
    ...outcome,
  };
}

function isCompleteWith(
  changes: readonly AppliedChange[],
  extra: readonly AppliedChange[] = [],
  doubt?: string,
): boolean {
  const entries = [entryWith([change({ outcome: "done" })]), entryWith(changes, extra, doubt)];
  return isComplete({ digest: "", entries });
}

function entryWith(
  changes: readonly AppliedChange[],
  extra: readonly AppliedChange[] = [],
  doubt?: string,
): AppliedEntry {
  const subject = { type: "user", name: "ann" } as const;
  const about = { id: undefined, evidence: undefined, after: undefined, problem: undefined };
  return { subject, intent: "update", ...about, changes, extra, doubt };
}

describe("a report is complete", () => {
  test("where everything is done, beyond the plan too", () => {
    const done = change({ outcome: "done" });
    expect(isCompleteWith([done, done], [done])).toBe(true);
  });

  test.each<Outcome>([
    { outcome: "failed", error: "no" },
    { outcome: "skipped", error: "no" },
    { outcome: "not-tried", error: "no" },
  ])("but not where anything is $outcome", (outcome) => {
    const done = change({ outcome: "done" });
    expect(isCompleteWith([done, change(outcome)])).toBe(false);
    expect(isCompleteWith([done], [done, change(outcome)])).toBe(false);
    expect(isCompleteWith([change(outcome, "pending")])).toBe(false);
  });

  test("where what no review covers was asked for by others, but not where these files ask for it", () => {
    const left = { outcome: "not-reviewed", unreviewed: [] } as const;
    expect(isCompleteWith([change(left, "pending"), change(left, "due")])).toBe(true);
    expect(isCompleteWith([change(left, "pending"), change(left, "requested")])).toBe(false);
    expect(isCompleteWith([], [change(left, "pending")])).toBe(false);
  });

  test("but not where nobody made sure of somebody, whatever else is left of them", () => {
    const done = change({ outcome: "done" });
    const left = change({ outcome: "not-reviewed", unreviewed: [] }, "pending");
    expect(isCompleteWith([done, left])).toBe(true);
    expect(isCompleteWith([done], [], "nobody looked again")).toBe(false);
    expect(isCompleteWith([done, left], [], "nobody looked again")).toBe(false);
  });
});

test("an entry is finished where everything is done, beyond the plan too, and nobody doubts it", () => {
  const done = change({ outcome: "done" });
  const left = change({ outcome: "not-reviewed", unreviewed: [] }, "pending");
  expect(isFinished(entryWith([done], [done]))).toBe(true);
  expect(isFinished(entryWith([done, left]))).toBe(false);
  expect(isFinished(entryWith([done], [left]))).toBe(false);
  expect(isFinished(entryWith([done], [], "nobody looked again"))).toBe(false);
});
