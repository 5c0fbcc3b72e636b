import { describe, expect, test } from "vitest";
import { jsonText, planJson, renderPlanJson } from "../../src/render/json.ts";
import { EMPTY, EVERY_KIND, ORDINARY, REFUSED } from "./plans.ts";

const FINDING = {
  message: 'no group "developer"; did you mean "developers"?',
  code: "unknown-group",
  column: 9,
  line: 7,
  file: "users.yaml",
  severity: "error",
} as const;

describe("a plan as JSON", () => {
  test.each([
    ["ordinary", ORDINARY],
    ["every-kind", EVERY_KIND],
    ["refused", REFUSED],
  ])("%s", async (name, plan) => {
    await expect(renderPlanJson(plan, [])).toMatchFileSnapshot(`../cases/render/${name}.json`);
  });

  test("has every key of the contract, in its order, whether or not there is a plan", () => {
    const keys = [
      "version",
      "account",
      "findings",
      "entries",
      "summary",
      "grants",
      "refusals",
      "warnings",
      "unmanaged",
      "digest",
      "refused",
      "privileged",
    ];
    expect(Object.keys(planJson(ORDINARY, []))).toEqual(keys);
    expect(Object.keys(planJson(undefined, []))).toEqual(keys);
  });

  test("carries findings with their words where no plan could be made", () => {
    const json = planJson(undefined, [FINDING]);
    expect(json.findings).toEqual([FINDING]);
    expect(Object.keys(json.findings[0] ?? {})).toEqual([
      "code",
      "severity",
      "file",
      "line",
      "column",
      "message",
    ]);
    expect(json.account).toBeNull();
    expect(json.digest).toBeNull();
    expect(json.entries).toEqual([]);
  });

  test("says null for an alias that the account does not have", () => {
    const json = planJson(
      { ...EMPTY, account: { id: "123456789012", partition: "aws", alias: undefined } },
      [],
    );
    expect(json.account?.alias).toBeNull();
  });

  test("orders a change's keys by name, between its kind and its cause", () => {
    const [first] = planJson(ORDINARY, []).entries[2]?.changes ?? [];
    expect(Object.keys(first ?? {})).toEqual(["kind", "path", "tags", "user", "cause", "reach"]);
  });

  test("leaves the subject out of a refusal of the whole plan", () => {
    const { refusals } = planJson(REFUSED, []);
    expect(refusals.find(({ code }) => code === "losing")).not.toHaveProperty("subject");
    expect(refusals.find(({ code }) => code === "quota")).toHaveProperty("subject.name", "emily");
  });

  test("writes what a terminal would not show in escapes that mean the same", () => {
    const value = { name: "a\u202eb\u0085\u{e0041}ü" };
    const text = jsonText(value);
    expect(text).toContain(String.raw`a\u202eb\u0085\udb40\udc41`);
    expect(JSON.parse(text)).toEqual(value);
  });
});
