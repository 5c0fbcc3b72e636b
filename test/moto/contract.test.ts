import { describe, expect, test } from "vitest";

import { CLAUSES } from "../contract/contract.ts";
import { differenceOf } from "../contract/differences.ts";
import { see } from "../contract/line.ts";
import { sceneAt } from "../contract/scene.ts";
import { problem } from "../contract/verdict.ts";
import { openDoor } from "./door.ts";

describe.each([...Map.groupBy(CLAUSES, ({ subject }) => subject)])("%s", (subject, clauses) => {
  test.each(clauses)("$sentence", async ({ sentence, line }) => {
    const { url, account } = await openDoor();
    const seen = await see(line, sceneAt(url, account));
    expect(problem(line, differenceOf(subject, sentence), seen)).toBeUndefined();
  });
});
