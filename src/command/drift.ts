import { type Drift, isOfOtherAccount } from "../core/drift/drift.ts";
import type { Clock, Files, IamRead, ResolveRecipients, Sha256, Terminal } from "../core/port.ts";
import { renderDriftJson } from "../render/drift-json.ts";
import { renderDriftMarkdown } from "../render/drift-markdown.ts";
import { renderDrift } from "../render/drift-text.ts";
import { describeFinding } from "../render/findings.ts";
import { paintFor } from "./colors.ts";
import { liveDrift } from "./live-drift.ts";
import { type Format, readingTold, renderFindings } from "./plan.ts";
import { readRosters, tellWarnings } from "./reading.ts";

export interface DriftOptions {
  readonly format: Format;
  readonly fresh: boolean;
  /** 2 where there are differences. */
  readonly detailedExitcode: boolean;
}

export interface DriftPorts {
  readonly files: Files;
  readonly openAccount: () => Promise<IamRead>;
  readonly resolveRecipients: ResolveRecipients;
  readonly terminal: Terminal;
  readonly clock: Pick<Clock, "now">;
  readonly sha256: Sha256;
}

/**
 * Shows how the account differs from the files. The exit status: 1 where files are wrong or the account is another one; a
 * difference that a refusal keeps is a difference.
 */
export async function drift(ports: DriftPorts, options: DriftOptions): Promise<0 | 1 | 2> {
  const { files, terminal, clock, sha256, resolveRecipients } = ports;
  const { format, fresh } = options;
  const rosters = await readRosters(files, undefined);
  const findings = rosters.findings.map(describeFinding);
  if (rosters.roster === undefined) {
    const text =
      format === "json"
        ? renderDriftJson(undefined, findings)
        : renderFindings(rosters.findings, format, rosters.wrong);
    terminal.out(text);
    return 1;
  }
  tellWarnings(rosters.findings, terminal);
  const found = await liveDrift({
    roster: rosters.roster,
    now: clock.now(),
    sha256,
    read: await ports.openAccount(),
    resolveRecipients,
    inPublic: false,
    fresh,
    reading: readingTold(terminal),
  });
  terminal.out(
    format === "json" ? renderDriftJson(found, findings) : renderForPeople(found, format, terminal),
  );
  if (isOfOtherAccount(found.plan)) return 1;
  return options.detailedExitcode && found.differences.length > 0 ? 2 : 0;
}

function renderForPeople(found: Drift, format: "text" | "markdown", terminal: Terminal): string {
  return format === "markdown" ? renderDriftMarkdown(found) : renderDrift(found, paintFor(terminal));
}
