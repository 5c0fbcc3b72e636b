import type { Plan } from "../core/plan.ts";
import type { Refusal, Warning } from "../core/refusal.ts";
import { entryItem } from "./entry-markdown.ts";
import { inMarkdown } from "./markdown-phrase.ts";
import { clipped, type Phrase } from "./phrase.ts";
import type { Item, Section } from "./sections.ts";
import { type RefusedEntry, refusedOf } from "./words/refused.ts";
import { refusalWords, subjectWords } from "./words/refusals.ts";
import { warningWords } from "./words/warnings.ts";

/** What is refused: the plan as a whole, what this change asks for, and what was pending or fell due. */
export function refusalSections(plan: Plan, notAsked: string): readonly Section[] {
  const { entries, others, ofPlan } = refusedOf(plan);
  const asked = entries.filter(isAsked);
  const rest = entries.filter((each) => !isAsked(each));
  const section = { blocks: [], fold: "open", essential: true } as const;
  return [
    {
      ...section,
      title: "Refused as a whole: nothing is applied",
      items: ofPlan.map((refusal) => refusalItem(refusal, [])),
      noun: ["refusal", "refusals"],
    },
    {
      ...section,
      title: "Asked for, and refused",
      items: [
        ...asked.map(refusedItem),
        ...others.map((refusal) => refusalItem(refusal, subjectOf(refusal))),
      ],
    },
    { ...section, title: `Refused, ${notAsked}`, items: rest.map(refusedItem), essential: false },
  ];
}

function isAsked({ entry }: RefusedEntry): boolean {
  return entry.changes.some(({ cause }) => cause === "requested");
}

function refusedItem({ entry, words, refusals }: RefusedEntry): Item {
  const item = entryItem(words, entry.subject.type);
  const why = refusals.map((refusal) => refusalItem(refusal, []).whole);
  return {
    whole: [item.whole, ...(why.length === 0 ? [] : [why.join("\n")])].join("\n\n"),
    line: [item.line, ...refusalsInLine(refusals)].join(" ⛔ "),
    name: item.name,
  };
}

/** Why, where it is told in a line; else the codes. */
function refusalsInLine(refusals: readonly Refusal[]): readonly string[] {
  const codes = refusals.map(({ code }) => `**${code}**`);
  const told = refusals.map(
    (refusal) => `**${refusal.code}**: ${shortMarkdown(refusalWords(refusal).problem)}`,
  );
  return told.join(" ⛔ ").length <= LINE_ROOM ? told : codes;
}

/** `subject` says whose it is, where no heading does. */
export function refusalItem(refusal: Refusal, subject: Phrase): Item {
  const { problem, wayOut } = refusalWords(refusal);
  const code = `**${refusal.code}**`;
  return {
    whole: `- ⛔ ${before(subject)}${code}: ${inMarkdown(problem)}\\\n  ${inMarkdown(wayOut)}`,
    line: `- ⛔ ${before(clipped(subject))}${code}: ${shortMarkdown(problem)}`,
    name: subject.length === 0 ? undefined : inMarkdown(clipped(subject)),
  };
}

/** What concerns the whole account or the settings that guard it is never hidden behind a crowd of single ones. */
export function warningSections(warnings: readonly Warning[]): readonly Section[] {
  const section = { blocks: [], noun: ["warning", "warnings"], fold: "open" } as const;
  const ofAll = warnings.filter(({ subject }) => subject === undefined);
  const ofSome = warnings.filter(({ subject }) => subject !== undefined);
  return [
    { ...section, title: "Warnings", items: ofAll.map(warningItem), essential: true },
    {
      ...section,
      title: "Warnings about single users and groups",
      items: ofSome.map(warningItem),
      essential: false,
    },
  ];
}

function warningItem(warning: Warning): Item {
  const subject = subjectOf(warning);
  const code = `**${warning.code}**`;
  const words = warningWords(warning);
  return {
    whole: `- ${before(subject)}${code}: ${inMarkdown(words)}`,
    line: `- ${before(clipped(subject))}${code}: ${shortMarkdown(words)}`,
    name: undefined,
  };
}

export function subjectOf({ subject }: Refusal | Warning): Phrase {
  return subject === undefined ? [] : subjectWords(subject);
}

function before(subject: Phrase): string {
  return subject.length === 0 ? "" : `${inMarkdown(subject)}: `;
}

/** So long a sentence stands in one line; a longer one has lists of names in it. */
const LINE_ROOM = 1000;

/** The phrase, bounded: with its names clipped to so many characters, or left to be read elsewhere. */
export function shortMarkdown(phrase: Phrase, most?: number): string {
  const markdown = inMarkdown(clipped(phrase, most));
  return markdown.length <= LINE_ROOM ? markdown : "too long to be told here.";
}
