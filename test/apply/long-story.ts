import type { AccountData } from "../../src/sandbox/data.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { ALLOW, arn, contents, EVERYTHING, isWrite, OURS, story } from "./story.ts";

/*
 * A story in which everything happens at once, for the tests that disturb it: users and groups made, renamed, moved,
 * adopted, deactivated, reactivated and deleted.
 */

const PHONE = "arn:aws:iam::123456789012:mfa/gus";
const DENY = { ...ALLOW, Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }] };
const DEACTIVATED = { ...OURS, "iam-roster:deactivated": "2026-01-01T00:00:00Z" };

const renamed = (id: string): string => id.replace("0", "9");
const LEAVER = { ...EVERYTHING, mfaDevices: [] };

export const BEFORE: AccountData = {
  groups: [
    {
      name: "developers",
      policies: [arn("PowerUserAccess"), arn("IAMFullAccess")],
      inlinePolicies: { old: ALLOW, kept: ALLOW },
    },
    { name: "oncall" },
    { name: "leads" },
    { name: "finished", policies: [arn("ReadOnlyAccess")], inlinePolicies: { own: ALLOW } },
  ],
  users: [
    { name: "ann", tags: OURS, groups: ["developers", "oncall", "leads"] },
    {
      name: "ben",
      tags: { ...OURS, team: "x" },
      groups: ["developers", "finished"],
      boundary: arn("ReadOnlyAccess"),
      password: { secret: "Correct-horse-1" },
    },
    { name: "cat", tags: OURS, groups: ["oncall"], boundary: arn("ReadOnlyAccess") },
    { name: "dan", groups: ["oncall"] },
    { name: "eve", ...LEAVER },
    { name: "fay", tags: DEACTIVATED, policies: [arn("AWSDenyAll")] },
    {
      name: "gus",
      tags: OURS,
      groups: ["oncall"],
      password: { secret: "Correct-horse-1" },
      accessKeys: [{ id: "AKIAGUS0000000000000" }],
      sshKeys: [{ id: "APKAGUS0000000000000" }],
      certificates: [{ id: renamed("CERTIFICATE000000000000000000000") }],
      serviceCredentials: [{ id: renamed("ACCASERVICE0000000000") }],
      mfaDevices: [{ serial: "GAHT12345678" }, { serial: PHONE }],
    },
  ],
  virtualDevices: [{ serial: PHONE, seed: "", tags: [], user: undefined }],
};

export const FILES = roster(
  [
    declaredUser("ann", { groups: ["devs", "oncall", "leads"] }),
    declaredUser("ben", {
      groups: ["oncall"],
      path: "/people/",
      tags: { Cost: "1" },
      boundary: arn("PowerUserAccess"),
      policies: ["SecurityAudit"],
      inlinePolicies: { own: ALLOW },
    }),
    declaredUser("cleo", { renamedFrom: "cat", groups: ["oncall", "new"], boundary: "none" }),
    declaredUser("dan", { groups: ["leads"], adopt: true }),
    declaredUser("fay", { groups: ["devs"] }),
    declaredUser("gus", { status: "absent" }),
    declaredUser("hal", {
      groups: ["new", "oncall"],
      path: "/people/",
      tags: { team: "y" },
      boundary: arn("ReadOnlyAccess"),
    }),
  ],
  [
    declaredGroup("devs", {
      renamedFrom: "developers",
      policies: ["PowerUserAccess", "SecurityAudit"],
      inlinePolicies: { kept: DENY },
    }),
    declaredGroup("oncall"),
    declaredGroup("leads"),
    declaredGroup("new", { path: "/new/", policies: ["ReadOnlyAccess"], inlinePolicies: { own: ALLOW } }),
    declaredGroup("finished", { status: "absent" }),
  ],
  {
    limits: {
      losing: { people: 3, percent: 10 },
      override: { losing: 100, firstContact: false, until: "2026-12-01", reason: "a long story" },
    },
  },
);

/** The long story without any fault: how it ends, and which writes it needs. */
export async function undisturbed() {
  const { apply, sandbox } = await story(BEFORE);
  const { calls, plan, report } = await apply(FILES);
  const end = contents(sandbox);
  return {
    calls,
    plan,
    report,
    end,
    operations: [...new Set(calls.filter(isWrite).map(({ operation }) => operation))],
  };
}
