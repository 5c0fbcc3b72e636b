import type { Change } from "../../src/core/change.ts";
import { type Drift, driftOf } from "../../src/core/drift/drift.ts";
import type { Edit, Unadoptable } from "../../src/core/drift/edit.ts";
import type { HygieneFinding } from "../../src/core/drift/hygiene.ts";
import {
  declaredGroup,
  declaredUser,
  group as liveGroup,
  NOW,
  planned as planOf,
  roster,
  sha256,
  state,
  user as liveUser,
} from "../core/build.ts";
import { deactivateAlice, EMPTY, entry, EVERY_KIND, planned, REFUSED, user } from "./plans.ts";

/* Drift made by hand, and drift as it is found. */

const ROSTER = roster(
  [
    declaredUser("carol", { path: "/people/", groups: ["developers"], access: ["console"] }),
    declaredUser("marco", { groups: [{ group: "developers", until: "2026-11-01" }] }),
    declaredUser("nina", { until: "2026-11-30" }),
    declaredUser("olga", { groups: ["developers", { group: "ops", until: "2026-11-25T12:00:00Z" }] }),
  ],
  [declaredGroup("developers"), declaredGroup("ops", { exclusive: true })],
  { protected: ["olga"] },
);

const POWER = "arn:aws:iam::aws:policy/PowerUserAccess";
const OWN_KEYS = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: ["iam:CreateAccessKey"], Resource: "arn:aws:iam::*:user/${aws:username}" },
  ],
};

const ACTUAL = state(
  [
    liveUser("carol", {
      groups: ["admins"],
      tags: { "iam-roster:owner": "acme/access", on: "123", "a key": "#1" },
      inlinePolicies: { own: OWN_KEYS },
      credentials: { password: { createdAt: "2025-01-01T00:00:00Z", resetRequired: false } },
    }),
    liveUser("marco", { groups: ["developers"] }),
    liveUser("olga", { groups: ["ops"] }),
    liveUser("paul", { groups: ["ops"], tags: {}, reported: undefined, credentials: undefined }),
    liveUser("quinn", {
      policies: [POWER],
      credentials: {
        accessKeys: [
          { id: "AKIAQUINN1", status: "Active", createdAt: "2026-01-01T00:00:00Z", lastUsed: undefined },
          {
            id: "AKIAQUINN2",
            status: "Active",
            createdAt: "2026-01-02T00:00:00Z",
            lastUsed: "2026-02-03T00:00:00Z",
          },
        ],
      },
    }),
  ],
  [
    liveGroup("developers"),
    liveGroup("ops", { path: "/teams/" }),
    liveGroup("admins", { policies: [POWER] }),
  ],
  { root: { password: true, keys: true, mfa: false } },
);

/** As it is found in an account in which much was done by hand. */
export const FOUND: Drift = found();

function found(): Drift {
  const { plan } = planOf({ roster: ROSTER, actual: ACTUAL });
  return driftOf({ plan, roster: ROSTER, actual: ACTUAL, now: NOW, sha256 });
}

export const NO_DRIFT: Drift = {
  plan: EMPTY,
  differences: [],
  key: sha256(""),
  hygiene: { findings: [], unknown: [] },
  endsSoon: [],
};

/** Every kind of change, refused entries, and a plan that is refused as a whole. */
const EVERY_DIFFERENCE: Drift = {
  ...NO_DRIFT,
  plan: { ...REFUSED, entries: EVERY_KIND.entries },
  differences: [
    ...EVERY_KIND.entries.map((each) => ({
      entry: each,
      isRefused: false,
      adoption: { edits: [], unadoptable: [] },
      live: liveGroup("x", { path: "/now/" }),
    })),
    ...REFUSED.refused.map((each) => ({
      entry: each,
      isRefused: true,
      adoption: { edits: [], unadoptable: [] },
      live: undefined,
    })),
  ],
};

const EVERY_EDIT: readonly Edit[] = [
  { how: "set", at: ["users", "carol", "path"], value: "/people/", replaces: true },
  { how: "add", at: ["users", "carol", "groups"], value: "on" },
  { how: "take", at: ["users", "carol", "groups"], value: "123" },
  { how: "add", at: ["users", "carol", "policies"], value: POWER },
  { how: "set", at: ["users", "carol", "inlinePolicies", "own"], value: OWN_KEYS, replaces: false },
  { how: "drop", at: ["users", "carol", "renamedFrom"] },
  { how: "rename", at: ["users", "carol"], value: "caroline" },
  { how: "set", at: ["groups", "ops"], value: {}, replaces: false },
];

const EVERY_REASON: readonly Unadoptable[] = ["until", "delay", "closed", "note"];

const EVERY_HYGIENE: readonly HygieneFinding[] = [
  { code: "root-keys", user: undefined, managed: false, arguments: {} },
  { code: "root-without-mfa", user: undefined, managed: false, arguments: {} },
  { code: "console-without-mfa", user: "carol", managed: false, arguments: {} },
  {
    code: "unused-key",
    user: "carol",
    managed: true,
    arguments: { key: "AKIA", since: NOW, used: true, unused: 1_209_600_000 },
  },
  {
    code: "old-key",
    user: "carol",
    managed: true,
    arguments: { key: undefined, madeAt: NOW, keyAge: 3_600_000 },
  },
  {
    code: "unused-password",
    user: "carol",
    managed: true,
    arguments: { since: NOW, used: false, unused: 86_400_000 },
  },
  { code: "two-active-keys", user: "carol", managed: true, arguments: { keys: 2 } },
];

const leave: Change = { kind: "RemoveUserFromGroup", user: "carol", group: "ops" };

/** Everything that a page of drift can say. */
export const EVERYTHING: Drift = {
  ...EVERY_DIFFERENCE,
  differences: [
    ...EVERY_DIFFERENCE.differences.map((each) => ({ ...each, live: undefined })),
    {
      entry: entry(user("carol"), "update", [planned(leave, "either", "due")]),
      isRefused: false,
      adoption: { edits: EVERY_EDIT, unadoptable: EVERY_REASON },
      live: undefined,
    },
    { entry: deactivateAlice, isRefused: true, adoption: { edits: [], unadoptable: [] }, live: undefined },
  ],
  hygiene: { findings: EVERY_HYGIENE, unknown: ["dora", "eve"] },
  endsSoon: [
    { user: "carol", group: "ops", until: "2026-12-01" },
    { user: "carol", group: undefined, until: "2026-12-01T10:00:00Z" },
  ],
};

export const DRIFTS: readonly (readonly [string, Drift])[] = [
  ["found", FOUND],
  ["every-difference", EVERY_DIFFERENCE],
  ["everything", EVERYTHING],
  ["none", NO_DRIFT],
];
