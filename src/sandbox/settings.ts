import type { Quotas } from "../core/rules/quotas.ts";
import type { Account } from "./account.ts";
import { noSuch } from "./errors.ts";
import { accountAlias, boolean, integer, optional, PAGE } from "./members.ts";
import { type Operations, reading, writing } from "./operation.ts";
import { pageOf } from "./page.ts";
import type { PasswordPolicyRecord } from "./records.ts";
import type { Answer } from "./wire.ts";

/*
 * What belongs to the account as a whole: its counts and quotas, its alias, its password policy.
 */

const QUOTA_NAMES: Readonly<Record<keyof Quotas, string>> = {
  users: "UsersQuota",
  groups: "GroupsQuota",
  groupsPerUser: "GroupsPerUserQuota",
  policiesPerUser: "AttachedPoliciesPerUserQuota",
  policiesPerGroup: "AttachedPoliciesPerGroupQuota",
  userPolicySize: "UserPolicySizeQuota",
  groupPolicySize: "GroupPolicySizeQuota",
  accessKeysPerUser: "AccessKeysPerUserQuota",
  certificatesPerUser: "SigningCertificatesPerUserQuota",
};

/** What does not change here. */
const FIXED: readonly (readonly [string, number])[] = [
  ["AccountMFAEnabled", 1],
  ["AccountAccessKeysPresent", 0],
  ["AccountPasswordPresent", 1],
  ["AccountSigningCertificatesPresent", 0],
  ["AssumeRolePolicySizeQuota", 2048],
  ["AttachedPoliciesPerRoleQuota", 20],
  ["GlobalEndpointTokenVersion", 1],
  ["InstanceProfiles", 0],
  ["InstanceProfilesQuota", 1000],
  ["PoliciesQuota", 1500],
  ["PolicySizeQuota", 6144],
  ["PolicyVersionsInUseQuota", 10_000],
  ["Providers", 0],
  ["RolePolicySizeQuota", 10_240],
  ["Roles", 0],
  ["RolesQuota", 1000],
  ["ServerCertificates", 0],
  ["ServerCertificatesQuota", 20],
  ["VersionsPerPolicyQuota", 5],
];

function summary(account: Account): ReadonlyMap<string, number> {
  const quotas = Object.entries(QUOTA_NAMES).map(
    ([quota, name]) => [name, account.quotas[quota as keyof Quotas]] as const,
  );
  const devices = [...account.virtualDevices.values()];
  const inUse = account.users.sorted().reduce((sum, user) => sum + user.mfaDevices.length, 0);
  return new Map<string, number>([
    ...quotas,
    ["Users", account.users.size],
    ["Groups", account.groups.size],
    ["Policies", account.policies.size],
    ["PolicyVersionsInUse", account.policies.size],
    ["MFADevices", devices.length],
    ["MFADevicesInUse", inUse],
    ...FIXED,
  ]);
}

function policyAnswer(policy: PasswordPolicyRecord): Answer {
  return {
    MinimumPasswordLength: policy.minimumLength,
    RequireSymbols: policy.requireSymbols,
    RequireNumbers: policy.requireNumbers,
    RequireUppercaseCharacters: policy.requireUppercase,
    RequireLowercaseCharacters: policy.requireLowercase,
    AllowUsersToChangePassword: policy.usersMayChange,
    ExpirePasswords: policy.maxAge !== undefined,
    MaxPasswordAge: policy.maxAge,
    PasswordReusePrevention: policy.reusePrevention,
    HardExpiry: policy.hardExpiry,
  };
}

function requirePolicy(account: Account): PasswordPolicyRecord {
  if (account.passwordPolicy === undefined) {
    throw noSuch(`The Password Policy with domain name ${account.id} cannot be found.`);
  }
  return account.passwordPolicy;
}

export const settingsOperations: Operations = {
  GetAccountSummary: reading({}, (account) => ({ SummaryMap: summary(account) })),

  ListAccountAliases: reading(PAGE, (account, input) => {
    const aliases = account.alias === undefined ? [] : [account.alias];
    const { items, end } = pageOf(
      { items: aliases, key: (alias) => alias, of: ["ListAccountAliases"] },
      input,
    );
    return { AccountAliases: items, ...end };
  }),

  // An account has one alias; a new one takes the place of the old one without a word.
  CreateAccountAlias: writing({ AccountAlias: accountAlias }, (account, input) => {
    account.alias = input.AccountAlias;
  }),

  DeleteAccountAlias: writing({ AccountAlias: accountAlias }, (account, input) => {
    if (account.alias !== input.AccountAlias) throw noSuch("The account alias cannot be found.");
    account.alias = undefined;
  }),

  GetAccountPasswordPolicy: reading({}, (account) => ({
    PasswordPolicy: policyAnswer(requirePolicy(account)),
  })),

  // It replaces the whole policy: what is not given goes back to IAM's default for it.
  UpdateAccountPasswordPolicy: writing(
    {
      MinimumPasswordLength: optional(integer(6, 128)),
      RequireSymbols: optional(boolean),
      RequireNumbers: optional(boolean),
      RequireUppercaseCharacters: optional(boolean),
      RequireLowercaseCharacters: optional(boolean),
      AllowUsersToChangePassword: optional(boolean),
      MaxPasswordAge: optional(integer(1, 1095)),
      PasswordReusePrevention: optional(integer(1, 24)),
      HardExpiry: optional(boolean),
    },
    (account, input) => {
      account.passwordPolicy = {
        minimumLength: input.MinimumPasswordLength ?? 6,
        requireSymbols: input.RequireSymbols ?? false,
        requireNumbers: input.RequireNumbers ?? false,
        requireUppercase: input.RequireUppercaseCharacters ?? false,
        requireLowercase: input.RequireLowercaseCharacters ?? false,
        usersMayChange: input.AllowUsersToChangePassword ?? false,
        maxAge: input.MaxPasswordAge,
        reusePrevention: input.PasswordReusePrevention,
        hardExpiry: input.HardExpiry,
      };
    },
  ),

  DeleteAccountPasswordPolicy: writing({}, (account) => {
    requirePolicy(account);
    account.passwordPolicy = undefined;
  }),
};
