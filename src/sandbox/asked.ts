import { type Account, arnOf } from "./account.ts";
import type { Form, FormTree } from "./wire.ts";

/*
 * What IAM would ask the caller's policies about a call: a permission, on a resource, with what conditions look at.
 * (The sandbox itself lets everybody do everything.) Source: the Service Authorization Reference of IAM.
 */

export interface Asked {
  readonly permission: string;
  /** An ARN; `*` where IAM knows nothing narrower. */
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

type Type = "user" | "group" | "policy" | "mfa";

/** Calls whose name says what they are about: on a group, even those that name a user as well. */
function typeOf(operation: string, form: FormTree): Type | undefined {
  if (ON_THE_ACCOUNT.has(operation)) return undefined;
  if (operation.includes("VirtualMFADevice")) return "mfa";
  if (textIn(form, "GroupName") !== undefined) return "group";
  if (textIn(form, "UserName") !== undefined || operation === "GetAccessKeyLastUsed") return "user";
  return textIn(form, "PolicyArn") === undefined ? undefined : "policy";
}

const ON_THE_ACCOUNT: ReadonlySet<string> = new Set([
  "ListGroups",
  "ListPolicies",
  "ListUsers",
  "ListVirtualMFADevices",
]);

export function askedOf(account: Account, operation: string, form: FormTree): readonly Asked[] {
  // Nobody can be denied it.
  if (operation === "GetCallerIdentity") return [];
  const context = contextOf(form);
  const asked = (permission: string, resource: string): Asked => ({ permission, resource, context });
  const type = typeOf(operation, form);
  const resources = type === undefined ? ["*"] : resourcesOf(account, type, form);
  const permission = `iam:${operation}`;
  const tags = operation === "CreateUser" && form.has("Tags") ? resources : [];
  return [
    ...resources.map((resource) => asked(permission, resource)),
    ...tags.map((resource) => asked("iam:TagUser", resource)),
  ];
}

function resourcesOf(account: Account, type: Type, form: FormTree): readonly string[] {
  if (type === "policy") return [textIn(form, "PolicyArn") ?? "*"];
  if (type === "mfa")
    return [textIn(form, "SerialNumber") ?? arnOf(account, "mfa", newPlace(form, "VirtualMFADeviceName"))];
  const member = type === "user" ? "UserName" : "GroupName";
  const live = type === "user" ? userIn(account, form) : account.groups.find(textIn(form, member) ?? "");
  const place = live ?? newPlace(form, member);
  // A rename, or another path, is asked for under both.
  const after = {
    name: textIn(form, `New${member}`) ?? place.name,
    path: textIn(form, "NewPath") ?? place.path,
  };
  return [...new Set([arnOf(account, type, place), arnOf(account, type, after)])];
}

function userIn(account: Account, form: FormTree) {
  const name = textIn(form, "UserName");
  if (name !== undefined) return account.users.find(name);
  return account.users.get(account.keyOwners.get(textIn(form, "AccessKeyId") ?? "") ?? "");
}

/** Where what is not there yet will be; without a path in the call, nobody knows better than the root. */
function newPlace(form: FormTree, member: string): { readonly name: string; readonly path: string } {
  return { name: textIn(form, member) ?? "", path: textIn(form, "Path") ?? "/" };
}

function contextOf(form: FormTree): Asked["context"] {
  const policy = textIn(form, "PolicyArn");
  const boundary = textIn(form, "PermissionsBoundary");
  const keys = [...membersOf(form.get("TagKeys")), ...membersOf(form.get("Tags")).map(keyOf)].filter(
    (key) => typeof key === "string",
  );
  return {
    ...(policy !== undefined && { "iam:PolicyARN": policy }),
    ...(boundary !== undefined && { "iam:PermissionsBoundary": boundary }),
    ...(keys.length > 0 && { "aws:TagKeys": keys }),
  };
}

function keyOf(tag: Form): Form | undefined {
  return typeof tag === "string" ? undefined : tag.get("Key");
}

function membersOf(list: Form | undefined): readonly Form[] {
  const members = typeof list === "object" ? list.get("member") : undefined;
  return typeof members === "object" ? [...members.values()] : [];
}

function textIn(form: FormTree, member: string): string | undefined {
  const value = form.get(member);
  return typeof value === "string" ? value : undefined;
}
