import type { Subject } from "../core/change.ts";
import type { Severity } from "../core/finding.ts";
import type { Grant } from "../core/grant.ts";
import {
  type Entry,
  type Plan,
  type PlannedChange,
  type Summary,
  summarise,
  type Unmanaged,
} from "../core/plan.ts";
import type { Refusal, Warning } from "../core/refusal.ts";
import { compareText } from "../core/rules/names.ts";
import { type Phrase, plain, visible } from "./phrase.ts";
import { refusalMessage } from "./words/refusals.ts";
import { warningWords } from "./words/warnings.ts";

/*
 * What other programs read. Version 1 may gain keys and never loses one; what is not known is left out, except where
 * this file says null.
 */

export interface PlanJson {
  readonly version: 1;
  /** null where wrong files kept a plan from being made. */
  readonly account: AccountJson | null;
  readonly findings: readonly FindingJson[];
  readonly entries: readonly EntryJson[];
  readonly summary: Summary;
  readonly grants: readonly Grant[];
  readonly refusals: readonly MessageJson[];
  readonly warnings: readonly MessageJson[];
  readonly unmanaged: Unmanaged;
  /** null where wrong files kept a plan from being made. */
  readonly digest: string | null;
  /** Entries that the files ask for and a refusal keeps back. */
  readonly refused: readonly EntryJson[];
  /** Of the policies that it gives, those that make an administrator. */
  readonly privileged: readonly string[];
}

export interface AccountJson {
  readonly id: string;
  readonly partition: string;
  readonly alias: string | null;
}

/** A finding with its words. */
export interface FindingJson {
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface MessageJson {
  readonly code: string;
  readonly message: string;
  readonly subject?: Subject;
}

export interface EntryJson {
  readonly subject: Subject;
  readonly intent: Entry["intent"];
  readonly id?: string;
  /** Each with `kind`, `cause`, `reach` and what its kind has besides. */
  readonly changes: readonly Readonly<Record<string, unknown>>[];
  readonly evidence?: Entry["evidence"];
  readonly after?: Entry["after"];
  readonly members?: Entry["members"];
}

export const NOTHING: Unmanaged = { users: [], groups: [], members: [] };

/** The plan as `plan --format json` prints it; without a plan, the findings that kept it from being made. */
export function planJson(plan: Plan | undefined, findings: readonly FindingJson[]): PlanJson {
  const entries = plan?.entries ?? [];
  return {
    version: 1,
    account: plan === undefined ? NONE : accountJson(plan.account),
    findings: findings.map(findingJson),
    entries: entries.map(entryJson),
    summary: summarise(entries),
    grants: plan?.grants ?? [],
    refusals: (plan?.refusals ?? []).map(refusalJson),
    warnings: (plan?.warnings ?? []).map(warningJson),
    unmanaged: plan?.unmanaged ?? NOTHING,
    digest: plan?.digest ?? NONE,
    refused: (plan?.refused ?? []).map(entryJson),
    privileged: plan?.privileged ?? [],
  };
}

export function renderPlanJson(plan: Plan | undefined, findings: readonly FindingJson[]): string {
  return jsonText(planJson(plan, findings));
}

// oxlint-disable-next-line unicorn/no-null -- a reader finds every key of the contract, also where nothing is known
export const NONE = null;

export function accountJson({ id, partition, alias }: Plan["account"]): AccountJson {
  return { id, partition, alias: alias ?? NONE };
}

/** The keys in one order, whatever order the finding was made in. */
export function findingJson({ code, severity, file, line, column, message }: FindingJson): FindingJson {
  return { code, severity, file, line, column, message };
}

export function refusalJson(refusal: Refusal): MessageJson {
  return messageJson(refusal, refusalMessage(refusal));
}

export function warningJson(warning: Warning): MessageJson {
  return messageJson(warning, warningWords(warning));
}

function messageJson({ code, subject }: Refusal | Warning, message: Phrase): MessageJson {
  return { code, message: plain(message), ...(subject === undefined ? {} : { subject }) };
}

export function entryJson(entry: Entry): EntryJson {
  const { subject, intent, id, changes, evidence, after, members } = entry;
  return {
    subject,
    intent,
    ...(id === undefined ? {} : { id }),
    changes: changes.map(changeJson),
    ...(evidence === undefined ? {} : { evidence }),
    ...(after === undefined ? {} : { after }),
    ...(members === undefined ? {} : { members }),
  };
}

/** `kind` first, then what the kind has, by name, then `cause` and `reach`. */
export function changeJson({
  kind,
  cause,
  reach,
  ...rest
}: PlannedChange): Readonly<Record<string, unknown>> {
  const own = Object.entries(rest).toSorted(([one], [other]) => compareText(one, other));
  return { kind, ...Object.fromEntries(own), cause, reach };
}

/** JSON on several lines. A terminal shows it too, so what cannot be seen is written as `\u202e`. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  // Line breaks are the document's own; in a text they stand as \n already.
  const lines = text.split("\n").map((line) => (visible(line) === line ? line : escaped(line)));
  return `${lines.join("\n")}\n`;
}

function escaped(line: string): string {
  return line
    .split("")
    .map((unit) =>
      unit >= " " && unit <= "~" ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    .join("");
}
