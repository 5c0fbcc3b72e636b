import { describe, expect, test, vi } from "vitest";
import { EMILY_AND_PRIYA, scene, users } from "./scene.ts";

vi.setConfig({ testTimeout: 120_000 });

const MARCO = users({ ...EMILY_AND_PRIYA, marco: "{ groups: [auditors] }" });

describe("on a pull request", () => {
  test("writes one comment with the plan, keeps what is reviewed on the head commit, and sets its outputs", async () => {
    const { github, propose, onPull } = await scene();
    const number = propose({ "users.yaml": MARCO });
    const ran = await onPull(number);
    console.log(ran, github.comments(number), github.checkRuns);
    expect(ran.status).toBe(0);
  });
});
