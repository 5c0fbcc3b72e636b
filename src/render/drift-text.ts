import type { Drift } from "../core/drift/drift.ts";
import { isRefused } from "../core/plan.ts";
import { paintOf } from "./entry-text.ts";
import { type Paint, PLAIN } from "./paint.ts";
import { listing, type Phrase, plain, say } from "./phrase.ts";
import { type Block, refusalText, unmanagedBlocks, warningBlocks, whose } from "./text.ts";
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

/** How the account differs, for a terminal. Ends with a line break. */
export function renderDrift(drift: Drift, paint: Paint = PLAIN): string {
  const { plan, differences, endsSoon } = drift;
  const blocks: readonly Block[] = [
    [`Account ${plain(accountWords(plan.account))}`],
    ...differences.map((each) => differenceText(differenceWords(each, plan.refusals), paint)),
    ...refusedBlocks(drift, paint),
    ...titled(paint.strong("Ends within 14 days:"), endsSoon.map(endingWords)),
    ...titled(paint.changes("Hygiene:"), hygieneLines(drift)),
    ...warningBlocks(plan.warnings, paint),
    ...unmanagedBlocks(plan.unmanaged, paint),
    endOf(drift, paint),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function titled(title: string, lines: readonly Phrase[]): readonly Block[] {
  return lines.length === 0 ? [] : [[title, ...lines.map((line) => `  ${plain(line)}`)]];
}

function endOf(drift: Drift, paint: Paint): Block {
  const { plan } = drift;
  const verdict = paint.strong(`${driftVerdict(drift)}.`);
  if (plan.entries.length === 0 || isRefused(plan)) return [verdict];
  return [verdict, paint.faint(`To make the account what the roster says: ${applyCommand(plan.digest)}`)];
}

function differenceText(words: DifferenceWords, paint: Paint): Block {
  const { name, intent, sides, evidence, files, notes, refusals } = words;
  return [
    `${paint.changes("~")} ${paint.strong(plain(name))}   ${intent}`,
    ...(evidence === undefined ? [] : [paint.faint(`    ${plain(evidence)}`)]),
    ...sides.flatMap((side) => sideText(side, paint)),
    ...refusals.flatMap((refusal) => refusalText(refusal, "", paint)),
    ...files.flatMap((file) => fileText(file, paint)),
    ...notes.map((note) => `    ${plain(note)}`),
  ];
}

function sideText({ roster, account, isDue, details }: SideWords, paint: Paint): Block {
  return [
    `    roster:  ${plain(roster)}${isDue ? paint.faint(" (due)") : ""}`,
    `    account: ${plain(account)}`,
    ...details.map(({ sign, words }) => {
      const shown = sign === undefined ? " " : paintOf(sign, paint)(sign);
      return `      ${shown} ${plain(words)}`;
    }),
  ];
}

function fileText({ file, lines }: FileLines, paint: Paint): Block {
  return [
    `    to keep this, in ${file}:`,
    ...lines.map(({ sign, text }) =>
      sign === undefined ? `        ${text}` : `      ${paintOf(sign, paint)(`${sign} ${text}`)}`,
    ),
  ];
}

function refusedBlocks(drift: Drift, paint: Paint): readonly Block[] {
  const others = otherRefusals(drift).flatMap((each) => refusalText(each, whose(each), paint));
  const ofPlan = drift.plan.refusals
    .filter(({ subject }) => subject === undefined)
    .flatMap((each) => refusalText(each, "", paint));
  return [
    ...(others.length === 0 ? [] : [others]),
    ...(ofPlan.length === 0
      ? []
      : [[paint.alarm("Refused as a whole, so that apply would do nothing:"), ...ofPlan]]),
  ];
}

function hygieneLines({ hygiene: { findings, unknown } }: Drift): readonly Phrase[] {
  return [
    ...findings.map((finding) => say`${hygieneOwner(finding)}: ${[finding.code]}: ${hygieneWords(finding)}`),
    ...(unknown.length === 0
      ? []
      : [say`not in the credential report yet, so nothing is known of: ${listing(unknown)}`]),
  ];
}
