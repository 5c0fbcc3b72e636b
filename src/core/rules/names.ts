/**
 * Which names, paths and tags IAM takes. Sources: the service model's patterns, and captures of the live
 * service where the two differ (the model's patterns are not anchored; `//` alone is refused).
 */

/** The key under which IAM compares a name: names are unique without regard to case, the case is kept. */
export function fold(name: string): string {
  return name.toLowerCase();
}

export function sameName(one: string, other: string): boolean {
  return fold(one) === fold(other);
}

/** Names ordered as IAM lists them: without regard to case, then by code unit, independent of the locale. */
export function compareNames(one: string, other: string): number {
  return compareText(fold(one), fold(other)) || compareText(one, other);
}

export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const NAME = /^[A-Za-z0-9_+=,.@-]+$/;
const PATH = /^\/(?:[\x21-\x7e]+\/)?$/;
const TAG_KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export const NAME_LIMITS = {
  user: 64,
  existingUser: 128,
  group: 128,
  policy: 128,
  path: 512,
  tagKey: 128,
  tagValue: 256,
} as const;

function isName(name: string, longest: number): boolean {
  return name.length <= longest && NAME.test(name);
}

/** A name that CreateUser and UpdateUser take: 64 characters. */
export function isUserName(name: string): boolean {
  return isName(name, NAME_LIMITS.user);
}

/** A name by which an existing user may be asked for: the service accepts 128 characters there. */
export function isExistingUserName(name: string): boolean {
  return isName(name, NAME_LIMITS.existingUser);
}

export function isGroupName(name: string): boolean {
  return isName(name, NAME_LIMITS.group);
}

export function isPolicyName(name: string): boolean {
  return isName(name, NAME_LIMITS.policy);
}

export function isPath(path: string): boolean {
  return path.length <= NAME_LIMITS.path && PATH.test(path);
}

/** A tag key that users may carry; keys that begin with `aws:` in any case are the service's own. */
export function isTagKey(key: string): boolean {
  return fits(key, NAME_LIMITS.tagKey) && TAG_KEY.test(key) && key.trim() !== "";
}

export function isTagValue(value: string): boolean {
  return fits(value, NAME_LIMITS.tagValue) && TAG_VALUE.test(value);
}

/** Characters, which are never more than the halves of surrogate pairs; those need no counting. */
function fits(text: string, most: number): boolean {
  return text.length <= most || [...text].length <= most;
}

export function isReservedTagKey(key: string): boolean {
  return fold(key).startsWith("aws:");
}
