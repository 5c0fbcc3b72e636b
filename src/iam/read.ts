import { GetUserCommand } from "@aws-sdk/client-iam";

import type { Clock, IamRead, Snapshot, SnapshotWarning } from "../core/port.ts";
import type { User } from "../core/state.ts";
import { readAccount, readCounts, type Counts } from "./account.ts";
import { unlessMissing } from "./answer.ts";
import type { Clients } from "./client.ts";
import { readCredentials } from "./credentials.ts";
import { byName, readDetails, tagsOf, type Details } from "./details.ts";
import { readPolicy } from "./policy.ts";
import { parseReport, readReport, type ReportedOf } from "./report.ts";
import { readGroup, readMembers, readUser } from "./subjects.ts";

export function iamRead(clients: Clients, clock: Pick<Clock, "sleep">): IamRead {
  const { iam } = clients;
  return {
    account: async () => (await readAccount(clients)).account,
    snapshot: () => readSnapshot(clients, clock),
    credentials: (user) => readCredentials(iam, user),
    user: (user) => readUser(iam, user),
    group: (group) => readGroup(iam, group),
    members: (group) => readMembers(iam, group),
    tags: async (user) => {
      const answer = await unlessMissing(() => iam.send(new GetUserCommand({ UserName: user })));
      return answer && tagsOf(answer.User?.Tags);
    },
    policy: (policy) => readPolicy(iam, policy),
  };
}

/** The account is in it: whoever takes a snapshot need not ask for the account besides. */
async function readSnapshot(clients: Clients, clock: Pick<Clock, "sleep">): Promise<Snapshot> {
  const [{ account, counts }, first, reportedOf] = await Promise.all([
    readAccount(clients),
    readDetails(clients.iam),
    // At once: there is time for it while the next page is on its way.
    readReport(clients.iam, clock).then(parseReport),
  ]);
  const { details, warnings } = await settled({ clients, first, counts });
  const state = {
    account,
    users: byName(usersOf(details, reportedOf), (user) => user.name),
    groups: byName(details.groups, (group) => group.name),
  };
  return { state, warnings };
}

interface FirstRead {
  readonly clients: Clients;
  readonly first: Details;
  readonly counts: Counts;
}

/**
 * Pages are read one after the other while the account goes on living; where they do not add up to its own count,
 * they are read once more. Where they still do not, a person should know.
 */
async function settled({ clients, first, counts }: FirstRead): Promise<{
  readonly details: Details;
  readonly warnings: readonly SnapshotWarning[];
}> {
  if (mismatches(first, counts).length === 0) return { details: first, warnings: [] };
  const [details, countsNow] = await Promise.all([readDetails(clients.iam), readCounts(clients.iam)]);
  return { details, warnings: mismatches(details, countsNow) };
}

function mismatches(details: Details, counts: Counts): readonly SnapshotWarning[] {
  return (["users", "groups"] as const)
    .map((what) => ({
      code: "count-mismatch" as const,
      what,
      read: details[what].length,
      counted: counts[what],
    }))
    .filter(({ read, counted }) => read !== counted);
}

function usersOf(details: Details, reportedOf: ReportedOf): readonly User[] {
  return details.users.map(({ arn, user }) => ({ ...user, reported: reportedOf(arn, user.createdAt) }));
}
