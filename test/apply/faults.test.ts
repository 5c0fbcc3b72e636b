import { describe, expect, test } from "vitest";

import { isComplete } from "../../src/core/report.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { BEFORE, FILES, undisturbed } from "./long-story.ts";
import { changesOf, contents, story } from "./story.ts";

test("the long story is told to its end in one run, and leaves nothing to do", async () => {
  const { apply, sandbox } = await story(BEFORE);
  const { report, plan } = await apply(FILES);
  expect(plan.refusals).toEqual([]);
  expect(isComplete(report)).toBe(true);
  expect(report.entries.map(({ extra, problem }) => ({ extra, problem }))).toEqual(
    report.entries.map(() => ({ extra: [], problem: undefined })),
  );
  expect(contents(sandbox)).toMatchSnapshot();
  expect((await apply(FILES)).plan.entries).toEqual([]);
});

describe("one run ends as without it, and nothing is reported, where", () => {
  const faults: Readonly<Record<string, readonly Fault[]>> = {
    "a tenth of all calls is throttled": [{ kind: "throttle", share: 0.1 }],
    "a tenth of all calls fails at the service before anything happens": [{ kind: "failure", share: 0.1 }],
    "new users and groups cannot be seen for 400 ms": [{ kind: "invisible", duration: 400 }],
    "users are locked now and then": [{ kind: "locked", share: 0.5 }],
    "a password is locked for a while": [{ kind: "locked", operations: ["DeleteLoginProfile"], times: 6 }],
    "others change the same users": [{ kind: "concurrent-modification", share: 0.3 }],
    "pages are cut short": [{ kind: "short-page", items: 1 }],
    "all of it happens": [
      { kind: "throttle", share: 0.05 },
      { kind: "invisible", duration: 400 },
      { kind: "locked", share: 0.2 },
      { kind: "concurrent-modification", share: 0.2 },
      { kind: "lost-answer", share: 0.05 },
    ],
  };
  for (const [fault, given] of Object.entries(faults)) {
    test(fault, async () => {
      const { end } = await undisturbed();
      const { apply, sandbox } = await story(BEFORE, { faults: given, trueTime: true });
      const { report } = await apply(FILES);
      expect(changesOf(report).filter(({ outcome }) => outcome !== "done")).toEqual([]);
      expect(contents(sandbox)).toEqual(end);
    });
  }

  test("the answer to a write is lost, whichever it is", async () => {
    const { end, operations } = await undisturbed();
    const { apply, sandbox } = await story();
    // A few of them in each run, every one once.
    const runs = Array.from({ length: Math.ceil(operations.length / 4) }, (_, run) =>
      operations.slice(run * 4, run * 4 + 4),
    );
    for (const lost of runs) {
      sandbox.load(BEFORE);
      sandbox.setFaults(
        lost.map((operation) => ({ kind: "lost-answer", operations: [operation], times: 1 })),
      );
      const { report } = await apply(FILES);
      const open = changesOf(report).filter(({ outcome }) => outcome !== "done");
      expect({ lost, open, end: contents(sandbox) }).toEqual({ lost, open: [], end });
    }
  });
});
