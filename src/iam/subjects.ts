import {
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";

import type { Arn, ByName, Group, GroupName, InlinePolicy, User, UserName } from "../core/state.ts";
import { instantOf, parseDocument, readPages, required, unlessMissing } from "./answer.ts";
import { readCredentials } from "./credentials.ts";
import { byName, policiesOf, tagsOf } from "./details.ts";

/*
 * One user or group afresh, for the moments when the snapshot may be old.
 */

export async function readUser(iam: IAMClient, name: UserName): Promise<User | undefined> {
  return unlessMissing(async () => {
    const answer = await iam.send(new GetUserCommand({ UserName: name }));
    const user = required(answer.User, "GetUser");
    const [groups, policies, inlinePolicies, credentials] = await Promise.all([
      readGroupsOf(iam, name),
      readUserPolicies(iam, name),
      readInlineUserPolicies(iam, name),
      readCredentials(iam, name),
    ]);
    // Gone since GetUser.
    if (credentials === undefined) return undefined;
    return {
      name: required(user.UserName, "GetUser"),
      id: required(user.UserId, "GetUser"),
      createdAt: instantOf(user.CreateDate),
      path: required(user.Path, "GetUser"),
      tags: tagsOf(user.Tags),
      boundary: user.PermissionsBoundary?.PermissionsBoundaryArn,
      groups,
      policies,
      inlinePolicies,
      credentials,
      reported: undefined,
    };
  });
}

export async function readGroup(iam: IAMClient, name: GroupName): Promise<Group | undefined> {
  return unlessMissing(async () => {
    const [answer, policies, inlinePolicies] = await Promise.all([
      iam.send(new GetGroupCommand({ GroupName: name, MaxItems: 1 })),
      readGroupPolicies(iam, name),
      readInlineGroupPolicies(iam, name),
    ]);
    const group = required(answer.Group, "GetGroup");
    return {
      name: required(group.GroupName, "GetGroup"),
      id: required(group.GroupId, "GetGroup"),
      path: required(group.Path, "GetGroup"),
      policies,
      inlinePolicies,
    };
  });
}

export async function readMembers(iam: IAMClient, GroupName: string): Promise<readonly UserName[]> {
  const members = await unlessMissing(() =>
    readPages({
      operation: "GetGroup",
      read: (Marker) => iam.send(new GetGroupCommand({ GroupName, Marker })),
      items: (answer) => answer.Users,
    }),
  );
  return (members ?? []).map((user) => required(user.UserName, "GetGroup"));
}

async function readGroupsOf(iam: IAMClient, UserName: string): Promise<ByName<GroupName>> {
  const groups = await readPages({
    operation: "ListGroupsForUser",
    read: (Marker) => iam.send(new ListGroupsForUserCommand({ UserName, Marker })),
    items: (answer) => answer.Groups,
  });
  const names = groups.map((group) => required(group.GroupName, "ListGroupsForUser"));
  return byName(names, (name) => name);
}

async function readUserPolicies(iam: IAMClient, UserName: string): Promise<ReadonlySet<Arn>> {
  const attached = await readPages({
    operation: "ListAttachedUserPolicies",
    read: (Marker) => iam.send(new ListAttachedUserPoliciesCommand({ UserName, Marker })),
    items: (answer) => answer.AttachedPolicies,
  });
  return policiesOf(attached);
}

async function readGroupPolicies(iam: IAMClient, GroupName: string): Promise<ReadonlySet<Arn>> {
  const attached = await readPages({
    operation: "ListAttachedGroupPolicies",
    read: (Marker) => iam.send(new ListAttachedGroupPoliciesCommand({ GroupName, Marker })),
    items: (answer) => answer.AttachedPolicies,
  });
  return policiesOf(attached);
}

async function readInlineUserPolicies(iam: IAMClient, UserName: string): Promise<ByName<InlinePolicy>> {
  const names = await readPages({
    operation: "ListUserPolicies",
    read: (Marker) => iam.send(new ListUserPoliciesCommand({ UserName, Marker })),
    items: (answer) => answer.PolicyNames,
  });
  return readInlinePolicies(names, `user ${UserName}`, async (PolicyName) => {
    const answer = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName }));
    return answer.PolicyDocument;
  });
}

async function readInlineGroupPolicies(iam: IAMClient, GroupName: string): Promise<ByName<InlinePolicy>> {
  const names = await readPages({
    operation: "ListGroupPolicies",
    read: (Marker) => iam.send(new ListGroupPoliciesCommand({ GroupName, Marker })),
    items: (answer) => answer.PolicyNames,
  });
  return readInlinePolicies(names, `group ${GroupName}`, async (PolicyName) => {
    const answer = await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName }));
    return answer.PolicyDocument;
  });
}

async function readInlinePolicies(
  names: readonly string[],
  whose: string,
  read: (name: string) => Promise<string | undefined>,
): Promise<ByName<InlinePolicy>> {
  const policies = await Promise.all(
    names.map(async (name) => {
      // Deleted since it was listed: not there, then.
      const answer = await unlessMissing(async () => ({ document: await read(name) }));
      if (answer === undefined) return [];
      const document = parseDocument(required(answer.document, "GetPolicy"), `${whose}, policy ${name}`);
      return [{ name, document }];
    }),
  );
  return byName(policies.flat(), (policy) => policy.name);
}
