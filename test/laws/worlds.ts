import fc from "fast-check";
import { DEACTIVATED_TAG, OWNER_TAG } from "../../src/core/change.ts";
import type { DeclaredGroup, DeclaredUser, Roster } from "../../src/core/roster.ts";
import type { JsonObject } from "../../src/core/rules/documents.ts";
import { INLINE_DENY } from "../../src/core/rules/policies.ts";
import type { Credentials, Group, State, User } from "../../src/core/state.ts";
import { declaredGroup, declaredUser, group, OWNER, roster, state, user } from "../core/build.ts";

/* Random rosters and accounts over few names, so that they meet. Rosters have no findings: files with any never get here. */

const USERS = ["ann", "Bob", "cat", "dan", "eve", "fay"] as const;
const GROUPS = ["admins", "Builders", "coders", "denied"] as const;
const OLD_USERS = ["old-ann", "old-bob"] as const;
const OLD_GROUPS = ["old-admins"] as const;
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2";
const CUSTOM = ["arn:aws:iam::123456789012:policy/one", "arn:aws:iam::123456789012:policy/two"] as const;
const BOUNDARIES = [
  "arn:aws:iam::123456789012:policy/bound",
  "arn:aws:iam::aws:policy/ReadOnlyAccess",
] as const;
export const PROTECTED = "fay";
export const IGNORED_USER = "svc-ignored";
export const IGNORED_GROUP = "ignored-group";

const allow: JsonObject = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
};
const deny: JsonObject = {
  Version: "2012-10-17",
  Statement: { Effect: "Deny", Action: "iam:*", Resource: "*" },
};
const mixed: JsonObject = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Deny", Action: "ec2:*", Resource: "*" },
    { Effect: "Allow", Action: "*", Resource: "*" },
  ],
};

const mixedToo: JsonObject = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Deny", Action: "sts:*", Resource: "*" },
    { Effect: "Allow", Action: "s3:*", Resource: "*" },
  ],
};

// Two names never swap their documents: IAM has no call for that, so one would be missing in between.
const inlinePolicies = fc.record(
  { base: fc.constantFrom(allow, mixed), extra: fc.constantFrom(deny, mixedToo) },
  { requiredKeys: [], noNullPrototype: true },
);
const livePolicies = fc.subarray([
  "arn:aws:iam::aws:policy/PowerUserAccess",
  "arn:aws:iam::aws:policy/ViewOnlyAccess",
  ...CUSTOM,
]);
const writtenPolicies = fc.subarray(["PowerUserAccess", "SecurityAudit", ...CUSTOM]);
const paths = fc.constantFrom("/", "/", "/team/");
const ownTags = fc.dictionary(fc.constantFrom("team", "Cost", "AKIAX"), fc.constantFrom("a", "b"), {
  maxKeys: 3,
  noNullPrototype: true,
});

function maybe<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

const statuses = fc.constantFrom("Active" as const, "Inactive" as const);

const credentials: fc.Arbitrary<Credentials> = fc.record({
  password: maybe(fc.constant({ createdAt: undefined, resetRequired: false })),
  accessKeys: fc
    .uniqueArray(fc.record({ id: fc.constantFrom("AKIA1", "AKIA2"), status: statuses }), {
      selector: ({ id }) => id,
    })
    .map((keys) => keys.map((key) => ({ ...key, createdAt: undefined, lastUsed: undefined }))),
  sshKeys: fc.constantFrom([], [{ id: "APKA1", status: "Active" as const, createdAt: undefined }]),
  certificates: fc.constantFrom([], [{ id: "CERT1", status: "Active" as const, createdAt: undefined }]),
  serviceCredentials: fc.constantFrom(
    [],
    [{ id: "ACCA1", status: "Active" as const, createdAt: undefined, service: "codecommit.amazonaws.com" }],
  ),
  mfaDevices: fc.constantFrom(
    [],
    [{ serial: "arn:aws:iam::123456789012:mfa/phone" }],
    [{ serial: "GAHT12345678" }],
  ),
});

/** How a user stands: ours, somebody else's, nobody's, closed by us (whole or cut half way), held by another. */
const standings = fc.constantFrom(
  "ours",
  "ours",
  "ours",
  "foreign",
  "nobody",
  "closed",
  "half-closed",
  "held",
  "quarantined",
);

