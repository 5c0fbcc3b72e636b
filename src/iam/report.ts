import { GenerateCredentialReportCommand, type IAMClient } from "@aws-sdk/client-iam";

import { IamFailure } from "../core/failure.ts";
import type { Clock } from "../core/port.ts";
import type { Arn, Instant, Reported, ReportedKey } from "../core/state.ts";
import { instant } from "../core/time.ts";
import { fetchReportText } from "./report-text.ts";

/** Milliseconds between one look for the report and the next: it takes some two seconds, seldom much more. */
const WAITS: readonly number[] = [1000, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000];

/** The credential report as CSV, at most four hours old. Throws where it cannot be had. */
export async function readReport(iam: IAMClient, clock: Pick<Clock, "sleep">): Promise<string> {
  let made = await generate(iam);
  for (const [round, wait] of WAITS.entries()) {
    if (round > 0 || made === "started") await clock.sleep(wait);
    const report = await fetchReport(iam);
    if (!(report instanceof IamFailure)) return report;
    const underWay = report.code === "ReportInProgress";
    if (made instanceof IamFailure && !underWay) throw made;
    made = underWay ? "started" : await generate(iam);
  }
  throw new Error("IAM has not finished the credential report after a minute and a half; run this again");
}

const TOO_MANY: ReadonlySet<string> = new Set(["LimitExceeded", "Throttling"]);
const NOT_THERE: ReadonlySet<string> = new Set(["ReportInProgress", "ReportNotPresent", "ReportExpired"]);

/** Where too many were asked for just now, there may be one all the same: that failure is given, not thrown. */
async function generate(iam: IAMClient): Promise<"complete" | "started" | IamFailure> {
  try {
    const { State } = await iam.send(new GenerateCredentialReportCommand({}));
    return State === "COMPLETE" ? "complete" : "started";
  } catch (error) {
    if (error instanceof IamFailure && TOO_MANY.has(error.code)) return error;
    throw error;
  }
}

async function fetchReport(iam: IAMClient): Promise<string | IamFailure> {
  try {
    return await fetchReportText(iam);
  } catch (error) {
    if (error instanceof IamFailure && NOT_THERE.has(error.code)) return error;
    throw error;
  }
}

/** What the report says of the user with this ARN who was created at this moment; undefined: no such row. */
export type ReportedOf = (arn: Arn, createdAt: Instant | undefined) => Reported | undefined;

interface Row {
  /** Where each column stands. */
  readonly columns: ReadonlyMap<string, number>;
  readonly fields: readonly string[];
}

export function parseReport(csv: string): ReportedOf {
  const [header = "", ...lines] = csv.split(/\r?\n/);
  const names = splitRow(header);
  const columns = new Map(names.map((column, index) => [column, index]));
  const reported = new Map<string, Reported>();
  for (const line of lines) {
    const row: Row = { columns, fields: splitRow(line) };
    // A row that does not fit the header (a name may hold a comma) is as good as none: that user is read one by one.
    if (row.fields.length !== names.length) continue;
    reported.set(keyOf(cell(row, "arn"), timeOf(row, "user_creation_time")), reportedOf(row));
  }
  return (arn, createdAt) => reported.get(keyOf(arn, createdAt));
}

const FIELD = /(?<=^|,)(?:"((?:[^"]|"")*)"|([^,]*))(?=,|$)/g;

function splitRow(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(",");
  return [...line.matchAll(FIELD)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

/** A name may be given again after a deletion; the same name at another moment is another user. */
function keyOf(arn: Arn, createdAt: Instant | undefined): string {
  return `${arn} ${createdAt}`;
}

function reportedOf(row: Row): Reported {
  const keysUsed = KEYS.map(({ used }) => timeOf(row, used)).filter((time) => time !== undefined);
  const keys = KEYS.filter(({ active }) => isTrue(row, active)).map(({ rotated, used }): ReportedKey => ({
    lastRotated: timeOf(row, rotated),
    lastUsed: timeOf(row, used),
  }));
  return {
    password: isTrue(row, "password_enabled"),
    passwordLastUsed: timeOf(row, "password_last_used"),
    passwordLastChanged: timeOf(row, "password_last_changed"),
    mfa: isTrue(row, "mfa_active"),
    activeKeys: keys.length,
    keyLastUsed: keysUsed.toSorted().at(-1),
    keys,
    activeCertificates: CERTIFICATES.filter((active) => isTrue(row, active)).length,
  };
}

/** Columns of the two keys that a user may have. */
const KEYS = ["access_key_1", "access_key_2"].map((key) => ({
  active: `${key}_active`,
  rotated: `${key}_last_rotated`,
  used: `${key}_last_used_date`,
}));
const CERTIFICATES: readonly string[] = ["cert_1_active", "cert_2_active"];

function cell({ columns, fields }: Row, column: string): string {
  const value = fields[columns.get(column) ?? fields.length];
  if (value === undefined) throw new Error(`the credential report has no column ${column}`);
  return value;
}

/** `true` in practice, `TRUE` in the guide; `not_supported` and `N/A` are no. */
function isTrue(row: Row, column: string): boolean {
  return cell(row, column).toLowerCase() === "true";
}

/** The moment to the second; undefined for `N/A`, `no_information` and `not_supported`. */
function timeOf(row: Row, column: string): Instant | undefined {
  const text = cell(row, column);
  // Most are none, and JavaScript tries long to make a date of a word.
  if (!/^\d/.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : instant(milliseconds);
}
