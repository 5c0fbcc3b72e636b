import { describe, expect, test } from "vitest";
import {
  awsManagedArn,
  isDenyAll,
  isQuarantine,
  knownToDeny,
  mayDeny,
  parsePolicyArn,
} from "../../../src/core/rules/policies.ts";

const MINE = "arn:aws:iam::123456789012:policy/";

describe("the ARN of a managed policy", () => {
  test("has a partition, an account, and a name with its path", () => {
    expect(parsePolicyArn(`${MINE}team/base`)).toEqual({
      partition: "aws",
      account: "123456789012",
      name: "team/base",
    });
    expect(parsePolicyArn(awsManagedArn("aws-cn", "job-function/Billing"))).toEqual({
      partition: "aws-cn",
      account: "aws",
      name: "job-function/Billing",
    });
  });

  test("is told from everything else", () => {
    const others = ["", "ReadOnlyAccess", MINE, `x${MINE}a`, `${MINE}a b`, "arn:aws:iam::12:policy/a"];
    expect(others.filter((each) => parsePolicyArn(each) !== undefined)).toEqual([]);
  });

  test("has 2,048 characters at most", () => {
    const longest = `${MINE}${"p/".repeat(1000)}`;
    const filled = longest + "a".repeat(2048 - longest.length);
    expect(parsePolicyArn(filled)?.name).toBe(filled.slice(MINE.length));
    expect(parsePolicyArn(`${filled}a`)).toBeUndefined();
  });
});

test("what denies by its name does so only where it is a policy of AWS's own", () => {
  const answers = (arn: string) => [isDenyAll(arn), isQuarantine(arn), knownToDeny(arn), mayDeny(arn)];
  expect(answers(awsManagedArn("aws", "AWSDenyAll"))).toEqual([true, false, true, true]);
  expect(answers(awsManagedArn("aws", "AWSCompromisedKeyQuarantineV3"))).toEqual([false, true, true, true]);
  expect(answers(awsManagedArn("aws", "ReadOnlyAccess"))).toEqual([false, false, false, false]);
  // Nothing is known of what a customer's own policy says, whatever it is called.
  for (const name of ["AWSDenyAll", "AWSCompromisedKeyQuarantineV3", "ReadOnlyAccess"])
    expect(answers(MINE + name)).toEqual([false, false, false, true]);
  expect(answers("no ARN")).toEqual([false, false, false, true]);
});
