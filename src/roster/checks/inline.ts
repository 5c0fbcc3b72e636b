import type { RosterFile } from "../../core/port.ts";
import { documentProblems } from "../../core/rules/document-grammar.ts";
import { documentSize, type Json } from "../../core/rules/documents.ts";
import { sameName } from "../../core/rules/names.ts";
import { INLINE_DENY } from "../../core/rules/policies.ts";
import { DEFAULT_QUOTAS } from "../../core/rules/quotas.ts";
import { type Issue, issue } from "../issue.ts";
import { pointer } from "../pointer.ts";
import type { InlinePolicies } from "../schema/written.ts";
import type { Context } from "./context.ts";
import { sameNames } from "./names.ts";

/** The inline policies of one user or group. */
interface Owned {
  readonly file: RosterFile;
  readonly at: string;
  readonly policies: InlinePolicies;
  /** How large all of them may be. */
  readonly most: number;
}

/** Inline policies that IAM would not take, or would take for something else. */
export function inlineIssues(context: Context): readonly Issue[] {
  const { userPolicySize, groupPolicySize } = DEFAULT_QUOTAS;
  const owned = [
    ...ownedIn("users", context.users, userPolicySize),
    ...ownedIn("groups", context.groups, groupPolicySize),
  ];
  return owned.flatMap((each) => [
    ...nameIssues(each),
    ...sizeIssues(each),
    ...documentIssues(each, context),
  ]);
}

function ownedIn(
  section: "users" | "groups",
  owners: readonly (readonly [name: string, owner: { readonly inlinePolicies?: InlinePolicies }])[],
  most: number,
): readonly Owned[] {
  return owners.flatMap(([name, { inlinePolicies: policies }]) => {
    if (policies === undefined) return [];
    return [{ file: `${section}.yaml`, at: pointer(section, name, "inlinePolicies"), policies, most }];
  });
}

function nameIssues({ file, at, policies }: Owned): readonly Issue[] {
  const names = Object.keys(policies);
  const key = (name: string) => ({ file, pointer: `${at}${pointer(name)}`, at: "key" }) as const;
  return [
    ...sameNames(names).map(({ name, other }) => issue(key(name), "same-name", { name, other })),
    ...names
      .filter((name) => sameName(name, INLINE_DENY.name))
      .map((name) => issue(key(name), "reserved-policy", { name })),
  ];
}

function sizeIssues({ file, at, policies, most }: Owned): readonly Issue[] {
  const size = Object.values(policies).reduce((sum, document) => sum + documentSize(document), 0);
  return size > most ? [issue({ file, pointer: at, at: "key" }, "inline-size", { size, most })] : [];
}

/** Beyond this nobody wrote the document by hand, and its size is finding enough. */
const MOST_TO_READ = 65_536;

function documentIssues({ file, at, policies }: Owned, { written }: Context): readonly Issue[] {
  return Object.entries(policies).flatMap(([name, document]) => {
    if (documentSize(document) > MOST_TO_READ) return [];
    const root = `${at}${pointer(name)}`;
    const problems = documentProblems(document).map(({ pointer: inside, problem }) =>
      issue({ file, pointer: `${root}${inside}`, at: "key" }, "policy-document", { problem }),
    );
    const changed = numbersIn(document, root).flatMap(({ place, value }) => {
      const text = written(file, place);
      // 012345678901 as an account id, 1.10 as a version: YAML drops the zeros.
      return text === undefined || text === String(value)
        ? []
        : [issue({ file, pointer: place }, "unquoted-text", { written: text })];
    });
    return [...problems, ...changed];
  });
}

function numbersIn(value: Json, place: string): readonly { place: string; value: number }[] {
  if (typeof value === "number") return [{ place, value }];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, member]) => numbersIn(member, `${place}${pointer(key)}`));
}
