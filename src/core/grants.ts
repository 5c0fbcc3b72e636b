import { type ByKind, byKind, type Change, isOwnTag } from "./change.ts";
import type { Grant } from "./grant.ts";
import type { Sha256 } from "./port.ts";
import type { NamedRecipient } from "./recipient.ts";
import type { Credential } from "./roster.ts";
import { groupMayDeny } from "./reach.ts";
import {
  canonicalDocument,
  canonicalJson,
  documentDenies,
  type JsonObject,
  jsonOf,
} from "./rules/documents.ts";
import { compareText, fold } from "./rules/names.ts";
import { mayDeny } from "./rules/policies.ts";
import type { Simulator } from "./simulate/simulate.ts";
import type { Group, GroupName, Tag, User, UserName } from "./state.ts";

/** What is needed to say what a change newly gives at its place in the order. */
export interface Giving {
  /** The state just before the change. */
  readonly before: Pick<Simulator, "user" | "group" | "membersOf">;
  readonly sha256: Sha256;
}

/**
 * What the change newly gives at its place in the order: a membership with every policy behind it, a policy to every
 * member that the group then has, a boundary, tag, path or name. A deny that is (or may be) lifted gives again all
 * that the user then holds. Empty for a change that gives nothing.
 */
export function grantsOf(change: Change, giving: Giving): readonly Grant[] {
  const { before, sha256 } = giving;
  return byKind(GRANTS, change, { before, digestOf: documentDigests(sha256) });
}

interface Looking extends Pick<Giving, "before"> {
  readonly digestOf: DigestOf;
}

type DigestOf = (document: JsonObject) => string;

/** As a grant names an inline document: `sha256:` and the digest of its meaning. */
export function documentDigest(document: JsonObject, sha256: Sha256): string {
  return `sha256:${sha256(canonicalDocument(document))}`;
}

/** Many members of a group hold the same documents, so each is digested once. */
function documentDigests(sha256: Sha256): DigestOf {
  const known = new Map<JsonObject, string>();
  return (document) => {
    const digest = known.get(document) ?? documentDigest(document, sha256);
    known.set(document, digest);
    return digest;
  };
}

/** The text under which two grants are the same. */
export function grantKey(grant: Grant): string {
  return canonicalJson(jsonOf(grant));
}

/** Each grant once, in an order that depends on nothing but the grants. */
export function uniqueGrants(grants: Iterable<Grant>): readonly Grant[] {
  const byKey = new Map<string, Grant>();
  for (const grant of grants) byKey.set(grantKey(grant), grant);
  return [...byKey].toSorted(([one], [other]) => compareText(one, other)).map(([, grant]) => grant);
}

const NOTHING = (): readonly Grant[] => [];

