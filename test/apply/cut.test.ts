import { describe, expect, test } from "vitest";

import type { AccountData } from "../../src/sandbox/data.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { BEFORE, FILES, undisturbed } from "./long-story.ts";
import { rosterOf } from "./short-story.ts";
import { STORIES } from "./stories.ts";
import { arn, changesOf, contents, isWrite, OURS, story } from "./story.ts";

describe("a run that loses IAM", () => {
  for (const [loss, fault, because] of [
    ["for good", { kind: "lost-request" }, "IAM cannot be reached"],
    [
      "since the credentials end",
      { kind: "error", code: "InvalidClientTokenId" },
      "the credentials are no longer accepted",
    ],
  ] as const) {
    test(`${loss} gives a report, tries no more, and the next run ends as if nothing had been`, async () => {
      const { end, calls } = await undisturbed();
      const { apply, sandbox } = await story();
      for (const share of [0, 0.3, 0.6, 0.9]) {
        sandbox.load(BEFORE);
        sandbox.setFaults([]);
        const { report, calls: made } = await apply(FILES, {
          meanwhile: () => sandbox.setFaults([{ ...fault, after: Math.floor(calls.length * share) }]),
        });
        const open = changesOf(report).filter(({ outcome }) => outcome !== "done");
        // At the very end fewer lanes are left than it takes to be sure.
        if (share < 0.9)
          expect(open).toContainEqual(expect.objectContaining({ outcome: "not-tried", error: because }));
        expect(open).not.toEqual([]);
        expect(open.every(({ outcome }) => ["failed", "skipped", "not-tried"].includes(outcome))).toBe(true);
        // Whose turn has not come by then is not even looked at.
        if (share === 0) expect(made.map(({ input }) => input["UserName"])).not.toContain("ben");
        sandbox.setFaults([]);
        await apply(FILES);
        expect(contents(sandbox)).toEqual(end);
      }
    });
  }
});

/** Somebody comes, somebody moves, somebody leaves and somebody is deleted. */
const SHORT: AccountData = {
  groups: [
    { name: "developers", policies: [arn("PowerUserAccess"), arn("IAMFullAccess")] },
    { name: "oncall" },
  ],
  users: [
    { name: "ann", tags: OURS, groups: ["developers", "oncall"] },
    { name: "ben", tags: OURS, groups: ["developers"] },
    {
      name: "eve",
      tags: OURS,
      groups: ["oncall"],
      policies: [arn("ReadOnlyAccess")],
      password: { secret: "Correct-horse-1" },
      accessKeys: [{ id: "AKIAEVE0000000000000" }],
    },
    { name: "gus", tags: OURS, groups: ["oncall"], sshKeys: [{ id: "APKAGUS0000000000000" }] },
  ],
};

const SHORT_FILES = roster(
  [
    declaredUser("ann", { groups: ["devs", "oncall"] }),
    declaredUser("ben", { groups: ["oncall", "new"], path: "/people/" }),
    declaredUser("gus", { status: "absent" }),
    declaredUser("hal", { groups: ["new"], tags: { team: "y" }, boundary: arn("ReadOnlyAccess") }),
  ],
  [
    declaredGroup("devs", { renamedFrom: "developers", policies: ["PowerUserAccess"] }),
    declaredGroup("oncall"),
    declaredGroup("new", { policies: ["ReadOnlyAccess"] }),
  ],
  FILES.settings,
);

test("a run that is stopped, before whichever change, reports the rest as not tried, and the next one ends as if nothing had been", async () => {
  const { apply, sandbox } = await story(SHORT);
  const whole = await apply(SHORT_FILES);
  const end = contents(sandbox);
  expect(changesOf(whole.report).length).toBeGreaterThan(20);
  for (let after = 0; after < whole.writes.length; after += 1) {
    sandbox.load(SHORT);
    const start = sandbox.calls.length;
    const made = (): number => sandbox.calls.slice(start).filter(isWrite).length;
    const { report } = await apply(SHORT_FILES, { stopping: () => made() >= after });
    expect(changesOf(report)).toContainEqual(
      expect.objectContaining({ outcome: "not-tried", error: "the run was stopped" }),
    );
    await apply(SHORT_FILES);
    expect({ after, end: contents(sandbox) }).toEqual({ after, end });
  }
});

test("a run that is cut off, after whichever call, is mended by the next one", async () => {
  const { apply, sandbox } = await story(SHORT);
  const { calls } = await apply(SHORT_FILES);
  const end = contents(sandbox);
  // The call that is lost may have been made all the same.
  for (let after = 0; after < calls.length; after += 1) {
    sandbox.load(SHORT);
    sandbox.setFaults([]);
    await apply(SHORT_FILES, {
      meanwhile: () =>
        sandbox.setFaults([
          { kind: "lost-answer", after, times: 1 },
          { kind: "lost-request", after: after + 1 },
        ]),
    });
    sandbox.setFaults([]);
    await apply(SHORT_FILES);
    expect({ after, end: contents(sandbox) }).toEqual({ after, end });
  }
});

for (const [name, tell] of Object.entries(STORIES)) {
  test(`a run of which one answer is lost, whichever of ${name}, ends as if it had come, and says so`, async () => {
    const { before, texts } = await tell();
    const { apply, sandbox } = await story(before);
    const files = await rosterOf(texts);
    await apply(files);
    const [end, length] = [contents(sandbox), sandbox.calls.length];
    for (let after = 0; after < length; after += 1) {
      sandbox.load(before);
      sandbox.setFaults([{ kind: "lost-answer", after, times: 1 }]);
      const { report } = await apply(files);
      const open = changesOf(report).filter(({ outcome }) => outcome !== "done");
      expect({ after, open, end: contents(sandbox) }).toEqual({ after, open: [], end });
    }
  }, 60_000);
}
