import { type Circumstances, footer, rosterMarkdown } from "./circumstances.ts";
import { codeSpan } from "./markdown-phrase.ts";
import { filled, type Section } from "./sections.ts";

/** A page of one message, for what kept a run from its work: `title` is ours, the message may be anybody's. */
export function noticeSections(
  title: string,
  message: string,
  circumstances: Circumstances,
): readonly Section[] {
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  const blocks = [
    `### ${title}`,
    ...rosterMarkdown(circumstances),
    lines.map((line) => codeSpan(line)).join("\\\n"),
  ];
  return filled([
    { title: undefined, blocks, fold: "open", essential: true },
    footer(undefined, circumstances),
  ]);
}
