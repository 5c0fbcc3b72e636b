import { inOrder } from "../order.ts";
import type { Entry, PlannedChange } from "../plan.ts";
import { plan } from "./planner.ts";
import type { Sha256 } from "../port.ts";
import type { DeclaredUser, Roster } from "../roster.ts";
import { DEFAULT_QUOTAS, type Quotas } from "../rules/quotas.ts";
import { simulate } from "../simulate/simulate.ts";
import type { Group, Instant, State, User } from "../state.ts";

/*
 * Without an account, what the files said before stands for what is there.
 */

export interface OfflineInput {
  readonly base: Roster;
  /** The files to plan for: what they say is made elsewhere is taken to be there. */
  readonly roster: Roster;
  /** Twelve digits; any will do where no file names one. */
  readonly account: string;
  readonly now: Instant;
  readonly sha256: Sha256;
}

/**
 * The state of an account to which nothing but these files was ever applied. Nobody's credentials are known in it. Who is
 * inactive or whose time is over was active once, so that such a user comes back as one who was there before.
 */
export function offlineState(input: OfflineInput): State {
  const { base } = input;
  // What is protected is made by hand, once.
  const before: Roster = { ...base, settings: { ...base.settings, protected: [] } };
  const began = applied({ ...before, users: mapped(before.users, onceActive) }, emptyState(input), input);
  const state = applied(before, began, input);
  return { ...state, users: mapped(state.users, withoutCredentials) };
}

function applied(roster: Roster, actual: State, { now, sha256 }: OfflineInput): State {
  const unknown = { policies: new Map<string, undefined>(), recipients: undefined };
  const { entries } = plan({ roster, base: undefined, actual, now, sha256, ...unknown }).plan;
  const changes = inOrder<Entry, PlannedChange>(entries).map(({ change }) => change);
  return simulate(actual, changes, now).state;
}

/** What an account can have raised is not known without it, so it stops nothing. */
const QUOTAS: Quotas = {
  ...DEFAULT_QUOTAS,
  users: Infinity,
  groups: Infinity,
  policiesPerUser: Infinity,
  policiesPerGroup: Infinity,
};

/** Nobody, and the groups that are made elsewhere. */
function emptyState({ base, roster, account: id }: OfflineInput): State {
  const account = { id, partition: "aws", alias: undefined, quotas: QUOTAS };
  const external = [...base.groups, ...roster.groups].filter(([, group]) => group.external);
  return {
    account: { ...account, passwordPolicy: undefined, caller: undefined },
    users: new Map(),
    groups: new Map(external.map(([key, { name }]) => [key, { ...MADE_ELSEWHERE, name }])),
  };
}

const MADE_ELSEWHERE: Omit<Group, "name"> = {
  id: undefined,
  path: "/",
  policies: new Set(),
  inlinePolicies: new Map(),
};

function onceActive(user: DeclaredUser): DeclaredUser {
  return user.status === "absent" ? user : { ...user, status: "active", until: undefined };
}

function withoutCredentials(user: User): User {
  return { ...user, credentials: undefined };
}

function mapped<Value>(map: ReadonlyMap<string, Value>, to: (value: Value) => Value): Map<string, Value> {
  return new Map([...map].map(([key, value]) => [key, to(value)]));
}
