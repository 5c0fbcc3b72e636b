import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { anchorsOf, CHECKOUT, type Link, linksOf, readPages } from "./page.ts";

const pages = readPages();
const links = pages.flatMap(linksOf);

/** What to say of the links that are wrong, to be read as a list. */
function told(wrong: readonly Link[]): readonly string[] {
  return wrong.map(({ page, words, file, anchor }) => `${page.name}: [${words}] ${file}#${anchor ?? ""}`);
}

test("every link within the repository leads somewhere", () => {
  expect(told(links.filter(({ file }) => !existsSync(join(CHECKOUT, file))))).toEqual([]);
});

test("every link to a place in a page finds it", () => {
  const anchors = new Map(pages.map((page) => [page.name, anchorsOf(page)]));
  const lost = links.filter(({ file, anchor }) => anchor !== undefined && !anchors.get(file)?.has(anchor));
  expect(told(lost)).toEqual([]);
});

test("every test that a page names by its words is in the file that it names", () => {
  const named = links.filter(({ words }) => /^".+"$/.test(words));
  const missing = named.filter(({ words, file }) => {
    const code = readFileSync(join(CHECKOUT, file), "utf8");
    return !code.includes(words.slice(1, -1));
  });
  expect(told(missing)).toEqual([]);
});
