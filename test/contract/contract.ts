import type { Line, Lines } from "./line.ts";
import { account, authorizationDetails, credentialReport } from "./lines/account.ts";
import {
  accessKeys,
  certificates,
  mfaDevices,
  passwords,
  serviceCredentials,
  sshKeys,
} from "./lines/credentials.ts";
import { deletion } from "./lines/deletion.ts";
import { groups, memberships } from "./lines/groups.ts";
import { lists } from "./lines/lists.ts";
import { missingGroup, missingUser } from "./lines/missing.ts";
import { boundaries, inlinePolicies, managedPolicies } from "./lines/policies.ts";
import { tags } from "./lines/tags.ts";
import { users } from "./lines/users.ts";

/** What we hold IAM to do, sentence by sentence. The subject and the sentence read as one. */
export const CONTRACT = {
  "A user": users,
  "A tag of a user": tags,
  "A group": groups,
  "A membership": memberships,
  "A managed policy": managedPolicies,
  "An inline policy": inlinePolicies,
  "A permissions boundary": boundaries,
  "A password": passwords,
  "An access key": accessKeys,
  "An MFA device": mfaDevices,
  "An SSH public key": sshKeys,
  "A signing certificate": certificates,
  "A service-specific credential": serviceCredentials,
  "The deletion": deletion,
  "The account": account,
  GetAccountAuthorizationDetails: authorizationDetails,
  "The credential report": credentialReport,
  "Read in pages": lists,
  "NoSuchEntity for a user who is not there": missingUser,
  "NoSuchEntity for a group that is not there": missingGroup,
} satisfies Readonly<Record<string, Lines>>;

export type Subject = keyof typeof CONTRACT;

/** One line with the words that it stands under. */
export interface Clause {
  readonly subject: Subject;
  readonly sentence: string;
  readonly line: Line;
}

export const CLAUSES: readonly Clause[] = Object.entries(CONTRACT).flatMap(([subject, lines]) =>
  Object.entries<Line>(lines).map(([sentence, line]) => ({ subject: subject as Subject, sentence, line })),
);
