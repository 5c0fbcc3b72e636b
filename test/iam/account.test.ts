import { expect, test } from "vitest";

import { DEFAULT_QUOTAS } from "../../src/core/rules/quotas.ts";
import { connect } from "./connect.ts";

test("the account says who calls, and its alias, quotas and password policy", async () => {
  const { read, operations } = await connect({
    partition: "aws-us-gov",
    quotas: { policiesPerUser: 20 },
    state: {
      alias: "acme",
      passwordPolicy: {
        minimumLength: 14,
        requireSymbols: true,
        requireNumbers: false,
        requireUppercase: true,
        requireLowercase: false,
        usersMayChange: true,
        maxAge: undefined,
        reusePrevention: undefined,
        hardExpiry: undefined,
      },
    },
  });
  expect(await read.account()).toEqual({
    id: "123456789012",
    partition: "aws-us-gov",
    alias: "acme",
    quotas: { ...DEFAULT_QUOTAS, policiesPerUser: 20 },
    passwordPolicy: {
      minimumLength: 14,
      requireSymbols: true,
      requireNumbers: false,
      requireUppercase: true,
      requireLowercase: false,
      usersMayChange: true,
    },
    caller: expect.stringMatching(/^arn:aws-us-gov:/),
    root: { password: true, keys: false, mfa: true },
  });
  expect(operations().toSorted()).toEqual([
    "GetAccountPasswordPolicy",
    "GetAccountSummary",
    "GetCallerIdentity",
    "ListAccountAliases",
  ]);
});

test("an account without alias and password policy has neither", async () => {
  const { read } = await connect();
  expect(await read.account()).toMatchObject({ alias: undefined, passwordPolicy: undefined });
});
