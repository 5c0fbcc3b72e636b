import type { Files, Terminal } from "../core/port.ts";
import { renderReportMarkdown } from "../render/report-markdown.ts";
import { renderReport } from "../render/report-text.ts";
import { handedOverText } from "../render/words/hand-over.ts";
import { summaryWords } from "../render/words/summary.ts";
import { type PlanFile, readReviewed } from "./agreement.ts";
import {
  applyFiles,
  type ApplyingPorts,
  type Asking,
  type Ended,
  hasNothingToSay,
  isApplied,
  reportOf,
} from "./applying.ts";
import { paintFor } from "./colors.ts";
import { type Format, renderFindings } from "./plan.ts";
import { type Base, readRosters } from "./reading.ts";

export type ApplyOptions = Pick<Asking, "format" | "yes" | "fresh" | "digest">;

export interface ApplyPorts extends Omit<ApplyingPorts, "readRosters" | "inPublic"> {
  readonly files: Files;
  readonly base: Base | undefined;
  /** The reviewed plan: what is in it is agreed to. */
  readonly planFile: PlanFile | undefined;
}

/** Plans, and makes what is agreed to. The exit status: 0 where all of it is done, or nothing was to do. */
export async function apply(ports: ApplyPorts, options: ApplyOptions): Promise<0 | 1> {
  const { terminal, planFile } = ports;
  const reviewed = planFile && (() => readReviewed(planFile));
  const applying = { ...ports, readRosters: () => readRosters(ports.files, ports.base), inPublic: false };
  const { ended, unsaved } = await applyFiles(applying, { ...options, ask: terminal.ask, reviewed });
  // Whatever became of the file, what became of the account is told.
  terminal.out(renderEnd(ended, options.format, terminal));
  if (ended.made !== undefined) {
    const tell = options.format === "text" ? terminal.out : terminal.err;
    tell(handedOverText(ended.handedOver));
  }
  if (unsaved !== undefined) throw unsaved.reason;
  if (ended.made !== undefined && ended.problem !== undefined) terminal.err(`${ended.problem}\n`);
  return isApplied(ended) && ended.made.refusals.length === 0 ? 0 : 1;
}

function renderEnd(ended: Ended, format: Format, terminal: Terminal): string {
  if (format === "json") return reportOf(ended);
  if (ended.made === undefined) return renderFindings(ended.findings, format, ended.wrong);
  const { made, report, problem } = ended;
  if (format === "markdown") return renderReportMarkdown(report, made);
  // Who was shown the plan need not be told once more that none of it was tried.
  if (problem !== undefined) return "";
  if (report.entries.length > 0) return renderReport(report, made, paintFor(terminal));
  return hasNothingToSay(made) ? `${summaryWords(made)}\n` : "";
}
