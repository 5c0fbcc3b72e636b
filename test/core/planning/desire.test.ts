import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG, OWNER_TAG } from "../../../src/core/change.ts";
import type { Plan } from "../../../src/core/plan.ts";
import { deactivatedUser, desiredUser } from "../../../src/core/planning/desire.ts";
import { INLINE_DENY } from "../../../src/core/rules/policies.ts";
import type { Credentials } from "../../../src/core/state.ts";
import {
  ACCOUNT,
  declaredGroup,
  declaredUser,
  group,
  OURS,
  planned,
  roster,
  SETTINGS,
  state,
  user,
} from "../build.ts";

const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
const CLOSED = { ...OURS, [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" };
const allow = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };

const FULL: Credentials = {
  password: { createdAt: undefined, resetRequired: false },
  accessKeys: [
    { id: "AKIA1", status: "Active", createdAt: undefined, lastUsed: undefined },
    { id: "AKIA2", status: "Inactive", createdAt: undefined, lastUsed: undefined },
  ],
  sshKeys: [{ id: "APKA1", status: "Active", createdAt: undefined }],
  certificates: [{ id: "CERT1", status: "Active", createdAt: undefined }],
  serviceCredentials: [
    { id: "ACCA1", status: "Active", createdAt: undefined, service: "codecommit.amazonaws.com" },
  ],
  mfaDevices: [{ serial: "arn:aws:iam::123456789012:mfa/ann" }, { serial: "GAHT12345678" }],
};

/** What is asked of one user, in order. */
function changes(
  live: ReturnType<typeof user> | undefined,
  declared: ReturnType<typeof declaredUser> | undefined,
): readonly string[] {
  return words(plan(live, declared), "ann");
}

function plan(
  live: ReturnType<typeof user> | undefined,
  declared: ReturnType<typeof declaredUser> | undefined,
): Plan {
  const others = Array.from({ length: 5 }, (_, index) => `other${index}`);
  const files = roster(
    [...(declared === undefined ? [] : [declared]), ...others.map((name) => declaredUser(name))],
    [declaredGroup("g"), declaredGroup("h")],
    { ignore: { users: [], groups: ["sso-*"], tags: ["AKIA*"] } },
  );
  const users = [...(live === undefined ? [] : [live]), ...others.map((name) => user(name))];
  return planned({
    roster: files,
    actual: state(users, [group("g"), group("h"), group("sso-all"), group("x")]),
  }).plan;
}

function words({ entries }: Plan, name: string): readonly string[] {
  return entries
    .filter(({ subject }) => subject.name === name)
    .flatMap((entry) => entry.changes)
    .map(({ kind, cause: _, reach: __, phase: ___, ...rest }) => {
      const { user: ____, ...details } = rest as { user?: string };
      const shown = Object.values(details).map((value: unknown) =>
        typeof value === "string" ? value : JSON.stringify(value),
      );
      return [kind, ...shown].join(" ");
    });
}

describe("what a file leaves out", () => {
  test("keeps a permissions boundary, which only `none` takes away", () => {
    const live = user("ann", { boundary: BOUNDARY });
    expect(changes(live, declaredUser("ann"))).toEqual([]);
    expect(changes(live, declaredUser("ann", { boundary: "none" }))).toEqual([
      `DeleteUserPermissionsBoundary ${BOUNDARY}`,
    ]);
  });

  test("takes memberships, policies, tags, password and active keys from a managed user", () => {
    const live = user("ann", {
      groups: ["x"],
      tags: { ...OURS, team: "old" },
      policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      inlinePolicies: { mine: allow },
      path: "/team/",
      credentials: FULL,
    });
    expect(changes(live, declaredUser("ann"))).toEqual([
      "DeleteLoginProfile",
      "UpdateAccessKey AKIA1 Inactive",
      "RemoveUserFromGroup x",
      "DetachUserPolicy arn:aws:iam::aws:policy/ReadOnlyAccess",
      `DeleteUserPolicy mine ${JSON.stringify(allow)}`,
      "UpdateUser /",
      'UntagUser ["team"]',
    ]);
  });

  test("leaves ignored groups, ignored tag keys, aws: and our own tags alone", () => {
    const live = user("ann", {
      groups: ["sso-all"],
      tags: { ...OURS, "aws:cloud": "x", AKIAIOSFODNN7: "laptop", "iam-roster:rotateKey": "1" },
    });
    expect(changes(live, declaredUser("ann"))).toEqual([]);
  });

  test("is no group for who is new, whatever is ignored", () => {
    const files = roster([declaredUser("ann")], [], { ignore: { users: [], groups: ["*"], tags: [] } });
    const { plan: made } = planned({ roster: files, actual: state([], []) });
    expect([words(made, "ann"), made.refused]).toEqual([[expect.stringMatching(/^CreateUser/)], []]);
  });

  test("leaves SSH keys, certificates and service credentials of an active user alone, and says so", () => {
    const live = user("ann", { credentials: { ...FULL, password: undefined, accessKeys: [] } });
    expect(changes(live, declaredUser("ann"))).toEqual([]);
    expect(plan(live, declaredUser("ann")).warnings.map(({ code }) => code)).toEqual([
      "ssh-keys",
      "service-credentials",
    ]);
  });
});

describe("tags", () => {
  test("compare their keys without case, and a desired key is never untagged under another case", () => {
    const live = user("ann", { tags: { ...OURS, Team: "a", Cost: "1" } });
    expect(changes(live, declaredUser("ann", { tags: { team: "a", cost: "2" } }))).toEqual([
      'TagUser [{"key":"cost","value":"2"}]',
    ]);
  });
});

describe("tags at the quota", () => {
  test("are taken away before others are written", () => {
    const fifty = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`tag${index}`, "x"]));
    const live = user("ann", { tags: { ...OURS, ...fifty } });
    const { tag0: _, ...kept } = fifty;
    expect(changes(live, declaredUser("ann", { tags: { ...kept, another: "y" } }))).toEqual([
      'UntagUser ["tag0"]',
      'TagUser [{"key":"another","value":"y"}]',
    ]);
  });
});

