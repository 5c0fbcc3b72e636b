import { matchesGlob } from "../../core/rules/glob.ts";
import { fold } from "../../core/rules/names.ts";
import { type Issue, issue } from "../issue.ts";
import { pointer } from "../pointer.ts";
import type { Context } from "./context.ts";

/** Names that IAM takes for one, and declared names that the roster ignores. */
export function nameIssues({ users, groups, roster }: Context): readonly Issue[] {
  const userNames = users.map(([name]) => name);
  const groupNames = groups.map(([name]) => name);
  return [
    ...sameNames(userNames).map(({ name, other }) => issue(userKey(name), "same-name", { name, other })),
    ...sameNames(groupNames).map(({ name, other }) => issue(groupKey(name), "same-name", { name, other })),
    ...ignored(userNames, roster.ignore?.users).map((each) =>
      issue(userKey(each.name), "ignored-name", each),
    ),
    ...ignored(groupNames, roster.ignore?.groups).map((each) =>
      issue(groupKey(each.name), "ignored-name", each),
    ),
  ];
}

function userKey(name: string) {
  return { file: "users.yaml", pointer: pointer("users", name), at: "key" } as const;
}

function groupKey(name: string) {
  return { file: "groups.yaml", pointer: pointer("groups", name), at: "key" } as const;
}

export interface SameName {
  readonly name: string;
  /** The one before it. */
  readonly other: string;
  readonly index: number;
}

/** Each name that one before it equals without regard to case. */
export function sameNames(names: readonly string[]): readonly SameName[] {
  if (names.length < 2) return [];
  const seen = new Map<string, string>();
  return names.flatMap((name, index) => {
    const other = seen.get(fold(name));
    if (other === undefined) seen.set(fold(name), name);
    return other === undefined ? [] : [{ name, other, index }];
  });
}

/** Each name with the first pattern that matches it. */
export function ignored(
  names: readonly string[],
  patterns: readonly string[] = [],
): readonly { name: string; pattern: string }[] {
  return names.flatMap((name) => {
    // Not find: it would also look at the hole that a pattern of the wrong type left.
    const [pattern] = patterns.filter((each) => matchesGlob(each, name));
    return pattern === undefined ? [] : [{ name, pattern }];
  });
}
