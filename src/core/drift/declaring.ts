import { isOwnTag } from "../change.ts";
import { isIgnored } from "../planning/desire.ts";
import type { PolicyReference, Settings } from "../roster.ts";
import type { Json, JsonObject } from "../rules/documents.ts";
import { compareNames, compareText, isReservedTagKey } from "../rules/names.ts";
import { parsePolicyArn } from "../rules/policies.ts";
import type { Arn, ByName, Group, InlinePolicy, User } from "../state.ts";

/*
 * A live user or group as a line of the files would declare it, so that a plan finds no difference.
 */

/** How the files name a policy: AWS's own, in the account's partition, by what stands behind `policy/`. */
export function policyReference(arn: Arn, partition: string): PolicyReference {
  const policy = parsePolicyArn(arn);
  return policy?.account === "aws" && policy.partition === partition ? policy.name : arn;
}

/** Without what the settings ignore, and without what needs no line. `access` tells of what was read one by one. */
export function userDeclaration(
  user: User,
  { settings, partition }: { readonly settings: Pick<Settings, "ignore">; readonly partition: string },
): JsonObject {
  const { path, boundary, credentials } = user;
  const hasKey = credentials?.accessKeys.some(({ status }) => status === "Active") ?? false;
  const groups = [...user.groups.values()].filter((group) => !isIgnored(group, settings.ignore.groups));
  const tags = [...user.tags.values()].filter(
    ({ key }) => !isOwnTag(key) && !isReservedTagKey(key) && !isIgnored(key, settings.ignore.tags),
  );
  return {
    ...filled("groups", groups.toSorted(compareNames)),
    ...filled("access", [
      ...(credentials?.password === undefined ? [] : ["console"]),
      ...(hasKey ? ["programmatic"] : []),
    ]),
    ...(path === "/" ? {} : { path }),
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    ...filledMap(
      "tags",
      tags.map(({ key, value }) => [key, value]),
    ),
    ...attached(user, partition),
  };
}

export function groupDeclaration(group: Group, partition: string): JsonObject {
  return { ...attached(group, partition), ...(group.path === "/" ? {} : { path: group.path }) };
}

function attached(
  { policies, inlinePolicies }: Pick<Group, "policies" | "inlinePolicies">,
  partition: string,
): JsonObject {
  return {
    ...filled("policies", [...policies].map((arn) => policyReference(arn, partition)).toSorted(compareText)),
    ...filledMap("inlinePolicies", documents(inlinePolicies)),
  };
}

function documents(policies: ByName<InlinePolicy>): readonly (readonly [string, Json])[] {
  return [...policies.values()].map(({ name, document }) => [name, document]);
}

function filled(key: string, values: readonly string[]): JsonObject {
  return values.length === 0 ? {} : { [key]: values };
}

function filledMap(key: string, members: readonly (readonly [string, Json])[]): JsonObject {
  const sorted = members.toSorted(([one], [other]) => compareNames(one, other));
  return members.length === 0 ? {} : { [key]: Object.fromEntries(sorted) };
}
