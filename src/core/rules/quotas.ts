/** The account's own limits, as GetAccountSummary tells them; some can be raised, so they are read, not assumed. */
export interface Quotas {
  readonly users: number;
  readonly groups: number;
  readonly groupsPerUser: number;
  readonly policiesPerUser: number;
  readonly policiesPerGroup: number;
  readonly userPolicySize: number;
  readonly groupPolicySize: number;
  readonly accessKeysPerUser: number;
  readonly certificatesPerUser: number;
}

/** What a new account has (User Guide, "IAM and AWS STS quotas"). Used without an account, and by the sandbox. */
export const DEFAULT_QUOTAS: Quotas = {
  users: 5000,
  groups: 300,
  groupsPerUser: 10,
  policiesPerUser: 10,
  policiesPerGroup: 10,
  userPolicySize: 2048,
  groupPolicySize: 5120,
  accessKeysPerUser: 2,
  certificatesPerUser: 2,
};

/** Limits that GetAccountSummary does not tell and that cannot be raised. */
export const FIXED_QUOTAS = {
  tagsPerUser: 50,
  sshKeysPerUser: 5,
  serviceCredentialsPerService: 2,
  mfaDevicesPerUser: 8,
} as const;
