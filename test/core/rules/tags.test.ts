import { expect, test } from "vitest";

import { mergeTags, removeTags, tagProblem } from "../../../src/core/rules/tags.ts";

const tags = new Map([["team", { key: "Team", value: "one" }]]);
const tag = (key: string, value = "") => ({ key, value });

test("a key written in another case replaces key and value in its place", () => {
  const merged = mergeTags(tags, [tag("new"), tag("TEAM", "two")]);
  expect([...merged.values()]).toEqual([tag("TEAM", "two"), tag("new")]);
});

test("a key is taken off in any case, and an absent one is no error", () => {
  expect(removeTags(tags, ["TEAM", "absent"]).size).toBe(0);
  expect(tags.size).toBe(1);
});

test("IAM's answer depends on what is wrong with the tags", () => {
  const code = (...written: readonly { key: string; value: string }[]) => tagProblem(tags, written)?.code;
  const many = (count: number) => Array.from({ length: count }, (_, index) => tag(`k${index}`));
  expect(code(tag("team", "two"))).toBeUndefined();
  expect(code(...many(49))).toBeUndefined();
  expect(code(tag("a!"))).toBe("ValidationError");
  expect(code(tag("a", "!"))).toBe("ValidationError");
  expect(code(tag("a", "a".repeat(257)))).toBe("ValidationError");
  expect(code(tag("aws:a"))).toBe("InvalidInput");
  expect(code(tag("a"), tag("A"))).toBe("InvalidInput");
  expect(code(...many(50))).toBe("LimitExceeded");
  expect(code(...many(51))).toBe("ValidationError");
});

test("the answer says where, in the words of IAM", () => {
  const message = (...written: readonly { key: string; value: string }[]) =>
    tagProblem(tags, written)?.message;
  const invalid = (place: string, text: string) =>
    `1 validation error detected: Value at '${place}' failed to satisfy constraint: ${text}`;
  const fifty = Array.from({ length: 50 }, (_, index) => tag(`k${index}`));
  expect(message(tag("a"), tag("a!"))).toBe(
    invalid("tags.2.member.key", "Member must satisfy its pattern and length"),
  );
  expect(message(tag("a", "!"))).toBe(
    invalid("tags.1.member.value", "Member must satisfy its pattern and length"),
  );
  expect(message(...fifty, tag("one"))).toBe(
    invalid("tags", "Member must have length less than or equal to 50"),
  );
  expect(message(...fifty)).toBe("The number of tags has reached the maximum limit: 50");
  expect(message(tag("a"), tag("AWS:a"))).toBe("Tag keys beginning with aws: are reserved for system use.");
  expect(message(tag("a"), tag("A"))).toBe(
    "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  );
});
