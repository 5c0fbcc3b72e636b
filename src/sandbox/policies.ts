import { documentSize } from "../core/rules/documents.ts";
import { fold } from "../core/rules/names.ts";
import { type Account, arnOf, newId, timeOf } from "./account.ts";
import { encodeDocument, parseDocument } from "./documents.ts";
import { alreadyExists, IamError, noSuch, quotaExceeded } from "./errors.ts";
import { AWS_POLICIES, awsName, requirePolicy } from "./managed.ts";
import {
  arn,
  boolean,
  document,
  oneOf,
  optional,
  PAGE,
  policyName,
  policyPath,
  tags as tagList,
  text,
} from "./members.ts";
import { type Operations, reading, writing } from "./operation.ts";
import { pageOf, policyKey } from "./page.ts";
import type { Holder, PolicyRecord } from "./records.ts";
import type { Answer } from "./wire.ts";

/*
 * Managed policies, to be made, read and deleted. Each has one version.
 */

const POLICY_SIZE = 6144;
const CUSTOMER_POLICIES = 1500;
/** When AWS's policies were made, for all of them: the real dates are not kept. */
const AWS_CREATED = "2015-02-06T18:39:46Z";

/** The documents of AWS's policies that people look at in a demonstration; the others are not kept. */
const AWS_DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ["AdministratorAccess", statement("Allow", ["*"])],
  ["AWSDenyAll", statement("Deny", ["*"])],
  ["IAMUserChangePassword", statement("Allow", ["iam:ChangePassword", "iam:GetAccountPasswordPolicy"])],
]);

function statement(effect: string, actions: readonly string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: effect, Action: actions, Resource: "*" }],
  });
}

/** How many users and groups have each policy attached, and how many users are bounded by it. */
interface Uses {
  readonly attached: ReadonlyMap<string, number>;
  readonly bounding: ReadonlyMap<string, number>;
}

function usesOf(account: Account): Uses {
  const attached = new Map<string, number>();
  const bounding = new Map<string, number>();
  const count = (map: Map<string, number>, policy: string): void =>
    void map.set(policy, (map.get(policy) ?? 0) + 1);
  const holders: readonly Holder[] = [...account.users.sorted(), ...account.groups.sorted()];
  for (const holder of holders) for (const policy of holder.policies) count(attached, policy);
  for (const { boundary } of account.users.sorted()) if (boundary !== undefined) count(bounding, boundary);
  return { attached, bounding };
}

/** A policy as it is listed, whether AWS's or the customer's. */
function policyAnswer(account: Account, policy: string, uses: Uses): { readonly [name: string]: Answer } {
  const own = account.policies.get(policy);
  const created = own?.createdAt ?? AWS_CREATED;
  const slash = policy.lastIndexOf("/");
  return {
    PolicyName: policy.slice(slash + 1),
    PolicyId: own?.id ?? `ANPA${policyKey(policy).slice(-8).toUpperCase().padEnd(17, "A")}`,
    Arn: policy,
    Path: policy.slice(policy.indexOf("/"), slash + 1),
    DefaultVersionId: "v1",
    AttachmentCount: uses.attached.get(policy) ?? 0,
    PermissionsBoundaryUsageCount: uses.bounding.get(policy) ?? 0,
    IsAttachable: true,
    CreateDate: created,
    UpdateDate: created,
  };
}

function policyTags({ tags }: Pick<PolicyRecord, "tags">): readonly Answer[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }));
}

