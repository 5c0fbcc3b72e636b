import type { Finding } from "../core/finding.ts";
import { WRONG_FILES, type WrongFiles } from "./findings.ts";
import { codeSpan, inMarkdown } from "./markdown-phrase.ts";
import { findingWords } from "./words/findings.ts";

/** What is wrong with the files, as a page for GitHub. Ends with a line break. */
export function renderFindingsMarkdown(findings: readonly Finding[], wrong: WrongFiles): string {
  const lines = findings.map((finding) => {
    const { code, severity, file, line, column } = finding;
    const mark = severity === "error" ? "⛔" : "⚠️";
    return `- ${mark} ${codeSpan(`${file}:${line}:${column}`)} **${code}**: ${inMarkdown(findingWords(finding))}`;
  });
  const { problem, wayOut } = WRONG_FILES[wrong];
  const blocks = [`### ${problem}`, lines.join("\n"), ...(wayOut === undefined ? [] : [wayOut])];
  return `${blocks.join("\n\n")}\n`;
}
