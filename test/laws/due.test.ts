import fc from "fast-check";
import { expect, test } from "vitest";

import { putsDeny } from "../../src/apply/deny.ts";
import { DEACTIVATED_TAG } from "../../src/core/change.ts";
import { DUE_PART, type DuePart } from "../../src/core/duties.ts";
import type { PlannedChange } from "../../src/core/plan.ts";
import { planned } from "../core/build.ts";
import { tries } from "./tries.ts";
import { worlds } from "./worlds.ts";

const IS_PART: Readonly<Record<DuePart, (change: PlannedChange) => boolean>> = {
  nothing: () => false,
  anything: () => true,
  deny: putsDeny,
  mark: (change) =>
    change.kind === "TagUser" && change.tags.length === 0 && change.stamps?.join() === DEACTIVATED_TAG,
};

test("time alone asks for nothing but what the table of due changes says", () => {
  fc.assert(
    fc.property(worlds, fc.boolean(), ({ roster, actual }, hasBase) => {
      const { plan } = planned({ roster, actual, base: hasBase ? roster : undefined });
      const due = plan.entries.flatMap(({ changes }) => changes).filter(({ cause }) => cause === "due");
      expect(due.filter((change) => !IS_PART[DUE_PART[change.kind]](change))).toEqual([]);
    }),
    tries(400),
  );
});
