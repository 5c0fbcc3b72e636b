import { describe, expect, test } from "vitest";

import {
  compareNames,
  isExistingUserName,
  isGroupName,
  isPath,
  isPolicyName,
  isReservedTagKey,
  isTagKey,
  isTagValue,
  isUserName,
  sameName,
} from "../../../src/core/rules/names.ts";
import {
  awsManagedArn,
  isDenyAll,
  isQuarantine,
  knownToDeny,
  mayDeny,
  parsePolicyArn,
} from "../../../src/core/rules/policies.ts";

describe("names", () => {
  test("have IAM's characters and lengths", () => {
    expect(["a", "A_z+=,.@-9", "x".repeat(64)].every(isUserName)).toBe(true);
    expect(["", "a b", "é", "a/b", "a\n", "x".repeat(65)].some(isUserName)).toBe(false);
    expect([isExistingUserName("x".repeat(128)), isExistingUserName("x".repeat(129))]).toEqual([true, false]);
    expect([isGroupName("x".repeat(128)), isGroupName("x".repeat(129))]).toEqual([true, false]);
    expect([isPolicyName("x".repeat(128)), isPolicyName("x".repeat(129))]).toEqual([true, false]);
  });

  test("are the same without regard to case, and sorted so", () => {
    expect([sameName("Ann", "aNN"), sameName("ann", "anna")]).toEqual([true, false]);
    expect(["b", "C", "a", "A"].toSorted(compareNames)).toEqual(["A", "a", "b", "C"]);
  });
});

describe("paths", () => {
  test("begin and end with a slash", () => {
    expect(["/", "/a/", "/a//b/", `/${"x".repeat(510)}/`].every(isPath)).toBe(true);
    expect(["", "//", "a/", "/a", "/a b/", "/é/", "/a/\n", `/${"x".repeat(511)}/`].some(isPath)).toBe(false);
  });
});

describe("tags", () => {
  test("take letters, digits and few signs, keys not empty or blank, and no aws: keys", () => {
    expect(["team", "Größe", "a b", "x".repeat(128)].every(isTagKey)).toBe(true);
    expect(["", " ", "a&b", "x".repeat(129)].some(isTagKey)).toBe(false);
    expect(["", "a@b.c", "x".repeat(256)].every(isTagValue)).toBe(true);
    expect(["a&b", "x".repeat(257)].some(isTagValue)).toBe(false);
    expect([isReservedTagKey("AWS:x"), isReservedTagKey("awsx")]).toEqual([true, false]);
  });
});

describe("the length of a tag", () => {
  test("is counted in characters, also of those that take two places in a text", () => {
    const letters = (count: number): string => "\u{10400}".repeat(count);
    expect([isTagKey(letters(128)), isTagKey(letters(129))]).toEqual([true, false]);
    expect([isTagValue(letters(256)), isTagValue(letters(257))]).toEqual([true, false]);
  });
});

describe("managed policies", () => {
  const custom = "arn:aws-us-gov:iam::123456789012:policy/team/base";

  test("have an ARN with partition, account and name", () => {
    expect(parsePolicyArn(custom)).toEqual({
      partition: "aws-us-gov",
      account: "123456789012",
      name: "team/base",
    });
    expect(parsePolicyArn(awsManagedArn("aws", "job-function/ViewOnlyAccess"))?.account).toBe("aws");
    const wrong = [
      "arn:aws:iam::12345:policy/x",
      "arn:aws:iam::aws:role/x",
      "PowerUserAccess",
      `${custom}${"x".repeat(2048)}`,
    ];
    expect(wrong.map(parsePolicyArn)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("deny for sure by AWS's own name, and might where they are a customer's own", () => {
    const denyAll = "arn:aws-cn:iam::aws:policy/AWSDenyAll";
    const quarantine = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV9";
    const own = "arn:aws:iam::123456789012:policy/AWSDenyAll";
    const read = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    expect([denyAll, quarantine, own, read].map(isDenyAll)).toEqual([true, false, false, false]);
    expect([denyAll, quarantine, own, read].map(isQuarantine)).toEqual([false, true, false, false]);
    expect([denyAll, quarantine, own, read].map(knownToDeny)).toEqual([true, true, false, false]);
    expect([denyAll, quarantine, own, read].map(mayDeny)).toEqual([true, true, true, false]);
  });
});
