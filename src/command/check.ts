import type { Finding } from "../core/finding.ts";
import type { Files, Terminal } from "../core/port.ts";
import type { Roster } from "../core/roster.ts";
import { describeFinding, findingAnnotation, findingLine } from "../render/findings.ts";
import { load, type Loaded } from "../roster/load.ts";

export interface CheckOptions {
  /** Warnings count as errors. */
  readonly strict: boolean;
  readonly format: "text" | "json" | "github";
  /** The roster's directory as seen from the repository, for annotations. */
  readonly root: string;
}

export interface CheckPorts {
  readonly files: Files;
  readonly terminal: Terminal;
}

/** Tells what is wrong with the files. The exit status: 0 where a plan could be made of them, 1 otherwise. */
export async function check({ files, terminal }: CheckPorts, options: CheckOptions): Promise<0 | 1> {
  const loaded = await load(files);
  terminal.out(rendered(loaded, options));
  const counts = (finding: Finding): boolean => options.strict || finding.severity === "error";
  return loaded.findings.some(counts) ? 1 : 0;
}

function rendered({ roster, findings }: Loaded, { format, root }: CheckOptions): string {
  if (format === "json") {
    return `${JSON.stringify({ version: 1, findings: findings.map(describeFinding) }, undefined, 2)}\n`;
  }
  const line = (finding: Finding): string =>
    format === "github" ? findingAnnotation(finding, root) : findingLine(finding);
  return [...findings.map(line), summary(roster, findings)].map((each) => `${each}\n`).join("");
}

/** `3 users, 2 groups: no problems found`; without the counts where the files could not be taken in. */
function summary(roster: Roster | undefined, findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  const problems = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  const told = problems.length > 0 ? problems.join(", ") : "no problems found";
  if (roster === undefined) return told;
  return `${counted(roster.users.size, "user")}, ${counted(roster.groups.size, "group")}: ${told}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
