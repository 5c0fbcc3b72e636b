import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import { plan } from "../ask.ts";
import { declaredUser, NOW, roster, state, user } from "../build.ts";

describe("our other tags without the owner tag", () => {
  test("are warned about also on whom no file names", () => {
    const live = state([user("ann", { tags: { [DEACTIVATED_TAG]: NOW } }), user("bob")], []);
    expect(plan(roster([declaredUser("bob")]), live).warnings).toMatchObject([
      { code: "owner-tag-missing", subject: { name: "ann" } },
    ]);
  });
});
