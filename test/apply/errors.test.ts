import { expect, test } from "vitest";

import type { WriteKind } from "../../src/core/change.ts";
import { type AppliedChange, isComplete, type Report } from "../../src/core/report.ts";
import {
  applied,
  everyChange,
  linesOf,
  mending,
  page,
  restOf,
  staged,
  type Told,
  untold,
  wrongsNow,
} from "./faulty.ts";
import { endsTheRun, faultOf, type Trouble, troublesOf, WRITE_ERRORS } from "./modelled-errors.ts";
import { changesOf, contents, isWrite } from "./story.ts";

/*
 * Each operation that writes ends with each of its errors, while the story with each kind of change is told. What the
 * user reads then stands in test/cases/errors/writes.txt, to be looked through; `npm run bless` writes it.
 */

const KINDS = Object.keys(WRITE_ERRORS) as readonly WriteKind[];

/** Those that go away by themselves, if they do. */
const PASSING: readonly Trouble[] = [
  "ConcurrentModification",
  "EntityTemporarilyUnmodifiable",
  "Throttling",
  "ServiceFailure",
];

/** What IAM says, or did, by then may be all that was asked for, and be proven. */
const MAY_BE_SO: readonly Trouble[] = ["NoSuchEntity", "no answer", "half an answer"];

test("whatever a write ends with, every time, the report says what failed, why and what is true now, and the next run ends as without it", async () => {
  const stage = await staged();
  const isMended = mending(stage);
  const told: string[] = [];
  for (const kind of KINDS) {
    const troubles: Told[] = [];
    for (const trouble of troublesOf(WRITE_ERRORS[kind])) {
      const start = stage.sandbox.calls.length;
      const report = await applied(stage, [faultOf(trouble, kind)]);
      const about = { kind, trouble };
      expect({ ...about, is: wrongOf(report, about) }).toEqual({ ...about, is: [] });
      troubles.push(tell(report, about));
      const writes = stage.sandbox.calls.slice(start).filter(isWrite);
      if (!endsTheRun(trouble)) expect(writes.length).toBeGreaterThan(stage.live.plan.entries.length);
      // What IAM said to be gone already is not: that account is not the one that it told of.
      if (trouble === "NoSuchEntity") continue;
      const after = { wrong: wrongsNow(stage), isMended: await isMended() };
      expect({ ...about, ...after }).toEqual({ ...about, wrong: [], isMended: true });
    }
    told.push(page(kind, troubles));
  }
  await expect(told.join("\n")).toMatchFileSnapshot("../cases/errors/writes.txt");
}, 300_000);

test("whatever passes by itself is not even reported, whichever write it hits", async () => {
  const stage = await staged();
  for (const kind of KINDS) {
    for (const trouble of troublesOf(WRITE_ERRORS[kind]).filter((each) => PASSING.includes(each))) {
      for (const when of trouble === "ServiceFailure" ? (["before", "after"] as const) : [undefined]) {
        const fault = { ...faultOf(trouble, kind, { times: 1 }), ...(when && { when }) };
        const report = await applied(stage, [fault]);
        const open = changesOf(report).filter(({ outcome }) => outcome !== "done");
        const about = { kind, trouble, when };
        expect({ ...about, open, end: contents(stage.sandbox) }).toEqual({
          ...about,
          open: [],
          end: stage.end,
        });
      }
    }
  }
}, 120_000);

interface About {
  readonly kind: WriteKind;
  readonly trouble: Trouble;
}

/** What the design does not allow in any report. */
function wrongOf(report: Report, { kind, trouble }: About): readonly string[] {
  const failed = everyChange(report).filter(({ outcome }) => outcome === "failed");
  const isDone = failed.length === 0;
  return [
    ...failed
      .filter((change) => change.kind !== kind && !endsTheRun(trouble) && !followsALie(change, trouble))
      .map((each) => `${each.kind} failed`),
    ...failed.filter((change) => linesOf(change).length > 2).map(() => "a message of more than two lines"),
    ...(isDone || !isComplete(report) ? [] : ["it counts as complete"]),
    ...(isDone && !MAY_BE_SO.includes(trouble) ? ["nothing failed"] : []),
    ...untold(report),
  ];
}

/** What was said to be gone already and is there keeps the rest from being deleted. */
function followsALie(change: AppliedChange, trouble: Trouble): boolean {
  return trouble === "NoSuchEntity" && linesOf(change).join(" ").includes("AWS answers DeleteConflict");
}

/** What the user reads of the error, and of all that was not done because of it. */
function tell(report: Report, { kind, trouble }: About): Told {
  const isHit = (change: AppliedChange): boolean => change.kind === kind && change.outcome === "failed";
  const hit = everyChange(report).find(isHit);
  return {
    trouble,
    message: hit === undefined ? ["done, since it is so"] : ["FAILED", ...linesOf(hit)],
    rest: endsTheRun(trouble) ? ["    what comes next is not tried, or not for long"] : restOf(report, isHit),
  };
}
