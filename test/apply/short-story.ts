import type { AccountData } from "../../src/sandbox/data.ts";
import { load } from "../../src/roster/load.ts";
import type { Roster } from "../../src/core/roster.ts";
import { filesOf } from "../roster/memory.ts";
import { ALLOW, arn, EVERYTHING, OURS } from "./story.ts";

/*
 * A story as short as can be in which each kind of change and each intent is there, as files and as an account, for the
 * tests that tell it again and again: once for each call in it.
 */

/** The three files. */
export type Texts = Readonly<Record<"users.yaml" | "groups.yaml" | "roster.yaml", string>>;

const PHONE = "arn:aws:iam::123456789012:mfa/gus";
const inactive = (id: string) => [{ id: id.replaceAll("0", "9"), status: "Inactive" }] as const;

const DENIED = {
  tags: { ...OURS, "iam-roster:deactivated": "2026-01-01T00:00:00Z" },
  policies: [arn("AWSDenyAll")],
};

export const BEFORE: AccountData = {
  groups: [
    {
      name: "developers",
      policies: [arn("PowerUserAccess"), arn("IAMFullAccess")],
      inlinePolicies: { old: ALLOW },
    },
    { name: "oncall", policies: [arn("ReadOnlyAccess")] },
    { name: "finished" },
  ],
  users: [
    { name: "ann", tags: { ...OURS, team: "x" }, groups: ["developers"] },
    { name: "cat", tags: OURS, groups: ["oncall"], boundary: arn("ReadOnlyAccess") },
    { name: "dan", groups: ["oncall"] },
    {
      ...EVERYTHING,
      name: "eve",
      groups: ["developers"],
      accessKeys: [{ id: "AKIAONE0000000000000" }],
    },
    { name: "fay", ...DENIED },
    {
      name: "gus",
      ...DENIED,
      accessKeys: inactive("AKIAONE0000000000000"),
      sshKeys: inactive("APKASSH0000000000000"),
      certificates: inactive("CERTIFICATE000000000000000000000"),
      serviceCredentials: inactive("ACCASERVICE0000000000"),
      mfaDevices: [{ serial: PHONE }],
    },
    ...["ivy", "jim", "kim"].map((name) => ({ name, tags: OURS, groups: ["oncall"] })),
  ],
  virtualDevices: [{ serial: PHONE, seed: "", tags: [], user: undefined }],
};

/** Nobody waits: the tests that lie in wait for the leaver's tricks do it elsewhere. */
export const NO_WAIT = "offboarding: { verifyAfter: 0s }\n";

export const TEXTS: Texts = {
  "users.yaml": `users:
  ann:                    # an update: of tag, boundary and policies
    groups: [devs]
    permissionsBoundary: arn:aws:iam::aws:policy/PowerUserAccess
    policies: [SecurityAudit]
    inlinePolicies:
      own: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }
  cleo:                   # a rename
    renamedFrom: cat
    groups: [oncall]
    permissionsBoundary: none
  dan:                    # an adoption
    groups: [oncall, new]
    adopt: true
  # eve has left: a deactivation
  fay:                    # a reactivation
    groups: [devs]
  gus: { status: absent } # a deletion
  hal:                    # somebody new
    groups: [new]
    tags: { team: y }
    permissionsBoundary: arn:aws:iam::aws:policy/ReadOnlyAccess
  # and three who stay, so that those who lose something are not the half
  ivy: { groups: [oncall] }
  jim: { groups: [oncall] }
  kim: { groups: [oncall] }
`,
  "groups.yaml": `groups:
  devs:                   # a rename, with less in it
    renamedFrom: developers
    policies: [PowerUserAccess]
  oncall: { policies: [ReadOnlyAccess] }
  new:                    # a new group
    policies: [SecurityAudit]
    inlinePolicies:
      own: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }
  finished: { status: absent }
`,
  "roster.yaml": `account: "123456789012"\nowner: acme/access\n${NO_WAIT}`,
};

export async function rosterOf(texts: Texts = TEXTS): Promise<Roster> {
  const { roster, findings } = await load(filesOf(texts));
  if (roster === undefined) throw new Error(`not a roster: ${JSON.stringify(findings)}`);
  return roster;
}
