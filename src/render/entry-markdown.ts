import type { SubjectType } from "../core/change.ts";
import { diffFence, inMarkdown } from "./markdown-phrase.ts";
import { clipped, counted, type Phrase, plain } from "./phrase.ts";
import type { Item } from "./sections.ts";
import type { ChangeWords, EntryWords } from "./words/entries.ts";
import type { Sign } from "./words/signs.ts";

/** The entry in its three forms. */
export function entryItem(entry: EntryWords, type: SubjectType): Item {
  return { whole: entryMarkdown(entry), line: entryLine(entry, type), name: entryName(entry, type) };
}

/** The entry as one block: who and what, the changes as a diff, and what helps to judge. */
function entryMarkdown(entry: EntryWords): string {
  const { changes, evidence, sentences } = entry;
  const notes = [
    ...(evidence === undefined ? [] : [`Today: ${inMarkdown(evidence)}.`]),
    ...sentences.map(inMarkdown),
  ].join(" ");
  return [
    heading(entry, entry.name),
    diffFence(changes.flatMap(diffLines)),
    ...(notes === "" ? [] : [notes]),
  ].join("\n\n");
}

/** The same above the whole entry and at the head of its line. */
function heading({ intent, privileged }: EntryWords, name: Phrase): string {
  return `**${inMarkdown(name)}** · ${intent}${privileged ? ADMINISTRATOR : ""}`;
}

/** Behind the heading of whatever makes, or may make, an administrator. */
const ADMINISTRATOR = " · 🔑 **administrator**";

/** GitHub colours `+` green, `-` red and `!` orange. */
export const DIFF_SIGN: Readonly<Record<Sign, string>> = { "+": "+", "-": "-", "~": "!" };

function diffLine(sign: Sign | undefined, words: string): string {
  return `${sign === undefined ? " " : DIFF_SIGN[sign]} ${words}`;
}

function diffLines({ sign, words, marks, details }: ChangeWords): readonly string[] {
  const said = [plain(words), ...marks.map((mark) => `(${mark})`)].join(" ");
  return [
    diffLine(sign, said),
    ...details.map((detail) => diffLine(detail.sign, `    ${plain(detail.words)}`)),
  ];
}

/** So many characters of changes stand in a line. */
const LINE_ROOM = 400;

/**
 * `- **emily** · change user: join group developers; 2 more changes.` What is known today is told of whom something is
 * taken from, and of a group, whose members its changes reach.
 */
function entryLine(entry: EntryWords, type: SubjectType): string {
  const { changes, evidence, takesAway } = entry;
  const isTold = evidence !== undefined && (takesAway || type === "group");
  const known = isTold ? ` Today: ${inMarkdown(clipped(evidence))}.` : "";
  return `- ${heading(entry, clipped(entry.name))}: ${changesInLine(changes)}.${known}`;
}

/** What is marked comes first, so that it is not among those that are only counted. */
function changesInLine(changes: readonly ChangeWords[]): string {
  const marked = changes.filter(({ marks }) => marks.length > 0);
  const unmarked = changes.filter(({ marks }) => marks.length === 0);
  const all = [...marked, ...unmarked].map(changeInLine);
  const shown: string[] = [];
  for (const words of all) {
    if ([...shown, words].join("; ").length <= LINE_ROOM) shown.push(words);
  }
  const more = all.length - shown.length;
  if (more === 0) return shown.join("; ");
  const count = plain(counted(more, shown.length === 0 ? "change" : "more change"));
  return [...shown, count].join("; ");
}

function changeInLine({ words, marks }: ChangeWords): string {
  return [inMarkdown(clipped(words)), ...marks.map((mark) => `(${mark})`)].join(" ");
}

function entryName({ name, privileged }: EntryWords, type: SubjectType): string {
  return `${privileged ? "🔑 " : ""}${type === "group" ? "group " : ""}${inMarkdown(clipped(name))}`;
}
