import type { Finding } from "../core/finding.ts";
import type { FindingJson } from "./json.ts";
import { plain, visible } from "./phrase.ts";
import { findingWords } from "./words/findings.ts";

/*
 * Findings as lines for people, objects for programs and annotations for GitHub. What the files say is hostile text:
 * it stands in quotes, on one line, with every unseen character written out.
 */

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
