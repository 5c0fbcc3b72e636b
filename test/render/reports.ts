import type { AppliedEntry, Outcome, Report } from "../../src/core/report.ts";
import type { Entry } from "../../src/core/plan.ts";
import { changeBot, createEmily, createGroup, deactivateAlice, DENY_ALL, EMPTY, planned } from "./plans.ts";

/*
 * Reports made by hand, with every way in which a change can end.
 */

const DONE: Outcome = { outcome: "done" };

function applied(entry: Entry, outcomes: readonly Outcome[], problem?: string): AppliedEntry {
  return {
    ...entry,
    changes: entry.changes.map((change, index) => ({ ...change, ...(outcomes[index] ?? DONE) })),
    extra: [],
    problem,
  };
}

export const ALL_DONE: Report = {
  digest: EMPTY.digest,
  entries: [applied(createEmily, []), applied(createGroup, [])],
};

export const NOTHING_DONE: Report = { digest: EMPTY.digest, entries: [] };

export const MIXED: Report = {
  digest: EMPTY.digest,
  entries: [
    {
      ...applied(
        deactivateAlice,
        [
          DONE,
          { outcome: "failed", error: "AccessDenied: not authorized to perform iam:UpdateAccessKey" },
          DONE,
          DONE,
          { outcome: "skipped", error: "not every way in is closed" },
        ],
        "alice is denied everything, and one access key is still Active.",
      ),
      extra: [
        {
          ...planned({ kind: "AttachUserPolicy", user: "alice", policy: DENY_ALL }, "narrows"),
          outcome: "done",
        },
      ],
    },
    applied(changeBot, [
      DONE,
      {
        outcome: "not-reviewed",
        unreviewed: [
          { user: "build-bot", via: "deployers", policy: "arn:aws:iam::aws:policy/PowerUserAccess" },
          { user: "build-bot", group: "deployers" },
        ],
      },
      { outcome: "not-tried", error: "no connection to the service" },
      { outcome: "not-tried", error: "no connection to the service" },
    ]),
    applied(createEmily, []),
  ],
};
