import {
  GetAccountAuthorizationDetailsCommand,
  type AttachedPolicy,
  type GroupDetail,
  type IAMClient,
  type PolicyDetail,
  type Tag as SdkTag,
  type UserDetail,
} from "@aws-sdk/client-iam";

import { fold } from "../core/rules/names.ts";
import type { Arn, ByName, Group, InlinePolicy, Tag, User } from "../core/state.ts";
import { instantOf, parseDocument, readPages, required } from "./answer.ts";

const OPERATION = "GetAccountAuthorizationDetails";

/** A user as the pages show it, and the ARN by which the credential report knows it. */
export interface UserWithArn {
  readonly arn: Arn;
  readonly user: User;
}

export interface Details {
  readonly users: readonly UserWithArn[];
  readonly groups: readonly Group[];
}

/** Every user and group of the account. Two readers side by side: the pages of one filter come one after the other. */
export async function readDetails(iam: IAMClient): Promise<Details> {
  const [users, groups] = await Promise.all([
    readPages({
      operation: OPERATION,
      read: (Marker) => iam.send(page("User", Marker)),
      items: (answer) => answer.UserDetailList?.map(userOf),
    }),
    readPages({
      operation: OPERATION,
      read: (Marker) => iam.send(page("Group", Marker)),
      items: (answer) => answer.GroupDetailList?.map(groupOf),
    }),
  ]);
  return {
    users: lastOfEach(users, ({ user: { id } }) => id),
    groups: lastOfEach(groups, ({ id }) => id),
  };
}

function page(filter: "User" | "Group", Marker: string | undefined): GetAccountAuthorizationDetailsCommand {
  return new GetAccountAuthorizationDetailsCommand({ Filter: [filter], MaxItems: 1000, Marker });
}

/** The pages are no snapshot: who is renamed between two of them may be on both. The later one holds. */
function lastOfEach<Subject>(
  subjects: readonly Subject[],
  id: (subject: Subject) => string | undefined,
): readonly Subject[] {
  return [...new Map(subjects.map((subject) => [id(subject), subject])).values()];
}

function userOf(detail: UserDetail): UserWithArn {
  const name = required(detail.UserName, OPERATION);
  const user: User = {
    name,
    id: required(detail.UserId, OPERATION),
    createdAt: instantOf(required(detail.CreateDate, OPERATION)),
    path: required(detail.Path, OPERATION),
    tags: tagsOf(detail.Tags),
    boundary: detail.PermissionsBoundary?.PermissionsBoundaryArn,
    groups: byName(detail.GroupList ?? [], (group) => group),
    policies: policiesOf(detail.AttachedManagedPolicies),
    inlinePolicies: inlinePoliciesOf(detail.UserPolicyList, `user ${name}`),
    credentials: undefined,
    reported: undefined,
  };
  return { arn: required(detail.Arn, OPERATION), user };
}

function groupOf(detail: GroupDetail): Group {
  const name = required(detail.GroupName, OPERATION);
  return {
    name,
    id: required(detail.GroupId, OPERATION),
    path: required(detail.Path, OPERATION),
    policies: policiesOf(detail.AttachedManagedPolicies),
    inlinePolicies: inlinePoliciesOf(detail.GroupPolicyList, `group ${name}`),
  };
}

export function byName<Value>(values: readonly Value[], name: (value: Value) => string): ByName<Value> {
  return new Map(values.map((value) => [fold(name(value)), value]));
}

export function tagsOf(tags: readonly SdkTag[] | undefined): ByName<Tag> {
  const read = (tags ?? []).map(({ Key, Value }) => ({
    key: required(Key, "Tags"),
    value: required(Value, "Tags"),
  }));
  return byName(read, (tag) => tag.key);
}

export function policiesOf(attached: readonly AttachedPolicy[] | undefined): ReadonlySet<Arn> {
  return new Set((attached ?? []).map(({ PolicyArn }) => required(PolicyArn, "AttachedManagedPolicies")));
}

/** IAM leaves the list out where a user has none. `whose` is for the message about a document that does not parse. */
function inlinePoliciesOf(
  policies: readonly PolicyDetail[] | undefined,
  whose: string,
): ByName<InlinePolicy> {
  const read = (policies ?? []).map(({ PolicyName, PolicyDocument }) => {
    const name = required(PolicyName, OPERATION);
    const document = parseDocument(required(PolicyDocument, OPERATION), `${whose}, policy ${name}`);
    return { name, document };
  });
  return byName(read, (policy) => policy.name);
}
