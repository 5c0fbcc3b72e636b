import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../src/core/change.ts";
import {
  callerName,
  deactivatedAt,
  isDenied,
  isHeld,
  isHeldByDeny,
  isInlineDeny,
  orphanedTags,
  ownerName,
  standing,
} from "../../src/core/ownership.ts";
import { INLINE_DENY } from "../../src/core/rules/policies.ts";
import { declaredUser, OURS, OWNER, user } from "./build.ts";

const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const allow = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const CLOSED = { ...OURS, [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" };

describe("whose a user is", () => {
  test("stands in the owner tag, and a roster that names no owner is iam-roster's", () => {
    expect(ownerName({ owner: OWNER })).toBe(OWNER);
    expect(ownerName({ owner: undefined })).toBe("iam-roster");
    expect(standing(user("ann"), OWNER)).toBe("managed");
    expect(standing(user("ann"), "other/team")).toBe("foreign");
    expect(standing(user("ann", { tags: { [DEACTIVATED_TAG]: "x" } }), OWNER)).toBe("unmanaged");
  });

  test("is doubtful where it has another tag of ours and not that one", () => {
    const tags = { team: "a", "iam-roster:rotateKey": "1", [DEACTIVATED_TAG]: "x" };
    expect(orphanedTags(user("ann", { tags }))).toEqual(["iam-roster:rotateKey", DEACTIVATED_TAG]);
    expect(orphanedTags(user("ann", { tags: { ...tags, ...OURS } }))).toEqual([]);
  });
});

describe("a deny over everything", () => {
  const inline = (name: string, document: typeof allow = INLINE_DENY.document as typeof allow) => ({
    inlinePolicies: { [name]: document },
  });

  test("is AWSDenyAll among other policies, or our own inline deny by name and meaning", () => {
    expect(isDenied(user("ann", { policies: [READ, DENY_ALL] }))).toBe(true);
    expect(isDenied(user("ann", inline(INLINE_DENY.name)))).toBe(true);
    expect(isDenied(user("ann", inline(INLINE_DENY.name, allow)))).toBe(false);
    expect(isDenied(user("ann", inline("another")))).toBe(false);
    expect(isDenied(user("ann", { policies: [READ, QUARANTINE] }))).toBe(false);
  });

  test("is ours inline under its own name only, in any case", () => {
    expect(isInlineDeny({ ...INLINE_DENY, name: "IAM-Roster-Deny-All" })).toBe(true);
    expect(isInlineDeny({ ...INLINE_DENY, name: "another" })).toBe(false);
    expect(isInlineDeny({ ...INLINE_DENY, document: allow })).toBe(false);
  });

  test("holds a user unless we put it there, or the file asks for it", () => {
    const denied = { policies: [READ, DENY_ALL] };
    const asked = (policy: string) => declaredUser("ann", { policies: ["ReadOnlyAccess", policy] });
    expect(isHeldByDeny(declaredUser("ann"), user("ann", denied))).toBe(true);
    expect(isHeldByDeny(declaredUser("ann"), user("ann", { ...denied, tags: CLOSED }))).toBe(false);
    expect(isHeldByDeny(declaredUser("ann"), user("ann"))).toBe(false);
    expect(isHeldByDeny(asked("AWSDenyAll"), user("ann", denied))).toBe(false);
    expect(isHeldByDeny(asked(DENY_ALL), user("ann", denied))).toBe(false);
    expect(isHeldByDeny(asked("SecurityAudit"), user("ann", denied))).toBe(true);
  });

  test("by AWS's own quarantine holds a user too, whoever deactivated it", () => {
    expect(isHeld(declaredUser("ann"), user("ann", { policies: [READ, QUARANTINE] }))).toBe(true);
    expect(isHeld(declaredUser("ann"), user("ann", { policies: [QUARANTINE], tags: CLOSED }))).toBe(true);
    expect(isHeld(declaredUser("ann"), user("ann", { policies: [DENY_ALL] }))).toBe(true);
    expect(isHeld(declaredUser("ann"), user("ann", { policies: [READ] }))).toBe(false);
  });
});

test("a user was deactivated when our tag says so", () => {
  expect(deactivatedAt(user("ann", { tags: CLOSED }))).toBe("2026-01-01T00:00:00Z");
  expect(deactivatedAt(user("ann"))).toBeUndefined();
});

describe("whoever runs this", () => {
  const caller = (arn: string | undefined) => callerName({ caller: arn });

  test("is a user, under any path and in any partition", () => {
    expect(caller("arn:aws:iam::123456789012:user/Ann")).toBe("Ann");
    expect(caller("arn:aws-us-gov:iam::123456789012:user/people/on/call/Ann")).toBe("Ann");
  });

  test("or nobody whom a roster could name", () => {
    expect(caller("arn:aws:sts::123456789012:assumed-role/user/Ann")).toBeUndefined();
    expect(caller("arn:aws:iam::123456789012:root")).toBeUndefined();
    expect(caller("arn:aws:iam::123456789012:user/")).toBeUndefined();
    expect(caller("arn:aws:iam::123456789012:user/people/")).toBeUndefined();
    expect(caller("x arn:aws:iam::123456789012:user/Ann")).toBeUndefined();
    expect(caller(undefined)).toBeUndefined();
  });
});
