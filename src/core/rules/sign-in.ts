import type { Account } from "../state.ts";

/** Source: boto's get_signin_url, and the rule set of the SDK's sign-in client. */
const SIGN_IN_HOSTS: ReadonlyMap<string, string> = new Map([
  ["aws", "signin.aws.amazon.com"],
  ["aws-cn", "signin.amazonaws.cn"],
  ["aws-us-gov", "signin.amazonaws-us-gov.com"],
  ["aws-eusc", "signin.amazonaws-eusc.eu"],
]);

/** Where nobody has verified that the alias leads to the account; its id always does. */
const ID_ONLY: ReadonlySet<string> = new Set(["aws-eusc"]);

/**
 * Where the account's users sign in. undefined for a partition whose address is not known (the isolated ones): it is
 * asked for when the password is already set, and a letter without an address is better than no letter.
 */
export function signInUrl({
  id,
  partition,
  alias,
}: Pick<Account, "id" | "partition" | "alias">): string | undefined {
  const host = SIGN_IN_HOSTS.get(partition);
  if (host === undefined) return undefined;
  const name = alias === undefined || ID_ONLY.has(partition) ? id : alias;
  return `https://${name}.${host}/console`;
}
