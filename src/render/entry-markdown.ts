import { diffFence, inMarkdown } from "./markdown-phrase.ts";
import { plain } from "./phrase.ts";
import type { ChangeWords, EntryWords } from "./words/entries.ts";
import type { Sign } from "./words/signs.ts";

/** The entry as one block: who and what, the changes as a diff, and what helps to judge. */
export function entryMarkdown(entry: EntryWords): string {
  const { name, intent, privileged, changes, evidence, sentences } = entry;
  const notes = [
    ...(evidence === undefined ? [] : [`Today: ${inMarkdown(evidence)}.`]),
    ...sentences.map(inMarkdown),
  ].join(" ");
  return [
    `**${inMarkdown(name)}** · ${intent}${privileged ? ADMINISTRATOR : ""}`,
    diffFence(changes.flatMap(diffLines)),
    ...(notes === "" ? [] : [notes]),
  ].join("\n\n");
}

/** Behind the heading of whatever makes, or may make, an administrator. */
const ADMINISTRATOR = " · 🔑 **administrator**";

/** GitHub colours `+` green, `-` red and `!` orange. */
const DIFF_SIGN: Readonly<Record<Sign, string>> = { "+": "+", "-": "-", "~": "!" };

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
