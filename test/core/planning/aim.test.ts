import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG, OWNER_TAG } from "../../../src/core/change.ts";
import type { Plan } from "../../../src/core/plan.ts";
import { kinds } from "../ask.ts";
import { declaredUser, OURS, planned, roster, state, user } from "../build.ts";

const BOB = declaredUser("bob");
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const DAY = 24 * 60 * 60 * 1000;
const CLOSED = {
  tags: { ...OURS, [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" },
  policies: [DENY_ALL],
};

type Declared = Parameters<typeof declaredUser>[1];
type Live = Parameters<typeof user>[1];

interface Situation {
  readonly now?: string;
  readonly deleteAfter?: number | "never";
}

/** The plan for ann as declared (if at all) and as she is (if at all), beside bob who stays. */
function planOf(
  declared: Declared | undefined,
  live: Live | undefined,
  { now = "2026-01-31T00:00:00Z", deleteAfter = 30 * DAY }: Situation = {},
): Plan {
  return planned({
    roster: roster(declared === undefined ? [BOB] : [BOB, declaredUser("ann", declared)], [], {
      offboarding: { deleteAfter, verifyAfter: 0 },
    }),
    actual: state(live === undefined ? [user("bob")] : [user("bob"), user("ann", live)], []),
    now,
  }).plan;
}

function intents({ entries }: Plan): readonly string[] {
  return entries.map(({ subject, intent }) => `${intent} ${subject.name}`);
}

describe("a user whom no file names", () => {
  test("is deactivated where ours, and else left alone", () => {
    expect(intents(planOf(undefined, {}))).toEqual(["deactivate ann"]);
    expect(intents(planOf(undefined, { tags: {} }))).toEqual([]);
    expect(planOf(undefined, { tags: { [OWNER_TAG]: "other" } })).toMatchObject({
      entries: [],
      refusals: [],
    });
  });

  test("and who was deactivated is deleted at the moment that the settings say, and not before", () => {
    expect(intents(planOf(undefined, CLOSED))).toEqual(["delete ann"]);
    expect(intents(planOf(undefined, CLOSED, { now: "2026-01-30T23:59:59Z" }))).toEqual([]);
    expect(intents(planOf(undefined, CLOSED, { deleteAfter: "never" }))).toEqual([]);
  });

  test("is not deleted where nobody knows since when it is closed", () => {
    expect(intents(planOf(undefined, {}, { deleteAfter: 0 }))).toEqual(["deactivate ann"]);
    const unclear = { ...CLOSED, tags: { ...OURS, [DEACTIVATED_TAG]: "once" } };
    expect(intents(planOf(undefined, unclear, { deleteAfter: 0 }))).toEqual([]);
  });

  test("is closed and not deleted where a line that renames nobody has its name", () => {
    const old = { ...CLOSED, groups: [], policies: [DENY_ALL, "arn:aws:iam::aws:policy/ReadOnlyAccess"] };
    const files = (renamedFrom: string) =>
      roster([BOB, declaredUser("emma", { renamedFrom, status: "inactive" })], [], {
        offboarding: { deleteAfter: DAY, verifyAfter: 0 },
      });
    const actual = state([user("bob"), user("ann", old)], []);
    expect(intents(planned({ roster: files("Ann"), actual }).plan)).toEqual(["deactivate ann"]);
    expect(intents(planned({ roster: files("annie"), actual }).plan)).toEqual(["delete ann"]);
  });
});

describe("a user whose time is over", () => {
  const until = "2026-01-30";

  test("is closed where ours, and never deleted, since the file names it", () => {
    expect(intents(planOf({ until }, {}))).toEqual(["deactivate ann"]);
    expect(intents(planOf({ until }, CLOSED))).toEqual([]);
    expect(intents(planOf({ until: "2026-01-31" }, {}))).toEqual([]);
  });

  test("is not made, and not taken over", () => {
    expect(intents(planOf({ until }, undefined))).toEqual([]);
    expect(planOf({ until, adopt: true, path: "/p/" }, { tags: {} })).toMatchObject({
      entries: [],
      refusals: [],
    });
  });
});

describe("a user in the file", () => {
  test("is made only where it is to be active", () => {
    expect(intents(planOf({}, undefined))).toEqual(["create ann"]);
    expect(intents(planOf({ status: "inactive" }, undefined))).toEqual([]);
    expect(intents(planOf({ status: "absent" }, undefined))).toEqual([]);
  });

  test("is closed or deleted as its status says, and comes back where it is active again", () => {
    expect(intents(planOf({ status: "inactive" }, {}))).toEqual(["deactivate ann"]);
    expect(kinds(planOf({ status: "absent" }, {}))).toContain("DeleteUser");
    expect(intents(planOf({}, CLOSED))).toEqual(["reactivate ann"]);
  });
});
