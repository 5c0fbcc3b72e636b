import { expect, test } from "vitest";
import { FileTooLarge, MOST_BYTES } from "../../src/core/size.ts";

test("a file that is too large says how many bytes it has, and the most is five mebibytes", () => {
  const failure = new FileTooLarge(6_000_000);
  expect(failure).toMatchObject({
    bytes: 6_000_000,
    message: "the file has 6000000 bytes",
    name: "FileTooLarge",
  });
  expect(MOST_BYTES).toBe(5_242_880);
});
