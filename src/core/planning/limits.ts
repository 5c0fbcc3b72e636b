import { REDUCES_MEMBERS } from "./draft-groups.ts";
import type { Entry, PlannedChange } from "../plan.ts";
import { isAfterRenames } from "../order.ts";
import { isDeactivated, isDenied, ownerName, standing } from "../ownership.ts";
import { mayNarrow } from "../reach.ts";
import type { Refusal } from "../refusal.ts";
import type { Override, Roster } from "../roster.ts";
import { documentAllows } from "../rules/documents.ts";
import { compareNames, fold } from "../rules/names.ts";
import { knownToDeny } from "../rules/policies.ts";
import { membersByGroup } from "../simulate/simulate.ts";
import {
  type Group,
  type GroupName,
  type Instant,
  type State,
  type User,
  type UserName,
  valuesAt,
} from "../state.ts";
import { isPast } from "../time.ts";

/*
 * What stops the whole plan. A limit says with its numbers why, and `limits.override` is the way out, with an end and a
 * reason.
 */

export interface Limiting {
  readonly roster: Roster;
  readonly actual: State;
  /** The state once the entries are applied. */
  readonly after: State;
  readonly entries: readonly Entry[];
  readonly now: Instant;
}

export function planRefusals(limiting: Limiting): readonly Refusal[] {
  return [wrongAccount, noUsers, losing, tooFewAdmins, firstContact].flatMap((rule) => rule(limiting) ?? []);
}

type Rule = (limiting: Limiting) => Refusal | undefined;

const wrongAccount: Rule = ({ roster, actual }) => {
  const { account: expected } = roster.settings;
  const found = actual.account.id;
  if (expected === undefined || expected === found) return undefined;
  return { code: "wrong-account", subject: undefined, arguments: { expected, found } };
};

const noUsers: Rule = ({ roster, actual }) => {
  const managed = managedUsers(roster, actual).length;
  if (roster.users.size > 0 || managed === 0) return undefined;
  return { code: "no-users", subject: undefined, arguments: { managed } };
};

function managedUsers({ settings }: Roster, actual: State): readonly User[] {
  const owner = ownerName(settings);
  return [...actual.users.values()].filter((user) => standing(user, owner) === "managed");
}

/** How many people may lose something in one run: the larger of the two limits. */
const losing: Rule = (limiting) => {
  const { roster, actual, now } = limiting;
  const managed = managedUsers(roster, actual).filter((user) => !isDeactivated(user)).length;
  const people = losers(limiting);
  const { people: most, percent } = roster.settings.limits.losing;
  const override = currentOverride(roster, now)?.losing;
  const allowed = override ?? Math.max(most, Math.floor((managed * percent) / 100));
  if (people.length > allowed)
    return { code: "losing", subject: undefined, arguments: { people, allowed, managed } };
  const half = people.length > 1 && people.length * 2 > managed;
  if (override !== undefined || !half) return undefined;
  return { code: "losing-half", subject: undefined, arguments: { people, managed } };
};

function currentOverride({ settings }: Roster, now: Instant): Override | undefined {
  const { override } = settings.limits;
  return override === undefined || isPast(override.until, now) ? undefined : override;
}

/**
 * Users who may lose something, by name. What time alone takes does not count, nor do users who are deactivated
 * already; a group that loses something counts its managed members.
 */
function losers({ roster, actual, after, entries }: Limiting): readonly UserName[] {
  const changes = entries.flatMap((entry) => entry.changes);
  const taking = changes.filter((change) => takes(change, after));
  if (taking.length === 0) return [];
  const members = membersByGroup(actual);
  const groupsBefore = oldGroups(changes);
  const owner = ownerName(roster.settings);
  const found = taking.flatMap((change) => {
    if ("user" in change) return valuesAt(actual.users, [fold(change.user)]);
    if (!REDUCES_MEMBERS.has(change.kind)) return [];
    const inGroup = valuesAt(actual.users, members.get(liveKey(change, groupsBefore)) ?? []);
    return inGroup.filter((user) => standing(user, owner) === "managed");
  });
  const names = new Set(found.filter((user) => !isDeactivated(user)).map(({ name }) => name));
  return [...names].toSorted(compareNames);
}

