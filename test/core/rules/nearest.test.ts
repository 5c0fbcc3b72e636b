import { expect, test } from "vitest";
import { nearest } from "../../../src/core/rules/nearest.ts";

test.for([
  ["developer", "developers"],
  ["DEVELOPERS", "developers"],
  ["develpoers", "developers"],
  ["devlopers", "developers"],
  ["op", "ops"],
  ["osp", "ops"],
  ["pxs", undefined],
  ["xos", undefined],
  ["developsre", "developers"],
  ["dxvxlopers", "developers"],
  ["velopers", "developers"],
  ["ddeveloperss", "developers"],
  ["xdevelopersxx", undefined],
  ["dxvxlxpers", undefined],
  ["qs", undefined],
  ["development", undefined],
  ["x", undefined],
  ["", undefined],
] as const)("%j is most likely %j", ([text, expected]) => {
  expect(nearest(text, ["admins", "developers", "ops"])).toBe(expected);
});

test("of several the nearest is taken, and of equals the first", () => {
  expect(nearest("team", ["teams-b", "teams", "steam"])).toBe("teams");
});
