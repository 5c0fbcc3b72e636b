import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Change, PerKind } from "../../src/core/change.ts";
import { PHASES } from "../../src/core/order.ts";
import { parsePlanFile } from "../../src/core/reviewed-plan.ts";
import { describeFinding } from "../../src/render/findings.ts";
import { reportJson } from "../../src/render/report-json.ts";
import { load } from "../../src/roster/load.ts";
import { SAMPLES as WRITES } from "../iam/samples.ts";
import { filesOf } from "../roster/memory.ts";
import { CHECKOUT, readPages } from "./page.ts";

/*
 * docs/reference/json.md has every key of the golden plans and reports, and no other.
 */

type Json = { readonly [key: string]: Json } | readonly Json[] | string | number | boolean | null;
type Fields = Readonly<Record<string, Json>>;

const page = readPages().find(({ name }) => name === "docs/reference/json.md")!;

/** One change of every kind. */
const SAMPLES: PerKind<Change> = {
  ...WRITES,
  IssuePassword: { kind: "IssuePassword", user: "emily", to: [], token: "1", replaces: true },
  IssueKey: { kind: "IssueKey", user: "emily", to: [], token: "1", before: [] },
};

/** The cells of the tables below the heading, each a list of what stands in back quotes in it. */
function rowsUnder(heading: string): readonly (readonly (readonly string[])[])[] {
  const section = page.text.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((line) =>
    line.split("|").map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name)),
  );
}

const keysUnder = (heading: string): ReadonlySet<string> =>
  new Set(rowsUnder(heading).map(([, key]) => key?.[0] ?? ""));

const CASES = join(CHECKOUT, "test/cases");

function golden(file: RegExp): readonly Fields[] {
  const files = readdirSync(CASES, { recursive: true, encoding: "utf8" }).filter((name) => file.test(name));
  expect(files).not.toEqual([]);
  return files.map((name) => JSON.parse(readFileSync(join(CASES, name), "utf8")) as Fields);
}

const plans = golden(/plan\.json$|render\/(?!report|drift)[\w-]+\.json$/);
const reports: readonly Fields[] = [
  ...golden(/render\/report-[\w-]+\.json$/),
  JSON.parse(
    JSON.stringify(
      reportJson({ account: undefined, report: undefined, refusals: [], findings: [], error: "cut off" }),
    ),
  ) as Fields,
];

const drifts = golden(/render\/drift-[\w-]+\.json$/);

function listed(objects: readonly Fields[], ...keys: readonly string[]): readonly Fields[] {
  return objects.flatMap((each) => keys.flatMap((key) => (each[key] ?? []) as readonly Fields[]));
}

const summaries = plans.map((plan) => plan["summary"] as Readonly<Record<string, Fields>>);
const entries = listed(plans, "entries", "refused");
const messages = listed([...plans, ...reports], "refusals", "warnings");
const changes = listed([...entries, ...listed(reports, "entries")], "changes", "extra");

/** The keys of these objects, those within them by their way: `account.id`, `members[].user`. */
function keysOf(values: readonly Json[], within = ""): readonly string[] {
  return values.flatMap((value) => {
    if (typeof value !== "object" || value === null) return [];
    if (Array.isArray(value)) return keysOf(value as readonly Json[], `${within.slice(0, -1)}[].`);
    return Object.entries(value as Fields).flatMap(([key, inner]) => [
      `${within}${key}`,
      ...keysOf([inner], `${within}${key}.`),
    ]);
  });
}

/** Of something whose insides have a section of their own, only the key itself. */
function withoutInsides(keys: readonly string[], documented: ReadonlySet<string>): ReadonlySet<string> {
  const isOpen = (key: string): boolean =>
    [...documented].some((each) => each.startsWith(`${key}.`) || each.startsWith(`${key}[].`));
  const closed = [...documented].filter((key) => !isOpen(key));
  return new Set(
    keys.filter((key) => !closed.some((each) => key.startsWith(`${each}.`) || key.startsWith(`${each}[].`))),
  );
}

/** What a report adds to a change. */
const OF_OUTCOMES = ["outcome", "error", "unreviewed"];

