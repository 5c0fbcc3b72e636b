import type { Quotas } from "../core/rules/quotas.ts";
import { type Account, requireGroup, requireUser } from "./account.ts";
import { noSuch, quotaExceeded } from "./errors.ts";
import { requireAttachable } from "./managed.ts";
import { arn, groupName, optional, PAGE, policyPath, userName } from "./members.ts";
import { type Operations, reading, writing } from "./operation.ts";
import { pageOf, type PageInput, policyKey } from "./page.ts";
import type { Holder } from "./records.ts";
import type { Answer } from "./wire.ts";

/*
 * Managed policies on users and groups. Attaching twice is a success, detaching what is not attached is not.
 */

interface Attachment {
  readonly holder: Holder;
  readonly policy: string;
  readonly quota: { readonly name: string; readonly of: keyof Quotas };
}

const USER_QUOTA = { name: "PoliciesPerUser", of: "policiesPerUser" } as const;
const GROUP_QUOTA = { name: "PoliciesPerGroup", of: "policiesPerGroup" } as const;

function attach(account: Account, { holder, policy, quota }: Attachment): void {
  requireAttachable(account, policy);
  if (holder.policies.has(policy)) return;
  const most = account.quotas[quota.of];
  if (holder.policies.size >= most) throw quotaExceeded(quota.name, most);
  holder.policies.add(policy);
}

function detach(holder: Holder, policy: string): void {
  if (!holder.policies.delete(policy)) throw noSuch(`Policy ${policy} was not found.`);
}

/** The attached policies as details and lists give them, in order of their names. */
export function attachedAnswer(holder: Holder): readonly Answer[] {
  return sortedPolicies(holder).map((policy) => ({ PolicyName: nameOf(policy), PolicyArn: policy }));
}

function sortedPolicies(holder: Holder): readonly string[] {
  if (holder.policies.size < 2) return [...holder.policies];
  return [...holder.policies].toSorted((one, other) => (policyKey(one) < policyKey(other) ? -1 : 1));
}

function nameOf(policy: string): string {
  return policy.slice(policy.lastIndexOf("/") + 1);
}

function attachedPage(
  holder: Holder,
  input: PageInput & { readonly PathPrefix: string | undefined },
): Answer {
  const prefix = input.PathPrefix ?? "/";
  const under = sortedPolicies(holder).filter((policy) =>
    policy.slice(policy.indexOf("/")).startsWith(prefix),
  );
  const { items, end } = pageOf({ items: under, key: policyKey, of: ["Attached", holder.id, prefix] }, input);
  return {
    AttachedPolicies: items.map((policy) => ({ PolicyName: nameOf(policy), PolicyArn: policy })),
    ...end,
  };
}

export const attachmentOperations: Operations = {
  AttachUserPolicy: writing({ UserName: userName, PolicyArn: arn }, (account, input) =>
    attach(account, {
      holder: requireUser(account, input.UserName),
      policy: input.PolicyArn,
      quota: USER_QUOTA,
    }),
  ),
  AttachGroupPolicy: writing({ GroupName: groupName, PolicyArn: arn }, (account, input) =>
    attach(account, {
      holder: requireGroup(account, input.GroupName),
      policy: input.PolicyArn,
      quota: GROUP_QUOTA,
    }),
  ),
  DetachUserPolicy: writing({ UserName: userName, PolicyArn: arn }, (account, input) =>
    detach(requireUser(account, input.UserName), input.PolicyArn),
  ),
  DetachGroupPolicy: writing({ GroupName: groupName, PolicyArn: arn }, (account, input) =>
    detach(requireGroup(account, input.GroupName), input.PolicyArn),
  ),
  ListAttachedUserPolicies: reading(
    { UserName: userName, PathPrefix: optional(policyPath), ...PAGE },
    (account, input) => attachedPage(requireUser(account, input.UserName), input),
  ),
  ListAttachedGroupPolicies: reading(
    { GroupName: groupName, PathPrefix: optional(policyPath), ...PAGE },
    (account, input) => attachedPage(requireGroup(account, input.GroupName), input),
  ),
};
