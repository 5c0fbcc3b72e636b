import { isDenied, ownerName, standing } from "../ownership.ts";
import type { Warning } from "../refusal.ts";
import type { Roster } from "../roster.ts";
import { compareText, fold } from "../rules/names.ts";
import type { State } from "../state.ts";
import { desiredGroup, isIgnored } from "./desire.ts";
import { groupChanges } from "./group-difference.ts";

/*
 * What the files stop managing while the account keeps it. Nothing is done to it, so no entry of a plan shows it.
 */

export function letGoWarnings(base: Roster | undefined, roster: Roster, actual: State): readonly Warning[] {
  if (base === undefined) return [];
  return [...leaversNotOurs(base, roster, actual), ...groupsMadeExternal(base, roster, actual)];
}

/** Leavers who are not closed, since they lack the tag that makes them ours: somebody took it off, perhaps themselves. */
function leaversNotOurs(base: Roster, { users, settings }: Roster, actual: State): readonly Warning[] {
  const owner = ownerName(settings);
  return [...base.users.values()].flatMap(({ name, status }): readonly Warning[] => {
    const live = actual.users.get(fold(name));
    if (status === "absent" || users.has(fold(name)) || live === undefined) return [];
    if (standing(live, owner) === "managed" || isDenied(live) || isIgnored(name, settings.ignore.users))
      return [];
    return [{ code: "leaver-not-managed", subject: { type: "user", name: live.name }, arguments: {} }];
  });
}

/** Groups that become external with more in them than was declared: what is in them goes past every later plan. */
function groupsMadeExternal(base: Roster, roster: Roster, actual: State): readonly Warning[] {
  return [...roster.groups.values()].flatMap(({ name, external }): readonly Warning[] => {
    const before = base.groups.get(fold(name));
    const live = actual.groups.get(fold(name));
    if (!external || before === undefined || before.external || live === undefined) return [];
    const policies = groupChanges(live, desiredGroup(before, live, actual.account.partition))
      .flatMap((change) => {
        if (change.kind === "DetachGroupPolicy") return [change.policy];
        if (change.kind === "DeleteGroupPolicy" || change.kind === "PutGroupPolicy") return [change.name];
        return [];
      })
      .filter((policy) => live.policies.has(policy) || live.inlinePolicies.has(fold(policy)))
      .toSorted(compareText);
    if (policies.length === 0) return [];
    const subject = { type: "group", name: live.name } as const;
    return [{ code: "external-with-more", subject, arguments: { policies } }];
  });
}
