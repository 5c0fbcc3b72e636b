import { expect, test } from "vitest";

import type { Difference } from "./differences.ts";
import type { Line } from "./line.ts";
import { problem } from "./verdict.ts";

const LINE: Line = { does: async () => "", gives: ["done"] };
const DIFFERENCE: Difference = { moto: ["HTTP 500"], because: "", source: "quotas" };

test("a line without a difference holds, or fails", () => {
  expect(problem(LINE, undefined, ["done"])).toBeUndefined();
  expect(problem(LINE, undefined, ["HTTP 500"])).toMatch(
    /^moto does otherwise than IAM, and that is not listed/,
  );
});

test("a line with a difference fails in the listed way, and in no other", () => {
  expect(problem(LINE, DIFFERENCE, ["HTTP 500"])).toBeUndefined();
  expect(problem(LINE, DIFFERENCE, ["HTTP 501"])).toMatch(/otherwise than listed/);
});

test("a difference that has disappeared is to be taken off the list", () => {
  expect(problem(LINE, DIFFERENCE, ["done"])).toMatch(/^this difference has disappeared/);
});
