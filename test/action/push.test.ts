import { describe, expect, test, vi } from "vitest";
import { EMILY_AND_PRIYA, scene, users } from "./scene.ts";

vi.setConfig({ testTimeout: 120_000 });

const MARCO = users({ ...EMILY_AND_PRIYA, marco: "{ groups: [auditors] }" });

describe("on a push", () => {
  test("x", async () => {
    const { github, sandbox, propose, onPull, onPush, merge } = await scene();
    const number = propose({ "users.yaml": MARCO });
    await onPull(number);
    const ran = await onPush(merge(number));
    console.log(ran, github.comments(number), github.checkRuns.at(-1), sandbox.snapshot().users);
    expect(ran.status).toBe(0);
    const again = await onPush(github.pull(number).pull.merged!.sha);
    console.log(again);
  });
});
