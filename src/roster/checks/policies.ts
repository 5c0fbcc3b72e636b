import type { RosterFile } from "../../core/port.ts";
import { parsePolicyArn } from "../../core/rules/policies.ts";
import { type Issue, issue } from "../issue.ts";
import { pointer } from "../pointer.ts";
import type { Context } from "./context.ts";
import { sameNames } from "./names.ts";

/** A managed policy as a file names it, with its place. */
export interface Reference {
  readonly file: RosterFile;
  readonly pointer: string;
  readonly text: string;
}

/** Managed policies that no account can have, or that stand twice in a list. */
export function policyIssues(context: Context): readonly Issue[] {
  const all = references(context);
  const malformed = all.filter(({ text }) => text.startsWith("arn:") && parsePolicyArn(text) === undefined);
  const prefixed = all.filter(({ text }) => text.startsWith("policy/"));
  return [
    ...prefixed.map(({ text, ...spot }) =>
      issue(spot, "wrong-value", {
        expected: WITHOUT_PREFIX,
        found: text,
        nearest: text.slice("policy/".length),
      }),
    ),
    ...malformed.map(({ text, ...spot }) => issue(spot, "malformed-arn", { arn: text })),
    ...lists(context).flatMap(repeated),
  ];
}

const WITHOUT_PREFIX = "only what stands behind policy/ in the ARN of an AWS managed policy";

/** Every managed policy that the files name, boundaries too. */
export function references(context: Context): readonly Reference[] {
  const boundaries = context.users.flatMap(([name, { permissionsBoundary }]): readonly Reference[] => {
    if (permissionsBoundary === undefined || permissionsBoundary === "none") return [];
    const at = pointer("users", name, "permissionsBoundary");
    return [{ file: "users.yaml", pointer: at, text: permissionsBoundary }];
  });
  return [...boundaries, ...lists(context).flat()];
}

/** The lists of policies, one for each user and group that has any. */
function lists({ users, groups }: Context): readonly (readonly Reference[])[] {
  const listsIn = (
    section: "users" | "groups",
    owners: readonly (readonly [name: string, owner: { readonly policies?: readonly string[] }])[],
  ): readonly (readonly Reference[])[] =>
    owners.flatMap(([name, { policies }]) => {
      if (policies === undefined) return [];
      const at = pointer(section, name, "policies");
      return [policies.map((text, index) => ({ file: `${section}.yaml`, pointer: `${at}/${index}`, text }))];
    });
  return [...listsIn("users", users), ...listsIn("groups", groups)];
}

function repeated(list: readonly Reference[]): readonly Issue[] {
  return sameNames(list.map(({ text }) => text)).flatMap(({ name, other, index }) => {
    const spot = list[index];
    return spot === undefined ? [] : [issue(spot, "same-name", { name, other })];
  });
}
