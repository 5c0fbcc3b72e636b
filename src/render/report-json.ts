import type { Subject } from "../core/change.ts";
import type { Entry, Plan } from "../core/plan.ts";
import type { Refusal } from "../core/refusal.ts";
import type { AppliedChange, AppliedEntry, Outcome, Report } from "../core/report.ts";
import {
  type AccountJson,
  accountJson,
  changeJson,
  type FindingJson,
  findingJson,
  jsonText,
  type MessageJson,
  NONE,
  refusalJson,
} from "./json.ts";
import { outcomesOf } from "./words/outcomes.ts";

/** All that `apply` has to say: without a report, why nothing was tried. */
export interface Applied {
  readonly account: Plan["account"] | undefined;
  readonly report: Report | undefined;
  readonly refusals: readonly Refusal[];
  readonly findings: readonly FindingJson[];
  /** Why there is no report, where no finding and no refusal says it. */
  readonly error?: string;
}

export interface ReportJson {
  readonly version: 1;
  readonly account: AccountJson | null;
  readonly digest: string | null;
  /** How many changes ended in which way. */
  readonly result: Readonly<Record<Outcome["outcome"], number>>;
  readonly findings: readonly FindingJson[];
  readonly refusals: readonly MessageJson[];
  readonly entries: readonly AppliedEntryJson[];
  /** What kept the run from coming to its changes, or from telling what became of them. */
  readonly error?: string;
}

export interface AppliedEntryJson {
  readonly subject: Subject;
  readonly intent: Entry["intent"];
  readonly id?: string;
  /** As in a plan, each with `outcome`; with `error` where there is one, or the `unreviewed` grants. */
  readonly changes: readonly Readonly<Record<string, unknown>>[];
  /** Changes made beyond the plan. */
  readonly extra: readonly Readonly<Record<string, unknown>>[];
  readonly problem?: string;
}

export function reportJson({ account, report, refusals, findings, error }: Applied): ReportJson {
  const entries = report?.entries ?? [];
  return {
    version: 1,
    account: account === undefined ? NONE : accountJson(account),
    digest: report?.digest ?? NONE,
    result: outcomesOf(entries),
    findings: findings.map(findingJson),
    refusals: refusals.map(refusalJson),
    entries: entries.map(appliedEntryJson),
    ...(error === undefined ? {} : { error }),
  };
}

export function renderReportJson(applied: Applied): string {
  return jsonText(reportJson(applied));
}

function appliedEntryJson({ subject, intent, id, changes, extra, problem }: AppliedEntry): AppliedEntryJson {
  return {
    subject,
    intent,
    ...(id === undefined ? {} : { id }),
    changes: changes.map(appliedChangeJson),
    extra: extra.map(appliedChangeJson),
    ...(problem === undefined ? {} : { problem }),
  };
}

function appliedChangeJson(change: AppliedChange): Readonly<Record<string, unknown>> {
  if (change.outcome === "done") {
    const { outcome, ...planned } = change;
    return { ...changeJson(planned), outcome };
  }
  if (change.outcome === "not-reviewed") {
    const { outcome, unreviewed, ...planned } = change;
    return { ...changeJson(planned), outcome, ...(unreviewed.length === 0 ? {} : { unreviewed }) };
  }
  const { outcome, error, ...planned } = change;
  return { ...changeJson(planned), outcome, error };
}
