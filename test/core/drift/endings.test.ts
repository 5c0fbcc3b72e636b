import { expect, test } from "vitest";
import { endsSoon } from "../../../src/core/drift/endings.ts";
import { declaredUser, NOW, roster } from "../build.ts";

function ends(...users: Parameters<typeof roster>[0]): readonly string[] {
  return endsSoon(roster(users), NOW).map(({ user, group, until }) => `${user} ${group ?? "-"} ${until}`);
}

test("a user and a membership that end within 14 days are told, the first to end first", () => {
  const ann = declaredUser("ann", {
    until: "2026-12-01",
    groups: ["ops", { group: "b", until: "2026-11-30" }],
  });
  const bob = declaredUser("bob", { groups: [{ group: "a", until: "2026-11-25T12:00:00Z" }] });
  expect(ends(ann, bob)).toEqual(["bob a 2026-11-25T12:00:00Z", "ann b 2026-11-30", "ann - 2026-12-01"]);
});

test("what ends at one moment is told by user, then by group", () => {
  const until = "2026-11-25";
  const groups = [
    { group: "b", until },
    { group: "a", until },
  ];
  expect(ends(declaredUser("zoe", { until }), declaredUser("Ann", { groups }))).toEqual([
    "Ann a 2026-11-25",
    "Ann b 2026-11-25",
    "zoe - 2026-11-25",
  ]);
});

test("the last day that is told is the one that is over in 14 days", () => {
  expect(ends(declaredUser("ann", { until: "2026-12-05" }))).toEqual(["ann - 2026-12-05"]);
  expect(ends(declaredUser("ann", { until: "2026-12-06" }))).toEqual([]);
  expect(ends(declaredUser("ann", { until: "2026-12-06T10:00:00Z" }))).toEqual([
    "ann - 2026-12-06T10:00:00Z",
  ]);
  expect(ends(declaredUser("ann", { until: "2026-12-06T10:00:01Z" }))).toEqual([]);
});

test("what is over is told no more, nor are the memberships of a user who is", () => {
  const soon = { group: "a", until: "2026-11-25" };
  expect(ends(declaredUser("ann", { until: "2026-11-21", groups: [soon] }))).toEqual([]);
  expect(ends(declaredUser("bob", { groups: [{ group: "a", until: "2026-11-21" }] }))).toEqual([]);
});

test("nobody who is not active is told of", () => {
  expect(ends(declaredUser("ann", { until: "2026-11-25", status: "inactive" }))).toEqual([]);
});

test("a membership is not told that ends with its user, or would outlive it", () => {
  const until = "2026-11-25";
  const groups = [
    { group: "a", until },
    { group: "b", until: "2026-11-26" },
    { group: "c", until: "2026-11-24" },
  ];
  expect(ends(declaredUser("ann", { until, groups }))).toEqual(["ann c 2026-11-24", "ann - 2026-11-25"]);
});
