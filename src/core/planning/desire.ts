import { DEACTIVATED_TAG, isOwnTag, OWNER_TAG } from "../change.ts";
import { firstTokens } from "./issuing.ts";
import { isDeactivated, isDenied, isInlineDeny, ownerName } from "../ownership.ts";
import type { Access, DeclaredGroup, DeclaredUser, PolicyReference, Settings } from "../roster.ts";
import { matchesGlob } from "../rules/glob.ts";
import { fold, isReservedTagKey } from "../rules/names.ts";
import { inlineSizeAfter } from "../rules/inline.ts";
import { awsManagedArn, denyAllArn, INLINE_DENY, isDenyAll, isQuarantine } from "../rules/policies.ts";
import type { Quotas } from "../rules/quotas.ts";
import type { Arn, ByName, Credentials, Group, GroupName, Instant, Tag, User } from "../state.ts";
import { isPast } from "../time.ts";

/*
 * From what the files say and what is there to what should be there. What a file leaves out is kept or taken away here,
 * and nowhere else.
 */

export interface Situation {
  readonly settings: Settings;
  readonly partition: string;
  readonly quotas: Quotas;
  /** undefined: as if no time ever passed, so that what only time asks for can be told apart. */
  readonly now: Instant | undefined;
  /** Folded names of groups that nobody leaves for now, since their rename is refused. */
  readonly staying: ReadonlySet<string>;
}

/** A declared user as it should be; `live` is what is there under that name, if anything. */
export function desiredUser(declared: DeclaredUser, live: User | undefined, situation: Situation): User {
  return {
    name: live?.name ?? declared.name,
    id: live?.id,
    createdAt: live?.createdAt,
    path: declared.path,
    tags: desiredTags(declared, live, situation.settings),
    // Omission never removes a boundary.
    boundary: declared.boundary === "none" ? undefined : (declared.boundary ?? live?.boundary),
    groups: desiredGroups(declared, live, situation),
    policies: desiredPolicies(declared, live, situation),
    inlinePolicies: declared.inlinePolicies,
    credentials: live?.credentials && desiredCredentials(declared, live.credentials, isDeactivated(live)),
    reported: live?.reported,
  };
}

/** The memberships in force; and of those that are there, the ones that nobody leaves or that the files ignore. */
function desiredGroups(
  declared: DeclaredUser,
  live: User | undefined,
  { now, staying, settings }: Situation,
): ByName<GroupName> {
  const groups = new Map<string, GroupName>();
  for (const [key, { group, until }] of declared.groups) {
    if (now === undefined || !isPast(until, now)) groups.set(key, group);
  }
  for (const [key, group] of live?.groups ?? []) {
    if (!groups.has(key) && (staying.has(key) || isIgnored(group, settings.ignore.groups)))
      groups.set(key, group);
  }
  return groups;
}

function ignoredGroups(live: User, settings: Settings): ByName<GroupName> {
  if (settings.ignore.groups.length === 0) return NO_GROUPS;
  return new Map([...live.groups].filter(([, group]) => isIgnored(group, settings.ignore.groups)));
}

const NO_GROUPS: ByName<GroupName> = new Map();

export function isIgnored(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, name));
}

/** The file's tags and our own; of the tags that are there, those we have no say in stay. */
function desiredTags(declared: DeclaredUser, live: User | undefined, settings: Settings): ByName<Tag> {
  const tags = new Map(declared.tags);
  tags.set(OWNER_TAG, { key: OWNER_TAG, value: ownerName(settings) });
  if (live === undefined) for (const tag of firstTokens(declared)) tags.set(tag.key, tag);
  for (const [key, tag] of live?.tags ?? []) {
    if (!tags.has(key) && staysUnasked(tag.key, settings)) tags.set(key, tag);
  }
  return tags;
}

function staysUnasked(key: string, settings: Settings): boolean {
  if (fold(key) === DEACTIVATED_TAG) return false;
  return isReservedTagKey(key) || isOwnTag(key) || isIgnored(key, settings.ignore.tags);
}

