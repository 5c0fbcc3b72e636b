import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { describe, expect } from "vitest";
import type { After, Plan } from "../../src/core/plan.ts";
import type { Report } from "../../src/core/report.ts";
import type { Drift } from "../../src/core/drift/drift.ts";
import { renderDriftJson } from "../../src/render/drift-json.ts";
import { driftSections } from "../../src/render/drift-markdown.ts";
import { renderDrift } from "../../src/render/drift-text.ts";
import { renderPlanJson } from "../../src/render/json.ts";
import { planSections, renderPlanMarkdown } from "../../src/render/markdown.ts";
import { progressLine } from "../../src/render/progress.ts";
import { renderReportMarkdown, reportSections } from "../../src/render/report-markdown.ts";
import { renderReport } from "../../src/render/report-text.ts";
import { sectionsMarkdown } from "../../src/render/sections.ts";
import { renderPlan } from "../../src/render/text.ts";
import { EVERYTHING as EVERY_DRIFT } from "./drifts.ts";
import { expectSafeMarkdown, hostileText } from "./hostile-text.ts";
import { createEmily, EVERY_KIND, EVERY_REFUSAL, EVERY_WARNING, NOTHING_LEFT, REFUSED } from "./plans.ts";
import { MIXED } from "./reports.ts";

/*
 * Names come from files that anybody may propose a change to. Whatever they are, they stay names.
 */

/** The value with every text put through `change`, but for the words that are the program's own. */
function withTexts<Value>(value: Value, change: (text: string) => string): Value {
  const walk = (each: unknown, key: string): unknown => {
    if (typeof each === "string") return OURS.has(key) ? each : change(each);
    if (Array.isArray(each)) return each.map((member) => walk(member, key));
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, member]) => [name, walk(member, name)]));
  };
  return walk(value, "") as Value;
}

const OURS: ReadonlySet<string> = new Set([
  "kind",
  "type",
  "intent",
  "cause",
  "reach",
  "code",
  "outcome",
  "status",
  "access",
  "digest",
  "what",
  "reason",
  "credential",
  "how",
  "unadoptable",
]);

const AFTER: After = {
  ...NOTHING_LEFT,
  status: "active",
  groups: [{ group: "a", until: "b" }],
  policies: ["c"],
  inlinePolicies: ["d"],
  boundary: "e",
  until: "f",
};

const EVERYTHING: Plan = {
  ...REFUSED,
  entries: [...REFUSED.entries, { ...createEmily, after: AFTER }, ...EVERY_KIND.entries],
  refusals: EVERY_REFUSAL,
  warnings: EVERY_WARNING,
};

/** Drift in which every name is one of the given texts; the places in the files begin as they are. */
function hostileDrift(names: readonly string[]): Drift {
  let next = 0;
  const drift = withTexts(EVERY_DRIFT, () => names[next++ % names.length] ?? "");
  const differences = drift.differences.map((difference, index) => {
    const { edits } = EVERY_DRIFT.differences[index]!.adoption;
    const at = difference.adoption.edits.map((edit, place) => ({
      ...edit,
      at: [edits[place]!.at[0]!, ...edit.at.slice(1)],
    }));
    return { ...difference, adoption: { ...difference.adoption, edits: at } };
  });
  return { ...drift, differences };
}

/** A plan and a report in which every name is one of the given texts. */
function hostile(names: readonly string[]): { readonly plan: Plan; readonly report: Report } {
  let next = 0;
  const change = (): string => names[next++ % names.length] ?? "";
  return { plan: withTexts(EVERYTHING, change), report: withTexts(MIXED, change) };
}

const names = fc.array(hostileText, { minLength: 1, maxLength: 12 });

const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u{e0000}-\u{e0fff}]/u;

describe("whatever the names are", () => {
  property.prop([names])("the terminal gets no control character, and no line of somebody else's", (list) => {
    const { plan, report } = hostile(list);
    const withoutBreaks = (name: string): string => name.replaceAll("\n", "\ue000");
    const oneLine = hostile(list.map(withoutBreaks));
    const lines = (printed: string): number => printed.split("\n").length;
    for (const [printed, other] of [
      [renderPlan(plan), renderPlan(oneLine.plan)],
      [renderReport(report, plan), renderReport(oneLine.report, oneLine.plan)],
      [renderDrift(hostileDrift(list)), renderDrift(hostileDrift(list.map(withoutBreaks)))],
    ] as const) {
      expect(printed).not.toMatch(UNSEEN);
      expect(lines(printed)).toBe(lines(other));
    }
    for (const change of report.entries.flatMap(({ changes }) => changes)) {
      const line = progressLine({
        step: "change",
        subject: { type: "user", name: list[0] ?? "" },
        change,
        done: 1,
        of: 2,
      });
      expect(line).not.toMatch(UNSEEN);
      expect(line).not.toContain("\n");
    }
  });

  property.prop([names])("Markdown gets no mention, reference, link, image or HTML", (list) => {
    const { plan, report } = hostile(list);
    expectSafeMarkdown(renderPlanMarkdown(plan));
    expectSafeMarkdown(renderReportMarkdown(report, plan));
    const circumstances = { roster: list[0], commit: list[1], runUrl: list[2], offline: false };
    for (const sections of [
      planSections(plan, circumstances),
      driftSections(hostileDrift(list), circumstances),
      reportSections(report, plan, { ...circumstances, waysOn: undefined, extra: [] }),
    ]) {
      const page = sectionsMarkdown(sections);
      // What is plainly an address is a link, and ours.
      expectSafeMarkdown(page.replace(/ · \[run\]\(https?:[^\s()<>`]+\)\n$/, ""));
      // Every item in a line, and every item by its name.
      const items = sections.flatMap((section) => section.items ?? []);
      expectSafeMarkdown(items.map(({ line }) => line).join("\n"));
      expectSafeMarkdown(items.map(({ name }) => name).join(", "));
    }
  });

  property.prop([names])("JSON gives back what went in, in characters that can be seen", (list) => {
    const { plan } = hostile(list);
    const json = renderPlanJson(plan, []);
    expect(json).not.toMatch(UNSEEN);
    const parsed = JSON.parse(json) as { entries: { subject: unknown }[]; grants: unknown };
    expect(parsed.grants).toEqual(plan.grants);
    const drift = hostileDrift(list);
    const driftJson = renderDriftJson(drift, []);
    expect(driftJson).not.toMatch(UNSEEN);
    const { differences } = JSON.parse(driftJson) as { differences: { adopt: unknown }[] };
    expect(differences.map(({ adopt }) => adopt)).toEqual(
      drift.differences.map(({ adoption }) => adoption.edits),
    );
    expect(parsed.entries.map(({ subject }) => subject)).toEqual(plan.entries.map(({ subject }) => subject));
  });
});
