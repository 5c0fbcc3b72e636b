import { expect, test } from "vitest";

import { limiter } from "../../src/iam/limit.ts";

test("no more run at a time than may, each gets its turn in order, and failures free their place", async () => {
  const limit = limiter(2);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const task = async (index: number): Promise<number> => {
    order.push(index);
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (index === 1) throw new Error("failed");
    return index;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((index) => limit(() => task(index))));
  expect(results.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});
