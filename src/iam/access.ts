import {
  GenerateCredentialReportCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  GetLoginProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListAccountAliasesCommand,
  ListMFADevicesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";

import { IamFailure } from "../core/failure.ts";
import type { IamAccess, Identity, Tried } from "../core/port.ts";
import { denyAllArn } from "../core/rules/policies.ts";
import type { UserName } from "../core/state.ts";
import { required } from "./answer.ts";
import type { Clients } from "./client.ts";
import { foresee } from "./foresee.ts";
import { permissionsOf } from "./job-policy.ts";

export function iamAccess(clients: Clients): IamAccess {
  return {
    identity: () => readIdentity(clients),
    tryReads: () => tryReads(clients),
    foresee: (job, identity, paths) => foresee(clients.iam, { job, identity, paths }),
  };
}

async function readIdentity({ iam, sts }: Clients): Promise<Identity> {
  const { Arn, Account } = await sts.send(new GetCallerIdentityCommand({}));
  return {
    caller: required(Arn, "GetCallerIdentity"),
    account: required(Account, "GetCallerIdentity"),
    region: await iam.config.region(),
    endpoint: await endpointOf(iam),
  };
}

/** Where a call would be sent; it is stopped before it is. */
async function endpointOf(iam: IAMClient): Promise<string> {
  let endpoint = "";
  const command = new ListAccountAliasesCommand({});
  command.middlewareStack.add(
    () =>
      async ({ request }) => {
        const { protocol, hostname, port } = request as Sent;
        endpoint = `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}`;
        return { response: {}, output: { $metadata: {} } as never };
      },
    { step: "build", priority: "low", name: "endpointOf" },
  );
  await iam.send(command);
  return endpoint;
}

interface Sent {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
}

/** Whom, and what, a call can be tried on. */
interface Sample {
  readonly user: UserName;
  /** undefined: nobody has one. */
  readonly key: string | undefined;
  readonly policy: string;
}

type Attempt = (iam: IAMClient, sample: Sample) => Promise<unknown>;

/** One harmless call for each permission that `plan` needs. */
const ATTEMPTS: ReadonlyMap<string, Attempt> = new Map<string, Attempt>([
  ["iam:GenerateCredentialReport", (iam) => iam.send(new GenerateCredentialReportCommand({}))],
  ["iam:GetAccountAuthorizationDetails", (iam) => iam.send(firstUsers())],
  ["iam:GetAccountPasswordPolicy", (iam) => iam.send(new GetAccountPasswordPolicyCommand({}))],
  ["iam:GetAccountSummary", (iam) => iam.send(new GetAccountSummaryCommand({}))],
  ["iam:GetCredentialReport", (iam) => iam.send(new GetCredentialReportCommand({}))],
  ["iam:ListAccountAliases", (iam) => iam.send(new ListAccountAliasesCommand({}))],
  [
    "iam:GetAccessKeyLastUsed",
    (iam, { key }) => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key })),
  ],
  ["iam:GetLoginProfile", (iam, { user }) => iam.send(new GetLoginProfileCommand({ UserName: user }))],
  ["iam:ListAccessKeys", (iam, { user }) => iam.send(new ListAccessKeysCommand({ UserName: user }))],
  ["iam:ListMFADevices", (iam, { user }) => iam.send(new ListMFADevicesCommand({ UserName: user }))],
  ["iam:ListSSHPublicKeys", (iam, { user }) => iam.send(new ListSSHPublicKeysCommand({ UserName: user }))],
  [
    "iam:ListServiceSpecificCredentials",
    (iam, { user }) => iam.send(new ListServiceSpecificCredentialsCommand({ UserName: user })),
  ],
  [
    "iam:ListSigningCertificates",
    (iam, { user }) => iam.send(new ListSigningCertificatesCommand({ UserName: user })),
  ],
  ["iam:GetPolicy", (iam, { policy }) => iam.send(new GetPolicyCommand({ PolicyArn: policy }))],
  [
    "iam:GetPolicyVersion",
    (iam, { policy }) => iam.send(new GetPolicyVersionCommand({ PolicyArn: policy, VersionId: "v1" })),
  ],
]);

const KEY_NEEDED = "iam:GetAccessKeyLastUsed";
/** So many users are looked at for an access key. */
const MOST_USERS = 5;
/** Nobody needs to have this name: IAM answers that there is no such user only to who may ask. */
const NOBODY = "iam-roster-doctor";

function firstUsers(): GetAccountAuthorizationDetailsCommand {
  return new GetAccountAuthorizationDetailsCommand({ Filter: ["User"], MaxItems: MOST_USERS });
}

async function tryReads(clients: Clients): Promise<readonly Tried[]> {
  const sample = await findSample(clients);
  return Promise.all(permissionsOf("plan").map((permission) => tried(clients.iam, permission, sample)));
}

async function findSample({ iam, sts }: Clients): Promise<Sample> {
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  const policy = denyAllArn(required(Arn?.split(":")[1], "GetCallerIdentity"));
  // What cannot be read is told when it is tried.
  const page = await iam.send(firstUsers()).catch(() => undefined);
  const users = page?.UserDetailList?.flatMap(({ UserName }) => UserName ?? []) ?? [];
  for (const user of users) {
    const keys = await iam.send(new ListAccessKeysCommand({ UserName: user })).catch(() => undefined);
    const key = keys?.AccessKeyMetadata?.[0]?.AccessKeyId;
    if (key !== undefined) return { user, key, policy };
  }
  return { user: users[0] ?? NOBODY, key: undefined, policy };
}

async function tried(iam: IAMClient, permission: string, sample: Sample): Promise<Tried> {
  const attempt = ATTEMPTS.get(permission);
  if (attempt === undefined || (permission === KEY_NEEDED && sample.key === undefined)) {
    return {
      permission,
      outcome: "unknown",
      because: `none of the first ${MOST_USERS} users has an access key to try it on`,
    };
  }
  try {
    await attempt(iam, sample);
    return { permission, outcome: "allowed", because: "" };
  } catch (error) {
    if (!(error instanceof IamFailure)) throw error;
    if (error.code === "AccessDenied") return { permission, outcome: "denied", because: error.message };
    // Whoever is told what is wrong, or not there, was allowed to ask.
    const outcome = ANSWERS.has(error.code) ? "allowed" : "unknown";
    return { permission, outcome, because: error.message };
  }
}

const ANSWERS: ReadonlySet<string> = new Set([
  "NoSuchEntity",
  "LimitExceeded",
  "ReportExpired",
  "ReportInProgress",
  "ReportNotPresent",
]);
