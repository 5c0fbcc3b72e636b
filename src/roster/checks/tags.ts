import { isOwnTag } from "../../core/change.ts";
import { isReservedTagKey, isTagKey, isTagValue } from "../../core/rules/names.ts";
import { FIXED_QUOTAS } from "../../core/rules/quotas.ts";
import { type Issue, issue } from "../issue.ts";
import { pointer } from "../pointer.ts";
import type { User } from "../schema/written.ts";
import type { Context } from "./context.ts";
import { ignored, sameNames } from "./names.ts";

/** IAM's quota less what iam-roster itself may write on a user. */
const MOST_TAGS = FIXED_QUOTAS.tagsPerUser - 10;

const CHARACTERS = "letters, digits, spaces and _ . : / = + - @";

/** Tags that IAM does not take, or that are not the file's to set. */
export function tagIssues({ users, roster }: Context): readonly Issue[] {
  const patterns = roster.ignore?.tags ?? ["AKIA*"];
  return users.flatMap(([name, { tags = {} }]) =>
    Object.entries(tags)
      .flatMap(([key, value]) => oneTag(name, key, value))
      .concat(keysTogether(name, tags, patterns)),
  );
}

function oneTag(user: string, key: string, value: string): readonly Issue[] {
  const spot = (at: "key" | "value") =>
    ({ file: "users.yaml", pointer: pointer("users", user, "tags", key), at }) as const;
  if (isReservedTagKey(key) || isOwnTag(key)) return [issue(spot("key"), "reserved-tag", { key })];
  const expected = `a tag key: 1 to 128 ${CHARACTERS}`;
  if (!isTagKey(key))
    return [issue(spot("key"), "wrong-value", { expected, found: key, nearest: undefined })];
  if (isTagValue(value)) return [];
  const ofValue = `a tag value: at most 256 ${CHARACTERS}`;
  return [issue(spot("value"), "wrong-value", { expected: ofValue, found: value, nearest: undefined })];
}

function keysTogether(
  user: string,
  tags: NonNullable<User["tags"]>,
  patterns: readonly string[],
): readonly Issue[] {
  const keys = Object.keys(tags);
  const at = (...key: readonly string[]) =>
    ({ file: "users.yaml", pointer: pointer("users", user, "tags", ...key), at: "key" }) as const;
  return [
    ...sameNames(keys).map(({ name, other }) => issue(at(name), "same-name", { name, other })),
    ...ignored(keys, patterns).map((each) => issue(at(each.name), "ignored-name", each)),
    ...(keys.length > MOST_TAGS
      ? [issue(at(), "too-many-tags", { count: keys.length, most: MOST_TAGS })]
      : []),
  ];
}
