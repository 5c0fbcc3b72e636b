import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeKey } from "../../src/core/planning/causes.ts";
import type { DraftChange } from "../../src/core/planning/draft.ts";
import { redraftGroup, redraftUser } from "../../src/core/planning/redraft.ts";
import { NOW, planned } from "../core/build.ts";
import { worlds } from "./worlds.ts";
import { tries } from "./tries.ts";

const READ_AFRESH: ReadonlySet<DraftChange["phase"]> = new Set([
  "disable",
  "narrow",
  "leave",
  "delete",
] as const);

describe("a subject that is read afresh and has not changed", () => {
  test("is asked for all that the plan takes from it, so that nothing of it is taken for done", () => {
    fc.assert(
      fc.property(worlds, ({ roster, actual }) => {
        const input = { roster, base: undefined, actual, now: NOW, recipients: undefined };
        for (const { subject, id, changes } of planned({ roster, actual }).plan.entries) {
          const taken = changes.filter(({ phase }) => READ_AFRESH.has(phase));
          if (taken.length === 0) continue;
          const user = [...actual.users.values()].find((each) => each.id === id);
          const group = [...actual.groups.values()].find((each) => each.id === id);
          const again =
            subject.type === "user"
              ? user && redraftUser(input, user, subject)
              : group && redraftGroup(input, group, subject);
          const asked = (again?.entry?.changes ?? []).map((change) => changeKey(subject, change));
          expect(asked).toEqual(expect.arrayContaining(taken.map((change) => changeKey(subject, change))));
        }
      }),
      tries(300),
    );
  });
});
