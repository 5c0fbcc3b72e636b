import { describe, expect, onTestFinished, test } from "vitest";

import { startSandbox } from "../../src/sandbox/server.ts";
import { CLAUSES } from "./contract.ts";
import { see } from "./line.ts";
import { sceneAt } from "./scene.ts";

describe.each([...Map.groupBy(CLAUSES, ({ subject }) => subject)])("%s", (_subject, clauses) => {
  test.each(clauses)("$sentence", async ({ line }) => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    expect(await see(line, sceneAt(sandbox.url, sandbox.accountId))).toEqual(line.gives);
  });
});
