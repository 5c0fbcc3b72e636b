import { isRealDate } from "../../core/rules/dates.ts";
import { fold } from "../../core/rules/names.ts";
import { DEFAULT_QUOTAS } from "../../core/rules/quotas.ts";
import { type Issue, issue } from "../issue.ts";
import { pointer } from "../pointer.ts";
import type { LimitedMembership, User } from "../schema/written.ts";
import type { Context } from "./context.ts";
import { sameNames } from "./names.ts";

/** Memberships in groups that cannot be had. */
export function membershipIssues(context: Context): readonly Issue[] {
  const absent = absentGroups(context);
  return context.users.flatMap(([name, user]) => {
    const memberships = membershipsOf(name, user);
    return memberships
      .flatMap((each) => groupIssues(each, absent, context))
      .concat(memberships.flatMap(dateIssues), repeated(memberships), tooMany(name, memberships));
  });
}

interface Entry {
  readonly group: string;
  readonly until: string | undefined;
  readonly spot: (of: "group" | "until") => { readonly file: "users.yaml"; readonly pointer: string };
}

/** Those that name a group. */
function membershipsOf(name: string, { groups = [] }: User): readonly Entry[] {
  return groups.flatMap((entry, index): readonly Entry[] => {
    const spot: Entry["spot"] = (...of) => {
      const inside = typeof entry === "string" ? [] : of;
      return { file: "users.yaml", pointer: pointer("users", name, "groups", index, ...inside) };
    };
    if (typeof entry === "string") return [{ group: entry, until: undefined, spot }];
    // A group's name of the wrong shape was left out.
    const { group, until }: Partial<LimitedMembership> = entry;
    return group === undefined ? [] : [{ group, until, spot }];
  });
}

function absentGroups({ groups }: Context): ReadonlySet<string> {
  return new Set(groups.filter(([, { status }]) => status === "absent").map(([name]) => fold(name)));
}

function groupIssues(
  { group, spot }: Entry,
  absent: ReadonlySet<string>,
  { groupNames }: Context,
): readonly Issue[] {
  if (absent.has(fold(group))) return [issue(spot("group"), "absent-group", { group })];
  if (groupNames === undefined || groupNames.has(group)) return [];
  return [issue(spot("group"), "unknown-group", { group, nearest: groupNames.nearest(group) })];
}

function dateIssues({ until, spot }: Entry): readonly Issue[] {
  if (until === undefined || isRealDate(until)) return [];
  return [issue(spot("until"), "date-not-real", { date: until })];
}

function repeated(memberships: readonly Entry[]): readonly Issue[] {
  return sameNames(memberships.map(({ group }) => group)).flatMap(({ name, other, index }) => {
    const spot = memberships[index]?.spot("group");
    return spot === undefined ? [] : [issue(spot, "same-name", { name, other })];
  });
}

/** Those without an end are too many for sure; with the others it depends on the day, which nobody knows here. */
function tooMany(user: string, memberships: readonly Entry[]): readonly Issue[] {
  const most = DEFAULT_QUOTAS.groupsPerUser;
  const count = memberships.length;
  if (count <= most) return [];
  const lasting = memberships.filter(({ until }) => until === undefined).length;
  const severity = lasting > most ? "error" : "warning";
  const spot = {
    file: "users.yaml",
    pointer: pointer("users", user, "groups"),
    at: "key",
    severity,
  } as const;
  return [issue(spot, "too-many-groups", { user, count, most })];
}
