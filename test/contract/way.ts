import type { IAM } from "@aws-sdk/client-iam";
import { expect } from "vitest";

import type { Roster } from "../../src/core/roster.ts";
import { ALLOW, type Noted, type StoryAt } from "../apply/story.ts";
import { declaredGroup, declaredUser, roster as rosterOf } from "../core/build.ts";
import { certificate, rsaKey } from "../sandbox/material.ts";
import { type Difference, differenceOf } from "./differences.ts";
import { enable, newDevice, PASSWORD, UserName } from "./given.ts";

/*
 * The whole way of the core, from an empty account to one without Emily again. Each step is planned, applied, and planned
 * once more, and then nothing is left to do.
 */

interface Step {
  readonly says: string;
  readonly files: Roster;
  /** Before the step, somebody gives Emily credentials of every kind that moto knows. */
  readonly isGiven?: true;
  /** By user or group, in order; lanes run side by side. Unique ids stand as ID. */
  readonly writes: Readonly<Record<string, readonly string[]>>;
}

/** In whatever account. */
const roster = (...[users, groups]: Parameters<typeof rosterOf>): Roster =>
  rosterOf(users, groups, { account: undefined });

const ONCALL = declaredGroup("oncall", { policies: ["ReadOnlyAccess"] });
const DEVELOPERS = { path: "/team/", policies: ["PowerUserAccess"], inlinePolicies: { own: ALLOW } };
const GROUPS = [declaredGroup("developers", DEVELOPERS), ONCALL];
const BEN = declaredUser("ben", { groups: ["oncall"] });
const EMILY = {
  path: "/people/",
  tags: { team: "platform" },
  groups: ["developers", "oncall"],
  policies: ["SecurityAudit"],
  inlinePolicies: { own: ALLOW },
};
const SIGNING_IN = { ...EMILY, access: ["console", "programmatic"] } as const;

const JOINING = [
  "AddUserToGroup developers",
  "AddUserToGroup oncall",
  "AttachUserPolicy SecurityAudit",
  "PutUserPolicy own",
];
const LEAVING = [
  "RemoveUserFromGroup developers",
  "RemoveUserFromGroup oncall",
  "DetachUserPolicy SecurityAudit",
  "DeleteUserPolicy own",
];

export async function giveCredentials(iam: IAM): Promise<void> {
  await iam.createLoginProfile({ UserName, Password: PASSWORD });
  await iam.createAccessKey({ UserName });
  await iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: rsaKey(2048) });
  await iam.uploadSigningCertificate({ UserName, CertificateBody: certificate(1) });
  await enable(iam, await newDevice(iam));
}

