import { DEACTIVATED_TAG, isOwnTag, OWNER_TAG } from "./change.ts";
import { type DeclaredUser, DEFAULT_OWNER, type Settings } from "./roster.ts";
import { fold } from "./rules/names.ts";
import { INLINE_DENY, isDenyAll, isQuarantine } from "./rules/policies.ts";
import { canonicalDocument } from "./rules/documents.ts";
import type { Account, InlinePolicy, Instant, User, UserName } from "./state.ts";

/*
 * Whose a user is, and what our own tags on it say.
 */

/** `foreign`: another owner's tag, never touched. `unmanaged`: no owner tag. */
export type Standing = "managed" | "foreign" | "unmanaged";

export function ownerName(settings: Pick<Settings, "owner">): string {
  return settings.owner ?? DEFAULT_OWNER;
}

export function standing(user: Pick<User, "tags">, owner: string): Standing {
  if (!user.tags.has(OWNER_TAG)) return "unmanaged";
  return foreignOwner(user, owner) === undefined ? "managed" : "foreign";
}

/** The other owner whose tag the user carries; undefined where there is none. */
export function foreignOwner({ tags }: Pick<User, "tags">, owner: string): string | undefined {
  const value = tags.get(OWNER_TAG)?.value;
  return value === owner ? undefined : value;
}

/** When we deactivated the user; undefined where we did not. */
export function deactivatedAt(user: Pick<User, "tags">): Instant | undefined {
  return user.tags.get(DEACTIVATED_TAG)?.value;
}

export function isDeactivated(user: Pick<User, "tags">): boolean {
  return user.tags.has(DEACTIVATED_TAG);
}

/** Tags under our prefix on a user without our owner tag: somebody took it off. */
export function orphanedTags(user: Pick<User, "tags">): readonly string[] {
  if (user.tags.has(OWNER_TAG)) return [];
  return [...user.tags.values()].map(({ key }) => key).filter(isOwnTag);
}

/** Does the user carry a deny over everything: AWSDenyAll, or our inline stand-in for it? */
export function isDenied(user: Pick<User, "policies" | "inlinePolicies">): boolean {
  const inline = user.inlinePolicies.get(INLINE_DENY.name);
  return [...user.policies].some(isDenyAll) || (inline !== undefined && isInlineDeny(inline));
}

/** Our own inline deny, with the document we gave it: another document under the name does not deny everything. */
export function isInlineDeny(policy: InlinePolicy): boolean {
  return (
    fold(policy.name) === INLINE_DENY.name &&
    canonicalDocument(policy.document) === canonicalDocument(INLINE_DENY.document)
  );
}

/** The name of the user who runs this, where it is a user and not a role. */
export function callerName(account: Pick<Account, "caller">): UserName | undefined {
  return /^arn:[a-z-]+:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/.exec(account.caller ?? "")?.[1];
}

/**
 * Denied by somebody else: AWSDenyAll without our tag that the file does not ask for, or AWS's own quarantine. Nothing
 * on such a user broadens.
 */
export function isHeld(declared: DeclaredUser, live: User): boolean {
  return isHeldByDeny(declared, live) || [...live.policies].some(isQuarantine);
}

export function isHeldByDeny(declared: DeclaredUser, live: User): boolean {
  if (!isDenied(live) || isDeactivated(live)) return false;
  return !declared.policies.some((policy) => policy === "AWSDenyAll" || isDenyAll(policy));
}
