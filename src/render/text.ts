import type { Plan, Unmanaged } from "../core/plan.ts";
import type { Refusal, Warning } from "../core/refusal.ts";
import { entryText, nameWidth } from "./entry-text.ts";
import { type Paint, PLAIN } from "./paint.ts";
import { counted, listing, type Phrase, plain, say } from "./phrase.ts";
import { accountWords } from "./words/account.ts";
import { entryWords } from "./words/entries.ts";
import { gainedOf } from "./words/gained.ts";
import { refusedOf } from "./words/refused.ts";
import { refusalWords, subjectWords } from "./words/refusals.ts";
import { destructiveWords, summaryWords } from "./words/summary.ts";
import { warningWords } from "./words/warnings.ts";

/** The plan for a terminal. Ends with a line break. */
export function renderPlan(plan: Plan, paint: Paint = PLAIN): string {
  const destructive = destructiveWords(plan.entries);
  const end = [
    paint.strong(summaryWords(plan)),
    ...(destructive === undefined ? [] : [paint.alarm(`! ${plain(destructive)}`)]),
    paint.faint(`Digest: ${plan.digest}`),
  ];
  const blocks = [
    [`Account ${plain(accountWords(plan.account))}`],
    ...entryBlocks(plan, paint),
    ...refusedBlocks(plan, paint),
    ...warningBlocks(plan.warnings, paint),
    ...unmanagedBlocks(plan.unmanaged, paint),
    end,
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

export type Block = readonly string[];

function entryBlocks({ entries, grants }: Plan, paint: Paint): readonly Block[] {
  const gained = gainedOf(grants);
  const words = entries.map((entry) => entryWords(entry, gained));
  const width = nameWidth(words);
  return words.map((entry) => entryText(entry, width, paint));
}

function refusedBlocks(plan: Plan, paint: Paint): readonly Block[] {
  const { entries, others, ofPlan } = refusedOf(plan);
  const width = nameWidth(entries.map(({ words }) => words));
  const blocks = [
    ...entries.map(({ words, refusals }): Block => [
      ...entryText(words, width, paint),
      ...refusals.flatMap((refusal) => refusalText(refusal, "", paint)),
    ]),
    ...(others.length === 0
      ? []
      : [others.flatMap((refusal) => refusalText(refusal, whose(refusal), paint))]),
  ];
  const whole = ofPlan.flatMap((refusal) => refusalText(refusal, "", paint));
  return [
    ...(blocks.length === 0 ? [] : [[paint.alarm("Asked for, and refused:")], ...blocks]),
    ...(whole.length === 0
      ? []
      : [[paint.alarm("Refused as a whole, so that nothing is applied:"), ...whole]]),
  ];
}

/** `  ! losing: 12 of 30 …` with the way out below; `before` says whose it is, where no heading does. */
export function refusalText(refusal: Refusal, before: string, paint: Paint): readonly string[] {
  const { problem, wayOut } = refusalWords(refusal);
  const words = plain(say`${[refusal.code]}: ${problem}`);
  return [`  ${paint.alarm("!")} ${before}${words}`, `    ${plain(wayOut)}`];
}

export function whose({ subject }: Refusal | Warning): string {
  return subject === undefined ? "" : plain(say`${subjectWords(subject)}: `);
}

export function warningBlocks(warnings: readonly Warning[], paint: Paint): readonly Block[] {
  if (warnings.length === 0) return [];
  const lines = warnings.map(
    (warning) => `  ${whose(warning)}${plain(say`${[warning.code]}: ${warningWords(warning)}`)}`,
  );
  return [[paint.changes("Warnings:"), ...lines]];
}

/** How many unmanaged names a terminal shows of each kind. */
const UNMANAGED_SHOWN = 20;

export function unmanagedBlocks({ users, groups, members }: Unmanaged, paint: Paint): readonly Block[] {
  const memberships = members.map(({ user, group }) => say`${user} in ${group}`);
  const lines = [
    ...countedNames(users, "user", "users"),
    ...countedNames(groups, "group", "groups"),
    ...countedNames(memberships, "member of a declared group", "members of declared groups"),
  ];
  return lines.length === 0
    ? []
    : [[paint.strong("Not managed, and left alone:"), ...lines.map((line) => `  ${plain(line)}`)]];
}

function countedNames(names: readonly (string | Phrase)[], noun: string, plural: string): readonly Phrase[] {
  return names.length === 0
    ? []
    : [say`${counted(names.length, noun, plural)}: ${listing(names, UNMANAGED_SHOWN)}`];
}
