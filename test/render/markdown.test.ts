import { describe, expect, test } from "vitest";
import { NO_CIRCUMSTANCES } from "../../src/render/circumstances.ts";
import { planSections, renderPlanMarkdown } from "../../src/render/markdown.ts";
import { codeSpan, diffFence } from "../../src/render/markdown-phrase.ts";
import { changeBot, EMPTY, entry, ORDINARY, PLANS, planned, REFUSED, user } from "./plans.ts";

describe("a plan for GitHub", () => {
  test.each(PLANS)("%s", async (name, plan) => {
    await expect(renderPlanMarkdown(plan)).toMatchFileSnapshot(`../cases/render/${name}.md`);
  });

  test("tells what takes something away before what gives, and folds neither", () => {
    const titles = planSections(ORDINARY, NO_CIRCUMSTANCES).map(
      ({ title, fold }) => `${fold} ${title ?? ""}`,
    );
    expect(titles).toEqual([
      "open ",
      "open ⚠️ Takes away",
      "open ⚠️ Takes away, not asked for by this change: pending from before, or due",
      "open Gives or may give",
      "open Warnings",
      "open Warnings about single users and groups",
      "folded Not managed, and left alone (3)",
      "open ",
    ]);
  });

  test("keeps what takes something away whatever the budget", () => {
    const essential = planSections(REFUSED, NO_CIRCUMSTANCES).filter((section) => section.essential);
    expect(essential.map(({ title }) => title)).toEqual([
      undefined,
      "Refused as a whole: nothing is applied",
      "Asked for, and refused",
      "⚠️ Takes away",
      "Warnings",
      undefined,
    ]);
  });

  test("sets what was pending or fell due apart from what this change asks for", () => {
    const sections = planSections({ ...EMPTY, entries: [changeBot] }, NO_CIRCUMSTANCES);
    const shown = (part: string): string | undefined =>
      sections
        .find(({ title }) => title?.endsWith(part))
        ?.items?.map(({ whole }) => whole)
        .join("\n");
    const asked = shown("Takes away");
    const other = shown("Takes away, not asked for by this change: pending from before, or due");
    expect(asked).toContain("delete access key");
    expect(asked).not.toContain("leave group");
    expect(other).toContain("leave group deployers (may also lift a deny) (due)");
    expect(other).not.toContain("delete access key");
  });

  test("says behind a heading who becomes, or may become, an administrator, and of nobody else", () => {
    const policy = "arn:aws:iam::aws:policy/IAMFullAccess";
    const attach = planned({ kind: "AttachUserPolicy", user: "ann", policy }, "broadens");
    const leave = planned({ kind: "RemoveUserFromGroup", user: "bob", group: "leads" }, "either");
    const page = renderPlanMarkdown({
      ...EMPTY,
      entries: [
        entry(user("ann"), "update", [{ ...attach, privileged: true }]),
        entry(user("bob"), "update", [{ ...leave, privileged: true }]),
        entry(user("cat"), "update", [attach]),
      ],
    });
    expect(page).toContain("**`ann`** · change user · 🔑 **administrator**\n");
    expect(page).toContain("+ attach IAMFullAccess (makes an administrator)\n");
    expect(page).toContain("**`bob`** · change user · 🔑 **administrator**\n");
    expect(page).toContain("- leave group leads (may also lift a deny) (may make an administrator)\n");
    expect(page).toContain("**`cat`** · change user\n");
    expect(page).toContain("+ attach IAMFullAccess\n");
  });

  test("tells of another password or key before all else that gives", () => {
    const changes = (name: string, token?: string) => [
      planned(
        { kind: "IssueKey", user: name, to: [], before: [], ...(token !== undefined && { token }) },
        "broadens",
        "requested",
      ),
    ];
    const entries = [
      entry(user("anna"), "update", changes("anna")),
      entry(user("ben"), "update", changes("ben", "2")),
    ];
    const page = renderPlanMarkdown({ ...EMPTY, entries });
    expect(page.indexOf("another access key")).toBeLessThan(page.indexOf("issue an access key"));
  });

  test("tells what is known of a user also where nothing was requested", () => {
    const changes = [
      planned({ kind: "RemoveUserFromGroup", user: "build-bot", group: "old" }, "narrows", "due"),
    ];
    const due = { ...entry(user("build-bot"), "update", changes), evidence: changeBot.evidence };
    expect(renderPlanMarkdown({ ...EMPTY, entries: [due] })).toContain("Today: created 15 January 2025");
  });
});

describe("a name within Markdown", () => {
  test.each([
    ["emily", "`emily`"],
    ["@everyone #1", "`@everyone #1`"],
    ["a`b", "``a`b``"],
    ["`a``", "``` `a`` ```"],
    ["", '`""`'],
    [" a", "`  a `"],
    ["a\nb", "`a\\u{a}b`"],
  ])("%j", (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  test("cannot close the fence it stands in", () => {
    expect(diffFence(["+ ````"]).split("\n")).toEqual(["`````diff", "+ ````", "`````"]);
  });
});
