import type { Paint } from "./paint.ts";
import { plain } from "./phrase.ts";
import type { ChangeWords, EntryWords } from "./words/entries.ts";
import type { Sign } from "./words/signs.ts";

/** Names longer than this push the words of their own line to the right, and nobody else's. */
const WIDEST_NAME = 32;

export function nameWidth(entries: readonly EntryWords[]): number {
  return Math.min(WIDEST_NAME, Math.max(0, ...entries.map((entry) => plain(entry.name).length)));
}

export function paintOf(sign: Sign, paint: Paint): (text: string) => string {
  if (sign === "+") return paint.gives;
  return sign === "-" ? paint.takes : paint.changes;
}

/** `- alice   deactivate user   ! takes access away` */
function headingText(entry: EntryWords, width: number, paint: Paint): string {
  const sign = paintOf(entry.sign, paint)(entry.sign);
  const name = paint.strong(plain(entry.name).padEnd(width));
  const mark = entry.takesAway ? `   ${paint.alarm("! takes something away")}` : "";
  return `${sign} ${name}   ${entry.intent}${mark}`;
}

/** The change on one indented line, and what it does in detail below. */
function changeText(change: ChangeWords, paint: Paint): readonly string[] {
  const color = paintOf(change.sign, paint);
  return [
    `  ${color(change.sign)} ${plain(change.words)}${marksText(change.marks, paint)}`,
    ...change.details.map(
      ({ sign, words }) => `    ${sign === undefined ? " " : paintOf(sign, paint)(sign)} ${plain(words)}`,
    ),
  ];
}

const ALARMING: ReadonlySet<string> = new Set([
  "cannot be undone",
  "makes an administrator",
  "may make an administrator",
]);

function marksText(marks: readonly string[], paint: Paint): string {
  return marks
    .map((mark) => (ALARMING.has(mark) ? ` ${paint.alarm(`(${mark})`)}` : ` ${paint.faint(`(${mark})`)}`))
    .join("");
}

/** The whole entry, heading first. */
export function entryText(entry: EntryWords, width: number, paint: Paint): readonly string[] {
  const sentences = entry.sentences.map(plain).join(" ");
  return [
    headingText(entry, width, paint),
    ...(entry.evidence === undefined ? [] : [paint.faint(`    ${plain(entry.evidence)}`)]),
    ...entry.changes.flatMap((change) => changeText(change, paint)),
    ...(sentences === "" ? [] : [`    ${sentences}`]),
  ];
}
