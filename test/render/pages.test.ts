import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import type { Plan } from "../../src/core/plan.ts";
import { type Circumstances, linked, NO_CIRCUMSTANCES } from "../../src/render/circumstances.ts";
import { findingsSections } from "../../src/render/findings-markdown.ts";
import { COMMENT_ROOM, fitted } from "../../src/render/fitted.ts";
import { planSections } from "../../src/render/markdown.ts";
import { say } from "../../src/render/phrase.ts";
import { reportSections } from "../../src/render/report-markdown.ts";
import type { Section } from "../../src/render/sections.ts";
import { changeBot, createEmily, deactivateAlice, EMPTY, entry, planned, REFUSED, user } from "./plans.ts";
import { ALL_DONE, MIXED, NOTHING_DONE } from "./reports.ts";

/*
 * The pages of the Action, as they are posted.
 */

const RUN: Circumstances = {
  roster: "accounts/prod",
  commit: "4f1c1d0c2b6f0d8f6a7e2a3f5f0a9b8c7d6e5f40",
  runUrl: "https://github.com/acme/access/actions/runs/1",
  offline: false,
};

const HOSTILE_NAME = "@octocat</details>`<b>\n```\n#1 [x](https://example.com)";

const HOSTILE: Plan = {
  ...EMPTY,
  account: { id: "123456789012", partition: "aws", alias: "@acme" },
  entries: [
    { ...deactivateAlice, subject: user(HOSTILE_NAME) },
    entry(user(HOSTILE_NAME), "update", [
      planned(
        {
          kind: "IssuePassword",
          user: HOSTILE_NAME,
          to: [{ type: "age", fingerprint: HOSTILE_NAME, source: HOSTILE_NAME }],
          token: "```",
        },
        "broadens",
      ),
    ]),
  ],
  refused: [{ ...createEmily, subject: user(HOSTILE_NAME) }],
  refusals: [
    { code: "foreign-owner", subject: user(HOSTILE_NAME), arguments: { owner: HOSTILE_NAME, ours: "x" } },
  ],
  warnings: [{ code: "ssh-keys", subject: user(HOSTILE_NAME), arguments: { keys: [HOSTILE_NAME] } }],
  unmanaged: { users: [HOSTILE_NAME], groups: [], members: [] },
};

const FINDINGS: readonly Finding[] = [
  {
    file: "users.yaml",
    line: 7,
    column: 9,
    severity: "error",
    code: "unknown-group",
    arguments: { group: HOSTILE_NAME, nearest: "developers" },
  },
  {
    file: "users.yaml",
    line: 3,
    column: 3,
    severity: "warning",
    code: "direct-policy",
    arguments: { user: "emily" },
  },
];

const HANDED_OVER: Section = {
  title: "Handed over",
  blocks: ["- `emily`: a password, in the comment below"],
  fold: "open",
  essential: true,
};

const OTHER_CAUSES: Plan = {
  ...EMPTY,
  entries: [changeBot],
  refused: [
    entry(user("later"), "update", [
      planned({ kind: "AddUserToGroup", user: "later", group: "developers" }, "broadens", "pending"),
    ]),
    ...REFUSED.refused,
  ],
  refusals: REFUSED.refusals.filter(({ subject }) => subject !== undefined),
};

const waysOn = [say`Run the workflow by hand with mode ${[`apply`]} and digest ${EMPTY.digest}.`];
const afterApply = { ...RUN, waysOn, extra: [HANDED_OVER] };

const PAGES: readonly (readonly [string, readonly Section[]])[] = [
  ["hostile-names", planSections(HOSTILE, RUN)],
  ["offline", planSections({ ...EMPTY, entries: [createEmily] }, { ...RUN, offline: true })],
  ["no-changes", planSections(EMPTY, RUN)],
  ["no-changes-offline", planSections(EMPTY, { ...RUN, offline: true })],
  ["other-causes", planSections(OTHER_CAUSES, RUN)],
  ["findings", findingsSections(FINDINGS, "roster", RUN)],
  ["findings-of-base", findingsSections(FINDINGS, "base", NO_CIRCUMSTANCES)],
  ["applied", reportSections(ALL_DONE, EMPTY, afterApply)],
  ["applied-in-part", reportSections(MIXED, EMPTY, afterApply)],
  ["applied-nothing", reportSections(NOTHING_DONE, EMPTY, { ...afterApply, extra: [] })],
];

describe("the page", () => {
  test.each(PAGES)("%s", async (name, sections) => {
    const page = fitted(sections, COMMENT_ROOM, "the job summary");
    await expect(page).toMatchFileSnapshot(`../cases/pages/${name}.md`);
  });

  test.each([
    ["hostile-names", planSections(HOSTILE, RUN), 2_200],
    ["other-causes", planSections(OTHER_CAUSES, RUN), 2_400],
    ["applied-in-part", reportSections(MIXED, EMPTY, afterApply), 1_400],
  ])("%s, where there is little room", async (name, sections, most) => {
    const page = fitted(sections, { ...COMMENT_ROOM, most }, linked("the job summary", RUN.runUrl ?? ""));
    expect(page.length).toBeLessThanOrEqual(most);
    await expect(page).toMatchFileSnapshot(`../cases/pages/${name}-short.md`);
  });
});

describe("a link from the environment", () => {
  test("is one where it is plainly an address", () => {
    expect(linked("run", "https://github.com/acme/access/actions/runs/1")).toBe(
      "[run](https://github.com/acme/access/actions/runs/1)",
    );
  });

  test.each([
    "javascript:alert(1)",
    "https://example.com/) @octocat [x](https://example.com",
    "https://example.com/<b>",
    "https://example.com/`",
    "https://example.com/\nx",
    "https://example.com/&lt;",
    "https://",
    `https://example.com/${"x".repeat(2_000)}`,
  ])("stands as code otherwise: %j", (url) => {
    const link = linked("run", url);
    expect(link).toMatch(/^run (`+)[^\n]+\1$/);
    expect(link.length).toBeLessThan(300);
  });
});
