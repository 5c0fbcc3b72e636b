import { expect, test } from "vitest";
import { signInUrl } from "../../../src/core/rules/sign-in.ts";

const ID = "123456789012";

test("users sign in at the account's alias, and at its id where it has none", () => {
  const url = (partition: string, alias?: string) => signInUrl({ id: ID, partition, alias });
  expect([url("aws", "example"), url("aws")]).toEqual([
    "https://example.signin.aws.amazon.com/console",
    "https://123456789012.signin.aws.amazon.com/console",
  ]);
  expect([url("aws-cn", "example"), url("aws-cn")]).toEqual([
    "https://example.signin.amazonaws.cn/console",
    "https://123456789012.signin.amazonaws.cn/console",
  ]);
  expect([url("aws-us-gov", "example"), url("aws-us-gov")]).toEqual([
    "https://example.signin.amazonaws-us-gov.com/console",
    "https://123456789012.signin.amazonaws-us-gov.com/console",
  ]);
});

test("in the European Sovereign Cloud they sign in at the id, since nobody verified the alias", () => {
  const url = "https://123456789012.signin.amazonaws-eusc.eu/console";
  expect(signInUrl({ id: ID, partition: "aws-eusc", alias: undefined })).toBe(url);
  expect(signInUrl({ id: ID, partition: "aws-eusc", alias: "example" })).toBe(url);
});

test("an address that is not known is not made up", () => {
  expect(signInUrl({ id: ID, partition: "aws-iso", alias: "example" })).toBeUndefined();
  expect(signInUrl({ id: ID, partition: "constructor", alias: undefined })).toBeUndefined();
});
