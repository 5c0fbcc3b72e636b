import { describe, expect, test, vi } from "vitest";
import { OURS, scene, SETTLED } from "./scene.ts";

vi.setConfig({ testTimeout: 120_000 });

describe("on a schedule", () => {
  test("x", async () => {
    const { github, sandbox, onSchedule } = await scene({ account: { ...SETTLED, users: [...SETTLED.users!, { name: "zoe", tags: OURS, groups: ["administrators"], password: {} }] } });
    const ran = await onSchedule();
    console.log(ran, github.issues);
    const again = await onSchedule();
    expect(again.status).toBe(0);
    console.log(github.requests.slice(-6), github.issues.length);
  });
});
