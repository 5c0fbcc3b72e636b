import { apply } from "../apply/apply.ts";
import type { Applying } from "../apply/run.ts";
import { isRefused } from "../core/plan.ts";
import type { Clock, Files, Sha256, Terminal } from "../core/port.ts";
import { isComplete } from "../core/report.ts";
import type { Roster } from "../core/roster.ts";
import { fold } from "../core/rules/names.ts";
import type { Resolved } from "../core/recipient.ts";
import type { UserName } from "../core/state.ts";
import { progressLine } from "../render/progress.ts";
import { renderPlan } from "../render/text.ts";
import { outcomesOf, resultWords } from "../render/words/outcomes.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { load } from "../roster/load.ts";
import type { OpenAccount } from "./applying.ts";
import { paintFor } from "./colors.ts";
import { type LivePlan, livePlan } from "./live-plan.ts";
import { renderFindings } from "./plan.ts";

export interface DemoPorts {
  /** The roster of examples/. */
  readonly files: Files;
  readonly start: () => Promise<Sandbox>;
  readonly openAccount: (url: string) => Promise<OpenAccount>;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly sha256: Sha256;
}

/** The way of a roster from its files to an account and back, in a sandbox. The exit status: 1 where it did not end well. */
export async function demo(ports: DemoPorts): Promise<0 | 1> {
  const { terminal } = ports;
  const { roster, findings } = await load(ports.files);
  if (roster === undefined) {
    terminal.out(renderFindings(findings, "text", "roster"));
    return 1;
  }
  const sandbox = await ports.start();
  try {
    return await tour({ ...ports, sandbox, account: await ports.openAccount(sandbox.url) }, roster);
  } finally {
    await sandbox.close();
  }
}

interface Stage extends DemoPorts {
  readonly sandbox: Sandbox;
  readonly account: OpenAccount;
}

/** Who leaves, in the demo. */
const LEAVER = "marco";

async function tour(stage: Stage, roster: Roster): Promise<0 | 1> {
  const { terminal, sandbox } = stage;
  terminal.out(`A sandbox answers like IAM on ${sandbox.url}. Nothing of yours is touched.\n`);
  heading(terminal, "1. What the roster in examples/ asks of an empty account");
  const first = await planned(stage, roster);
  heading(terminal, "2. Applied");
  const created = await applied(stage, roster, { ...first, progress: () => undefined });
  heading(terminal, "3. Planned again: the account is as the files say");
  await planned(stage, roster);
  giveByHand(sandbox, LEAVER);
  heading(terminal, `4. ${LEAVER} leaves the file; what somebody gave him by hand meanwhile goes too`);
  const after = without(roster, LEAVER);
  const last = await planned(stage, after);
  heading(terminal, "5. Applied, what denies first");
  const progress: Applying["progress"] = (each) =>
    terminal.out(`${progressLine(each, paintFor(terminal))}\n`);
  const closed = await applied(stage, after, { ...last, progress });
  heading(terminal, "Read next");
  terminal.out(NEXT);
  return created && closed ? 0 : 1;
}

const NEXT = `  examples/             the roster you just saw, with comments; copy it
  README.md             how to install it, and what keeps an account safe
  iam-roster sandbox    a sandbox that stays, to try your own files on
  iam-roster plan       the same on your account: it only reads
`;

function heading(terminal: Terminal, text: string): void {
  terminal.out(`\n${paintFor(terminal).strong(text)}\n\n`);
}

async function planned(stage: Stage, roster: Roster): Promise<LivePlan> {
  const { account, terminal, clock, sha256 } = stage;
  const input = { roster, base: undefined, now: clock.now(), sha256, read: account.read, resolveRecipients };
  const made = await livePlan({ ...input, inPublic: false, fresh: false, reading: () => undefined });
  terminal.out(renderPlan(made.plan, paintFor(terminal)));
  return made;
}

/** Nobody is asked whom a login leads to: the demo speaks to nobody but its sandbox. */
async function resolveRecipients(): Promise<ReadonlyMap<string, Resolved>> {
  return new Map();
}

async function applied(
  { account, terminal, clock, sha256 }: Stage,
  roster: Roster,
  made: LivePlan & Pick<Applying, "progress">,
): Promise<boolean> {
  if (isRefused(made.plan)) return false;
  const report = await apply({
    ...made,
    ...account,
    roster: hurried(roster),
    base: undefined,
    review: "whole",
    clock,
    sha256,
    issuing: undefined,
    stopping: () => false,
  });
  terminal.out(`${paintFor(terminal).gives(`${resultWords(outcomesOf(report.entries))}.`)}\n`);
  return isComplete(report);
}

/** IAM takes some seconds until everybody sees a change; the sandbox does not. */
function hurried(roster: Roster): Roster {
  const { settings } = roster;
  return {
    ...roster,
    settings: { ...settings, offboarding: { ...settings.offboarding, verifyAfter: 1000 } },
  };
}

function without(roster: Roster, name: UserName): Roster {
  const users = new Map(roster.users);
  if (!users.delete(fold(name))) throw new Error(`the demo needs a user ${name} in examples/users.yaml`);
  return { ...roster, users };
}

/** What no file asked for. */
function giveByHand(sandbox: Sandbox, user: UserName): void {
  sandbox.act("CreateLoginProfile", { UserName: user, Password: "By-hand-1!" });
  sandbox.act("CreateAccessKey", { UserName: user });
}
