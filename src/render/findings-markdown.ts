import type { Finding } from "../core/finding.ts";
import { codeSpan, inMarkdown } from "./markdown-phrase.ts";
import { findingWords } from "./words/findings.ts";

/** What is wrong with the files, as a page for GitHub. Ends with a line break. */
export function renderFindingsMarkdown(findings: readonly Finding[]): string {
  const lines = findings.map((finding) => {
    const { code, severity, file, line, column } = finding;
    const mark = severity === "error" ? "⛔" : "⚠️";
    return `- ${mark} ${codeSpan(`${file}:${line}:${column}`)} **${code}**: ${inMarkdown(findingWords(finding))}`;
  });
  return `### The files are wrong, so nothing was planned\n\n${lines.join("\n")}\n`;
}
