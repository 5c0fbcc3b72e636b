import { useKey } from "./access-keys.ts";
import { type Account, arnOf } from "./account.ts";
import { IamError } from "./errors.ts";
import type { Caller } from "./operation.ts";

/*
 * Who signed. Signatures are not checked: a key that this account issued acts as its user, every other is the
 * administrator.
 */

interface Scope {
  readonly key: string;
  readonly region: string;
  readonly service: string;
}

/** `AWS4-HMAC-SHA256 Credential=AKIA…/20261122/us-east-1/iam/aws4_request, SignedHeaders=…` */
function parseAuthorization(header: string | undefined): Scope {
  const match = /^AWS4-\S+ Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/.exec(
    header ?? "",
  );
  if (match === null)
    throw new IamError("MissingAuthenticationToken", "Request is missing Authentication Token");
  const [, key = "", region = "", service = ""] = match;
  return { key, region, service };
}

/** The administrator: an IAM role's session, unless another ARN is wanted. */
export function administrator(account: Account, arn: string | undefined): Caller {
  const { partition, id } = account;
  return {
    arn: arn ?? `arn:${partition}:sts::${id}:assumed-role/sandbox-admin/you`,
    userId: "AROASANDBOXADMIN00000:you",
    user: undefined,
  };
}

/** The caller of a request; notes the use of a user's key. */
export function authenticate(account: Account, header: string | undefined, admin: Caller): Caller {
  const { key, region, service } = parseAuthorization(header);
  const owner = account.users.get(account.keyOwners.get(key) ?? "");
  const record = owner?.accessKeys.find(({ id }) => id === key);
  if (account.retiredKeys.has(key) || record?.status === "Inactive") {
    throw new IamError("InvalidClientTokenId", "The security token included in the request is invalid.");
  }
  if (owner === undefined) return admin;
  useKey(account, owner, { id: key, region, service });
  return { arn: arnOf(account, "user", owner), userId: owner.id, user: owner.id };
}
