import type { Job } from "../core/job.ts";
import type { Files, Terminal } from "../core/port.ts";
import type { Roster } from "../core/roster.ts";
import { documentSize, jsonOf } from "../core/rules/documents.ts";
import { parsePolicyArn } from "../core/rules/policies.ts";
import type { Path } from "../core/state.ts";
import { jobPolicy, type Scope } from "../iam/job-policy.ts";
import { findingLine } from "../render/findings.ts";
import { load } from "../roster/load.ts";
import { tellWarnings } from "./reading.ts";

export interface PermissionsPorts {
  readonly files: Files;
  readonly terminal: Terminal;
}

export interface PermissionsOptions {
  readonly job: Job;
  /** Only users and groups under these may be changed; none: all of them. */
  readonly paths: readonly Path[];
  /** undefined: the one that the files' ARNs name; `aws` where they name none. */
  readonly partition: string | undefined;
}

/** Non-white-space characters that IAM takes (User Guide, "IAM and AWS STS quotas"). */
const MANAGED_SIZE = 6144;
const INLINE_SIZE = 10_240;

/**
 * Prints the least policy for a job on the account that roster.yaml names. It asks no account. The exit status: 1 where
 * there is no such policy.
 */
export async function permissions(
  { files, terminal }: PermissionsPorts,
  options: PermissionsOptions,
): Promise<0 | 1> {
  const { roster, findings } = await load(files);
  if (roster === undefined) {
    const lines = [...findings.map(findingLine), "The files are wrong, so there is no policy."];
    terminal.err(lines.map((line) => `${line}\n`).join(""));
    return 1;
  }
  tellWarnings(findings, terminal);
  const scope = scopeOf(roster, options);
  const document = jobPolicy(options.job, scope);
  const size = documentSize(jsonOf(document));
  if (size > INLINE_SIZE) throw new Error(tooLarge(size));
  const left = options.job === "plan" ? [] : outside(roster, scope);
  for (const notice of [...left, ...tight(size)]) terminal.err(`${notice}\n`);
  terminal.out(`${JSON.stringify(document, undefined, 2)}\n`);
  return 0;
}

function scopeOf({ settings, users, groups }: Roster, { paths, partition }: PermissionsOptions): Scope {
  if (settings.account === undefined) {
    throw new Error(
      'roster.yaml does not say which account this is for: add its twelve digits, as account: "123456789012"',
    );
  }
  const named = [
    ...[...users.values()].flatMap(({ boundary, policies }) => [boundary, ...policies]),
    ...[...groups.values()].flatMap(({ policies }) => policies),
  ].find((text) => text?.startsWith("arn:") === true);
  const known = named === undefined ? undefined : parsePolicyArn(named)?.partition;
  if (partition !== undefined && known !== undefined && partition !== known) {
    throw new Error(`--partition says ${partition}, and the files name ${named}`);
  }
  return {
    partition: partition ?? known ?? "aws",
    account: settings.account,
    paths: paths.length === 0 ? ["/"] : paths,
    protected: settings.protected,
  };
}

/** What the files ask for and the policy does not allow. Where an external group is, no file says. */
function outside({ users, groups }: Roster, { paths }: Scope): readonly string[] {
  const own = [...groups.values()].filter(({ external }) => !external);
  return [...outsideWords("users", users.values()), ...outsideWords("groups", own)];

  function outsideWords(what: string, subjects: Iterable<Placed>): readonly string[] {
    const names = [...subjects]
      .filter(({ path }) => !paths.some((each) => path.startsWith(each)))
      .map(({ name }) => name);
    if (names.length === 0) return [];
    const where = paths.join(" or ");
    return [`warning: not under ${where}, so this job cannot change these ${what}: ${names.join(", ")}`];
  }
}

interface Placed {
  readonly name: string;
  readonly path: Path;
}

function tight(size: number): readonly string[] {
  if (size <= MANAGED_SIZE) return [];
  return [
    `warning: ${size} characters are more than the ${MANAGED_SIZE} of a managed policy; an inline policy of the role takes it (up to ${INLINE_SIZE})`,
  ];
}

function tooLarge(size: number): string {
  return (
    `the policy would have ${size} characters, and IAM takes ${INLINE_SIZE} for a role's inline policies\n` +
    "Give fewer names in protected, or fewer --path: users on a path that the job cannot change need no name."
  );
}
