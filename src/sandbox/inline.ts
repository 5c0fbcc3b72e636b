import { inlineSizeAfter } from "../core/rules/inline.ts";
import { fold } from "../core/rules/names.ts";
import { requireGroup, requireUser } from "./account.ts";
import { IamError, noSuch } from "./errors.ts";
import { encodeDocument, parseDocument } from "./documents.ts";
import { document, groupName, PAGE, policyName, userName } from "./members.ts";
import { type Operations, reading, writing } from "./operation.ts";
import { pageOf, type PageInput } from "./page.ts";
import type { Holder, InlineRecord } from "./records.ts";
import type { Answer } from "./wire.ts";

/*
 * Inline policies of users and groups. Names match without case; a put through another spelling replaces the document
 * and keeps the first spelling, and Get… gives back the spelling it was asked with (seen live).
 */

interface Put {
  readonly holder: Holder;
  readonly name: string;
  readonly source: string;
  /** The most characters all inline policies may have together. */
  readonly most: number;
  readonly type: "user" | "group";
}

function put({ holder, name, source, most, type }: Put): void {
  const parsed = parseDocument(source);
  const former = holder.inline.get(fold(name));
  const record: InlineRecord = { name: former?.name ?? name, text: source, document: parsed };
  if (inlineSizeAfter(holder.inline.values(), record) > most) {
    const message = `Maximum policy size of ${most} bytes exceeded for ${type} ${holder.name}`;
    throw new IamError("LimitExceeded", message);
  }
  holder.inline.set(fold(name), record);
}

function requireInline(holder: Holder, name: string, type: Put["type"]): InlineRecord {
  const record = holder.inline.get(fold(name));
  if (record === undefined) throw noSuch(`The ${type} policy with name ${name} cannot be found.`);
  return record;
}

function remove(holder: Holder, name: string, type: Put["type"]): void {
  requireInline(holder, name, type);
  holder.inline.delete(fold(name));
}

function namesPage(holder: Holder, input: PageInput): Answer {
  const names = [...holder.inline.values()].map(({ name }) => name);
  const sorted = names.toSorted((one, other) => (fold(one) < fold(other) ? -1 : 1));
  const { items, end } = pageOf({ items: sorted, key: fold, of: ["Inline", holder.id] }, input);
  return { PolicyNames: items, ...end };
}

/** Inline policies as GetAccountAuthorizationDetails gives them. */
export function inlineAnswer(holder: Holder): readonly Answer[] {
  return Array.from(holder.inline.values(), (policy) => ({
    PolicyName: policy.name,
    PolicyDocument: encodeDocument(policy.text),
  }));
}

const ofUser = { UserName: userName, PolicyName: policyName } as const;
const ofGroup = { GroupName: groupName, PolicyName: policyName } as const;

export const inlineOperations: Operations = {
  PutUserPolicy: writing({ ...ofUser, PolicyDocument: document }, (account, input) =>
    put({
      holder: requireUser(account, input.UserName),
      name: input.PolicyName,
      source: input.PolicyDocument,
      most: account.quotas.userPolicySize,
      type: "user",
    }),
  ),
  PutGroupPolicy: writing({ ...ofGroup, PolicyDocument: document }, (account, input) =>
    put({
      holder: requireGroup(account, input.GroupName),
      name: input.PolicyName,
      source: input.PolicyDocument,
      most: account.quotas.groupPolicySize,
      type: "group",
    }),
  ),
  GetUserPolicy: reading(ofUser, (account, input) => {
    const user = requireUser(account, input.UserName);
    const policy = requireInline(user, input.PolicyName, "user");
    return { UserName: user.name, PolicyName: input.PolicyName, PolicyDocument: encodeDocument(policy.text) };
  }),
  GetGroupPolicy: reading(ofGroup, (account, input) => {
    const group = requireGroup(account, input.GroupName);
    const policy = requireInline(group, input.PolicyName, "group");
    return {
      GroupName: group.name,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(policy.text),
    };
  }),
  DeleteUserPolicy: writing(ofUser, (account, input) =>
    remove(requireUser(account, input.UserName), input.PolicyName, "user"),
  ),
  DeleteGroupPolicy: writing(ofGroup, (account, input) =>
    remove(requireGroup(account, input.GroupName), input.PolicyName, "group"),
  ),
  ListUserPolicies: reading({ UserName: userName, ...PAGE }, (account, input) =>
    namesPage(requireUser(account, input.UserName), input),
  ),
  ListGroupPolicies: reading({ GroupName: groupName, ...PAGE }, (account, input) =>
    namesPage(requireGroup(account, input.GroupName), input),
  ),
};
