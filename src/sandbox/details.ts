import { fold } from "../core/rules/names.ts";
import { type Account, arnOf, groupsOf, isConcealed } from "./account.ts";
import { attachedAnswer } from "./attachments.ts";
import { IamError } from "./errors.ts";
import { groupSummary } from "./groups.ts";
import { inlineAnswer } from "./inline.ts";
import { encodeDocument } from "./documents.ts";
import { listOf, optional, PAGE, text } from "./members.ts";
import { type Operations, reading } from "./operation.ts";
import { firstBehind, makeMarker, openMarker } from "./page.ts";
import type { GroupRecord, PolicyRecord, UserRecord } from "./records.ts";
import { boundaryAnswer, tagsAnswer } from "./users.ts";
import type { Answer } from "./wire.ts";

/*
 * GetAccountAuthorizationDetails: one budget for all kinds, users first, then groups, then policies. The marker is
 * bound to the set of filters, in whatever order, and not to the page's size (seen live). There are no roles here.
 */

const KINDS = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"] as const;
type Kind = (typeof KINDS)[number];

interface Section<Item> {
  readonly kind: Kind;
  readonly items: readonly Item[];
  readonly key: (item: Item) => string;
  readonly answer: (item: Item) => Answer;
}

function userSection(account: Account): Section<UserRecord> {
  return {
    kind: "User",
    items: account.users.sorted(),
    key: (user) => fold(user.name),
    answer: (user) => ({
      Path: user.path,
      UserName: user.name,
      UserId: user.id,
      Arn: arnOf(account, "user", user),
      CreateDate: user.createdAt,
      // Live, this list is left out where it is empty; the others stand there empty.
      UserPolicyList: user.inline.size > 0 ? inlineAnswer(user) : undefined,
      GroupList: groupsOf(account, user).map((group) => group.name),
      AttachedManagedPolicies: attachedAnswer(user),
      PermissionsBoundary: boundaryAnswer(user),
      Tags: tagsAnswer(user.tags.values()),
    }),
  };
}

function groupSection(account: Account): Section<GroupRecord> {
  return {
    kind: "Group",
    items: account.groups.sorted(),
    key: (group) => fold(group.name),
    answer: (group) => ({
      ...groupSummary(account, group),
      GroupPolicyList: inlineAnswer(group),
      AttachedManagedPolicies: attachedAnswer(group),
    }),
  };
}

function policySection(account: Account): Section<PolicyRecord> {
  return {
    kind: "LocalManagedPolicy",
    items: [...account.policies.values()].toSorted((one, other) =>
      fold(one.name) < fold(other.name) ? -1 : 1,
    ),
    key: (policy) => fold(policy.name),
    answer: (policy) => ({
      PolicyName: policy.name,
      PolicyId: policy.id,
      Arn: policy.arn,
      Path: policy.path,
      DefaultVersionId: "v1",
      IsAttachable: true,
      CreateDate: policy.createdAt,
      UpdateDate: policy.createdAt,
      PolicyVersionList: [
        {
          Document: encodeDocument(policy.text),
          VersionId: "v1",
          IsDefaultVersion: true,
          CreateDate: policy.createdAt,
        },
      ],
    }),
  };
}

/** Where a page begins: behind this key of this kind. */
interface Position {
  readonly kind: Kind;
  readonly after: string;
}

interface Taken {
  readonly answers: ReadonlyMap<Kind, readonly Answer[]>;
  /** The last one taken, where more would have followed. */
  readonly cut: Position | undefined;
}

function take(sections: readonly Section<never>[], from: Position | undefined, budget: number): Taken {
  const answers = new Map<Kind, readonly Answer[]>();
  let left = budget;
  let last = from;
  const start = from === undefined ? 0 : sections.findIndex(({ kind }) => kind === from.kind);
  for (const section of sections.slice(start)) {
    const begin = from?.kind === section.kind ? firstBehind(section, from.after) : 0;
    const items = section.items.slice(begin, begin + left);
    answers.set(section.kind, items.map(section.answer));
    left -= items.length;
    const final = items.at(-1);
    if (final !== undefined) last = { kind: section.kind, after: section.key(final) };
    if (begin + items.length < section.items.length) return { answers, cut: last };
  }
  return { answers, cut: undefined };
}

function parseFilters(filters: readonly string[]): ReadonlySet<Kind> {
  const unknown = filters.filter((filter) => !KINDS.some((kind) => kind === filter));
  if (unknown.length > 0) {
    const values =
      "Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]";
    const problem = `Value at 'filter' failed to satisfy constraint: Member must satisfy constraint: [${values}]`;
    throw new IamError("ValidationError", `1 validation error detected: ${problem}`);
  }
  return new Set(filters.length === 0 ? KINDS : (filters as readonly Kind[]));
}

function visible<Item extends { readonly id: string }>(
  account: Account,
  section: Section<Item>,
): Section<never> {
  const items = section.items.filter((item) => !isConcealed(account, item));
  return { ...section, items } as unknown as Section<never>;
}

export const detailOperations: Operations = {
  GetAccountAuthorizationDetails: reading(
    { Filter: optional(listOf(text({}))), ...PAGE },
    (account, input) => {
      const filters = parseFilters(input.Filter ?? []);
      const of = ["GetAccountAuthorizationDetails", ...[...filters].toSorted()];
      const from = input.Marker === undefined ? undefined : openPosition(input.Marker, of);
      const sections = [
        visible(account, userSection(account)),
        visible(account, groupSection(account)),
        visible(account, policySection(account)),
      ].filter(({ kind }) => filters.has(kind));
      const { answers, cut } = take(sections, from, input.MaxItems ?? 100);
      return {
        Policies: answers.get("LocalManagedPolicy") ?? [],
        UserDetailList: answers.get("User") ?? [],
        RoleDetailList: [],
        GroupDetailList: answers.get("Group") ?? [],
        IsTruncated: cut !== undefined,
        Marker: cut === undefined ? undefined : makeMarker(`${cut.kind}:${cut.after}`, of),
      };
    },
  ),
};

function openPosition(marker: string, of: readonly string[]): Position {
  const opened = openMarker(marker, of, "Marker and Filter do not match");
  const colon = opened.indexOf(":");
  return { kind: opened.slice(0, colon) as Kind, after: opened.slice(colon + 1) };
}
