import { expect, test } from "vitest";

import { isComplete } from "../../src/core/report.ts";
import { BEFORE, FILES, undisturbed } from "./long-story.ts";
import { changesOf, contents, isWrite, story } from "./story.ts";

test("a permission that is missing, whichever it is, fails its change, the rest goes on, and a run with it ends as without the fault", async () => {
  const { end, operations, calls } = await undisturbed();
  expect(operations.length).toBeGreaterThan(25);
  const { apply, sandbox } = await story();
  for (const operation of operations) {
    sandbox.load(BEFORE);
    sandbox.setFaults([{ kind: "access-denied", operations: [operation] }]);
    const { report, writes } = await apply(FILES);
    const failed = changesOf(report).filter(({ outcome }) => outcome === "failed");
    expect({ operation, kinds: [...new Set(failed.map(({ kind }) => kind))] }).toEqual({
      operation,
      kinds: [operation],
    });
    for (const change of failed)
      expect(change).toMatchObject({ error: expect.stringContaining(`iam:${operation}`) as unknown });
    expect(isComplete(report)).toBe(false);
    // Whoever is touched by the failure waits; the others do not.
    expect(writes.length).toBeGreaterThan(calls.filter(isWrite).length / 3);
    sandbox.setFaults([]);
    await apply(FILES);
    expect({ operation, end: contents(sandbox) }).toEqual({ operation, end });
  }
}, 60_000);
