import { type Circumstances, footer, rosterMarkdown } from "./circumstances.ts";
import { codeSpan } from "./markdown-phrase.ts";
import { clippedText } from "./phrase.ts";
import { filled, type Section } from "./sections.ts";

/** Ours have two lines; what somebody else answered may have any number. */
const MOST_LINES = 20;
const LONGEST_LINE = 1000;

/** A page of one message, for what kept a run from its work: `title` is ours, the message may be anybody's. */
export function noticeSections(
  title: string,
  message: string,
  circumstances: Circumstances,
): readonly Section[] {
  const lines = message
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, MOST_LINES);
  const blocks = [
    `### ${title}`,
    ...rosterMarkdown(circumstances),
    lines.map((line) => codeSpan(clippedText(line, LONGEST_LINE))).join("\\\n"),
  ];
  return filled([
    { title: undefined, blocks, fold: "open", essential: true },
    footer(undefined, circumstances),
  ]);
}
