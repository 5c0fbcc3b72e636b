import type { Account } from "./account.ts";
import { type Operations, reading } from "./operation.ts";

/** STS, as far as it is here. */
export const identityOperations: Operations = {
  GetCallerIdentity: reading({}, (account: Account, _input, caller) => ({
    Arn: caller.arn,
    UserId: caller.userId,
    Account: account.id,
  })),
};
