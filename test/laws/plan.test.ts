import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OWNER_TAG } from "../../src/core/change.ts";
import { inOrder } from "../../src/core/order.ts";
import type { Entry, Plan, PlannedChange } from "../../src/core/plan.ts";
import { RECEIPT_TAG } from "../../src/core/receipts.ts";
import type { Roster } from "../../src/core/roster.ts";
import { compareText, fold } from "../../src/core/rules/names.ts";
import { simulate } from "../../src/core/simulate/simulate.ts";
import type { State } from "../../src/core/state.ts";
import { NOW, OWNER, planned } from "../core/build.ts";
import { IGNORED_GROUP, IGNORED_USER, PROTECTED, worlds } from "./worlds.ts";
import { tries } from "./tries.ts";

const RUNS = tries(400);

function steps(plan: Pick<Plan, "entries">): readonly PlannedChange[] {
  return inOrder<Entry, PlannedChange>(plan.entries).map(({ change }) => change);
}

/** The state as text that does not depend on the order of its maps and sets. */
function text({ users, groups }: State): string {
  return JSON.stringify([users, groups].map(plain), undefined, 1);
}

function plain(value: unknown): unknown {
  if (value instanceof Set) return [...value].toSorted(byText);
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const entries: readonly (readonly [string, unknown])[] =
    value instanceof Map ? [...(value as ReadonlyMap<string, unknown>)] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)] as const).toSorted(byText));
}

function byText(one: unknown, other: unknown): number {
  return compareText(JSON.stringify(one), JSON.stringify(other));
}

function applied(roster: Roster, actual: State): State {
  return simulate(actual, steps(planned({ roster, actual }).plan), NOW).state;
}

/** Some of it is left to the next run. */
function waits({ refusals, warnings }: Plan): boolean {
  return (
    refusals.some(({ code }) => code === "next-run") || warnings.some(({ code }) => code === "quarantine")
  );
}

/** The groups that are refused since they look like groups that were never ours. */
function refusedGroups(roster: Roster, actual: State): ReadonlySet<string> {
  const { refusals } = planned({ roster, actual }).plan;
  const groups = refusals.filter(({ code, subject }) => code === "adoption" && subject?.type === "group");
  return new Set(groups.map(({ subject }) => fold(subject?.name ?? "")));
}

/** Whoever is coming back when a run is cut is issued another key, and keeps none: the one before is Inactive then. */
function butForOldKeys(state: State): State {
  const users = [...state.users].map(([name, user]) => {
    const active = user.credentials?.accessKeys.filter(({ status }) => status === "Active") ?? [];
    const accessKeys = active.map((key) => ({ ...key, id: "of the last run" }));
    const tags = new Map([...user.tags].filter(([key]) => key !== RECEIPT_TAG.key));
    return [
      name,
      { ...user, tags, credentials: user.credentials && { ...user.credentials, accessKeys } },
    ] as const;
  });
  return { ...state, users: new Map(users) };
}

describe("a plan", () => {
  test("is made of changes that IAM takes in their order", () => {
    fc.assert(
      fc.property(worlds, ({ roster, actual }) => {
        const { plan } = planned({ roster, actual });
        expect(simulate(actual, steps(plan), NOW).conflicts).toEqual([]);
      }),
      RUNS,
    );
  });

  test("leaves nothing to do once it is applied", () => {
    fc.assert(
      fc.property(worlds, ({ roster, actual }) => {
        const first = planned({ roster, actual }).plan;
        // What the order of one run cannot hold is done by the next; so is what a quarantine keeps back until a group no
        // longer denies.
        const after = waits(first) ? applied(roster, applied(roster, actual)) : applied(roster, actual);
        expect(planned({ roster, actual: after }).plan.entries).toEqual([]);
      }),
      RUNS,
    );
  });

  test("ends the same when it is stopped after any change and run again", () => {
    fc.assert(
      fc.property(worlds, fc.nat(), ({ roster, actual }, at) => {
        const all = steps(planned({ roster, actual }).plan);
        const cut = simulate(actual, all.slice(0, all.length === 0 ? 0 : at % all.length), NOW).state;
        // A group whose last managed member has left looks like one that was never ours: that is refused, and said.
        fc.pre(refusedGroups(roster, cut).isSubsetOf(refusedGroups(roster, actual)));
        fc.pre(!waits(planned({ roster, actual }).plan));
        expect(text(butForOldKeys(applied(roster, cut)))).toBe(text(butForOldKeys(applied(roster, actual))));
      }),
      RUNS,
    );
  });

  test("touches nobody who is ignored, protected or another owner's", () => {
    fc.assert(
      fc.property(worlds, ({ roster, actual }) => {
        const foreign = [...actual.users.values()]
          .filter(({ tags }) => ![undefined, OWNER].includes(tags.get(OWNER_TAG)?.value))
          .map(({ name }) => fold(name));
        const closed = new Set([...foreign, IGNORED_USER, PROTECTED].map(fold));
        for (const { intent, changes } of planned({ roster, actual }).plan.entries) {
          for (const change of changes) {
            if ("user" in change) expect([...closed]).not.toContain(fold(change.user));
            // A user cannot be deleted while it is a member of any group.
            if ("group" in change && intent !== "delete")
              expect(fold(change.group)).not.toBe(fold(IGNORED_GROUP));
          }
        }
      }),
      RUNS,
    );
  });

  test("touches nobody who is not managed, unless the file names them or the group is exclusive", () => {
    fc.assert(
      fc.property(worlds, ({ roster, actual }) => {
        const exclusive = [...roster.groups.values()]
          .filter((each) => each.exclusive)
          .flatMap(({ name, renamedFrom }) => [name, renamedFrom ?? name].map(fold));
        for (const change of steps(planned({ roster, actual }).plan)) {
          if (!("user" in change)) continue;
          const live = actual.users.get(fold(change.user));
          if (live === undefined || live.tags.has(OWNER_TAG) || roster.users.has(fold(change.user))) continue;
          expect(change.kind).toBe("RemoveUserFromGroup");
          if (change.kind === "RemoveUserFromGroup") expect(exclusive).toContain(fold(change.group));
        }
      }),
      RUNS,
    );
  });

  test("is equal, digest and all, whatever the order of the input", () => {
    fc.assert(
      fc.property(worlds, fc.integer(), ({ roster, actual }, seed) => {
        const shuffled = <Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> => {
          const entries = [...map].toSorted(([one], [other]) => (one + seed < other + seed ? 1 : -1));
          return new Map(entries);
        };
        const users = new Map(
          [...shuffled(actual.users)].map(([key, each]) => [
            key,
            { ...each, groups: shuffled(each.groups), tags: shuffled(each.tags) },
          ]),
        );
        const one = planned({ roster, actual }).plan;
        const other = planned({
          roster: { ...roster, users: shuffled(roster.users), groups: shuffled(roster.groups) },
          actual: { ...actual, users, groups: shuffled(actual.groups) },
        }).plan;
        expect(JSON.stringify(other)).toBe(JSON.stringify(one));
      }),
      RUNS,
    );
  });
});
