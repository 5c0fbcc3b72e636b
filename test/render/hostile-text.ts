import * as fc from "fast-check";
import { expect } from "vitest";

/*
 * Texts made to break out of where they are put, and what a page must look like in spite of them.
 */

const NASTY = [
  "@octocat",
  "#1",
  "acme/access#1",
  "<img src=x onerror=alert(1)>",
  "</details>",
  "](https://example.com)",
  "![x](https://example.com/x.png)",
  "https://example.com",
  "```",
  "\n```\n@octocat",
  "`@octocat`",
  "``@octocat``",
  "\u001b[2J",
  "\u009b31m",
  "\u202eevil",
  "\u2066",
  "\u200b",
  "\r\n",
  "\u2028",
  "\u{e0041}",
  "\ud800",
  "<!--",
  "| a |",
  "**a**",
  "&#64;octocat",
  "user alice, bob",
] as const;

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 4 })
    .map((parts) => parts.join("")),
  fc.constantFrom(...NASTY),
);

/** The Markdown without its code: fences first, then spans, as CommonMark takes them. */
function withoutCode(markdown: string): string {
  const lines = markdown.split("\n");
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of lines) {
    const opening = /^(`{3,})diff$/.exec(line)?.[1];
    if (fence === undefined && opening !== undefined) fence = opening;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) kept.push(line.replace(/(?<!`)(`+)(?!`)(?:.*?)(?<!`)\1(?!`)/g, "CODE"));
  }
  expect(fence).toBeUndefined();
  return kept.join("\n");
}

/** No mention, reference, link, image or HTML but our own folds, each of which is closed. */
export function expectSafeMarkdown(markdown: string): void {
  const outside = withoutCode(markdown);
  const folds = /^<details><summary>[\w ,']+\(\d+\)<\/summary>$|^<\/details>$/gm;
  const marks = outside.match(folds) ?? [];
  expect(marks.map((mark) => mark === "</details>")).toEqual(marks.map((_, index) => index % 2 === 1));
  expect(outside.replaceAll(folds, "")).not.toMatch(/[<>&@`|[\]!]|(?<!^|#)#|https?:|www\./m);
}
