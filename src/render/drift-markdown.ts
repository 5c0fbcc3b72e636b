import type { Drift } from "../core/drift/drift.ts";
import type { HygieneFinding } from "../core/drift/hygiene.ts";
import { isRefused } from "../core/plan.ts";
import { listBlock, refusalLine, unmanagedBlocks, warningLine, whose } from "./markdown.ts";
import { codeSpan, diffFence, inMarkdown } from "./markdown-phrase.ts";
import { counted, listing, plain, say } from "./phrase.ts";
import { filled, type Section, sectionsMarkdown } from "./sections.ts";
import { accountWords } from "./words/account.ts";
import type { FileLines } from "./words/adoption.ts";
import {
  applyCommand,
  type DifferenceWords,
  differenceWords,
  driftVerdict,
  endingWords,
  otherRefusals,
  type SideWords,
} from "./words/drift.ts";
import { hygieneOwner, hygieneWords } from "./words/hygiene.ts";
import { DIFF_SIGN } from "./entry-markdown.ts";

/** How the account differs, as a page for GitHub. Ends with a line break. */
export function renderDriftMarkdown(drift: Drift): string {
  return sectionsMarkdown(driftSections(drift));
}

/** The page in its parts, in order. A difference is a block of its own. */
export function driftSections(drift: Drift): readonly Section[] {
  const { plan, differences, hygiene, endsSoon } = drift;
  const { users, groups, members } = plan.unmanaged;
  const ofPlan = plan.refusals.filter(({ subject }) => subject === undefined);
  const blocks = (isAmong: boolean): readonly string[] =>
    differences
      .filter((difference) => difference.isRefused === isAmong)
      .map((difference) => differenceMarkdown(differenceWords(difference, plan.refusals)));
  return filled([
    section(undefined, verdictBlocks(drift), "essential"),
    section(
      "Refused as a whole: `apply` would do nothing",
      listBlock(ofPlan.map((each) => refusalLine(each, ""))),
      "essential",
    ),
    section(undefined, wayBackBlocks(drift), "essential"),
    section("Differences", blocks(false)),
    section("Differences that `apply` may not end", [
      ...blocks(true),
      ...listBlock(otherRefusals(drift).map((each) => refusalLine(each, whose(each)))),
    ]),
    section("Ends within 14 days", listBlock(endsSoon.map((ending) => inMarkdown(endingWords(ending))))),
    section("Hygiene", [
      ...listBlock(hygiene.findings.map(hygieneLine)),
      ...(hygiene.unknown.length === 0
        ? []
        : [
            inMarkdown(
              say`Not in the credential report yet, so nothing is known of: ${listing(hygiene.unknown)}`,
            ),
          ]),
    ]),
    section("Warnings", listBlock(plan.warnings.map(warningLine))),
    {
      ...section(
        `Not managed, and left alone (${users.length + groups.length + members.length})`,
        unmanagedBlocks(plan.unmanaged),
      ),
      fold: "folded",
    },
  ]);
}

function section(title: string | undefined, blocks: readonly string[], budget?: "essential"): Section {
  return { title, blocks, fold: "open", essential: budget === "essential" };
}

function verdictBlocks(drift: Drift): readonly string[] {
  const { plan, hygiene } = drift;
  const findings = hygiene.findings.length;
  const parts = [
    `Account ${inMarkdown(accountWords(plan.account))}`,
    ...(findings === 0 ? [] : [plain(counted(findings, "finding of hygiene", "findings of hygiene"))]),
  ];
  return [`### ${isRefused(plan) ? "⛔ " : ""}${driftVerdict(drift)}`, parts.join(" · ")];
}

/** The two ways to end differences; the second one stands with each of them. */
function wayBackBlocks({ plan, differences }: Drift): readonly string[] {
  if (differences.length === 0) return [];
  const adopt =
    "**Adopt**: write the lines that stand with a difference, so that the roster says what the account has.";
  if (plan.entries.length === 0 || isRefused(plan)) return [adopt];
  return [
    [
      `- **Apply**: ${codeSpan(applyCommand(plan.digest))}, or a dispatch of the apply workflow with the digest ${codeSpan(plan.digest)}, makes the account what the roster says.`,
      `- ${adopt}`,
    ].join("\n"),
  ];
}

function differenceMarkdown(words: DifferenceWords): string {
  const { name, intent, sides, evidence, files, notes, refusals } = words;
  return [
    `**${inMarkdown(name)}** · ${intent}`,
    ...listBlock(sides.map(sideLine)),
    ...(evidence === undefined ? [] : [`Today: ${inMarkdown(evidence)}.`]),
    ...(refusals.length === 0 ? [] : listBlock(refusals.map((each) => refusalLine(each, "")))),
    ...files.map(fileMarkdown),
    ...(notes.length === 0 ? [] : [notes.map(inMarkdown).join(" ")]),
  ].join("\n\n");
}

function sideLine({ roster, account, isDue, details }: SideWords): string {
  const line = `roster: ${inMarkdown(roster)} · account: ${inMarkdown(account)}${isDue ? " (due)" : ""}`;
  const lines = details.map(
    ({ sign, words }) => `${sign === undefined ? " " : DIFF_SIGN[sign]} ${plain(words)}`,
  );
  return lines.length === 0 ? line : `${line}\n\n${diffFence(lines)}\n`;
}

function fileMarkdown({ file, lines }: FileLines): string {
  const fence = diffFence(
    lines.map(({ sign, text }) => `${sign === undefined ? " " : DIFF_SIGN[sign]} ${text}`),
  );
  return `To keep this, in ${codeSpan(file)}:\n\n${fence}`;
}

function hygieneLine(finding: HygieneFinding): string {
  return `${inMarkdown(hygieneOwner(finding))}: **${finding.code}**: ${inMarkdown(hygieneWords(finding))}`;
}
