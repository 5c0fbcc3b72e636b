import { describe, expect, test } from "vitest";
import type { AppliedChange, Report } from "../../src/core/report.ts";
import { NO_CIRCUMSTANCES } from "../../src/render/circumstances.ts";
import { progressLine } from "../../src/render/progress.ts";
import { renderReportJson, reportJson } from "../../src/render/report-json.ts";
import {
  type ReportCircumstances,
  renderReportMarkdown,
  reportSections,
} from "../../src/render/report-markdown.ts";
import { renderReport } from "../../src/render/report-text.ts";
import { createEmily, EMPTY, planned, user } from "./plans.ts";
import { ALL_DONE, MIXED, NOTHING_DONE } from "./reports.ts";

const { account } = EMPTY;
const UNKNOWN: ReportCircumstances = { ...NO_CIRCUMSTANCES, waysOn: undefined, extra: [] };

describe.each([
  ["all-done", ALL_DONE],
  ["mixed", MIXED],
  ["nothing", NOTHING_DONE],
])("what became of a plan: %s", (name, report) => {
  test("for a terminal", async () => {
    await expect(renderReport(report, EMPTY)).toMatchFileSnapshot(`../cases/render/report-${name}.txt`);
  });

  test("for GitHub", async () => {
    await expect(renderReportMarkdown(report, EMPTY)).toMatchFileSnapshot(
      `../cases/render/report-${name}.md`,
    );
  });

  test("as JSON", async () => {
    const text = renderReportJson({ account, report, refusals: [], findings: [] });
    await expect(text).toMatchFileSnapshot(`../cases/render/report-${name}.json`);
  });
});

test("a report for GitHub folds what was done whole, and nothing else", () => {
  const folded = reportSections(MIXED, EMPTY, UNKNOWN).filter(({ fold }) => fold === "folded");
  expect(folded.map(({ title }) => title)).toEqual(["Done (1)"]);
  expect(folded[0]?.items?.map(({ whole }) => whole).join()).not.toMatch(/FAILED|skipped|not /);
});

test("a report says how to go on only where something was left, and tells first who failed", () => {
  const circumstances = { ...UNKNOWN, waysOn: [["Go on by hand."]] };
  const first = (report: Report): string =>
    reportSections(report, EMPTY, circumstances)[0]?.blocks.join() ?? "";
  expect(first(MIXED)).toContain("- Go on by hand.");
  expect(first(ALL_DONE)).not.toContain("Go on by hand.");
  const backwards = { ...MIXED, entries: MIXED.entries.toReversed() };
  const left = reportSections(backwards, EMPTY, circumstances)[1]?.items ?? [];
  expect(left.map(({ name }) => name)).toEqual(["`alice`", "`build-bot`"]);
});

test("a report ends with how many entries were refused, so that nobody takes all for done", () => {
  const plan = { ...EMPTY, refused: [createEmily] };
  expect(renderReport(ALL_DONE, plan)).toContain("Applied: 6 changes done. 1 entry is refused.\n");
  const page = renderReportMarkdown(ALL_DONE, plan);
  expect(page).toMatch(/^### ⚠️ Applied: 6 changes done, 1 entry refused\n/);
});

describe("a report as JSON", () => {
  test("counts each way in which a change ended", () => {
    expect(reportJson({ account, report: MIXED, refusals: [], findings: [] }).result).toEqual({
      done: 7,
      failed: 1,
      skipped: 1,
      "not-reviewed": 1,
      "not-tried": 2,
    });
  });

  test("has the same keys where nothing could be tried", () => {
    const refusals = [{ code: "no-users", subject: undefined, arguments: { managed: 3 } }] as const;
    const json = reportJson({ account: undefined, report: undefined, refusals, findings: [] });
    expect(Object.keys(json)).toEqual(
      Object.keys(reportJson({ account, report: MIXED, refusals: [], findings: [] })),
    );
    expect(json.refusals[0]?.message).toContain("users.yaml names no users");
  });
});

describe("a line of progress", () => {
  const join = planned({ kind: "AddUserToGroup", user: "emily", group: "power-users" }, "broadens");
  const line = (change: AppliedChange): string =>
    progressLine({ step: "change", subject: user("emily"), change, done: 7, of: 14 });

  test("counts, and says what was done to whom", () => {
    expect(line({ ...join, outcome: "done" })).toBe("[ 7/14] done: user emily: join group power-users");
  });

  test("says why a change failed, on the same line", () => {
    expect(line({ ...join, outcome: "failed", error: "LimitExceeded:\nten groups" })).toBe(
      String.raw`[ 7/14] FAILED: user emily: join group power-users: LimitExceeded: ten groups`,
    );
  });

  test("says what is waited for", () => {
    expect(progressLine({ step: "wait", milliseconds: 15_000 })).toMatch(/^Waiting 15 s, /);
  });
});