describe("the page on JSON has the keys", () => {
  test.each([
    ["The plan", plans],
    ["The summary", summaries],
    ["An entry", entries],
    ["A refusal or warning", messages],
    ["The report", reports],
    ["An entry of a report", listed(reports, "entries")],
  ])("under %s", (heading, objects) => {
    const documented = keysUnder(heading);
    expect(documented).toEqual(withoutInsides(keysOf(objects), documented));
  });

  test("under Drift", () => {
    const documented = keysUnder("Drift");
    expect(documented).toEqual(withoutInsides(keysOf(drifts), documented));
  });

  test("under A difference, beside those of an entry", () => {
    const own = (key: string): boolean =>
      /^(?:refused|unadoptable|adopt(?:\[\]\.(?:how|at|value|replaces))?)$/.test(key);
    const found = new Set(keysOf(listed(drifts, "differences")));
    const ofEntries = new Set(["changes[].roster", "changes[].account", ...keysUnder("An entry")]);
    const keys = [...found].filter((key) => !key.startsWith("adopt[].value"));
    const others = keys.filter((key) => !own(key) && !key.startsWith("changes[]."));
    expect(new Set(others).difference(ofEntries)).toEqual(new Set());
    const documented = keysUnder("A difference");
    expect(documented.difference(found)).toEqual(new Set());
    expect(new Set(keys.filter(own)).difference(documented)).toEqual(new Set());
  });

  test("of a finding", async () => {
    const { findings } = await load(filesOf({ "users.yaml": "users: { emily: { acess: [] } }\n" }));
    expect(keysUnder("The findings")).toEqual(new Set(findings.map(describeFinding).flatMap(Object.keys)));
  });

  test("of every kind of change, and those that all have", () => {
    const rows = rowsUnder("A change").map(([, name, keys]) => [name?.[0] ?? "", keys ?? []] as const);
    const kinds = new Map(rows.filter(([name]) => name in SAMPLES));
    const common = rows.map(([name]) => name).filter((name) => !kinds.has(name));
    expect(common).toEqual(["kind", "phase", "cause", "reach", "privileged"]);
    expect(new Set(kinds.keys())).toEqual(new Set(Object.keys(SAMPLES)));
    const ofAll = new Set([...common, ...OF_OUTCOMES]);
    for (const [kind, keys] of kinds) {
      const found = [...changes, SAMPLES[kind as keyof typeof SAMPLES]].filter((each) => each.kind === kind);
      const own = found.flatMap(Object.keys).filter((key) => !ofAll.has(key));
      expect([kind, new Set(keys)]).toEqual([kind, new Set(own)]);
    }
  });

  test("of every kind of grant that a plan has, and of none that apply --plan does not know", () => {
    const documented = rowsUnder("A grant").map(([, keys]) => keys ?? []);
    const found = listed(plans, "grants").map((grant) => Object.keys(grant).toSorted().join());
    const known = documented.map((keys) => keys.toSorted().join());
    expect(new Set(found).difference(new Set(known))).toEqual(new Set());
    const grants = documented.map((keys) => Object.fromEntries(keys.map((key) => [key, "text"])));
    expect(parsePlanFile(JSON.stringify({ ...plans[0], grants })).problem).toBeUndefined();
  });
});

test("the page on JSON has what a report adds to a change", () => {
  const planned = new Set(listed(entries, "changes").flatMap(Object.keys));
  const added = listed(listed(reports, "entries"), "changes", "extra").flatMap(Object.keys);
  expect(new Set(added).difference(planned)).toEqual(new Set(OF_OUTCOMES));
  const row = rowsUnder("An entry of a report").find(([, key]) => key?.[0] === "changes");
  expect(new Set(OF_OUTCOMES).difference(new Set(row?.[3]))).toEqual(new Set());
});

test("the page on JSON has every intent of the summary", () => {
  const [ofUsers] = rowsUnder("The summary");
  for (const { users = {}, groups = {} } of summaries) {
    expect(Object.keys(users)).toEqual(ofUsers?.[3]);
    expect(Object.keys(groups)).toEqual(ofUsers?.[3]);
  }
});

test("the page on JSON has every phase", () => {
  const phase = rowsUnder("A change").find(([, name]) => name?.[0] === "phase");
  expect(phase?.[3]).toEqual([...PHASES]);
});