describe("inline policies", () => {
  test("compare by meaning", () => {
    const written = {
      Statement: { Resource: ["*"], Action: ["S3:*"], Effect: "Allow" },
      Version: "2012-10-17",
    };
    const live = user("ann", { inlinePolicies: { Mine: allow } });
    expect(changes(live, declaredUser("ann", { inlinePolicies: { mine: written } }))).toEqual([]);
  });
});

describe("a user who leaves the file", () => {
  const live = user("ann", {
    groups: ["g", "sso-all"],
    policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess", QUARANTINE],
    inlinePolicies: { mine: allow },
    credentials: FULL,
  });

  test("is closed in the designed order: the deny first, the tag last, MFA and ignored groups left", () => {
    expect(changes(live, undefined)).toEqual([
      `AttachUserPolicy ${DENY_ALL}`,
      "UpdateAccessKey AKIA1 Inactive",
      "DeleteLoginProfile",
      "UpdateServiceSpecificCredential ACCA1 codecommit.amazonaws.com Inactive",
      "UpdateSSHPublicKey APKA1 Inactive",
      "UpdateSigningCertificate CERT1 Inactive",
      "RemoveUserFromGroup g",
      "DetachUserPolicy arn:aws:iam::aws:policy/ReadOnlyAccess",
      `DeleteUserPolicy mine ${JSON.stringify(allow)}`,
      `TagUser [] ["${DEACTIVATED_TAG}"]`,
    ]);
    expect(plan(live, undefined).warnings.map(({ code }) => code)).toContain("ignored-group-kept");
  });

  test("gets the inline deny where ten policies are attached, and loses one first where inline is full too", () => {
    const ten = Array.from(
      { length: ACCOUNT.quotas.policiesPerUser },
      (_, index) => `arn:aws:iam::aws:policy/P${index}`,
    );
    expect(changes(user("ann", { policies: ten }), undefined)[0]).toBe(
      `PutUserPolicy ${INLINE_DENY.name} ${JSON.stringify(INLINE_DENY.document)}`,
    );
    const big = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "x".repeat(1950), Resource: "*" }],
    };
    expect(changes(user("ann", { policies: ten, inlinePolicies: { big } }), undefined).slice(0, 2)).toEqual([
      "DetachUserPolicy arn:aws:iam::aws:policy/P0",
      `AttachUserPolicy ${DENY_ALL}`,
    ]);
  });

  test("is looked at again once closed: what came back is closed again", () => {
    const closed = user("ann", { tags: CLOSED, policies: [DENY_ALL] });
    expect(changes(closed, undefined)).toEqual([]);
    expect(changes({ ...closed, groups: new Map([["g", "g"]]) }, undefined)).toEqual([
      "RemoveUserFromGroup g",
    ]);
  });

  test("is deleted once offboarding.deleteAfter is over, and never while the file names it", () => {
    const closed = user("ann", { tags: CLOSED, policies: [DENY_ALL] });
    const at = (deleteAfter: number | "never", declared = false): Plan => {
      const files = roster(
        [declaredUser("bob"), ...(declared ? [declaredUser("ann", { status: "inactive" })] : [])],
        [],
        {
          offboarding: { deleteAfter, verifyAfter: 0 },
        },
      );
      return planned({ roster: files, actual: state([closed, user("bob")], []) }).plan;
    };
    const days = 24 * 60 * 60 * 1000;
    expect(at("never").entries).toEqual([]);
    expect(at(400 * days).entries).toEqual([]);
    expect(at(90 * days).entries).toMatchObject([
      { intent: "delete", changes: [{ kind: "DetachUserPolicy" }, { kind: "DeleteUser", cause: "due" }] },
    ]);
    expect(at(90 * days, true).entries).toEqual([]);
  });
});

