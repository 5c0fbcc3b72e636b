import { instant } from "../core/time.ts";
import { type Account, arnOf } from "./account.ts";
import { IamError } from "./errors.ts";
import { type Operations, reading, writing } from "./operation.ts";
import type { AccessKeyRecord, CertificateRecord, ReportRecord, UserRecord } from "./records.ts";

/*
 * The credential report: made on demand, then byte for byte the same for four hours whatever happens to the account.
 * Columns, sentinels and line ends are those of the live service, which differ from the guide's.
 */

const LIFETIME = 4 * 60 * 60 * 1000;

const COLUMNS: readonly string[] = [
  "user",
  "arn",
  "user_creation_time",
  "password_enabled",
  "password_last_used",
  "password_last_changed",
  "password_next_rotation",
  "mfa_active",
  ...[1, 2].flatMap((key) => [
    `access_key_${key}_active`,
    `access_key_${key}_last_rotated`,
    `access_key_${key}_last_used_date`,
    `access_key_${key}_last_used_region`,
    `access_key_${key}_last_used_service`,
  ]),
  ...[1, 2].flatMap((certificate) => [`cert_${certificate}_active`, `cert_${certificate}_last_rotated`]),
];

const NONE = "N/A";
const ROOT_CREATED = "2020-01-01T00:00:00Z";

/** Nothing is quoted: what IAM does with a comma in a name is not known, and this is the harder case for a reader. */
function renderReport(account: Account): string {
  const users = account.users.sorted().map((user) => userRow(account, user));
  return [COLUMNS, rootRow(account), ...users].map((row) => row.join(",")).join("\n");
}

function rootRow(account: Account): readonly string[] {
  const password = ["true", "no_information", ROOT_CREATED, "not_supported"];
  return [
    "<root_account>",
    `arn:${account.partition}:iam::${account.id}:root`,
    ROOT_CREATED,
    ...password,
    "true",
    ...keyCells(undefined),
    ...keyCells(undefined),
    ...certificateCells(undefined),
    ...certificateCells(undefined),
  ];
}

function userRow(account: Account, user: UserRecord): readonly string[] {
  // Live, an active key stands in the first place whichever of the two is older.
  const keys = user.accessKeys.toSorted((one, other) => rank(one) - rank(other));
  return [
    user.name,
    arnOf(account, "user", user),
    user.createdAt,
    ...passwordCells(account, user),
    String(user.mfaDevices.length > 0),
    ...keyCells(keys[0]),
    ...keyCells(keys[1]),
    ...certificateCells(user.certificates[0]),
    ...certificateCells(user.certificates[1]),
  ];
}

function rank(key: AccessKeyRecord): number {
  return key.status === "Active" ? 0 : 1;
}

function passwordCells(account: Account, user: UserRecord): readonly string[] {
  const { password } = user;
  if (password === undefined) return ["false", NONE, NONE, NONE];
  const maxAge = account.passwordPolicy?.maxAge;
  const days = 24 * 60 * 60 * 1000;
  const next = maxAge === undefined ? NONE : instant(Date.parse(password.changedAt) + maxAge * days);
  return ["true", user.passwordLastUsed ?? "no_information", password.changedAt, next];
}

/** An inactive key keeps its date: only a key that does not exist has none. */
function keyCells(key: AccessKeyRecord | undefined): readonly string[] {
  if (key === undefined) return ["false", NONE, NONE, NONE, NONE];
  const { lastUsed } = key;
  const used = [lastUsed?.at ?? NONE, lastUsed?.region ?? NONE, lastUsed?.service ?? NONE];
  return [String(key.status === "Active"), key.createdAt, ...used];
}

function certificateCells(certificate: CertificateRecord | undefined): readonly string[] {
  if (certificate === undefined) return ["false", NONE];
  return [String(certificate.status === "Active"), certificate.createdAt];
}

function isExpired(report: ReportRecord, now: number): boolean {
  return now >= report.readyAt + LIFETIME;
}

export const reportOperations: Operations = {
  GenerateCredentialReport: writing({}, (account) => {
    const now = account.clock();
    const { report } = account;
    if (report === undefined || isExpired(report, now)) {
      account.report = { readyAt: now + account.reportDelay, content: renderReport(account) };
      const found = report === undefined ? "No report exists." : "The report is too old.";
      return { State: "STARTED", Description: `${found} Starting a new report generation task` };
    }
    return { State: now < report.readyAt ? "INPROGRESS" : "COMPLETE" };
  }),

  GetCredentialReport: reading({}, (account) => {
    const now = account.clock();
    const { report } = account;
    if (report === undefined) throw new IamError("ReportNotPresent", "No report is present.");
    if (now < report.readyAt) throw new IamError("ReportInProgress", "The report is being generated.");
    if (isExpired(report, now)) throw new IamError("ReportExpired", "The report has expired.");
    return {
      Content: Buffer.from(report.content).toString("base64"),
      ReportFormat: "text/csv",
      GeneratedTime: instant(report.readyAt),
    };
  }),
};
