import { describe, expect, test } from "vitest";
import { MODES, workFor } from "../../src/command/action/mode.ts";
import type { Event } from "../../src/github/event.ts";

const SHA = "a".repeat(40);
const DIGEST = "d".repeat(64);

const pull: Event = {
  kind: "pull-request",
  number: 1,
  into: "main",
  head: SHA,
  isFork: false,
  isClosed: false,
};
const group: Event = { kind: "merge-group", base: SHA };
const push: Event = { kind: "push", branch: "main", isDefaultBranch: true, before: SHA };
const feature: Event = { kind: "push", branch: "other", isDefaultBranch: false, before: SHA };
const schedule: Event = { kind: "schedule", branch: "main" };
const byHand: Event = { kind: "dispatch", branch: "main", isDefaultBranch: true };
const elsewhere: Event = { kind: "dispatch", branch: "other", isDefaultBranch: false };

const EVENTS = { pull, group, push, feature, schedule, byHand, elsewhere };

/** What comes of each mode on each event: the mode that runs, else how the refusal begins. */
const TABLE: Readonly<
  Record<keyof typeof EVENTS, Readonly<Record<(typeof MODES)[number] | "auto", string>>>
> = {
  pull: {
    auto: "plan",
    plan: "plan",
    apply: "mode apply does not run on a pull request",
    drift: "mode drift does not run on a pull request",
    expire: "mode expire does not run on a pull request",
  },
  group: {
    auto: "plan",
    plan: "plan",
    apply: "mode apply does not run on a pull request",
    drift: "mode drift does not run on a pull request",
    expire: "mode expire does not run on a pull request",
  },
  push: {
    auto: "apply",
    plan: "mode plan runs on pull_request and merge_group.",
    apply: "apply",
    drift: "drift",
    expire: "expire",
  },
  feature: {
    auto: "mode apply runs on the default branch only, and this is other.",
    plan: "mode plan runs on pull_request and merge_group.",
    apply: "mode apply runs on the default branch only, and this is other.",
    drift: "drift",
    expire: "mode expire runs on the default branch only, and this is other.",
  },
  schedule: {
    auto: "drift",
    plan: "mode plan runs on pull_request and merge_group.",
    apply: "mode apply runs on push, and by hand with a digest.",
    drift: "drift",
    expire: "expire",
  },
  byHand: {
    auto: "started by hand, iam-roster has to be told the mode",
    plan: "mode plan runs on pull_request and merge_group.",
    apply: "started by hand, mode apply needs the input digest",
    drift: "drift",
    expire: "expire",
  },
  elsewhere: {
    auto: "started by hand, iam-roster has to be told the mode",
    plan: "mode plan runs on pull_request and merge_group.",
    apply: "mode apply runs on the default branch only, and this is other.",
    drift: "drift",
    expire: "mode expire runs on the default branch only, and this is other.",
  },
};

const CASES = Object.entries(TABLE).flatMap(([event, row]) =>
  Object.entries(row).map(([mode, expected]) => ({ event, mode, expected })),
);

function outcome(mode: string, event: Event, digest?: string): string {
  try {
    return workFor({ mode: mode as (typeof MODES)[number] | "auto", digest }, event).mode;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("the mode", () => {
  test.each(CASES)("$mode on $event: $expected", ({ event, mode, expected }) => {
    const found = outcome(mode, EVENTS[event as keyof typeof EVENTS]);
    expect(found.slice(0, expected.length)).toBe(expected);
    // A mode, and no refusal that begins with one.
    if ([...MODES].some((each) => each === expected)) expect(found).toBe(expected);
  });

  test("with a digest is apply, by hand, on the default branch, and nothing else", () => {
    for (const [name, event] of Object.entries(EVENTS)) {
      for (const mode of ["auto", ...MODES]) {
        const isRun = name === "byHand" && (mode === "auto" || mode === "apply");
        const found = outcome(mode, event, DIGEST);
        if (isRun) expect(found).toBe("apply");
        else
          expect(found).toMatch(
            /^the input digest is for mode apply on workflow_dispatch|^mode apply runs on the default branch only/,
          );
      }
    }
  });

  test("goes with what of the event it needs", () => {
    expect(workFor({ mode: "auto", digest: undefined }, push)).toEqual({
      mode: "apply",
      event: { branch: "main", before: SHA, digest: undefined },
    });
    expect(workFor({ mode: "auto", digest: DIGEST }, byHand)).toEqual({
      mode: "apply",
      event: { branch: "main", before: undefined, digest: DIGEST },
    });
    expect(workFor({ mode: "auto", digest: undefined }, pull)).toEqual({ mode: "plan", event: pull });
    expect(workFor({ mode: "expire", digest: undefined }, schedule)).toEqual({
      mode: "expire",
      branch: "main",
    });
  });
});
