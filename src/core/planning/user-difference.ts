import { type Change, DEACTIVATED_TAG } from "../change.ts";
import { inlineDifference, missingKeys, missingPolicies } from "./difference.ts";
import { compareNames, compareText } from "../rules/names.ts";
import { type Credential, type Tag, type User, valuesAt } from "../state.ts";

/*
 * What has to be written so that a user becomes what it should be. Changes carry the names that hold after all renames;
 * the draft puts the old ones where they still hold.
 */

export function createUser(desired: User): readonly Change[] {
  const { name, path, boundary } = desired;
  const tags = [...desired.tags.values()].toSorted(byKey);
  const created: User = { ...desired, groups: new Map(), policies: new Set(), inlinePolicies: new Map() };
  return [
    // One call, so that no cut leaves a user without boundary and owner.
    { kind: "CreateUser", user: name, path, tags, ...(boundary !== undefined && { boundary }) },
    ...userChanges(created, desired),
  ];
}

/** The changes of an update. `live` and `desired` have the same name. */
export function userChanges(live: User, desired: User): readonly Change[] {
  return passwordChanges(live, desired).concat(
    accessKeyChanges(live, desired),
    boundaryChanges(live, desired),
    pathChanges(live, desired),
    tagChanges(live, desired),
    membershipChanges(live, desired),
    userPolicyChanges(live, desired),
    userInlineChanges(live, desired),
    reactivation(live, desired),
  );
}

/** The deactivation tag goes after the deny is lifted: a deny without the tag would be somebody else's hold. */
function reactivation({ name, tags }: User, desired: User): readonly Change[] {
  const ends = tags.has(DEACTIVATED_TAG) && !desired.tags.has(DEACTIVATED_TAG);
  return ends ? [{ kind: "UntagUser", user: name, keys: [DEACTIVATED_TAG] }] : [];
}

function pathChanges({ name, path }: User, desired: User): readonly Change[] {
  return path === desired.path ? [] : [{ kind: "UpdateUser", user: name, newPath: desired.path }];
}

function boundaryChanges({ name, boundary }: User, desired: User): readonly Change[] {
  if (desired.boundary === undefined)
    return boundary === undefined ? [] : [{ kind: "DeleteUserPermissionsBoundary", user: name, boundary }];
  if (boundary === desired.boundary) return [];
  const replaces = boundary === undefined ? {} : { replaces: boundary };
  return [{ kind: "PutUserPermissionsBoundary", user: name, boundary: desired.boundary, ...replaces }];
}

/** Tags to take away, then tags to write, so that the quota is never in the way; the deactivation tag has its own place. */
function tagChanges({ name, tags }: User, desired: User): readonly Change[] {
  const surplus = missingKeys(tags, desired.tags).filter((key) => key !== DEACTIVATED_TAG);
  const keys = valuesAt(tags, surplus)
    .map((tag) => tag.key)
    .toSorted(compareText);
  const written: Tag[] = [];
  // Nearly always there are none, of thousands of users.
  for (const [key, tag] of desired.tags) if (tags.get(key)?.value !== tag.value) written.push(tag);
  return [
    ...(keys.length === 0 ? [] : [{ kind: "UntagUser", user: name, keys } as const]),
    ...(written.length === 0
      ? []
      : [{ kind: "TagUser", user: name, tags: written.toSorted(byKey) } as const]),
  ];
}

function byKey(one: Tag, other: Tag): number {
  return compareNames(one.key, other.key);
}

export function membershipChanges({ name, groups }: User, desired: User): readonly Change[] {
  return [
    ...valuesAt(groups, missingKeys(groups, desired.groups)).map((group): Change => ({
      kind: "RemoveUserFromGroup",
      user: name,
      group,
    })),
    ...valuesAt(desired.groups, missingKeys(desired.groups, groups)).map((group): Change => ({
      kind: "AddUserToGroup",
      user: name,
      group,
    })),
  ];
}

export function userPolicyChanges({ name, policies }: User, desired: User): readonly Change[] {
  return [
    ...missingPolicies(policies, desired.policies).map((policy): Change => ({
      kind: "DetachUserPolicy",
      user: name,
      policy,
    })),
    ...missingPolicies(desired.policies, policies).map((policy): Change => ({
      kind: "AttachUserPolicy",
      user: name,
      policy,
    })),
  ];
}

export function userInlineChanges({ name: user, inlinePolicies }: User, desired: User): readonly Change[] {
  const { gone, put } = inlineDifference(inlinePolicies, desired.inlinePolicies);
  return [
    ...gone.map(({ name, document }): Change => ({ kind: "DeleteUserPolicy", user, name, document })),
    ...put.map(({ policy: { name, document }, replaces }): Change => ({
      kind: "PutUserPolicy",
      user,
      name: replaces?.name ?? name,
      document,
      ...(replaces !== undefined && { replaces: replaces.document }),
    })),
  ];
}

export function passwordChanges({ name, credentials }: User, desired: User): readonly Change[] {
  const taken = credentials?.password !== undefined && desired.credentials?.password === undefined;
  return taken ? [{ kind: "DeleteLoginProfile", user: name }] : [];
}

export function accessKeyChanges({ name: user, credentials }: User, desired: User): readonly Change[] {
  return disabledIds(credentials?.accessKeys, desired.credentials?.accessKeys).map(({ id: key }): Change => ({
    kind: "UpdateAccessKey",
    user,
    key,
    status: "Inactive",
  }));
}

export function disabledIds<Each extends Credential>(
  live: readonly Each[] = [],
  desired: readonly Each[] = [],
): readonly Each[] {
  if (live.length === 0) return [];
  const inactive = new Set(desired.filter(({ status }) => status === "Inactive").map(({ id }) => id));
  return live.filter(({ id, status }) => status === "Active" && inactive.has(id));
}