function desiredPolicies(
  declared: DeclaredUser,
  live: User | undefined,
  situation: Situation,
): ReadonlySet<Arn> {
  const policies = policyArns(declared.policies, situation.partition);
  // AWS attaches its quarantine itself and says not to remove it.
  const quarantines = [...(live?.policies ?? [])].filter(isQuarantine);
  return quarantines.length === 0 ? policies : policies.union(new Set(quarantines));
}

/** Full ARNs; a name without `arn:` is a policy of AWS's own in the account's partition. */
function policyArns(references: readonly PolicyReference[], partition: string): ReadonlySet<Arn> {
  return new Set(references.map((each) => (each.startsWith("arn:") ? each : awsManagedArn(partition, each))));
}

/**
 * Keys are set Inactive, never deleted; other kinds of credentials of an active user are the user's own affair. What
 * somebody gave a deactivated user meanwhile does not come back with the user.
 */
function desiredCredentials(declared: DeclaredUser, live: Credentials, isComingBack: boolean): Credentials {
  const keeps = (access: Access): boolean => declared.access?.has(access) === true && !isComingBack;
  return {
    ...live,
    password: keeps("console") ? live.password : undefined,
    accessKeys: keeps("programmatic") ? live.accessKeys : live.accessKeys.map(inactive),
  };
}

/**
 * A user as deactivation leaves it: denied everything, no password, every credential Inactive, no membership and no
 * policy. MFA, path, boundary and tags stay. The tag that says when is stamped at apply; here it carries `stamp`.
 */
export function deactivatedUser(live: User, situation: Situation, stamp: Instant): User {
  const inline = [...live.inlinePolicies].filter(([, policy]) => isInlineDeny(policy));
  const kept = [...live.policies].filter((policy) => isQuarantine(policy) || isDenyAll(policy));
  const way = denyWay(live, situation);
  if (way === "inline") inline.push([INLINE_DENY.name, INLINE_DENY]);
  if (way === "attach" || way === "detach-first") kept.push(denyAllArn(situation.partition));
  return {
    ...live,
    tags: deactivatedTags(live, situation.settings, stamp),
    groups: ignoredGroups(live, situation.settings),
    policies: new Set(kept),
    inlinePolicies: new Map(inline),
    credentials: live.credentials && disabledCredentials(live.credentials),
  };
}

function disabledCredentials(live: Credentials): Credentials {
  return {
    password: undefined,
    accessKeys: live.accessKeys.map(inactive),
    sshKeys: live.sshKeys.map(inactive),
    certificates: live.certificates.map(inactive),
    serviceCredentials: live.serviceCredentials.map(inactive),
    mfaDevices: live.mfaDevices,
  };
}

/**
 * How the deny over everything comes onto a user: AWSDenyAll; where the quota of attached policies is full, an inline
 * policy; where that quota is full too, AWSDenyAll after a direct policy is taken away. `there`: it is on already.
 */
export type DenyWay = "there" | "attach" | "inline" | "detach-first";

export function denyWay(live: User, { quotas }: Pick<Situation, "quotas">): DenyWay {
  if (isDenied(live)) return "there";
  if (live.policies.size < quotas.policiesPerUser) return "attach";
  const size = inlineSizeAfter(live.inlinePolicies.values(), INLINE_DENY);
  return size <= quotas.userPolicySize ? "inline" : "detach-first";
}

function deactivatedTags(live: User, settings: Settings, stamp: Instant): ByName<Tag> {
  const tags = new Map(live.tags).set(OWNER_TAG, { key: OWNER_TAG, value: ownerName(settings) });
  return tags.has(DEACTIVATED_TAG) ? tags : tags.set(DEACTIVATED_TAG, { key: DEACTIVATED_TAG, value: stamp });
}

function inactive<Each extends { readonly status: "Active" | "Inactive" }>(credential: Each): Each {
  return { ...credential, status: "Inactive" };
}

/** A declared group of ours as it should be. */
export function desiredGroup(declared: DeclaredGroup, live: Group | undefined, partition: string): Group {
  return {
    name: live?.name ?? declared.name,
    id: live?.id,
    path: declared.path,
    policies: policyArns(declared.policies, partition),
    inlinePolicies: declared.inlinePolicies,
  };
}
