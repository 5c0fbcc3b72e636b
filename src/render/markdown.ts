import {
  type Entry,
  isRefused,
  type Plan,
  type PlannedChange,
  summarise,
  type Unmanaged,
} from "../core/plan.ts";
import { isIssue } from "../core/change.ts";
import type { Refusal, Warning } from "../core/refusal.ts";
import { entryMarkdown } from "./entry-markdown.ts";
import { codeSpan, inMarkdown } from "./markdown-phrase.ts";
import { counted, listing, type Phrase, plain, say } from "./phrase.ts";
import { filled, type Section, sectionsMarkdown } from "./sections.ts";
import { accountWords } from "./words/account.ts";
import { entryWords } from "./words/entries.ts";
import { gainedOf } from "./words/gained.ts";
import { refusedOf } from "./words/refused.ts";
import { refusalWords, subjectWords } from "./words/refusals.ts";
import { takesAway } from "./words/signs.ts";
import { countsWords, destructiveWords, refusedCount } from "./words/summary.ts";
import { warningWords } from "./words/warnings.ts";

/** The plan as a page for GitHub. Ends with a line break. */
export function renderPlanMarkdown(plan: Plan): string {
  return sectionsMarkdown(planSections(plan));
}

/** The page in its parts, in order. */
export function planSections(plan: Plan): readonly Section[] {
  const { entries, others, ofPlan } = refusedOf(plan);
  const { unmanaged } = plan;
  const { users, groups, members } = unmanaged;
  return filled([
    open(undefined, verdictBlocks(plan)),
    open("Refused as a whole: nothing is applied", listBlock(ofPlan.map((each) => refusalLine(each, "")))),
    ...entrySections(plan),
    open("Asked for, and refused", [
      ...entries.map(
        ({ words, refusals }) =>
          `${entryMarkdown(words)}\n\n${list(refusals.map((each) => refusalLine(each, "")))}`,
      ),
      ...listBlock(others.map((each) => refusalLine(each, whose(each)))),
    ]),
    { ...open("Warnings", listBlock(plan.warnings.map(warningLine))), essential: false },
    folded(
      "Not managed, and left alone",
      unmanagedBlocks(unmanaged),
      users.length + groups.length + members.length,
    ),
    open(undefined, [`Digest ${codeSpan(plan.digest)}`]),
  ]);
}

function open(title: string | undefined, blocks: readonly string[]): Section {
  return { title, blocks, fold: "open", essential: true };
}

function folded(title: string, blocks: readonly string[], count: number): Section {
  return { title: `${title} (${count})`, blocks, fold: "folded", essential: false };
}

function verdictBlocks(plan: Plan): readonly string[] {
  const { changes } = summarise(plan.entries);
  const destructive = destructiveWords(plan.entries);
  const parts = [
    `Account ${inMarkdown(accountWords(plan.account))}`,
    ...(changes === 0 ? [] : [plain(counted(changes, "change"))]),
    ...(destructive === undefined ? [] : [`⚠️ ${inMarkdown(destructive)}`]),
  ];
  return [`### ${verdict(plan)}`, parts.join(" · ")];
}

/** `2 users to create, 1 to deactivate; 1 group to create, 1 entry refused` */
function verdict(plan: Plan): string {
  const nothing =
    plan.refusals.length === 0 ? "No changes: the account matches the roster" : "Nothing to apply";
  const what = plan.entries.length === 0 ? nothing : countsWords(plan.entries);
  return `${isRefused(plan) ? "⛔ Refused: " : ""}${[what, ...refusedCount(plan.refused)].join(", ")}`;
}

/*
 * What takes something away is first, then what gives, and of each what this change asks for before what was pending or
 * fell due. The rest is folded.
 */
function entrySections({ entries, grants }: Plan): readonly Section[] {
  const gained = gainedOf(grants);
  const blocks = (some: readonly Entry[]): readonly string[] =>
    some.map((entry) => entryMarkdown(entryWords(entry, gained)));
  const asked = entries.flatMap((entry) => partOf(entry, isRequested));
  const other = entries.flatMap((entry) => partOf(withoutRepeating(entry), (change) => !isRequested(change)));
  const quiet = [...asked, ...other].filter(isQuiet);
  return [
    open("⚠️ Takes away", blocks(asked.filter(takesAway))),
    open(`⚠️ Takes away, ${NOT_ASKED}`, blocks(other.filter(takesAway))),
    { ...open("Gives or may give", blocks(resetsFirst(asked.filter(givesOnly)))), essential: false },
    { ...open(`Gives or may give, ${NOT_ASKED}`, blocks(other.filter(givesOnly))), essential: false },
    folded("Changes nobody's access", blocks(quiet), quiet.length),
  ];
}

/** Whoever may say who reads the next password of somebody can become that somebody, so that is looked at first. */
function resetsFirst(entries: readonly Entry[]): readonly Entry[] {
  const isReset = ({ changes }: Entry): boolean =>
    changes.some((change) => isIssue(change) && change.token !== undefined);
  return [...entries.filter(isReset), ...entries.filter((entry) => !isReset(entry))];
}

function givesOnly(entry: Entry): boolean {
  return !takesAway(entry) && !isQuiet(entry);
}

/** Nothing in it changes what anybody can do. */
function isQuiet(entry: Entry): boolean {
  return !takesAway(entry) && entry.changes.every(({ reach }) => reach === "keeps");
}

const NOT_ASKED = "not asked for by this change: pending from before, or due";

/** The entry with those of its changes; nothing where none is. */
function partOf(entry: Entry, isPart: (change: PlannedChange) => boolean): readonly Entry[] {
  const changes = entry.changes.filter(isPart);
  return changes.length === 0 ? [] : [{ ...entry, changes }];
}

function isRequested({ cause }: PlannedChange): boolean {
  return cause === "requested";
}

/** What is known of a user, and what holds after, is told once: with what was requested. */
function withoutRepeating(entry: Entry): Entry {
  return entry.changes.some(isRequested)
    ? { ...entry, evidence: undefined, after: undefined, members: undefined }
    : entry;
}

/** `before` says whose it is, where no heading does. */
export function refusalLine(refusal: Refusal, before: string): string {
  const { problem, wayOut } = refusalWords(refusal);
  return `⛔ ${before}**${refusal.code}**: ${inMarkdown(problem)}\\\n  ${inMarkdown(wayOut)}`;
}

export function warningLine(warning: Warning): string {
  return `${whose(warning)}**${warning.code}**: ${inMarkdown(warningWords(warning))}`;
}

export function whose({ subject }: Refusal | Warning): string {
  return subject === undefined ? "" : `${inMarkdown(subjectWords(subject))}: `;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

export function listBlock(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [list(lines)];
}

export function unmanagedBlocks({ users, groups, members }: Unmanaged): readonly string[] {
  const memberships = members.map(({ user, group }) => say`${user} in ${group}`);
  return [
    ...names(users, "user", "users"),
    ...names(groups, "group", "groups"),
    ...names(memberships, "member of a declared group", "members of declared groups"),
  ];
}

function names(all: readonly (string | Phrase)[], noun: string, plural: string): readonly string[] {
  return all.length === 0 ? [] : [inMarkdown(say`${counted(all.length, noun, plural)}: ${listing(all)}`)];
}