export const policyOperations: Operations = {
  GetPolicy: reading({ PolicyArn: arn }, (account, input) => {
    requirePolicy(account, input.PolicyArn);
    const own = account.policies.get(input.PolicyArn);
    return {
      Policy: {
        ...policyAnswer(account, input.PolicyArn, usesOf(account)),
        Description: own?.description,
        Tags: policyTags(own ?? { tags: [] }),
      },
    };
  }),

  GetPolicyVersion: reading(
    { PolicyArn: arn, VersionId: text({ pattern: /^v[1-9]\d*$/ }) },
    (account, input) => {
      requirePolicy(account, input.PolicyArn);
      const own = account.policies.get(input.PolicyArn);
      const source = own?.text ?? AWS_DOCUMENTS.get(awsName(account, input.PolicyArn) ?? "");
      if (source === undefined || input.VersionId !== "v1") {
        throw noSuch(
          `Policy ${input.PolicyArn} version ${input.VersionId} does not exist or is not attachable.`,
        );
      }
      const created = own?.createdAt ?? AWS_CREATED;
      const version = { VersionId: "v1", IsDefaultVersion: true, CreateDate: created };
      return { PolicyVersion: { Document: encodeDocument(source), ...version } };
    },
  ),

  CreatePolicy: writing(
    {
      PolicyName: policyName,
      Path: optional(policyPath),
      PolicyDocument: document,
      Description: optional(text({ most: 1000 })),
      Tags: optional(tagList),
    },
    (account, input) => {
      const parsed = parseDocument(input.PolicyDocument);
      if (documentSize(parsed) > POLICY_SIZE) throw quotaExceeded("PolicySize", POLICY_SIZE);
      if ([...account.policies.values()].some(({ name }) => fold(name) === fold(input.PolicyName))) {
        throw alreadyExists(
          `A policy called ${input.PolicyName} already exists. Duplicate names are not allowed.`,
        );
      }
      if (account.policies.size >= CUSTOMER_POLICIES)
        throw quotaExceeded("PoliciesPerAccount", CUSTOMER_POLICIES);
      const place = { name: input.PolicyName, path: input.Path ?? "/" };
      const policy: PolicyRecord = {
        ...place,
        id: newId(account, "ANPA", 21),
        arn: arnOf(account, "policy", place),
        createdAt: timeOf(account),
        description: input.Description,
        text: input.PolicyDocument,
        tags: input.Tags ?? [],
      };
      account.policies.set(policy.arn, policy);
      const tags = policy.tags.length > 0 ? policyTags(policy) : undefined;
      return { Policy: { ...policyAnswer(account, policy.arn, usesOf(account)), Tags: tags } };
    },
  ),

  DeletePolicy: writing({ PolicyArn: arn }, (account, input) => {
    requirePolicy(account, input.PolicyArn);
    if (!account.policies.has(input.PolicyArn)) {
      throw new IamError("AccessDenied", "Policies of AWS cannot be deleted.");
    }
    const { attached, bounding } = usesOf(account);
    if (attached.has(input.PolicyArn) || bounding.has(input.PolicyArn)) {
      throw new IamError("DeleteConflict", "Cannot delete a policy attached to entities.");
    }
    account.policies.delete(input.PolicyArn);
  }),

  // PolicyUsageFilter counts only together with OnlyAttached (seen live).
  ListPolicies: reading(
    {
      Scope: optional(oneOf(["All", "AWS", "Local"])),
      OnlyAttached: optional(boolean),
      PathPrefix: optional(text({ least: 1, most: 512 })),
      PolicyUsageFilter: optional(oneOf(["PermissionsPolicy", "PermissionsBoundary"])),
      ...PAGE,
    },
    (account, input) => {
      const scope = input.Scope ?? "All";
      const prefix = input.PathPrefix ?? "/";
      const uses = usesOf(account);
      const aws = [...AWS_POLICIES].map((name) => `arn:${account.partition}:iam::aws:policy/${name}`);
      const all = [...(scope === "AWS" ? [] : account.policies.keys()), ...(scope === "Local" ? [] : aws)];
      const used = (policy: string): boolean =>
        (input.PolicyUsageFilter !== "PermissionsBoundary" && uses.attached.has(policy)) ||
        (input.PolicyUsageFilter !== "PermissionsPolicy" && uses.bounding.has(policy));
      const keyed = all
        .filter((policy) => policy.slice(policy.indexOf("/")).startsWith(prefix))
        .filter((policy) => input.OnlyAttached !== true || used(policy))
        .map((policy) => ({ policy, key: policyKey(policy) }))
        .toSorted((one, other) => (one.key < other.key ? -1 : 1));
      const of = ["ListPolicies", scope, prefix, String(input.OnlyAttached), input.PolicyUsageFilter];
      const { items, end } = pageOf({ items: keyed, key: ({ key }) => key, of }, input);
      return { Policies: items.map(({ policy }) => policyAnswer(account, policy, uses)), ...end };
    },
  ),
};
