import { setTimeout as sleep } from "node:timers/promises";

import { onTestFinished } from "vitest";

import { apply } from "../../src/apply/apply.ts";
import type { Issuing } from "../../src/apply/run.ts";
import { livePlan, type LivePlan } from "../../src/command/live-plan.ts";
import { DEACTIVATED_TAG, OWNER_TAG } from "../../src/core/change.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Clock, IamRead, IamWrite, ResolveRecipients } from "../../src/core/port.ts";
import type { AppliedChange, AppliedEntry, Progress, Report } from "../../src/core/report.ts";
import type { ReviewedPlan } from "../../src/core/reviewed-plan.ts";
import type { Roster } from "../../src/core/roster.ts";
import type { JsonObject } from "../../src/core/rules/documents.ts";
import { INLINE_DENY, isDenyAll } from "../../src/core/rules/policies.ts";
import type { State } from "../../src/core/state.ts";
import { instant } from "../../src/core/time.ts";
import type { Agent } from "../../src/iam/client.ts";
import { iamRead } from "../../src/iam/read.ts";
import { iamWrite } from "../../src/iam/write.ts";
import type { Call } from "../../src/sandbox/calls.ts";
import type { AccountData, UserData } from "../../src/sandbox/data.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/server.ts";
import { hear } from "../silence/watch.ts";
import { NOW, OWNER, sha256 } from "../core/build.ts";
import { clientsOf } from "../iam/connect.ts";

/*
 * An account in the sandbox (or anywhere that answers like IAM), and rosters planned and applied to it over the real SDK.
 * Time stands still but for what is slept, which takes no time.
 */

/** What a story needs to know of a call. */
export type Noted = Pick<Call, "operation" | "input" | "outcome">;

/** Where a story takes place: an address, and every call that came there. */
export interface Place<Each extends Noted = Call> {
  readonly url: string;
  readonly calls: readonly Each[];
}

export interface Given {
  readonly base?: Roster;
  /** Planned already, on the same account; default: planned now. */
  readonly live?: LivePlan | undefined;
  /** Default: the plan itself. */
  readonly review?: ReviewedPlan;
  /** Asked before each change. */
  readonly stopping?: () => boolean;
  /** What happens between the plan and its application. */
  readonly meanwhile?: (plan: Plan) => unknown;
}

export interface Applied<Each extends Noted = Call> {
  readonly plan: Plan;
  readonly report: Report;
  /** What the run wrote, call by call: `AddUserToGroup emily developers`. */
  readonly writes: readonly string[];
  readonly calls: readonly Each[];
  readonly progress: readonly Progress[];
}

export interface StoryAt<Each extends Noted> {
  readonly read: IamRead;
  readonly write: IamWrite;
  readonly plan: (roster: Roster, base?: Roster) => Promise<LivePlan>;
  /** As `--fresh` does: everybody's credentials are read. */
  readonly planAfresh: (roster: Roster) => Promise<LivePlan>;
  readonly apply: (roster: Roster, given?: Given) => Promise<Applied<Each>>;
  /** Lets time pass, in milliseconds. */
  readonly pass: (duration: number) => void;
  /** How late it is, in milliseconds. */
  readonly milliseconds: () => number;
  /** What is in the account now, everybody's credentials with it. */
  readonly account: () => Promise<State>;
}

export interface Story extends StoryAt<Call> {
  readonly sandbox: Sandbox;
}

export interface StoryOptions extends SandboxOptions {
  /** What is slept takes a little time after all: the sandbox hides what is new by the true clock. */
  readonly trueTime?: boolean;
  /** What the calls are made for; default: `apply`. */
  readonly job?: Agent["job"] | undefined;
  /** Default: nobody can be issued anything. */
  readonly desk?: Desk | undefined;
}

/** Where credentials are issued. */
export interface Desk {
  readonly resolveRecipients: ResolveRecipients;
  readonly issuing: Issuing | undefined;
}

const NO_DESK: Desk = { resolveRecipients: async () => new Map(), issuing: undefined };

/** A sandbox with this account in it, closed when the test ends. One at a time: clients find theirs in the environment. */
export async function story(
  state: AccountData = {},
  { trueTime = false, job, desk, ...options }: StoryOptions = {},
): Promise<Story> {
  const time = storyTime(trueTime);
  const sandbox = await startSandbox({ seed: "story", clock: time.milliseconds, state, ...options });
  onTestFinished(() => sandbox.close());
  return { ...storyAt(sandbox, { clock: time, job, desk }), sandbox };
}

interface StoryTime extends Clock {
  readonly milliseconds: () => number;
  readonly pass: (duration: number) => void;
}

function storyTime(trueTime: boolean): StoryTime {
  let time = Date.parse(NOW);
  return {
    milliseconds: () => time,
    now: () => instant(time),
    pass: (duration) => {
      time += duration;
    },
    sleep: async (duration) => {
      time += duration;
      if (trueTime) await sleep(Math.min(duration / 10, 100));
    },
  };
}

interface Circumstances extends Pick<StoryOptions, "job" | "desk"> {
  readonly clock?: StoryTime;
}

