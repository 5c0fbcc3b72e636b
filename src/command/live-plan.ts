import type { Plan } from "../core/plan.ts";
import { type Planned, plan, type PlanInput } from "../core/planning/planner.ts";
import type { Recipients } from "../core/planning/issuing.ts";
import type { IamRead, ResolveRecipients, Snapshot } from "../core/port.ts";
import type { Resolved } from "../core/recipient.ts";
import type { Warning } from "../core/refusal.ts";
import { DEFAULT_OWNER, type Roster, type Settings } from "../core/roster.ts";
import { ownerName, standing } from "../core/ownership.ts";
import { fold } from "../core/rules/names.ts";
import type { Arn, Credentials, ManagedPolicy, State, User, UserName } from "../core/state.ts";

export interface LivePlanInput extends Pick<PlanInput, "roster" | "base" | "now" | "sha256"> {
  /** What is issued is handed over where everybody sees the ciphertext: nothing is, then. */
  readonly inPublic: boolean;
  readonly read: IamRead;
  readonly resolveRecipients: ResolveRecipients;
  /** Trust the credential report for nobody: read everyone whom the files or our tag name. */
  readonly fresh: boolean;
  /** Told before many are read one by one. */
  readonly reading: (users: number) => void;
}

/** A plan, the account on which it was made, and who can read what it issues. */
export interface LivePlan {
  readonly plan: Plan;
  readonly actual: State;
  readonly recipients: Recipients;
}

/**
 * Reads the account and plans on it: first on pages and the report, then again with the credentials and policies that the
 * plan asked to be looked at, until it asks for nothing. Throws where anything cannot be read.
 */
export async function livePlan(input: LivePlanInput): Promise<LivePlan> {
  const { state, warnings } = await input.read.snapshot();
  const { settings } = input.roster;
  const found = [...snapshotWarnings(warnings), ...settingsWarnings(settings, state.account.id)];
  const chosen = input.fresh ? ours(input.roster, state) : [];
  const began: Known = {
    actual: isWrongAccount(settings, state) ? state : await withCredentials(chosen, state, input),
    policies: new Map(),
    recipients: new Map(),
  };
  const { planned, known } = await settled(began, input);
  const { actual, recipients } = known;
  return { plan: { ...planned.plan, warnings: [...found, ...planned.plan.warnings] }, actual, recipients };
}

/** What is known of the account so far. */
interface Known {
  readonly actual: State;
  readonly policies: ReadonlyMap<Arn, ManagedPolicy | undefined>;
  readonly recipients: ReadonlyMap<string, Resolved>;
}

/** Each round reads what the last one could not know of; two are the rule. */
const MOST_ROUNDS = 10;

async function settled(
  began: Known,
  input: LivePlanInput,
): Promise<{ readonly planned: Planned; readonly known: Known }> {
  let known = began;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const planned = plan({ ...input, ...known });
    // Nobody of another account is looked at any closer.
    const isDone = isWrongAccount(input.roster.settings, known.actual) || asksForNothing(planned);
    if (isDone) return { planned, known };
    known = await readFurther(planned, known, input);
  }
  throw new Error("the account kept changing while it was read; run this again when it is quiet");
}

function asksForNothing({ unreadUsers, unknownPolicies, unknownRecipients }: Planned): boolean {
  return [unreadUsers, unknownPolicies, unknownRecipients].every((unknown) => unknown.length === 0);
}

async function readFurther(planned: Planned, known: Known, input: LivePlanInput): Promise<Known> {
  const { unknownRecipients } = planned;
  const [actual, resolved, found] = await Promise.all([
    withCredentials(planned.unreadUsers, known.actual, input),
    unknownRecipients.length === 0 ? [] : input.resolveRecipients(unknownRecipients),
    Promise.all(planned.unknownPolicies.map(async (arn) => [arn, await input.read.policy(arn)] as const)),
  ]);
  return {
    actual,
    policies: new Map([...known.policies, ...found]),
    recipients: new Map([...known.recipients, ...resolved]),
  };
}

/** The state with these users' credentials in it; whoever is gone by now is left out. */
async function withCredentials(
  names: readonly UserName[],
  state: State,
  { read, reading }: LivePlanInput,
): Promise<State> {
  if (names.length > 0) reading(names.length);
  const found = await Promise.all(names.map(async (name) => [name, await read.credentials(name)] as const));
  const users = new Map(state.users);
  for (const [name, credentials] of found) put(users, name, credentials);
  return { ...state, users };
}

function put(users: Map<string, User>, name: UserName, credentials: Credentials | undefined): void {
  const user = users.get(fold(name));
  if (user === undefined || credentials === undefined) users.delete(fold(name));
  else users.set(fold(name), { ...user, credentials });
}

/** The live users whom the files name or our tag marks. */
function ours({ settings, users }: Roster, state: State): readonly UserName[] {
  const owner = ownerName(settings);
  return [...state.users]
    .filter(([key, user]) => users.has(key) || standing(user, owner) === "managed")
    .map(([, user]) => user.name);
}

function isWrongAccount({ account }: Settings, { account: { id } }: State): boolean {
  return account !== undefined && account !== id;
}

function snapshotWarnings(warnings: Snapshot["warnings"]): readonly Warning[] {
  return warnings.map(({ code, ...numbers }) => ({ code, subject: undefined, arguments: numbers }));
}

/** What roster.yaml should say and does not. `account` is the account's id, where there is one. */
export function settingsWarnings(settings: Settings, account: string | undefined): readonly Warning[] {
  const noAccount = settings.account === undefined && account !== undefined;
  return [
    ...(noAccount ? [{ code: "account-not-set", subject: undefined, arguments: { account } } as const] : []),
    ...(settings.owner === undefined
      ? [{ code: "owner-not-set", subject: undefined, arguments: { owner: DEFAULT_OWNER } } as const]
      : []),
  ];
}
