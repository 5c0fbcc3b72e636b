import type { ByKind, Change } from "../change.ts";
import { type Conflict, exceeds, hasPolicies, type Ledger, missing, taken, without } from "./ledger.ts";
import { inlineSizeAfter } from "../rules/inline.ts";
import { fold } from "../rules/names.ts";
import { type Group, type GroupName, type Instant, valuesAt } from "../state.ts";

/*
 * The effect of each kind of change on a group, under IAM's own rules.
 */

export type GroupKind = Exclude<Change["kind"], Extract<Change, { readonly user: string }>["kind"]>;
type Effects = Pick<ByKind<Conflict | undefined, [ledger: Ledger, now: Instant]>, GroupKind>;

/** Makes the change on the ledger; a conflict leaves it as it was. */
export const GROUP_EFFECTS: Effects = {
  CreateGroup: ({ group, path }, ledger) => {
    if (ledger.groups.has(fold(group))) return taken("group", group);
    const tooMany = exceeds(ledger.groups.size + 1, "groups", ledger.quotas);
    if (tooMany !== undefined) return tooMany;
    ledger.groups.set(fold(group), { ...EMPTY_GROUP, name: group, path });
    return undefined;
  },
  UpdateGroup: ({ group, newName, newPath }, ledger) => {
    const found = ledger.groups.get(fold(group));
    if (found === undefined) return missing("group", group);
    const name = newName ?? found.name;
    if (fold(name) !== fold(group) && ledger.groups.has(fold(name))) return taken("group", name);
    ledger.groups.delete(fold(group));
    ledger.groups.set(fold(name), { ...found, name, path: newPath ?? found.path });
    if (name !== found.name) moveMembers(ledger, group, name);
    return undefined;
  },
  DeleteGroup: ({ group }, ledger) => {
    const found = ledger.groups.get(fold(group));
    const names = valuesAt(ledger.users, ledger.members.get(fold(group)) ?? []).map(({ name }) => name);
    if (names.length > 0 || (found !== undefined && hasPolicies(found)))
      return { error: "DeleteConflict", members: names };
    ledger.groups.delete(fold(group));
    return undefined;
  },
  AttachGroupPolicy: ({ group, policy }, ledger) =>
    onGroup(ledger, group, (found) => {
      const policies = new Set(found.policies).add(policy);
      return exceeds(policies.size, "policiesPerGroup", ledger.quotas) ?? { ...found, policies };
    }),
  DetachGroupPolicy: ({ group, policy }, ledger) =>
    onGroup(ledger, group, (found) => ({ ...found, policies: found.policies.difference(new Set([policy])) })),
  PutGroupPolicy: ({ group, name, document }, ledger) =>
    onGroup(ledger, group, (found) => {
      const put = { name, document };
      const size = inlineSizeAfter(found.inlinePolicies.values(), put);
      const inlinePolicies = new Map(found.inlinePolicies).set(fold(name), put);
      return exceeds(size, "groupPolicySize", ledger.quotas) ?? { ...found, inlinePolicies };
    }),
  DeleteGroupPolicy: ({ group, name }, ledger) =>
    onGroup(ledger, group, (found) => ({
      ...found,
      inlinePolicies: without(found.inlinePolicies, [fold(name)]),
    })),
};

const EMPTY_GROUP: Omit<Group, "name" | "path"> = {
  id: undefined,
  policies: new Set(),
  inlinePolicies: new Map(),
};

function onGroup(
  ledger: Ledger,
  group: GroupName,
  update: (found: Group) => Group | Conflict,
): Conflict | undefined {
  const found = ledger.groups.get(fold(group));
  if (found === undefined) return missing("group", group);
  const after = update(found);
  if ("error" in after) return after;
  ledger.groups.set(fold(group), after);
  return undefined;
}

/** A renamed group keeps its members. */
function moveMembers(ledger: Ledger, from: GroupName, to: GroupName): void {
  const members = ledger.members.get(fold(from)) ?? new Set<string>();
  ledger.members.delete(fold(from));
  ledger.members.set(fold(to), members);
  for (const user of valuesAt(ledger.users, members)) {
    const groups = new Map(without(user.groups, [fold(from)])).set(fold(to), to);
    ledger.users.set(fold(user.name), { ...user, groups });
  }
}