/** A story in the account that is there already. */
export function storyAt<Each extends Noted>(
  place: Place<Each>,
  { clock = storyTime(false), job, desk = NO_DESK }: Circumstances = {},
): StoryAt<Each> {
  const { resolveRecipients, issuing } = desk;
  const clients = clientsOf(place.url, clock, job);
  const [read, write] = [iamRead(clients, clock), iamWrite(clients)];
  const asked = (roster: Roster, base: Roster | undefined, fresh: boolean): Promise<LivePlan> =>
    livePlan({
      roster,
      base,
      now: clock.now(),
      sha256,
      read,
      resolveRecipients,
      inPublic: false,
      fresh,
      reading: () => undefined,
    });
  const plan = (roster: Roster, base?: Roster): Promise<LivePlan> => asked(roster, base, false);
  return {
    read,
    write,
    plan,
    planAfresh: (roster) => asked(roster, undefined, true),
    apply: async (
      roster,
      { base, live: given, review = "whole", stopping = () => false, meanwhile }: GivenOrWhole = {},
    ) => {
      const live = given ?? (await plan(roster, base));
      await meanwhile?.(live.plan);
      const before = place.calls.length;
      const progress: Progress[] = [];
      const tell = (each: Progress): void => void progress.push(each);
      const ports = { read, write, clock, sha256, issuing, progress: tell, stopping };
      const report = await apply({ ...live, ...ports, roster, base, review });
      hear("a plan, its report and progress", JSON.stringify([live.plan, report, progress]));
      const calls = place.calls.slice(before);
      return { plan: live.plan, report, writes: calls.flatMap(written), calls, progress };
    },
    pass: clock.pass,
    milliseconds: clock.milliseconds,
    account: () => everything(read),
  };
}

interface GivenOrWhole extends Omit<Given, "review"> {
  readonly review?: ReviewedPlan | "whole";
}

async function everything(read: IamRead): Promise<State> {
  const { state } = await read.snapshot();
  const users = await Promise.all(
    [...state.users].map(async ([key, user]) => {
      const credentials = await read.credentials(user.name);
      return [key, { ...user, credentials, reported: undefined }] as const;
    }),
  );
  return { ...state, users: new Map(users) };
}

export function isWrite({ operation }: Noted): boolean {
  return !/^(Get|List|Generate)/.test(operation);
}

/** The write in words, with how it ended where it was not made. */
function written(call: Noted): readonly string[] {
  if (!isWrite(call)) return [];
  const values = Object.values(call.input).map((value) => value.replace(/^arn:.*policy\//, ""));
  const outcome = call.outcome === "done" ? [] : [`(${call.outcome})`];
  return [[call.operation, ...values, ...outcome].join(" ")];
}

/**
 * All that the account holds, without ids and times, in an order that depends on nothing else. A deny over everything is
 * the same in either form.
 */
export function contents(sandbox: Sandbox): unknown {
  const { users, groups } = sandbox.snapshot();
  const told = users.map(({ groups: joined, policies, inlinePolicies, ...user }) => {
    const { [INLINE_DENY.name]: inlineDeny, ...inline } = inlinePolicies ?? {};
    const denied = inlineDeny !== undefined || policies?.some(isDenyAll);
    const others = policies?.filter((policy) => !isDenyAll(policy));
    return { ...user, groups: joined?.toSorted(), policies: others, inlinePolicies: inline, denied };
  });
  return JSON.parse(JSON.stringify({ users: told, groups }, plain));
}

/** The account to the letter, but for moments: where two are equal, the next run does the same. */
export function fingerprint(sandbox: Sandbox): string {
  const { report: _report, sequence: _sequence, ...account } = sandbox.snapshot();
  return JSON.stringify(account, (key, value: unknown) => {
    if (["createdAt", "changedAt", "lastUsed", "enabledAt"].includes(key)) return undefined;
    return key === DEACTIVATED_TAG ? "some time" : value;
  });
}

/** For JSON.stringify: without ids, times and hashes, and sets in order. */
function plain(key: string, value: unknown): unknown {
  if (["id", "createdAt", "hash", "changedAt", "lastUsed", "enabledAt"].includes(key)) return undefined;
  if (key === DEACTIVATED_TAG) return "some time";
  if (key === "policies" && Array.isArray(value)) return (value as readonly string[]).toSorted();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

export function entryOf(report: Report, name: string): AppliedEntry {
  const entry = report.entries.find(({ subject }) => subject.name === name);
  if (entry === undefined) throw new Error(`the report has no entry for ${name}`);
  return entry;
}

/** `DeleteUser failed`, one for each change of the entry. */
export function outcomes({ changes }: Pick<AppliedEntry, "changes">): readonly string[] {
  return changes.map(({ kind, outcome }) => `${kind} ${outcome}`);
}

export function changesOf(report: Report): readonly AppliedChange[] {
  return report.entries.flatMap(({ changes }) => changes);
}

export const OURS = { [OWNER_TAG]: OWNER };

export const ALLOW: JsonObject = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
};

export const arn = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

/** Somebody with every kind of credential there is, in two groups, with policies of both kinds. */
export const EVERYTHING: Omit<UserData, "name"> = {
  tags: OURS,
  groups: ["developers", "oncall"],
  policies: [arn("ReadOnlyAccess")],
  inlinePolicies: { own: ALLOW },
  password: { secret: "Correct-horse-1" },
  accessKeys: [{ id: "AKIAONE0000000000000" }, { id: "AKIATWO0000000000000" }],
  sshKeys: [{ id: "APKASSH0000000000000" }],
  certificates: [{ id: "CERTIFICATE000000000000000000000" }],
  serviceCredentials: [{ id: "ACCASERVICE0000000000" }],
};
