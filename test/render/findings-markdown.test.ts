import { expect, test } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { renderFindingsMarkdown } from "../../src/render/findings-markdown.ts";

const PLACE = { file: "users.yaml", line: 2, column: 5 } as const;

test("names from the files stand in code, where they mention nobody and end no fence", () => {
  const hostile: Finding = {
    ...PLACE,
    severity: "error",
    code: "unknown-group",
    arguments: { group: "`@octocat`<b>\n- [x](y)", nearest: undefined },
  };
  const page = renderFindingsMarkdown([hostile], "roster");
  // One line, whatever is in the name.
  expect(page.trimEnd().split("\n")).toHaveLength(3);
  expect(page).toMatch(/(`+)[^`]*?"?`?@octocat`<b>.*\1/);
});

test("what is only odd is told apart from what is wrong", () => {
  const odd: Finding = { ...PLACE, severity: "warning", code: "direct-policy", arguments: { user: "ann" } };
  const wrong: Finding = {
    ...PLACE,
    severity: "error",
    code: "not-utf8",
    arguments: { looksLike: undefined },
  };
  const page = renderFindingsMarkdown([wrong, odd], "roster");
  expect(page).toContain("- ⛔ `users.yaml:2:5` **not-utf8**");
  expect(page).toContain("- ⚠️ `users.yaml:2:5` **direct-policy**");
});