describe("the inline deny", () => {
  const inlinePolicies = { [INLINE_DENY.name]: INLINE_DENY.document };

  test("counts as the deny of a closed user, and as a hold where the tag is missing", () => {
    expect(changes(user("ann", { tags: CLOSED, inlinePolicies }), undefined)).toEqual([]);
    const held = plan(user("ann", { inlinePolicies }), declaredUser("ann", { groups: ["g"] }));
    expect(words(held, "ann")).toEqual([]);
    expect(held.warnings.map(({ code }) => code)).toEqual(["hold"]);
  });

  test("counts for nothing with another document", () => {
    expect(
      changes(user("ann", { tags: CLOSED, inlinePolicies: { [INLINE_DENY.name]: allow } }), undefined),
    ).toEqual([
      `AttachUserPolicy ${DENY_ALL}`,
      `DeleteUserPolicy ${INLINE_DENY.name} ${JSON.stringify(allow)}`,
    ]);
  });

  test("is lifted when the user comes back", () => {
    expect(changes(user("ann", { tags: CLOSED, inlinePolicies }), declaredUser("ann"))).toEqual([
      `DeleteUserPolicy ${INLINE_DENY.name} ${JSON.stringify(INLINE_DENY.document)}`,
      `UntagUser ["${DEACTIVATED_TAG}"]`,
    ]);
  });

  test("fits in to the last character of the quota", () => {
    const ten = Array.from({ length: 10 }, (_, index) => `arn:aws:iam::aws:policy/P${index}`);
    const sized = (length: number): ReturnType<typeof user> => {
      const document = {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "x".repeat(length), Resource: "*" }],
      };
      return user("ann", { policies: ten, inlinePolicies: { big: document } });
    };
    const room =
      ACCOUNT.quotas.userPolicySize -
      JSON.stringify(INLINE_DENY.document).length -
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "", Resource: "*" }] })
        .length;
    expect(changes(sized(room), undefined)[0]).toMatch(/^PutUserPolicy/);
    expect(changes(sized(room + 1), undefined)[0]).toMatch(/^DetachUserPolicy/);
  });
});

describe("access", () => {
  const password = { createdAt: undefined, resetRequired: false };
  const key = { id: "AKIA1", status: "Active" as const, createdAt: undefined, lastUsed: undefined };
  const live = user("ann", { credentials: { password, accessKeys: [key] } });

  test("keeps what it names and takes the other", () => {
    expect(changes(live, declaredUser("ann", { access: ["console", "programmatic"] }))).toEqual([]);
    expect(changes(live, declaredUser("ann", { access: ["console"] }))).toEqual([
      "UpdateAccessKey AKIA1 Inactive",
    ]);
    expect(changes(live, declaredUser("ann", { access: ["programmatic"] }))).toEqual(["DeleteLoginProfile"]);
    expect(changes(live, declaredUser("ann", { access: [] }))).toEqual([
      "DeleteLoginProfile",
      "UpdateAccessKey AKIA1 Inactive",
    ]);
  });

  test("tells of two active keys", () => {
    const codes = (parts: Parameters<typeof user>[1]): readonly string[] =>
      plan(user("ann", parts), declaredUser("ann", { access: ["console", "programmatic"] })).warnings.map(
        ({ code }) => code,
      );
    expect(codes({ credentials: { password, accessKeys: [key, { ...key, id: "AKIA2" }] } })).toEqual([
      "several-active-keys",
    ]);
    expect(codes({ credentials: { password, accessKeys: [key] } })).toEqual([]);
  });
});