const STEPS: readonly Step[] = [
  {
    says: "creates groups and users",
    files: roster([BEN, declaredUser(UserName, EMILY)], GROUPS),
    writes: {
      ben: ["CreateUser /", "AddUserToGroup oncall"],
      emily: ["CreateUser /people/", ...JOINING],
      developers: ["CreateGroup /team/", "AttachGroupPolicy PowerUserAccess", "PutGroupPolicy own"],
      oncall: ["CreateGroup /", "AttachGroupPolicy ReadOnlyAccess"],
    },
  },
  {
    says: "leaves credentials that are declared",
    isGiven: true,
    files: roster([BEN, declaredUser(UserName, SIGNING_IN)], GROUPS),
    writes: {},
  },
  {
    says: "changes tags, policies and memberships, and renames a group",
    files: roster(
      [BEN, declaredUser(UserName, { ...SIGNING_IN, tags: { cost: "1" }, groups: ["devs"], policies: [] })],
      [
        declaredGroup("devs", { path: "/team/", renamedFrom: "developers", policies: ["SecurityAudit"] }),
        ONCALL,
      ],
    ),
    writes: {
      emily: ["RemoveUserFromGroup oncall", "DetachUserPolicy SecurityAudit", "UntagUser", "TagUser"],
      developers: ["DetachGroupPolicy PowerUserAccess", "DeleteGroupPolicy own", "UpdateGroup devs"],
      devs: ["AttachGroupPolicy SecurityAudit"],
    },
  },
  {
    says: "puts everything back",
    files: roster(
      [BEN, declaredUser(UserName, SIGNING_IN)],
      [declaredGroup("developers", { ...DEVELOPERS, renamedFrom: "devs" }), ONCALL],
    ),
    writes: {
      emily: ["UntagUser", "TagUser", "AddUserToGroup oncall", "AttachUserPolicy SecurityAudit"],
      devs: ["DetachGroupPolicy SecurityAudit", "UpdateGroup developers"],
      developers: ["AttachGroupPolicy PowerUserAccess", "PutGroupPolicy own"],
    },
  },
  {
    says: "deactivates who left the file",
    files: roster([BEN], GROUPS),
    writes: {
      emily: [
        "AttachUserPolicy AWSDenyAll",
        "UpdateAccessKey ID Inactive",
        "DeleteLoginProfile",
        "UpdateSSHPublicKey ID Inactive",
        "UpdateSigningCertificate ID Inactive",
        ...LEAVING,
        "TagUser",
      ],
    },
  },
  {
    says: "reactivates who came back",
    files: roster([BEN, declaredUser(UserName, EMILY)], GROUPS),
    writes: { emily: [...JOINING, "DetachUserPolicy AWSDenyAll", "UntagUser"] },
  },
  {
    says: "deletes who is absent",
    files: roster([BEN, declaredUser(UserName, { ...EMILY, status: "absent" })], GROUPS),
    writes: {
      emily: [
        "AttachUserPolicy AWSDenyAll",
        ...LEAVING,
        "TagUser",
        "DeleteAccessKey ID",
        "DeleteSigningCertificate ID",
        "DeleteSSHPublicKey ID",
        "DeactivateMFADevice mfa/phone",
        "DetachUserPolicy AWSDenyAll",
        "DeleteUser",
      ],
      "mfa/phone": ["DeleteVirtualMFADevice"],
    },
  },
  {
    says: "deletes a group that is absent",
    files: roster([BEN], [declaredGroup("developers", { status: "absent" }), ONCALL]),
    writes: {
      developers: ["DetachGroupPolicy PowerUserAccess", "DeleteGroupPolicy own", "DeleteGroup"],
    },
  },
];

/** Goes the whole way. `give` gives Emily credentials by hand. */
export async function goTheWay({ plan, apply }: StoryAt<Noted>, give: () => Promise<unknown>): Promise<void> {
  for (const { says, files, isGiven, writes } of STEPS) {
    if (isGiven === true) await give();
    const applied = await apply(files);
    expect(applied.plan.refusals, says).toEqual([]);
    expect(bySubject(applied.writes), says).toEqual(writes);
    const again = await plan(files);
    expect([again.plan.entries, again.plan.refused], `${says}, and then nothing is left`).toEqual([[], []]);
  }
}

function bySubject(writes: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const told = writes.map((write) => {
    const words = write
      .replaceAll(/arn:aws:iam::\d+:/g, "")
      .replaceAll(/\b\w{20,32}\b(?= Inactive|$)/g, "ID");
    const [operation = "", subject = "", ...rest] = words.split(" ");
    return { subject, words: [operation, ...rest].join(" ") };
  });
  return Object.fromEntries(
    [...Map.groupBy(told, ({ subject }) => subject)].map(([subject, own]) => [
      subject,
      own.map(({ words }) => words),
    ]),
  );
}

/** What the way does without, since moto cannot do it; each for the sake of a line on which moto differs. */
export const WITHOUT: Readonly<Record<string, Difference | undefined>> = {
  "permissions boundaries": differenceOf(
    "A permissions boundary",
    "is put, replaced, and shown with the user",
  ),
  "service-specific credentials": differenceOf(
    "A service-specific credential",
    "is listed, and deleted once",
  ),
  "renaming a user": differenceOf("A user", "keeps its tags when it is renamed"),
  "moving a user": differenceOf("A user", "keeps its tags when it is moved"),
  "moving a group": differenceOf("A group", "is moved without being renamed"),
};
