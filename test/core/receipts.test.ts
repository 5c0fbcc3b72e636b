import { describe, expect, test } from "vitest";

import {
  isLeftOver,
  newToken,
  isUnheld,
  type Receipt,
  receiptOf,
  receiptTag,
  tokenTag,
} from "../../src/core/receipts.ts";
import { isTagValue } from "../../src/core/rules/names.ts";
import { NOW, user } from "./build.ts";

const SSH = "SHA256:uJdq2w2Gv3ZKc0eXbQYy4c1r9mTqk8oP6hVnB5sLxAE";
const AGE = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

function readBack(receipt: Receipt): Receipt | undefined {
  const { key, value } = receiptTag("key", receipt);
  return receiptOf(user("ann", { tags: { [key]: value } }), "key");
}

describe("a receipt in a tag", () => {
  test.each<Receipt>([
    { state: "pending", at: NOW, run: "1f", before: [] },
    { state: "pending", at: NOW, run: "1f", before: ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"] },
    { state: "issued", at: NOW, key: "AKIAIOSFODNN7EXAMPLE", to: [SSH, AGE] },
    { state: "issued", at: NOW, key: undefined, to: [AGE] },
    { state: "issued", at: NOW, key: undefined, to: [] },
    { state: "withdrawn", issuedAt: NOW },
  ])("is read back as it was written: %o", (receipt) => {
    expect(readBack(receipt)).toEqual(receipt);
  });

  test("names as many fingerprints as IAM has room for, and says how many more there are", () => {
    const to = Array.from({ length: 9 }, (_, index) => `${SSH.slice(0, -1)}${index}`);
    const { value } = receiptTag("password", { state: "issued", at: NOW, key: undefined, to });
    expect(value).toBe(`issued ${NOW} ${to.slice(0, 4).join(" ")} +5`);
    expect(value.length).toBeLessThanOrEqual(256);
    expect(isTagValue(value)).toBe(true);
    const four = receiptTag("password", { state: "issued", at: NOW, key: undefined, to: to.slice(0, 4) });
    expect(four.value).toBe(`issued ${NOW} ${to.slice(0, 4).join(" ")}`);
  });

  test("is whole though not one fingerprint fits", () => {
    const { value } = receiptTag("key", { state: "issued", at: NOW, key: "AKIA1", to: ["x".repeat(300)] });
    expect(value).toBe(`issued ${NOW} AKIA1 +1`);
  });

  test("fills a tag to the last character", () => {
    const to = ["x".repeat(256 - `issued ${NOW} `.length)];
    expect(receiptTag("key", { state: "issued", at: NOW, key: undefined, to }).value).toHaveLength(256);
    expect(receiptTag("key", { state: "issued", at: NOW, key: undefined, to: [`${to[0]}x`] }).value).toBe(
      `issued ${NOW} +1`,
    );
  });

  test.each([
    "",
    "issued",
    "issued yesterday",
    "withdrawn",
    "withdrawn issued soon",
    "lost 2026-01-01T00:00:00Z",
  ])("that iam-roster did not write is none: %j", (value) => {
    expect(receiptOf(user("ann", { tags: { "iam-roster:password": value } }), "password")).toBeUndefined();
  });

  test.each(["pending", "pending now 1f", `pending ${NOW}`])(
    "under way without a time or a run is none: %j",
    (value) => {
      expect(receiptOf(user("ann", { tags: { "iam-roster:key": value } }), "key")).toBeUndefined();
    },
  );

  test("of a password and of a key are two, and nobody has one from the start", () => {
    const ann = user("ann", { tags: { "iam-roster:password": `pending ${NOW} 1f` } });
    expect(receiptOf(ann, "password")).toEqual({ state: "pending", at: NOW, run: "1f", before: [] });
    expect(receiptOf(ann, "key")).toBeUndefined();
    expect(receiptTag("password", { state: "pending", at: NOW, run: "1f", before: [] }).key).toBe(
      "iam-roster:password",
    );
    expect(receiptTag("key", { state: "pending", at: NOW, run: "1f", before: [] }).key).toBe(
      "iam-roster:key",
    );
  });
});

test("a token is new until it is remembered, and one of the other kind is another", () => {
  const { key, value } = tokenTag("password", "2");
  expect(key).toBe("iam-roster:reset-password");
  expect(tokenTag("key", "2").key).toBe("iam-roster:rotate-key");
  const ann = user("ann", { tags: { [key]: value } });
  expect(newToken(ann, "password", "2")).toBeUndefined();
  expect(newToken(ann, "password", "3")).toBe("3");
  expect(newToken(ann, "key", "2")).toBe("2");
  expect(newToken(ann, "key", undefined)).toBeUndefined();
  expect(newToken(ann, "password", undefined)).toBeUndefined();
});

describe("what a run that was cut has made", () => {
  const note = { state: "pending", at: NOW, run: "1f", before: ["AKIA2"] } as const;
  const after = (minutes: number): string => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
  const key = { id: "AKIA1", status: "Active", createdAt: after(1), lastUsed: undefined } as const;

  test("is a key that was not there before and never used; one that was used has reached somebody", () => {
    expect(isLeftOver(key, note)).toBe(true);
    expect(isLeftOver({ ...key, id: "AKIA2" }, note)).toBe(false);
    expect(isLeftOver({ ...key, lastUsed: NOW }, note)).toBe(false);
  });

  test("is none that somebody made by hand before or later", () => {
    const made = (createdAt: string | undefined): boolean => isLeftOver({ ...key, createdAt }, note);
    expect([made(after(-5)), made(after(0)), made(after(15))]).toEqual([true, true, true]);
    expect([made(after(-6)), made(after(16)), made(undefined)]).toEqual([false, false, false]);
  });

  test("is a password that is still to be changed, and none that somebody made later", () => {
    const held = (createdAt: string | undefined, resetRequired = true): boolean =>
      isUnheld({ createdAt, resetRequired }, note);
    expect([held(after(-999)), held(after(15)), held(undefined)]).toEqual([true, true, true]);
    expect([held(after(16)), held(after(1), false)]).toEqual([false, false]);
  });
});
