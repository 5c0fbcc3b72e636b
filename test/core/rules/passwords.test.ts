import { expect, test } from "vitest";

import { isPassword, passwordConforms } from "../../../src/core/rules/passwords.ts";

const LAX = {
  minimumLength: 6,
  requireSymbols: false,
  requireNumbers: false,
  requireUppercase: false,
  requireLowercase: false,
};

test("without a policy a password has eight characters of three kinds, and is not the account's name", () => {
  const takes = (password: string) => passwordConforms(password, undefined, ["Company-1"]);
  expect(["Abcdefg1", "abcdef1!", "ABCDEF1!", "Abcdefg!"].every(takes)).toBe(true);
  expect(["Abcdef1", "abcdefg1", "ABCDEFG!", "company-1"].some(takes)).toBe(false);
  expect(
    [[], ["Company-1"], ["other", "ABCDEFG1"]].map((names) => passwordConforms("Abcdefg1", undefined, names)),
  ).toEqual([true, true, false]);
});

test("a policy asks for what it says and for nothing else", () => {
  const takes = (password: string, policy: Partial<typeof LAX>) =>
    passwordConforms(password, { ...LAX, ...policy }, []);
  expect(takes("abcdef", {})).toBe(true);
  expect(takes("abcde", {})).toBe(false);
  expect([takes("abcdef", { requireSymbols: true }), takes("abcde|", { requireSymbols: true })]).toEqual([
    false,
    true,
  ]);
  expect([takes("abcdef", { requireNumbers: true }), takes("abcde1", { requireNumbers: true })]).toEqual([
    false,
    true,
  ]);
  expect([takes("abcdef", { requireUppercase: true }), takes("abcdeF", { requireUppercase: true })]).toEqual([
    false,
    true,
  ]);
  expect([takes("ABCDEF", { requireLowercase: true }), takes("ABCDEf", { requireLowercase: true })]).toEqual([
    false,
    true,
  ]);
});

test("whatever the policy, a password is one at all", () => {
  expect(["", "Abcdefg1\0"].map((each) => passwordConforms(each, { ...LAX, minimumLength: 0 }, []))).toEqual([
    false,
    false,
  ]);
});

test("a question mark or a comma is no symbol for a policy", () => {
  expect(passwordConforms("abcdef?,", { ...LAX, requireSymbols: true }, [])).toBe(false);
});

test("a password is 1 to 128 characters up to U+00FF", () => {
  expect([isPassword("é"), isPassword("a".repeat(128))]).toEqual([true, true]);
  expect([isPassword(""), isPassword("a".repeat(129)), isPassword("Ā"), isPassword("\0")]).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