describe("what should be there", () => {
  const situation = {
    settings: SETTINGS,
    partition: "aws",
    quotas: ACCOUNT.quotas,
    now: undefined,
    staying: new Set<string>(),
  };
  const SINCE = "2026-02-02T00:00:00Z";

  test("has the quarantine that AWS itself put on a user, beside what the file says", () => {
    const live = user("ann", { policies: [QUARANTINE, BOUNDARY] });
    const desired = desiredUser(declaredUser("ann", { policies: ["ReadOnlyAccess"] }), live, situation);
    expect([...desired.policies]).toEqual(["arn:aws:iam::aws:policy/ReadOnlyAccess", QUARANTINE]);
  });

  test.each<{
    readonly way: string;
    readonly live: Parameters<typeof user>[1];
    readonly quotas?: Partial<typeof ACCOUNT.quotas>;
    readonly policies?: readonly string[];
    readonly inline?: readonly string[];
  }>([
    { way: "attached", live: {}, policies: [DENY_ALL] },
    {
      way: "inline where no more policies fit",
      live: { policies: [BOUNDARY] },
      quotas: { policiesPerUser: 1 },
      inline: [INLINE_DENY.name],
    },
    {
      way: "attached in the place of another where neither fits",
      live: { policies: [BOUNDARY] },
      quotas: { policiesPerUser: 1, userPolicySize: 0 },
      policies: [DENY_ALL],
    },
    {
      way: "as it is there already",
      live: { inlinePolicies: { [INLINE_DENY.name]: INLINE_DENY.document } },
      inline: [INLINE_DENY.name],
    },
  ])("of who is closed is a deny over everything, $way, and a tag that says since when", (each) => {
    const quotas = { ...ACCOUNT.quotas, ...each.quotas };
    const closed = deactivatedUser(user("ann", each.live), { ...situation, quotas }, SINCE);
    expect([...closed.policies]).toEqual(each.policies ?? []);
    expect([...closed.inlinePolicies.values()].map(({ name }) => name)).toEqual(each.inline ?? []);
    expect([...closed.tags.values()]).toContainEqual({ key: DEACTIVATED_TAG, value: SINCE });
  });
});

describe("status absent", () => {
  test("disables and deletes in one entry, every child first and the deny last", () => {
    const live = user("ann", { groups: ["g", "sso-all"], credentials: FULL, policies: [QUARANTINE] });
    const kinds = changes(live, declaredUser("ann", { status: "absent" })).map((text) =>
      text.split(" ").slice(0, 2).join(" "),
    );
    expect(kinds).toEqual([
      `AttachUserPolicy ${DENY_ALL}`,
      "UpdateAccessKey AKIA1",
      "DeleteLoginProfile",
      "UpdateServiceSpecificCredential ACCA1",
      "UpdateSSHPublicKey APKA1",
      "UpdateSigningCertificate CERT1",
      "RemoveUserFromGroup g",
      "TagUser []",
      "DeleteAccessKey AKIA1",
      "DeleteAccessKey AKIA2",
      "DeleteSigningCertificate CERT1",
      "DeleteSSHPublicKey APKA1",
      "DeleteServiceSpecificCredential ACCA1",
      "DeactivateMFADevice arn:aws:iam::123456789012:mfa/ann",
      "DeleteVirtualMFADevice arn:aws:iam::123456789012:mfa/ann",
      "DeactivateMFADevice GAHT12345678",
      "RemoveUserFromGroup sso-all",
      `DetachUserPolicy ${QUARANTINE}`,
      `DetachUserPolicy ${DENY_ALL}`,
      "DeleteUser",
    ]);
  });
});