function liveUser(name: string): fc.Arbitrary<User> {
  const parts = {
    standing: standings,
    tags: ownTags,
    path: paths,
    boundary: maybe(fc.constantFrom(...BOUNDARIES)),
    credentials,
  };
  const holdings = {
    groups: fc.subarray([...GROUPS, IGNORED_GROUP, ...OLD_GROUPS]),
    policies: livePolicies,
    inline: inlinePolicies,
    byInline: fc.boolean(),
  };
  return fc.record({ ...parts, ...holdings }).map(({ standing, inline, byInline, ...has }) => {
    const owner = {
      ours: OWNER,
      closed: OWNER,
      "half-closed": OWNER,
      held: OWNER,
      quarantined: OWNER,
      foreign: "other/team",
    }[standing as "ours"];
    const denied = standing === "closed" || standing === "half-closed" || standing === "held";
    const since = standing === "closed" ? { [DEACTIVATED_TAG]: "2026-01-01T00:00:00Z" } : {};
    const extra = [
      ...(denied && !byInline ? [DENY_ALL] : []),
      ...(standing === "quarantined" ? [QUARANTINE] : []),
    ];
    return user(name, {
      ...has,
      tags: { ...has.tags, ...(owner === undefined ? {} : { [OWNER_TAG]: owner }), ...since },
      policies: [...has.policies, ...extra],
      inlinePolicies: {
        ...inline,
        ...(denied && byInline ? { [INLINE_DENY.name]: INLINE_DENY.document } : {}),
      },
    });
  });
}

function liveGroup(name: string): fc.Arbitrary<Group> {
  return fc
    .record({ path: paths, policies: livePolicies, inlinePolicies })
    .map((parts) => group(name, parts));
}

/** Some of the names, each with something made for it. */
function someOf<Value>(
  names: readonly string[],
  make: (name: string) => fc.Arbitrary<Value>,
): fc.Arbitrary<readonly Value[]> {
  return fc.subarray([...names]).chain((chosen) => fc.tuple(...chosen.map(make)));
}

export const accounts: fc.Arbitrary<State> = someOf(
  [...GROUPS, IGNORED_GROUP, ...OLD_GROUPS],
  liveGroup,
).chain((groups) =>
  someOf([...USERS, ...OLD_USERS, IGNORED_USER], liveUser).map((users) => {
    const known = new Set(groups.map(({ name }) => name.toLowerCase()));
    const members = users.map((each) => ({
      ...each,
      groups: new Map([...each.groups].filter(([key]) => known.has(key))),
    }));
    return state(members, groups);
  }),
);

const untils = maybe(fc.constantFrom("2026-11-21", "2026-11-22", "2027-01-01"));

function writtenUser(name: string, groups: readonly string[]): fc.Arbitrary<DeclaredUser> {
  const memberships = fc
    .subarray([...groups])
    .chain((chosen) => fc.tuple(...chosen.map((each) => untils.map((until) => ({ group: each, until })))));
  const old = OLD_USERS.find((each) => each === `old-${name.toLowerCase()}`);
  return fc
    .record({
      groups: memberships,
      access: maybe(fc.subarray(["console" as const, "programmatic" as const])),
      path: paths,
      boundary: maybe(fc.constantFrom("none", ...BOUNDARIES)),
      tags: ownTags,
      policies: fc.oneof(fc.constant([]), writtenPolicies),
      inlinePolicies: fc.oneof(fc.constant({}), inlinePolicies),
      until: untils,
      status: fc.constantFrom(
        "active" as const,
        "active" as const,
        "active" as const,
        "inactive" as const,
        "absent" as const,
      ),
      adopt: fc.boolean(),
      renamedFrom: old === undefined ? fc.constant(undefined) : maybe(fc.constant(old)),
    })
    .map((parts) => declaredUser(name, parts));
}

function writtenGroup(name: string): fc.Arbitrary<DeclaredGroup> {
  const old = OLD_GROUPS.find((each) => each === `old-${name}`);
  return fc
    .record({
      policies: writtenPolicies,
      inlinePolicies,
      path: paths,
      exclusive: fc.boolean(),
      external: fc.constantFrom(false, false, false, true),
      status: fc.constantFrom("present" as const, "present" as const, "present" as const, "absent" as const),
      adopt: fc.boolean(),
      renamedFrom: old === undefined ? fc.constant(undefined) : maybe(fc.constant(old)),
    })
    .map((parts) =>
      declaredGroup(name, parts.external ? { ...parts, policies: [], inlinePolicies: {} } : parts),
    );
}

const durations = fc.constantFrom("never" as const, 86_400_000);

/** Limits are wide open, so that the laws look at plans and not at refusals of the whole. */
export const rosters: fc.Arbitrary<Roster> = someOf(GROUPS, writtenGroup).chain((groups) => {
  const present = groups.filter(({ status }) => status === "present").map(({ name }) => name);
  return fc
    .record({ users: someOf(USERS, (name) => writtenUser(name, present)), deleteAfter: durations })
    .map(({ users, deleteAfter }) =>
      roster(users, groups, {
        protected: [PROTECTED],
        ignore: { users: ["svc-*"], groups: ["ignored-*"], tags: ["AKIA*"] },
        offboarding: { deleteAfter, verifyAfter: 0 },
        limits: {
          losing: { people: 1000, percent: 100 },
          override: { losing: 1000, firstContact: true, until: "2030-01-01", reason: "a random world" },
        },
      }),
    );
});

export const worlds: fc.Arbitrary<{ readonly roster: Roster; readonly actual: State }> = fc.record({
  roster: rosters,
  actual: accounts,
});