type GroupChange = Extract<PlannedChange, { readonly group: GroupName }>;

/** Folded new names of the groups that are renamed, to the folded names that they have now. */
function oldGroups(changes: readonly PlannedChange[]): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap((change) =>
      change.kind === "UpdateGroup" && change.newName !== undefined
        ? [[fold(change.newName), fold(change.group)] as const]
        : [],
    ),
  );
}

/** The folded name that the group has now: what comes after the renames calls it by its new one. */
function liveKey({ group, phase }: GroupChange, before: ReadonlyMap<string, string>): string {
  const key = fold(group);
  return isAfterRenames(phase) ? (before.get(key) ?? key) : key;
}

function takes(change: PlannedChange, after: State): boolean {
  return change.cause !== "due" && narrows(change, after);
}

function narrows(change: PlannedChange, after: State): boolean {
  return mayNarrow(change.reach) || shutsOut(change, after);
}

/** Does the change bring a user into a group that denies everything? Whatever else it gives is then of no use. */
function shutsOut(change: PlannedChange, { groups }: State): boolean {
  return change.kind === "AddUserToGroup" && valuesAt(groups, [fold(change.group)]).some(isDenied);
}

const tooFewAdmins: Rule = ({ roster, actual, after, entries }) => {
  const { groups, atLeast } = roster.settings.admins;
  const renamed = oldGroups(entries.flatMap(({ changes }) => changes));
  // A rename that is refused leaves the group under its old name.
  const keyIn = (state: State, group: GroupName): string => {
    const from = roster.groups.get(fold(group))?.renamedFrom;
    return state.groups.has(fold(group)) || from === undefined ? fold(group) : fold(from);
  };
  const oldKey = (group: GroupName): string => renamed.get(fold(group)) ?? keyIn(actual, group);
  const newKey = (group: GroupName): string => keyIn(after, group);
  // A group that gives nothing makes nobody an administrator, unless it is there and never gave anything that is seen here.
  const giving = groups.filter(
    (group) =>
      valuesAt(after.groups, [newKey(group)]).some(gives) ||
      valuesAt(actual.groups, [oldKey(group)]).some((before) => !gives(before)),
  );
  const counted = {
    before: activeMembers(actual, groups.map(oldKey)),
    after: activeMembers(after, giving.map(newKey)),
  };
  if (counted.after >= atLeast || counted.after >= counted.before) return undefined;
  return { code: "too-few-admins", subject: undefined, arguments: { groups, ...counted, atLeast } };
};

function gives(group: Group): boolean {
  const documents = [...group.inlinePolicies.values()].map(({ document }) => document);
  return [...group.policies].some((policy) => !knownToDeny(policy)) || documents.some(documentAllows);
}

function activeMembers(state: State, keys: readonly string[]): number {
  const members = [...state.users.values()].filter((user) => keys.some((key) => user.groups.has(key)));
  const isShutOut = (user: User): boolean =>
    isDenied(user) || valuesAt(state.groups, user.groups.keys()).some(isDenied);
  return members.filter((user) => !isShutOut(user)).length;
}

/** Where nobody carries our tag yet, nothing may be taken: the files have never been compared with this account. */
const firstContact: Rule = ({ roster, actual, after, entries, now }) => {
  if (managedUsers(roster, actual).length > 0 || currentOverride(roster, now)?.firstContact === true)
    return undefined;
  const narrowing = entries
    .filter(({ changes }) => changes.some((change) => narrows(change, after)))
    .filter(({ intent }) => intent !== "create")
    .map(({ subject }) => `${subject.type} ${subject.name}`);
  return narrowing.length === 0
    ? undefined
    : { code: "first-contact", subject: undefined, arguments: { narrowing } };
};
