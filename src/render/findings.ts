import type { Finding } from "../core/finding.ts";
import type { FindingJson } from "./json.ts";
import { plain, visible } from "./phrase.ts";
import { findingWords } from "./words/findings.ts";

/*
 * Findings as lines for people, objects for programs and annotations for GitHub. What the files say is hostile text:
 * it stands in quotes, on one line, with every unseen character written out.
 */

/** Which files are wrong: the roster's, or those of `--base`, as they were before. */
export type WrongFiles = "roster" | "base";

interface WrongFilesWords {
  readonly problem: string;
  /** undefined: each finding says what would be right. */
  readonly wayOut: string | undefined;
}

export const WRONG_FILES: Readonly<Record<WrongFiles, WrongFilesWords>> = {
  roster: { problem: "The files are wrong, so nothing was planned", wayOut: undefined },
  // What was before can no longer be mended.
  base: {
    problem: "The files of --base are wrong, so nothing was planned",
    wayOut: "Give --base an older ref, or a directory, whose files are sound.",
  },
};

/** The finding with its words, for programs. */
export function describeFinding(finding: Finding): FindingJson {
  const { code, severity, file, line, column } = finding;
  return { code, severity, file, line, column, message: plain(findingWords(finding)) };
}

/** `users.yaml:7:9: unknown-group: no group "developer"; did you mean "developers"?` */
export function findingLine(finding: Finding): string {
  const { code, severity, file, line, column, message } = describeFinding(finding);
  const label = severity === "warning" ? `warning: ${code}` : code;
  return `${file}:${line}:${column}: ${label}: ${message}`;
}

/** A workflow command that GitHub shows beside the line; `root` is the roster's directory in the repository. */
export function findingAnnotation(finding: Finding, root: string): string {
  const { code, severity, file, line, column, message } = describeFinding(finding);
  const folder = visible(root).replace(/^(?:\.\/)+|\/+$/g, "");
  const path = folder === "" || folder === "." ? file : `${folder}/${file}`;
  const properties = { file: path, line, col: column, title: code };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${severity} ${list.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
