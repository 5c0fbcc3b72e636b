import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import type { Plan } from "../../../src/core/plan.ts";
import type { Roster } from "../../../src/core/roster.ts";
import type { State } from "../../../src/core/state.ts";
import { declaredUser, NOW, planned, roster, state, user } from "../build.ts";

function plan(declared: Roster, actual: State, base?: Roster): Plan {
  return planned({ roster: declared, actual, base }).plan;
}

describe("our other tags without the owner tag", () => {
  test("are warned about also on whom no file names", () => {
    const live = state([user("ann", { tags: { [DEACTIVATED_TAG]: NOW } }), user("bob")], []);
    expect(plan(roster([declaredUser("bob")]), live).warnings).toMatchObject([
      { code: "owner-tag-missing", subject: { name: "ann" } },
    ]);
  });
});
