import { expect, test } from "vitest";
import { type Entry, isRefused, summarise } from "../../src/core/plan.ts";
import { plan } from "./ask.ts";
import { declaredGroup, declaredUser, group, roster, state, user } from "./build.ts";

test("a plan is refused as a whole only by a refusal that is about nobody alone", () => {
  const one = roster([declaredUser("ann", { path: "/p/" }), declaredUser("bob", { path: "/p/" })]);
  const live = state([user("ann"), user("bob", { tags: {} })], []);
  expect(isRefused(plan(one, live))).toBe(false);
  expect(isRefused(plan(roster([], [], { account: "210987654321" }), live))).toBe(true);
  expect(isRefused(plan(roster([declaredUser("ann")]), state([user("ann")], [])))).toBe(false);
});

test("a summary counts entries by subject and intent, and all changes", () => {
  const result = plan(
    roster(
      [declaredUser("new", { groups: ["g"] }), declaredUser("bob", { path: "/p/" })],
      [declaredGroup("g"), declaredGroup("h", { path: "/p/" }), declaredGroup("i", { path: "/p/" })],
    ),
    state(
      [user("bob"), user("gone")],
      [group("h"), group("i", { policies: ["arn:aws:iam::123456789012:policy/team"] })],
    ),
  );
  const nothing = { create: 0, adopt: 0, update: 0, rename: 0, deactivate: 0, reactivate: 0, delete: 0 };
  expect(summarise(result.entries)).toEqual({
    users: { ...nothing, create: 1, update: 1, deactivate: 1 },
    groups: { ...nothing, create: 1, update: 2 },
    changes: result.entries.flatMap(({ changes }: Entry) => changes).length,
  });
  expect(summarise([])).toEqual({ users: nothing, groups: nothing, changes: 0 });
});

test("a summary knows every intent", () => {
  const intents = ["create", "adopt", "update", "rename", "deactivate", "reactivate", "delete"] as const;
  for (const intent of intents) {
    const entry: Entry = {
      subject: { type: "user", name: "ann" },
      intent,
      id: undefined,
      changes: [],
      evidence: undefined,
      after: undefined,
    };
    const { users, groups } = summarise([entry, entry]);
    expect(Object.entries(users).filter(([, count]) => count > 0)).toEqual([[intent, 2]]);
    expect(Object.values(groups).every((count) => count === 0)).toBe(true);
  }
});
