import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { matchesGlob } from "../../../src/core/rules/glob.ts";

test.for([
  ["svc-*", "svc-deploy", true],
  ["svc-*", "SVC-", true],
  ["svc-*", "my-svc-deploy", false],
  ["*", "", true],
  ["", "", true],
  ["", "a", false],
  ["?", "", false],
  ["?", "🙂", true],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["*a*b*", "xxaxxbxx", true],
  ["*a*b", "ab ab", true],
  ["*.b", "a.b.c", false],
  ["a.c", "abc", false],
  ["[ab]", "a", false],
  ["a**b", "ab", true],
] as const)("%j matches %j: %s", ([pattern, name, matches]) => {
  expect(matchesGlob(pattern, name)).toBe(matches);
});

const text = fc.string({ unit: fc.constantFrom("a", "b", "A", "*", "?", ".", "-") });

property.prop([text, text])("it agrees with the regular expression of the pattern", (pattern, name) => {
  const source = [...pattern].map((each) => {
    if (each === "*") return ".*";
    return each === "?" ? "." : `\\${each}`.replace(/\\([a-z])/i, "$1");
  });
  expect(matchesGlob(pattern, name)).toBe(new RegExp(`^${source.join("")}$`, "is").test(name));
});

test("a pattern of many stars takes no longer than pattern times name", () => {
  expect(matchesGlob(`${"a*".repeat(5000)}b`, "a".repeat(5000))).toBe(false);
});
