import type { Finding } from "../core/finding.ts";
import { type Circumstances, footer, NO_CIRCUMSTANCES, rosterMarkdown } from "./circumstances.ts";
import { WRONG_FILES, type WrongFiles } from "./findings.ts";
import { codeSpan, inMarkdown } from "./markdown-phrase.ts";
import { shortMarkdown } from "./refusals-markdown.ts";
import { filled, type Item, type Section, sectionsMarkdown } from "./sections.ts";
import { findingWords } from "./words/findings.ts";

/** What is wrong with the files, as a page for GitHub, whole. Ends with a line break. */
export function renderFindingsMarkdown(findings: readonly Finding[], wrong: WrongFiles): string {
  return sectionsMarkdown(findingsSections(findings, wrong, NO_CIRCUMSTANCES));
}

/** The page in its parts; what is wrong stays in sight before what is only odd. */
export function findingsSections(
  findings: readonly Finding[],
  wrong: WrongFiles,
  circumstances: Circumstances,
): readonly Section[] {
  const { problem, wayOut } = WRONG_FILES[wrong];
  const section = { title: undefined, blocks: [], fold: "open" } as const;
  const noun = ["finding", "findings"] as const;
  const items = (severity: Finding["severity"]): readonly Item[] =>
    findings.filter((finding) => finding.severity === severity).map(findingItem);
  return filled([
    { ...section, blocks: [`### ⛔ ${problem}`, ...rosterMarkdown(circumstances)], essential: true },
    { ...section, items: items("error"), noun, essential: true },
    { ...section, items: items("warning"), noun, essential: false },
    { ...section, blocks: wayOut === undefined ? [] : [wayOut], essential: true },
    footer(undefined, circumstances),
  ]);
}

function findingItem(finding: Finding): Item {
  const { code, severity, file, line, column } = finding;
  const place = codeSpan(`${file}:${line}:${column}`);
  const words = findingWords(finding);
  const start = `- ${severity === "error" ? "⛔" : "⚠️"} ${place} **${code}**`;
  return {
    whole: `${start}: ${inMarkdown(words)}`,
    line: `${start}: ${shortMarkdown(words)}`,
    name: undefined,
  };
}