describe("a user who comes back", () => {
  test("gets what the file says; old keys stay Inactive, the deny is lifted last and its tag after it", () => {
    const keys = [{ id: "AKIA1", status: "Inactive" as const, createdAt: undefined, lastUsed: undefined }];
    const live = user("ann", { tags: CLOSED, policies: [DENY_ALL], credentials: { accessKeys: keys } });
    const result = plan(live, declaredUser("ann", { groups: ["g"], access: ["programmatic"] }));
    expect(words(result, "ann")).toEqual([
      "AddUserToGroup g",
      'IssueKey [] ["AKIA1"]',
      `DetachUserPolicy ${DENY_ALL}`,
      `UntagUser ["${DEACTIVATED_TAG}"]`,
    ]);
    expect(result.entries[0]).toMatchObject({
      intent: "reactivate",
      evidence: { createdAt: "2025-01-01T00:00:00Z" },
    });
    expect(result.warnings.map(({ code }) => code)).toEqual(["long-lived-key"]);
  });

  test("keeps nothing that somebody gave meanwhile to sign in with, whatever the file says", () => {
    const keys = [{ id: "AKIA1", status: "Active" as const, createdAt: undefined, lastUsed: undefined }];
    const credentials = { accessKeys: keys, password: { createdAt: undefined, resetRequired: false } };
    const live = user("ann", { tags: CLOSED, policies: [DENY_ALL], credentials });
    const result = plan(live, declaredUser("ann", { access: ["console", "programmatic"] }));
    expect(words(result, "ann")).toEqual([
      "DeleteLoginProfile",
      "UpdateAccessKey AKIA1 Inactive",
      "IssuePassword []",
      'IssueKey [] ["AKIA1"]',
      `DetachUserPolicy ${DENY_ALL}`,
      `UntagUser ["${DEACTIVATED_TAG}"]`,
    ]);
  });
});

describe("a hold by somebody else", () => {
  test("is never lifted, and nothing on that user broadens", () => {
    const live = user("ann", { policies: [DENY_ALL], groups: ["x"] });
    expect(changes(live, declaredUser("ann", { groups: ["g"], tags: { team: "a" } }))).toEqual([
      "RemoveUserFromGroup x",
    ]);
    expect(plan(live, declaredUser("ann")).warnings.map(({ code }) => code)).toEqual(["hold"]);
    expect(changes(live, declaredUser("ann", { policies: ["AWSDenyAll"] }))).toEqual([
      "RemoveUserFromGroup x",
    ]);
  });

  test("of AWS's own, its quarantine of a leaked key, is the same", () => {
    const live = user("ann", { policies: [QUARANTINE], groups: ["x"] });
    expect(changes(live, declaredUser("ann", { groups: ["g"] }))).toEqual(["RemoveUserFromGroup x"]);
    expect(plan(live, declaredUser("ann")).warnings).toMatchObject([{ code: "quarantine" }]);
  });

  test("closes nothing less: such a user who leaves the file is closed and tagged as ours", () => {
    expect(changes(user("ann", { policies: [DENY_ALL] }), undefined)).toEqual([
      `TagUser [] ["${DEACTIVATED_TAG}"]`,
    ]);
  });
});

describe("time", () => {
  test("a membership ends after its last day, as if the line were not there", () => {
    const live = user("ann", { groups: ["g"] });
    const until = (date: string): ReturnType<typeof declaredUser> =>
      declaredUser("ann", { groups: [{ group: "g", until: date }] });
    expect(changes(live, until("2026-11-22"))).toEqual([]);
    expect(changes(live, until("2026-11-21"))).toEqual(["RemoveUserFromGroup g"]);
    expect(changes(live, until("2026-11-22T10:00:01Z"))).toEqual([]);
    expect(changes(live, until("2026-11-22T10:00:00Z"))).toEqual(["RemoveUserFromGroup g"]);
    expect(changes(undefined, until("2026-11-21"))).toEqual([
      `CreateUser / [{"key":"${OWNER_TAG}","value":"acme/access"}]`,
    ]);
  });

  test("a user whose time is over is closed, due, and not deleted while the file names it", () => {
    const result = plan(user("ann"), declaredUser("ann", { until: "2026-11-21" }));
    expect(result.entries[0]).toMatchObject({ intent: "deactivate" });
    expect(result.entries[0]?.changes.every(({ cause }) => cause === "due")).toBe(true);
  });
});

describe("the one who is there under another case", () => {
  test("is the same user, and the difference is told", () => {
    const result = plan(user("Ann"), declaredUser("ann", { groups: ["g"] }));
    expect(result.entries[0]).toMatchObject({
      subject: { name: "Ann" },
      changes: [{ kind: "AddUserToGroup", user: "Ann" }],
    });
    expect(result.warnings).toMatchObject([
      { code: "case-drift", arguments: { written: "ann", live: "Ann" } },
    ]);
  });
});
