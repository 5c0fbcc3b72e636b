import type { Check, CheckArguments, CheckCode, CheckStatus } from "../core/check.ts";
import { IamFailure } from "../core/failure.ts";
import type { Job } from "../core/job.ts";
import { callerName } from "../core/ownership.ts";
import type { Files, Foreseen, IamAccess, IamRead, Identity, Terminal, Tried } from "../core/port.ts";
import { DEFAULT_OWNER, type Roster } from "../core/roster.ts";
import { fold } from "../core/rules/names.ts";
import type { Path, State } from "../core/state.ts";
import { renderChecks } from "../render/checks.ts";
import { load } from "../roster/load.ts";
import { paintFor } from "./colors.ts";

export interface DoctorPorts {
  readonly files: Files;
  readonly read: IamRead;
  readonly access: IamAccess;
  readonly terminal: Terminal;
  /** Of Node. */
  readonly version: string;
  /** What git calls itself; undefined where there is none. */
  readonly git: () => Promise<string | undefined>;
}

/**
 * Says, for the files and the credentials at hand, what is missing for a job. Changes nothing. The exit status: 1 where
 * something that the job needs is missing.
 */
export async function doctor(ports: DoctorPorts, job: Job): Promise<0 | 1> {
  const { terminal, files, version } = ports;
  const [git, { roster, findings }] = await Promise.all([ports.git(), load(files)]);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const checks = [
    check("node", "ok", { version }),
    git === undefined ? check("no-git", "note", {}) : check("git", "ok", { version: git }),
    roster === undefined
      ? check("files-wrong", "missing", { errors })
      : check("files", "ok", { users: roster.users.size, groups: roster.groups.size }),
    ...(roster === undefined || roster.settings.owner !== undefined
      ? []
      : [check("owner-not-set", "note", { owner: DEFAULT_OWNER })]),
    ...(await accountChecks(ports, roster, job)),
  ];
  terminal.out(renderChecks(checks, paintFor(terminal)));
  return checks.some(({ status }) => status === "missing") ? 1 : 0;
}

function check<Code extends CheckCode>(code: Code, status: CheckStatus, of: CheckArguments[Code]): Check {
  return { code, status, arguments: of } as unknown as Check;
}

async function accountChecks(
  { read, access }: DoctorPorts,
  roster: Roster | undefined,
  job: Job,
): Promise<readonly Check[]> {
  const identity = await orProblem(access.identity());
  if (typeof identity === "string") return [check("no-account", "missing", { problem: identity })];
  const { caller, endpoint, region } = identity;
  const found = [
    check("endpoint", "ok", { endpoint, region }),
    check("caller", "ok", { arn: caller }),
    ...callerChecks(identity),
    ...belonging(identity, roster),
  ];
  // Nobody of another account is looked at any closer.
  if (found.some(({ code }) => code === "other-account")) return found;
  const tried = await access.tryReads();
  return [
    ...found,
    ...readChecks(tried),
    ...(await writeChecks(access, { job, identity, roster })),
    ...(tried.some(({ outcome }) => outcome === "denied") ? [] : await settingsChecks(read, roster)),
  ];
}

/** What it gives; what went wrong in the world, in words. */
async function orProblem<Value>(promise: Promise<Value>): Promise<Value | string> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof IamFailure) return error.message;
    throw error;
  }
}

function callerChecks({ caller }: Identity): readonly Check[] {
  if (caller.endsWith(":root")) return [check("root", "missing", {})];
  const user = callerName({ caller });
  return user === undefined ? [] : [check("caller-is-user", "note", { user })];
}

function belonging({ account }: Identity, roster: Roster | undefined): readonly Check[] {
  if (roster === undefined) return [];
  const ours = roster.settings.account;
  if (ours === undefined) return [check("account-not-set", "note", { account })];
  if (ours !== account) return [check("other-account", "missing", { account, ours })];
  return [check("account", "ok", { account })];
}

function readChecks(tried: readonly Tried[]): readonly Check[] {
  const left = tried.flatMap(({ permission, outcome, because }): readonly Check[] => {
    if (outcome === "allowed") return [];
    return outcome === "denied"
      ? [check("read-denied", "missing", { permission })]
      : [check("read-unknown", "unknown", { permission, because })];
  });
  const count = tried.filter(({ outcome }) => outcome === "allowed").length;
  return count === 0 ? left : [check("reads", "ok", { count, of: tried.length }), ...left];
}

interface Asking {
  readonly job: Job;
  readonly identity: Identity;
  readonly roster: Roster | undefined;
}

/** For who only plans, what apply would lack is told in a line. */
async function writeChecks(
  { foresee }: IamAccess,
  { job, identity, roster }: Asking,
): Promise<readonly Check[]> {
  const asked = job === "plan" ? "apply" : job;
  const foreseen = await foresee(asked, identity, pathsOf(roster));
  if (foreseen.denied === undefined) {
    return [check("writes-unknown", "unknown", { job: asked, because: foreseen.because })];
  }
  if (foreseen.denied.length === 0) return [check("writes", "ok", { job: asked, count: foreseen.of })];
  if (job === "plan") {
    const permissions = new Set(foreseen.denied.map(({ permission }) => permission));
    return [check("writes-denied", "note", { job: asked, count: permissions.size })];
  }
  return deniedChecks(foreseen.denied);
}

function deniedChecks(denied: NonNullable<Foreseen["denied"]>): readonly Check[] {
  return denied.map((each) => check("write-denied", "missing", each));
}

/** Where the files put somebody. */
function pathsOf(roster: Roster | undefined): readonly Path[] {
  const subjects = [...(roster?.users.values() ?? []), ...(roster?.groups.values() ?? [])];
  const paths = new Set(subjects.map(({ path }) => path));
  return paths.size === 0 ? ["/"] : [...paths].toSorted();
}

async function settingsChecks(read: IamRead, roster: Roster | undefined): Promise<readonly Check[]> {
  const snapshot = await orProblem(read.snapshot());
  if (typeof snapshot === "string") return [check("account-unread", "missing", { problem: snapshot })];
  const { state } = snapshot;
  const usersMayChange = state.account.passwordPolicy?.usersMayChange;
  return [
    check("report", "ok", {}),
    check("passwords", usersMayChange === true ? "ok" : "note", { usersMayChange }),
    quotaCheck("users", state),
    quotaCheck("groups", state),
    ...protectedChecks(roster?.settings.protected ?? [], state),
  ];
}

/** From here on a quota is worth a thought. */
const NEARLY_FULL = 0.9;

function quotaCheck(what: "users" | "groups", state: State): Check {
  const count = state[what].size;
  const most = state.account.quotas[what];
  return check("quota", count >= most * NEARLY_FULL ? "note" : "ok", { what, count, most });
}

/** IAM compares names without case, but the ARNs in a policy with it. */
function protectedChecks(names: readonly string[], { users }: State): readonly Check[] {
  return names.map((written) => {
    const live = users.get(fold(written))?.name;
    if (live === undefined) return check("protected-absent", "note", { user: written });
    if (live !== written) return check("protected-case", "missing", { written, live });
    return check("protected", "ok", { user: written });
  });
}
