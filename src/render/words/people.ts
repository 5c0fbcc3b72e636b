import { isDenyAll, INLINE_DENY } from "../../core/rules/policies.ts";
import type { After, Evidence, Members } from "../../core/plan.ts";
import { counted, enumeration, join, listing, type Phrase, say } from "../phrase.ts";
import { policyWords } from "./changes.ts";
import { day, untilWords } from "./dates.ts";

/** What is known of a user, on one line; undefined where nothing is. */
export function evidenceWords(evidence: Evidence): Phrase | undefined {
  const parts = [
    ...(evidence.createdAt === undefined ? [] : [say`created ${day(evidence.createdAt)}`]),
    ...passwordWords(evidence),
    ...keyWords(evidence),
    ...(evidence.otherCredentials === undefined || evidence.otherCredentials === 0
      ? []
      : [say`${counted(evidence.otherCredentials, "other active credential")}`]),
    ...(evidence.mfa === undefined ? [] : [evidence.mfa ? say`MFA` : say`no MFA`]),
  ];
  return parts.length === 0 ? undefined : join(parts, "; ");
}

/** Whom a change of the group reaches. */
export function membersWords({ managed, others }: Members): Phrase {
  const parts = [
    ...(managed.length === 0 ? [] : [say`members: ${listing(managed, NAMED)}`]),
    ...(others.length === 0 ? [] : [say`members that are not managed: ${listing(others, NAMED)}`]),
  ];
  return parts.length === 0 ? say`no members` : join(parts, "; ");
}

const NAMED = 10;

function passwordWords({ password, passwordLastUsed }: Evidence): readonly Phrase[] {
  if (password === undefined) return [];
  if (!password) return [say`no password`];
  return [
    passwordLastUsed === undefined
      ? say`password, no use known`
      : say`password last used ${day(passwordLastUsed)}`,
  ];
}

function keyWords({ activeKeys, keyLastUsed }: Evidence): readonly Phrase[] {
  if (activeKeys === undefined) return [];
  if (activeKeys === 0) return [say`no active key`];
  const keys = counted(activeKeys, "active key");
  return [
    keyLastUsed === undefined ? say`${keys}, no use known` : say`${keys}, last used ${day(keyLastUsed)}`,
  ];
}

/** `emily can then: power-users; administrators until 31 December 2026.` */
export function afterWords(name: string, after: After): Phrase {
  switch (after.status) {
    case "deleted":
      return say`${name} then no longer exists.`;
    case "held":
      return say`${name} stays held: AWSDenyAll denies everything, whatever else is given.`;
    case "deactivated":
      return deactivatedWords(name, after);
    case "active":
      return say`${activeWords(name, after)}${limitWords(after)}`;
    default:
      return after.status satisfies never;
  }
}

function deactivatedWords(name: string, after: After): Phrase {
  const left = heldWords(after);
  return left.length === 0
    ? say`${name} then holds nothing and cannot sign in.`
    : say`${name} then cannot sign in and is denied everything, though still there: ${join(left, "; ")}.`;
}

function activeWords(name: string, after: After): Phrase {
  const held = heldWords(after);
  const access = enumeration(after.access.map((each): Phrase => [each]));
  if (held.length > 0) {
    const signIn = after.access.length === 0 ? say`Access: none` : say`Access: ${access}`;
    return say`${name} can then: ${join(held, "; ")}. ${signIn}.`;
  }
  if (after.access.length === 0) return say`${name} then holds nothing and cannot sign in.`;
  return say`${name} then holds nothing. Access: ${access}.`;
}

function limitWords(after: After): Phrase {
  const boundary = after.boundary === undefined ? [] : say` Bounded by ${policyWords(after.boundary)}.`;
  const until = after.until === undefined ? [] : say` All of it ${untilWords(after.until)}.`;
  return say`${boundary}${until}`;
}

/** What a user holds, without the deny that closes it. */
function heldWords(after: After): readonly Phrase[] {
  return [
    ...after.groups.map(({ group, until }) =>
      until === undefined ? say`${group}` : say`${group} ${untilWords(until)}`,
    ),
    ...after.policies
      .filter((policy) => !isDenyAll(policy))
      .map((policy) => say`${policyWords(policy)} directly`),
    ...after.inlinePolicies
      .filter((policy) => policy !== INLINE_DENY.name)
      .map((policy) => say`inline policy ${policy}`),
  ];
}