const GRANTS: ByKind<readonly Grant[], [giving: Looking]> = {
  CreateUser: ({ user, path, tags, boundary }) => [
    { user, path },
    { user, boundary: boundary ?? "none" },
    ...tagGrants(user, tags),
  ],
  UpdateUser: ({ user, newName, newPath }) => [
    ...(newName === undefined ? [] : [{ user: newName, renamedFrom: user }]),
    ...(newPath === undefined ? [] : [{ user: newName ?? user, path: newPath }]),
  ],
  DeleteUser: NOTHING,
  TagUser: ({ user, tags }) => tagGrants(user, tags),
  UntagUser: ({ user, keys }) => keys.filter((key) => !isOwnTag(key)).map((tag) => ({ user, tag })),
  PutUserPermissionsBoundary: ({ user, boundary, replaces }) =>
    replaces === undefined ? [] : [{ user, boundary }],
  DeleteUserPermissionsBoundary: ({ user }) => [{ user, boundary: "none" }],
  AddUserToGroup: ({ user, group }, giving) => {
    const joined = giving.before.group(group);
    return [{ user, group }, ...(joined === undefined ? [] : throughGroup(user, joined, giving.digestOf))];
  },
  RemoveUserFromGroup: ({ user, group }, giving) => {
    const left = giving.before.group(group);
    return left !== undefined && groupMayDeny(left)
      ? liftedFor(user, { ...giving, leaving: fold(group) })
      : [];
  },
  AttachUserPolicy: ({ user, policy }) => [{ user, policy }],
  DetachUserPolicy: ({ user, policy }, giving) =>
    mayDeny(policy) ? liftedFor(user, { ...giving, without: policy }) : [],
  PutUserPolicy: ({ user, document, replaces }, giving) => [
    { user, policy: giving.digestOf(document) },
    ...(lifts(replaces) ? liftedFor(user, giving) : []),
  ],
  DeleteUserPolicy: ({ user, document }, giving) =>
    documentDenies(document) ? liftedFor(user, { ...giving, without: giving.digestOf(document) }) : [],
  DeleteLoginProfile: NOTHING,
  UpdateAccessKey: NOTHING,
  DeleteAccessKey: NOTHING,
  UpdateSSHPublicKey: NOTHING,
  DeleteSSHPublicKey: NOTHING,
  UpdateSigningCertificate: NOTHING,
  DeleteSigningCertificate: NOTHING,
  UpdateServiceSpecificCredential: NOTHING,
  DeleteServiceSpecificCredential: NOTHING,
  DeactivateMFADevice: NOTHING,
  DeleteVirtualMFADevice: NOTHING,
  IssuePassword: ({ user, to, token }) => [issued({ user, credential: "password", to, token })],
  IssueKey: ({ user, to, token }) => [issued({ user, credential: "key", to, token })],
  CreateGroup: NOTHING,
  UpdateGroup: ({ group, newName, newPath }) => [
    ...(newName === undefined ? [] : [{ group: newName, renamedFrom: group }]),
    ...(newPath === undefined ? [] : [{ group: newName ?? group, path: newPath }]),
  ],
  DeleteGroup: NOTHING,
  AttachGroupPolicy: ({ group, policy }, giving) =>
    toMembers(group, giving, (user, via) => [{ user, via, policy }]),
  DetachGroupPolicy: ({ group, policy }, giving) =>
    mayDeny(policy)
      ? toMembers(group, giving, (user) => liftedFor(user, { ...giving, without: policy }))
      : [],
  PutGroupPolicy: ({ group, document, replaces }, giving) => {
    const policy = giving.digestOf(document);
    const lifting = lifts(replaces);
    return toMembers(group, giving, (user, via) => [
      { user, via, policy },
      ...(lifting ? liftedFor(user, giving) : []),
    ]);
  },
  DeleteGroupPolicy: ({ group, document }, giving) => {
    if (!documentDenies(document)) return [];
    const without = giving.digestOf(document);
    return toMembers(group, giving, (user) => liftedFor(user, { ...giving, without }));
  },
};

function lifts(replaced: JsonObject | undefined): boolean {
  return replaced !== undefined && documentDenies(replaced);
}

interface Issuing {
  readonly user: UserName;
  readonly credential: Credential;
  readonly to: readonly NamedRecipient[];
  readonly token: string | undefined;
}

function issued({ user, credential, to, token }: Issuing): Grant {
  return { user, credential, to: fingerprintsOf(to), ...(token !== undefined && { token }) };
}

function fingerprintsOf(recipients: readonly NamedRecipient[]): string {
  return recipients
    .map(({ fingerprint }) => fingerprint)
    .toSorted(compareText)
    .join(" ");
}

function tagGrants(user: UserName, tags: readonly Tag[]): readonly Grant[] {
  return tags.filter(({ key }) => !isOwnTag(key)).map(({ key, value }) => ({ user, tag: key, value }));
}

function toMembers(
  group: GroupName,
  { before }: Looking,
  each: (user: UserName, via: GroupName) => readonly Grant[],
): readonly Grant[] {
  const via = before.group(group)?.name;
  return via === undefined ? [] : before.membersOf(group).flatMap(({ name }) => each(name, via));
}

interface Lifting extends Looking {
  /** The folded name of the group being left, which gives nothing any more. */
  readonly leaving?: string;
  /** The policy being taken away: an ARN, or a document's digest. */
  readonly without?: string;
}

/** All that the user holds once the deny is gone. */
function liftedFor(name: UserName, lifting: Lifting): readonly Grant[] {
  const user = lifting.before.user(name);
  if (user === undefined) return [];
  const groups = [...user.groups.keys()].filter((group) => group !== lifting.leaving);
  const grants = [
    ...held(user, lifting.digestOf).map(({ policy }) => ({ user: user.name, policy })),
    ...groups.flatMap((group) => {
      const through = lifting.before.group(group);
      return through === undefined ? [] : throughGroup(user.name, through, lifting.digestOf);
    }),
  ];
  return grants.filter(({ policy }) => policy !== lifting.without);
}

function throughGroup(
  user: UserName,
  group: Group,
  digestOf: DigestOf,
): readonly (Grant & { readonly policy: string })[] {
  return held(group, digestOf).map(({ policy }) => ({ user, via: group.name, policy }));
}

function held(
  holder: Pick<User | Group, "policies" | "inlinePolicies">,
  digestOf: DigestOf,
): readonly { readonly policy: string }[] {
  return [
    ...[...holder.policies].map((policy) => ({ policy })),
    ...[...holder.inlinePolicies.values()].map(({ document }) => ({
      policy: digestOf(document),
    })),
  ];
}
