import { describe, expect, test } from "vitest";
import { NONE } from "../../src/render/json.ts";
import { renderDriftJson } from "../../src/render/drift-json.ts";
import { NO_CIRCUMSTANCES } from "../../src/render/circumstances.ts";
import { driftSections, renderDriftMarkdown } from "../../src/render/drift-markdown.ts";
import { renderDrift } from "../../src/render/drift-text.ts";
import { DRIFTS, EVERYTHING, FOUND, NO_DRIFT } from "./drifts.ts";

describe.each(DRIFTS)("drift: %s", (name, drift) => {
  test("for GitHub", async () => {
    await expect(renderDriftMarkdown(drift)).toMatchFileSnapshot(`../cases/render/drift-${name}.md`);
  });

  test("for a terminal", async () => {
    await expect(renderDrift(drift)).toMatchFileSnapshot(`../cases/render/drift-${name}.txt`);
  });

  test("for programs", async () => {
    await expect(renderDriftJson(drift, [])).toMatchFileSnapshot(`../cases/render/drift-${name}.json`);
  });
});

describe("a page of drift", () => {
  const titles = (drift: Parameters<typeof driftSections>[0]): readonly string[] =>
    driftSections(drift, NO_CIRCUMSTANCES).map(
      ({ title, fold, essential }) => `${fold} ${title ?? "-"}${essential ? " !" : ""}`,
    );

  test("has one item for each difference, so that some can be spared", () => {
    const section = driftSections(FOUND, NO_CIRCUMSTANCES).find(({ title }) => title === "Differences");
    expect(section?.items).toHaveLength(FOUND.differences.filter(({ isRefused }) => !isRefused).length);
  });

  test("has no section with nothing to say", () => {
    expect(titles(NO_DRIFT)).toEqual(["open - !"]);
  });

  test("keeps verdict, refusals and the way back whatever the budget", () => {
    expect(titles(EVERYTHING)).toEqual([
      "open - !",
      "open Refused as a whole: `apply` would do nothing !",
      "open Differences",
      "open Differences that `apply` may not end",
      "open Ends within 14 days",
      "open Hygiene",
      "open Warnings !",
      "open Warnings about single users and groups",
      "folded Not managed, and left alone (3)",
    ]);
  });

  test("offers to apply only where something can be applied", () => {
    const apply = `iam-roster apply --digest ${FOUND.plan.digest}`;
    const allowed = { ...FOUND, plan: { ...FOUND.plan, refusals: [] } };
    expect(renderDriftMarkdown(allowed)).toContain(`\`${apply}\``);
    expect(renderDrift(allowed)).toContain(`${apply}\n`);
    for (const plan of [FOUND.plan, { ...allowed.plan, entries: [] }]) {
      expect(renderDriftMarkdown({ ...FOUND, plan })).not.toContain("--digest");
      expect(renderDriftMarkdown({ ...FOUND, plan })).toContain("**Adopt**");
      expect(renderDrift({ ...FOUND, plan })).not.toContain("--digest");
    }
  });

  test("says of another account that nothing was compared", () => {
    const refusal = {
      code: "wrong-account",
      subject: undefined,
      arguments: { expected: "123456789012", found: "999999999999" },
    } as const;
    const drift = { ...NO_DRIFT, plan: { ...NO_DRIFT.plan, refusals: [refusal] } };
    expect(renderDriftMarkdown(drift)).toMatch(/^### ⛔ Another account: nothing was compared\n/);
    expect(renderDrift(drift)).toMatch(/\nAnother account: nothing was compared\.\n$/);
  });

  test("counts an entry that is refused without any change as a difference", () => {
    const entry = { ...FOUND.differences[0]!.entry, changes: [] };
    const differences = [{ ...FOUND.differences[0]!, entry, isRefused: true }];
    expect(renderDrift({ ...NO_DRIFT, differences })).toContain("\n1 difference.\n");
  });
});

test("wrong files give programs the same object, empty", () => {
  expect(JSON.parse(renderDriftJson(undefined, []))).toEqual({
    version: 1,
    account: NONE,
    findings: [],
    differences: [],
    key: NONE,
    digest: NONE,
    hygiene: { findings: [], unknown: [] },
    endsSoon: [],
    unmanaged: { users: [], groups: [], members: [] },
    refusals: [],
    warnings: [],
  });
});
