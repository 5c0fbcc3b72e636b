import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FINDINGS } from "../../scripts/generators/errors/findings.ts";
import { CHECKOUT } from "./page.ts";

const CASES = join(CHECKOUT, "test/cases/findings");
const PAGE = readFileSync(join(CHECKOUT, "docs/errors.md"), "utf8");

/** The severities with which each code is found in the golden cases. */
function severitiesFound(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const name of readdirSync(CASES)) {
    const lines = readFileSync(join(CASES, name, "findings.txt"), "utf8").matchAll(
      /^[a-z]+\.yaml:\d+:\d+: (?:(warning): )?([a-z0-9-]+): /gm,
    );
    for (const [, severity = "error", code = ""] of lines) {
      found.set(code, (found.get(code) ?? new Set()).add(severity));
    }
  }
  return found;
}

test("each finding has a golden case, with each severity that the page of messages gives it", () => {
  const told = Object.entries(FINDINGS).map(([code, { severities }]) => [code, new Set(severities)] as const);
  expect(severitiesFound()).toEqual(new Map(told));
});

test("each code is the heading of one section, and each link within the page leads to a heading", () => {
  const headings = [...PAGE.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title.toLowerCase().replaceAll(" ", "-"),
  );
  expect(new Set(headings).size).toBe(headings.length);
  const links = [...PAGE.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
  expect(links.length).toBeGreaterThan(70);
  expect(headings).toEqual(expect.arrayContaining(links));
});
