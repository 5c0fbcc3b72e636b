import { type Issue, issue } from "../issue.ts";
import { pointer } from "../pointer.ts";
import type { Group } from "../schema/written.ts";
import type { Context } from "./context.ts";

/** What is wrong with a group's own lines. */
export function groupIssues({ groups, userNames }: Context): readonly Issue[] {
  return groups.flatMap(([name, group]) => [
    ...externalIssues(name, group),
    ...ownerIssues(name, group, userNames),
  ]);
}

/** Of an external group only the memberships are ours. */
function externalIssues(name: string, group: Group): readonly Issue[] {
  if (group.external !== true) return [];
  const said: Readonly<Record<string, boolean>> = {
    policies: (group.policies ?? []).length > 0,
    inlinePolicies: Object.keys(group.inlinePolicies ?? {}).length > 0,
    path: group.path !== undefined,
    renamedFrom: group.renamedFrom !== undefined,
    status: group.status === "absent",
  };
  return Object.keys(said)
    .filter((key) => said[key])
    .map((key) => {
      const spot = { file: "groups.yaml", pointer: pointer("groups", name, key), at: "key" } as const;
      return issue(spot, "external-with-policies", { group: name, key });
    });
}

function ownerIssues(name: string, { owners = [] }: Group, users: Context["userNames"]): readonly Issue[] {
  if (users === undefined) return [];
  return owners.flatMap((user, index) => {
    if (users.has(user)) return [];
    const at = pointer("groups", name, "owners", index);
    const spot = { file: "groups.yaml", pointer: at, severity: "warning" } as const;
    return [issue(spot, "unknown-user", { user, nearest: users.nearest(user) })];
  });
}
