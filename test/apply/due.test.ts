import { expect, test } from "vitest";

import type { ChangeKind } from "../../src/core/change.ts";
import { DUE_PART } from "../../src/core/duties.ts";
import { isComplete } from "../../src/core/report.ts";
import type { ReviewedPlan } from "../../src/core/reviewed-plan.ts";
import { jobPolicy } from "../../src/iam/job-policy.ts";
import type { AccountData, UserData } from "../../src/sandbox/data.ts";
import { decide } from "../calls/evaluate.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { ALLOW, arn, EVERYTHING, isWrite, OURS, story } from "./story.ts";

/*
 * What a run does that makes what is due and nothing else: a review of nothing, on files that nobody changed.
 */

const TEAM = "arn:aws:iam::123456789012:policy/team";
const DEVICE = "arn:aws:iam::123456789012:mfa/old";

const CLOSED_LONG_AGO: UserData = {
  ...EVERYTHING,
  name: "old",
  tags: { ...OURS, "iam-roster:deactivated": "2026-01-01T00:00:00Z" },
  groups: [],
  policies: [arn("AWSDenyAll")],
  inlinePolicies: {},
  password: undefined,
  accessKeys: [{ id: "AKIAOLD0000000000000", status: "Inactive" }],
  sshKeys: [{ id: "APKAOLD0000000000000", status: "Inactive" }],
  certificates: [{ id: "OLDTIFICATE000000000000000000000", status: "Inactive" }],
  serviceCredentials: [{ id: "ACCAOLDVICE0000000000", status: "Inactive" }],
  mfaDevices: [{ serial: "GAHT12345678" }, { serial: DEVICE }],
};

const ACCOUNT: AccountData = {
  groups: [
    { name: "developers", policies: [arn("PowerUserAccess")] },
    { name: "oncall", path: "/rota/" },
  ],
  users: [
    { name: "stays", path: "/people/", tags: OURS, groups: ["developers", "oncall"] },
    { name: "ended", ...EVERYTHING },
    { name: "full", tags: OURS, policies: [arn("ReadOnlyAccess"), arn("SecurityAudit")] },
    CLOSED_LONG_AGO,
  ],
  policies: [{ name: "team" }],
  virtualDevices: [{ serial: DEVICE, seed: "", tags: [], user: undefined }],
};

const FILES = roster(
  [
    declaredUser("stays", {
      path: "/people/",
      groups: ["developers", { group: "oncall", until: "2026-11-21" }],
      // Not applied yet, and no affair of this run.
      policies: ["job-function/ViewOnlyAccess", TEAM],
    }),
    declaredUser("ended", {
      until: "2026-11-21",
      groups: ["developers", "oncall"],
      policies: ["ReadOnlyAccess"],
      inlinePolicies: { own: ALLOW },
      access: ["console", "programmatic"],
    }),
    declaredUser("full", { until: "2026-11-21", policies: ["ReadOnlyAccess", "SecurityAudit"] }),
    declaredUser("new", { groups: ["developers"] }),
  ],
  [
    declaredGroup("developers", { policies: ["PowerUserAccess"] }),
    declaredGroup("oncall", { path: "/rota/" }),
  ],
  { offboarding: { deleteAfter: 30 * 86_400_000, verifyAfter: 5000 } },
);

const NOTHING: ReviewedPlan = { digest: "", account: "123456789012", subjects: [], grants: [] };

async function expire() {
  const account = await story(ACCOUNT, { job: "expire", quotas: { policiesPerUser: 2 } });
  return account.apply(FILES, { review: NOTHING, base: FILES });
}

test("what is due is done, of every kind that can be due, and nothing besides", async () => {
  const { report, calls } = await expire();
  const changes = report.entries.flatMap((entry) => entry.changes);
  const undone = changes.filter(({ outcome }) => outcome !== "done");
  expect(undone.map(({ kind, cause, outcome }) => `${kind} ${cause} ${outcome}`).toSorted()).toEqual([
    "AddUserToGroup pending not-reviewed",
    "AttachUserPolicy pending not-reviewed",
    "AttachUserPolicy pending not-reviewed",
    "CreateUser pending not-reviewed",
  ]);
  expect(isComplete(report)).toBe(true);
  const kinds = Object.keys(DUE_PART) as readonly ChangeKind[];
  const made = new Set(calls.filter(isWrite).map(({ operation }) => operation));
  expect([...made].toSorted()).toEqual(kinds.filter((kind) => DUE_PART[kind] !== "nothing").toSorted());
});

test("the policy for it allows each of its calls, and closing nobody who is protected", async () => {
  const { calls } = await expire();
  const scope = { partition: "aws", account: "123456789012", paths: ["/"], protected: [] };
  const asked = calls.flatMap((call) => call.asked);
  expect(asked.filter((each) => decide(jobPolicy("expire", scope), each) !== "allowed")).toEqual([]);
  const guarded = jobPolicy("expire", { ...scope, protected: ["ended"] });
  const refused = asked.filter((each) => decide(guarded, each) === "denied");
  expect(new Set(refused.map(({ resource }) => resource))).toEqual(
    new Set(["arn:aws:iam::123456789012:user/ended"]),
  );
  expect(refused.map(({ permission }) => permission)).toContain("iam:AttachUserPolicy");
  expect(refused.every(({ permission }) => !/^iam:(Get|List)/.test(permission))).toBe(true);
});
