import { type Phrase, visible, visibleName } from "./phrase.ts";

/*
 * GitHub's Markdown. Names stand in code spans or code fences and nowhere else: there, and only there, GitHub makes no
 * mention, reference, link, image, HTML or emphasis of them. (An escaped `&#64;name` still notifies.)
 */

/** The text as code within a line; its fence is longer than any run of backticks in it. */
export function codeSpan(text: string): string {
  const shown = visible(text);
  const fence = "`".repeat(longestRun(shown) + 1);
  // A space at both ends is taken away by the reader; it keeps a backtick off the fence, and spaces alone as they are.
  const padding = /^[ `]|[ `]$/.test(shown) ? " " : "";
  return shown === "" ? '`""`' : `${fence}${padding}${shown}${padding}${fence}`;
}

/** The phrase within a line of Markdown. */
export function inMarkdown(phrase: Phrase): string {
  return phrase
    .map((piece) => {
      if (typeof piece === "string") return piece;
      return codeSpan("name" in piece ? visibleName(piece.name) : piece.verbatim);
    })
    .join("");
}

/** Lines of a unified diff, which GitHub colours by their first character. */
export function diffFence(lines: readonly string[]): string {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}diff`, ...lines, fence].join("\n");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
