import type { Drift } from "../core/drift/drift.ts";
import type { HygieneFinding } from "../core/drift/hygiene.ts";
import { isRefused } from "../core/plan.ts";
import { type Circumstances, footer, NO_CIRCUMSTANCES, rosterMarkdown } from "./circumstances.ts";
import { DIFF_SIGN } from "./entry-markdown.ts";
import { codeSpan, diffFence, inMarkdown } from "./markdown-phrase.ts";
import { unmanagedSection } from "./markdown.ts";
import { clipped, counted, listing, type Phrase, plain, say } from "./phrase.ts";
import { refusalItem, shortMarkdown, subjectOf, warningSections } from "./refusals-markdown.ts";
import { filled, type Item, type Section, sectionsMarkdown } from "./sections.ts";
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

/** How the account differs, as a page for GitHub, whole. Ends with a line break. */
export function renderDriftMarkdown(drift: Drift): string {
  return sectionsMarkdown(driftSections(drift, NO_CIRCUMSTANCES));
}

/** The page in its parts, in order. A difference is an item. */
export function driftSections(drift: Drift, circumstances: Circumstances): readonly Section[] {
  const { plan, differences, hygiene, endsSoon } = drift;
  const ofPlan = plan.refusals.filter(({ subject }) => subject === undefined);
  const items = (isAmong: boolean): readonly Item[] =>
    differences
      .filter(({ isRefused: refused }) => refused === isAmong)
      .map((difference) => differenceItem(differenceWords(difference, plan.refusals)));
  return filled([
    verdictSection(drift, circumstances),
    {
      ...open(
        "Refused as a whole: `apply` would do nothing",
        ofPlan.map((each) => refusalItem(each, [])),
      ),
      noun: ["refusal", "refusals"],
      essential: true,
    },
    open("Differences", items(false)),
    open("Differences that `apply` may not end", [
      ...items(true),
      ...otherRefusals(drift).map((each) => refusalItem(each, subjectOf(each))),
    ]),
    open(
      "Ends within 14 days",
      endsSoon.map((ending) => lineItem(endingWords(ending))),
    ),
    open("Hygiene", [...hygiene.findings.map(hygieneItem), ...unknownItems(hygiene.unknown)]),
    ...warningSections(plan.warnings),
    unmanagedSection(plan.unmanaged),
    footer(undefined, circumstances),
  ]);
}

function open(title: string, items: readonly Item[]): Section {
  return { title, blocks: [], items, fold: "open", essential: false };
}

function verdictSection(drift: Drift, circumstances: Circumstances): Section {
  const { plan, hygiene } = drift;
  const findings = hygiene.findings.length;
  const parts = [
    ...rosterMarkdown(circumstances),
    `Account ${inMarkdown(accountWords(plan.account))}`,
    ...(findings === 0 ? [] : [plain(counted(findings, "finding of hygiene", "findings of hygiene"))]),
  ];
  return {
    title: undefined,
    blocks: [
      `### ${isRefused(plan) ? "⛔ " : ""}${driftVerdict(drift)}`,
      parts.join(" · "),
      ...wayBackBlocks(drift),
    ],
    fold: "open",
    essential: true,
  };
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

function differenceItem(words: DifferenceWords): Item {
  const { name, intent, sides } = words;
  const [first, ...others] = sides;
  const told = first === undefined ? "" : `: ${shortMarkdown(sidesWords(first), LINE_ROOM)}`;
  const more = others.length === 0 ? "" : ` And ${others.length} more.`;
  return {
    whole: differenceMarkdown(words),
    line: `- **${inMarkdown(clipped(name))}** · ${intent}${told}.${more}`,
    name: inMarkdown(clipped(name)),
  };
}

/** So many characters of a name stand in a line. */
const LINE_ROOM = 100;

function sidesWords({ roster, account }: SideWords): Phrase {
  return say`roster: ${roster} · account: ${account}`;
}

function lineItem(words: Phrase): Item {
  return { whole: `- ${inMarkdown(words)}`, line: `- ${shortMarkdown(words)}`, name: undefined };
}

function differenceMarkdown(words: DifferenceWords): string {
  const { name, intent, sides, evidence, files, notes, refusals } = words;
  return [
    `**${inMarkdown(name)}** · ${intent}`,
    ...listed(sides.map(sideLine)),
    ...(evidence === undefined ? [] : [`Today: ${inMarkdown(evidence)}.`]),
    ...(refusals.length === 0 ? [] : [refusals.map((each) => refusalItem(each, []).whole).join("\n")]),
    ...files.map(fileMarkdown),
    ...(notes.length === 0 ? [] : [notes.map(inMarkdown).join(" ")]),
  ].join("\n\n");
}

function listed(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join("\n")];
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

function hygieneItem(finding: HygieneFinding): Item {
  const start = `- ${inMarkdown(clipped(hygieneOwner(finding)))}: **${finding.code}**`;
  const words = hygieneWords(finding);
  return {
    whole: `${start}: ${inMarkdown(words)}`,
    line: `${start}: ${shortMarkdown(words)}`,
    name: undefined,
  };
}

function unknownItems(unknown: readonly string[]): readonly Item[] {
  if (unknown.length === 0) return [];
  return [lineItem(say`Not in the credential report yet, so nothing is known of: ${listing(unknown)}`)];
}
