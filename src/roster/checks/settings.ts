import { isRealDate } from "../../core/rules/dates.ts";
import { fold } from "../../core/rules/names.ts";
import { type Issue, issue } from "../issue.ts";
import { pointer } from "../pointer.ts";
import type { Context } from "./context.ts";

/** What is wrong in roster.yaml, seen with the other two files. */
export function settingIssues(context: Context): readonly Issue[] {
  return [...overrideIssues(context), ...protectedIssues(context), ...adminIssues(context)];
}

function overrideIssues({ roster }: Context): readonly Issue[] {
  const until = roster.limits?.override?.until;
  if (until === undefined || isRealDate(until)) return [];
  const spot = { file: "roster.yaml", pointer: pointer("limits", "override", "until") } as const;
  return [issue(spot, "date-not-real", { date: until })];
}

/**
 * Most protected users are in no file: that is what protects them from the files too. Only a name that is nearly
 * another's looks misspelt; a user who is about to be renamed is protected by the old name as well.
 */
function protectedIssues({ roster, users, userNames }: Context): readonly Issue[] {
  if (userNames === undefined) return [];
  const oldNames = new Set(users.map(([, { renamedFrom = "" }]) => fold(renamedFrom)));
  return (roster.protected ?? []).flatMap((user, index) => {
    const nearest = userNames.nearest(user);
    if (nearest === undefined || userNames.has(user) || oldNames.has(fold(user))) return [];
    const spot = { file: "roster.yaml", pointer: pointer("protected", index), severity: "warning" } as const;
    return [issue(spot, "unknown-user", { user, nearest })];
  });
}

function adminIssues({ roster, groupNames }: Context): readonly Issue[] {
  if (groupNames === undefined) return [];
  return (roster.admins?.groups ?? []).flatMap((group, index) => {
    if (groupNames.has(group)) return [];
    const spot = {
      file: "roster.yaml",
      pointer: pointer("admins", "groups", index),
      severity: "warning",
    } as const;
    return [issue(spot, "unknown-group", { group, nearest: groupNames.nearest(group) })];
  });
}
