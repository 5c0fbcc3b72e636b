import type { Change } from "../change.ts";
import { inlineDifference, missingPolicies } from "./difference.ts";
import { compareNames, compareText } from "../rules/names.ts";
import type { Group, InlinePolicy } from "../state.ts";

/*
 * What has to be written so that a group becomes what it should be.
 */

export function createGroup(desired: Group): readonly Change[] {
  const { name: group, path } = desired;
  return [{ kind: "CreateGroup", group, path }, ...groupChanges({ ...desired, ...EMPTY }, desired)];
}

const EMPTY = { policies: new Set<string>(), inlinePolicies: new Map<string, InlinePolicy>() };

/** The changes of a group of ours. `live` and `desired` have the same name. */
export function groupChanges(live: Group, desired: Group): readonly Change[] {
  const { name: group } = live;
  const { gone, put } = inlineDifference(live.inlinePolicies, desired.inlinePolicies);
  const detached = missingPolicies(live.policies, desired.policies);
  const attached = missingPolicies(desired.policies, live.policies);
  return [
    ...(live.path === desired.path ? [] : [{ kind: "UpdateGroup", group, newPath: desired.path } as const]),
    ...detached.map((policy): Change => ({ kind: "DetachGroupPolicy", group, policy })),
    ...gone.map(({ name, document }): Change => ({ kind: "DeleteGroupPolicy", group, name, document })),
    ...attached.map((policy): Change => ({ kind: "AttachGroupPolicy", group, policy })),
    ...put.map(({ policy: { name, document }, replaces }): Change => ({
      kind: "PutGroupPolicy",
      group,
      name: replaces?.name ?? name,
      document,
      ...(replaces !== undefined && { replaces: replaces.document }),
    })),
  ];
}

export function deletionOfGroup(live: Group): readonly Change[] {
  const { name: group } = live;
  return [
    ...[...live.policies]
      .toSorted(compareText)
      .map((policy): Change => ({ kind: "DetachGroupPolicy", group, policy })),
    ...[...live.inlinePolicies.values()]
      .toSorted((one, other) => compareNames(one.name, other.name))
      .map(({ name, document }): Change => ({
        kind: "DeleteGroupPolicy",
        group,
        name,
        document,
      })),
    { kind: "DeleteGroup", group },
  ];
}
