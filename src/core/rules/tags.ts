import { fold, isReservedTagKey, isTagKey, isTagValue } from "./names.ts";
import { FIXED_QUOTAS } from "./quotas.ts";

/*
 * How IAM treats the tags of a user. Keys compare without case and keep the spelling of the last write, so tagging
 * `team` over `Team` replaces key and value (User Guide, "Tagging IAM resources").
 */

interface Tag {
  readonly key: string;
  readonly value: string;
}

type Tags = ReadonlyMap<string, Tag>;

/** The tags after TagUser: new keys stand behind the old ones, a known key keeps its place. */
export function mergeTags(tags: Tags, written: Iterable<Tag>): Tags {
  const merged = new Map(tags);
  for (const tag of written) merged.set(fold(tag.key), tag);
  return merged;
}

/** The tags after UntagUser; a key that is not there is no error. */
export function removeTags(tags: Tags, keys: Iterable<string>): Tags {
  const left = new Map(tags);
  for (const key of keys) left.delete(fold(key));
  return left;
}

export interface TagProblem {
  readonly code: "ValidationError" | "InvalidInput" | "LimitExceeded";
  readonly message: string;
}

/** What TagUser or CreateUser finds wrong with the tags it is given, if anything, in the order in which IAM looks. */
export function tagProblem(tags: Tags, written: readonly Tag[]): TagProblem | undefined {
  return requestProblem(written) ?? quotaProblem(mergeTags(tags, written));
}

function requestProblem(written: readonly Tag[]): TagProblem | undefined {
  const invalid = (message: string): TagProblem => ({ code: "ValidationError", message });
  if (written.length > FIXED_QUOTAS.tagsPerUser) {
    return invalid(
      constraint("tags", `Member must have length less than or equal to ${FIXED_QUOTAS.tagsPerUser}`),
    );
  }
  for (const [index, tag] of written.entries()) {
    const place = `tags.${index + 1}.member`;
    if (!isTagKey(tag.key))
      return invalid(constraint(`${place}.key`, "Member must satisfy its pattern and length"));
    if (!isTagValue(tag.value))
      return invalid(constraint(`${place}.value`, "Member must satisfy its pattern and length"));
  }
  if (written.some((tag) => isReservedTagKey(tag.key))) {
    return { code: "InvalidInput", message: "Tag keys beginning with aws: are reserved for system use." };
  }
  if (new Set(written.map((tag) => fold(tag.key))).size < written.length) {
    const message = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    return { code: "InvalidInput", message };
  }
  return undefined;
}

function quotaProblem(after: Tags): TagProblem | undefined {
  if (after.size <= FIXED_QUOTAS.tagsPerUser) return undefined;
  const message = `The number of tags has reached the maximum limit: ${FIXED_QUOTAS.tagsPerUser}`;
  return { code: "LimitExceeded", message };
}

function constraint(place: string, text: string): string {
  return `1 validation error detected: Value at '${place}' failed to satisfy constraint: ${text}`;
}
