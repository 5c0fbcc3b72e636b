import {
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  ListAccountAliasesCommand,
  type IAMClient,
  type SummaryKeyType,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";

import { DEFAULT_QUOTAS, type Quotas } from "../core/rules/quotas.ts";
import type { Account, PasswordPolicy, Root } from "../core/state.ts";
import { required, unlessMissing } from "./answer.ts";
import type { Clients } from "./client.ts";

/** How many there are by the account's own count. */
export interface Counts {
  readonly users: number;
  readonly groups: number;
}

type Summary = Partial<Record<SummaryKeyType, number>>;

export async function readAccount({ iam, sts }: Clients): Promise<{ account: Account; counts: Counts }> {
  const [identity, summary, passwordPolicy, aliases] = await Promise.all([
    sts.send(new GetCallerIdentityCommand({})),
    readSummary(iam),
    readPasswordPolicy(iam),
    iam.send(new ListAccountAliasesCommand({})),
  ]);
  const caller = required(identity.Arn, "GetCallerIdentity");
  const account: Account = {
    id: required(identity.Account, "GetCallerIdentity"),
    partition: required(caller.split(":")[1], "GetCallerIdentity"),
    // An account has one alias at most.
    alias: required(aliases.AccountAliases, "ListAccountAliases")[0],
    quotas: quotasOf(summary),
    passwordPolicy,
    caller,
    root: rootOf(summary),
  };
  return { account, counts: countsOf(summary) };
}

export async function readCounts(iam: IAMClient): Promise<Counts> {
  return countsOf(await readSummary(iam));
}

async function readSummary(iam: IAMClient): Promise<Summary> {
  const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
  return required(SummaryMap, "GetAccountSummary");
}

function countsOf(summary: Summary): Counts {
  return {
    users: required(summary.Users, "GetAccountSummary"),
    groups: required(summary.Groups, "GetAccountSummary"),
  };
}

/** Fresher than the root user's row of the credential report, which may be four hours old. */
function rootOf({
  AccountPasswordPresent: passwords,
  AccountAccessKeysPresent: keys,
  AccountMFAEnabled: mfa,
}: Summary): Root | undefined {
  if (keys === undefined || mfa === undefined) return undefined;
  // Where nothing is said of a password, there is one.
  return { password: passwords !== 0, keys: keys > 0, mfa: mfa > 0 };
}

function quotasOf(summary: Summary): Quotas {
  return {
    users: summary.UsersQuota ?? DEFAULT_QUOTAS.users,
    groups: summary.GroupsQuota ?? DEFAULT_QUOTAS.groups,
    groupsPerUser: summary.GroupsPerUserQuota ?? DEFAULT_QUOTAS.groupsPerUser,
    policiesPerUser: summary.AttachedPoliciesPerUserQuota ?? DEFAULT_QUOTAS.policiesPerUser,
    policiesPerGroup: summary.AttachedPoliciesPerGroupQuota ?? DEFAULT_QUOTAS.policiesPerGroup,
    userPolicySize: summary.UserPolicySizeQuota ?? DEFAULT_QUOTAS.userPolicySize,
    groupPolicySize: summary.GroupPolicySizeQuota ?? DEFAULT_QUOTAS.groupPolicySize,
    accessKeysPerUser: summary.AccessKeysPerUserQuota ?? DEFAULT_QUOTAS.accessKeysPerUser,
    certificatesPerUser: summary.SigningCertificatesPerUserQuota ?? DEFAULT_QUOTAS.certificatesPerUser,
  };
}

/** undefined: the account has none of its own, which IAM says with NoSuchEntity. */
async function readPasswordPolicy(iam: IAMClient): Promise<PasswordPolicy | undefined> {
  const answer = await unlessMissing(() => iam.send(new GetAccountPasswordPolicyCommand({})));
  if (answer === undefined) return undefined;
  const policy = required(answer.PasswordPolicy, "GetAccountPasswordPolicy");
  return {
    minimumLength: required(policy.MinimumPasswordLength, "GetAccountPasswordPolicy"),
    requireSymbols: policy.RequireSymbols ?? false,
    requireNumbers: policy.RequireNumbers ?? false,
    requireUppercase: policy.RequireUppercaseCharacters ?? false,
    requireLowercase: policy.RequireLowercaseCharacters ?? false,
    usersMayChange: policy.AllowUsersToChangePassword ?? false,
  };
}
