import type { ByKind, Change } from "../change.ts";
import {
  addMember,
  type Conflict,
  exceeds,
  hasPolicies,
  type Ledger,
  limit,
  missing,
  taken,
  without,
} from "./ledger.ts";
import { type Receipt, receiptTag, tokenTag } from "../receipts.ts";
import type { NamedRecipient } from "../recipient.ts";
import type { Credential as Issuable } from "../roster.ts";
import { inlineSizeAfter } from "../rules/inline.ts";
import { fold } from "../rules/names.ts";
import { FIXED_QUOTAS } from "../rules/quotas.ts";
import { mergeTags, removeTags } from "../rules/tags.ts";
import {
  type AccessKey,
  type Credential,
  type Credentials,
  type Instant,
  NO_CREDENTIALS,
  type User,
  type UserName,
} from "../state.ts";

/*
 * The effect of each kind of change on a user, under IAM's own rules.
 */

export type UserKind = Extract<Change, { readonly user: UserName }>["kind"];
type Effects = Pick<ByKind<Conflict | undefined, [ledger: Ledger, now: Instant]>, UserKind>;

/** Makes the change on the ledger; a conflict leaves it as it was. `now` fills stamped tags. */
export const USER_EFFECTS: Effects = {
  CreateUser: ({ user, path, tags, boundary }, ledger) => {
    if (ledger.users.has(fold(user))) return taken("user", user);
    const tooMany = exceeds(ledger.users.size + 1, "users", ledger.quotas);
    if (tooMany !== undefined) return tooMany;
    ledger.users.set(fold(user), {
      ...EMPTY_USER,
      name: user,
      path,
      tags: mergeTags(new Map(), tags),
      boundary,
    });
    return undefined;
  },
  UpdateUser: ({ user, newName, newPath }, ledger) => {
    const found = ledger.users.get(fold(user));
    if (found === undefined) return missing("user", user);
    const name = newName ?? found.name;
    if (fold(name) !== fold(user) && ledger.users.has(fold(name))) return taken("user", name);
    ledger.users.delete(fold(user));
    ledger.users.set(fold(name), { ...found, name, path: newPath ?? found.path });
    for (const group of found.groups.keys()) {
      ledger.members.get(group)?.delete(fold(user));
      addMember(ledger.members, group, fold(name));
    }
    return undefined;
  },
  DeleteUser: ({ user }, ledger) => {
    const found = ledger.users.get(fold(user));
    if (found !== undefined && hasChildren(found)) return { error: "DeleteConflict", members: [] };
    ledger.users.delete(fold(user));
    return undefined;
  },
  TagUser: ({ user, tags, stamps = [] }, ledger, now) =>
    onUser(ledger, user, (found) => {
      const added = [...tags, ...stamps.map((key) => ({ key, value: now }))];
      const after = mergeTags(found.tags, added);
      if (after.size > FIXED_QUOTAS.tagsPerUser) return limit("tagsPerUser", FIXED_QUOTAS.tagsPerUser);
      return { ...found, tags: after };
    }),
  UntagUser: ({ user, keys }, ledger) =>
    onUser(ledger, user, (found) => ({ ...found, tags: removeTags(found.tags, keys) })),
  PutUserPermissionsBoundary: ({ user, boundary }, ledger) =>
    onUser(ledger, user, (found) => ({ ...found, boundary })),
  DeleteUserPermissionsBoundary: ({ user }, ledger) =>
    onUser(ledger, user, (found) => ({ ...found, boundary: undefined })),
  AddUserToGroup: ({ user, group }, ledger) => {
    const joined = ledger.groups.get(fold(group));
    if (joined === undefined) return missing("group", group);
    return onUser(ledger, user, (found) => {
      const groups = new Map(found.groups).set(fold(group), joined.name);
      const tooMany = exceeds(groups.size, "groupsPerUser", ledger.quotas);
      if (tooMany !== undefined) return tooMany;
      addMember(ledger.members, fold(group), fold(user));
      return { ...found, groups };
    });
  },
  RemoveUserFromGroup: ({ user, group }, ledger) => {
    if (!ledger.groups.has(fold(group))) return missing("group", group);
    return onUser(ledger, user, (found) => {
      ledger.members.get(fold(group))?.delete(fold(user));
      return { ...found, groups: without(found.groups, [fold(group)]) };
    });
  },
  AttachUserPolicy: ({ user, policy }, ledger) =>
    onUser(ledger, user, (found) => {
      const policies = new Set(found.policies).add(policy);
      return exceeds(policies.size, "policiesPerUser", ledger.quotas) ?? { ...found, policies };
    }),
  DetachUserPolicy: ({ user, policy }, ledger) =>
    onUser(ledger, user, (found) => ({ ...found, policies: found.policies.difference(new Set([policy])) })),
  PutUserPolicy: ({ user, name, document }, ledger) =>
    onUser(ledger, user, (found) => {
      const put = { name, document };
      const size = inlineSizeAfter(found.inlinePolicies.values(), put);
      const inlinePolicies = new Map(found.inlinePolicies).set(fold(name), put);
      return exceeds(size, "userPolicySize", ledger.quotas) ?? { ...found, inlinePolicies };
    }),
  DeleteUserPolicy: ({ user, name }, ledger) =>
    onUser(ledger, user, (found) => ({
      ...found,
      inlinePolicies: without(found.inlinePolicies, [fold(name)]),
    })),
  DeleteLoginProfile: ({ user }, ledger) =>
    onCredentials(ledger, user, (found) => ({ ...found, password: undefined })),
  UpdateAccessKey: ({ user, key }, ledger) =>
    onCredentials(ledger, user, (found) => ({ ...found, accessKeys: disabled(found.accessKeys, key) })),
  DeleteAccessKey: ({ user, key }, ledger) =>
    onCredentials(ledger, user, (found) => ({ ...found, accessKeys: withoutId(found.accessKeys, key) })),
  UpdateSSHPublicKey: ({ user, key }, ledger) =>
    onCredentials(ledger, user, (found) => ({ ...found, sshKeys: disabled(found.sshKeys, key) })),
  DeleteSSHPublicKey: ({ user, key }, ledger) =>
    onCredentials(ledger, user, (found) => ({ ...found, sshKeys: withoutId(found.sshKeys, key) })),
  UpdateSigningCertificate: ({ user, certificate }, ledger) =>
    onCredentials(ledger, user, (found) => ({
      ...found,
      certificates: disabled(found.certificates, certificate),
    })),
  DeleteSigningCertificate: ({ user, certificate }, ledger) =>
    onCredentials(ledger, user, (found) => ({
      ...found,
      certificates: withoutId(found.certificates, certificate),
    })),
  UpdateServiceSpecificCredential: ({ user, credential }, ledger) =>
    onCredentials(ledger, user, (found) => ({
      ...found,
      serviceCredentials: disabled(found.serviceCredentials, credential),
    })),
  DeleteServiceSpecificCredential: ({ user, credential }, ledger) =>
    onCredentials(ledger, user, (found) => ({
      ...found,
      serviceCredentials: withoutId(found.serviceCredentials, credential),
    })),
  DeactivateMFADevice: ({ user, serial }, ledger) =>
    onCredentials(ledger, user, (found) => ({
      ...found,
      mfaDevices: found.mfaDevices.filter((device) => device.serial !== serial),
    })),
  // The device itself is no part of the state once no user holds it.
  DeleteVirtualMFADevice: () => undefined,
  IssuePassword: ({ user, to, token }, ledger, now) =>
    onUser(ledger, user, (found) =>
      issued(
        { found, what: "password", receipt: { at: now, key: undefined, to: namesOf(to) }, token },
        (known) => ({ password: { createdAt: known.password?.createdAt ?? now, resetRequired: true } }),
      ),
    ),
  IssueKey: ({ user, to, token }, ledger, now) =>
    onUser(ledger, user, (found) => {
      const kept = found.credentials?.accessKeys ?? [];
      const tooMany = exceeds(kept.length + 1, "accessKeysPerUser", ledger.quotas);
      if (tooMany !== undefined) return tooMany;
      const made: AccessKey = { id: newKeyId(kept), status: "Active", createdAt: now, lastUsed: undefined };
      return issued(
        { found, what: "key", receipt: { at: now, key: made.id, to: namesOf(to) }, token },
        () => ({
          accessKeys: [...kept, made],
        }),
      );
    }),
};

interface Issued {
  readonly found: User;
  readonly what: Issuable;
  readonly receipt: Omit<Extract<Receipt, { readonly state: "issued" }>, "state">;
  readonly token: string | undefined;
}

/** The user with the new credential, if credentials are known at all, and the tags that tell of it. */
function issued(
  { found, what, receipt, token }: Issued,
  made: (known: Credentials) => Partial<Credentials>,
): User | Conflict {
  const { credentials: known } = found;
  const told = [
    receiptTag(what, { state: "issued", ...receipt }),
    ...(token === undefined ? [] : [tokenTag(what, token)]),
  ];
  const tags = mergeTags(found.tags, told);
  if (tags.size > FIXED_QUOTAS.tagsPerUser) return limit("tagsPerUser", FIXED_QUOTAS.tagsPerUser);
  return { ...found, tags, credentials: known && { ...known, ...made(known) } };
}

function namesOf(recipients: readonly NamedRecipient[]): readonly string[] {
  return recipients.map(({ fingerprint }) => fingerprint);
}

/** An id for a key that is not made yet, as IAM might give it. */
function newKeyId(keys: readonly AccessKey[]): string {
  return `AKIA${String(keys.length).padStart(16, "N")}`;
}

const EMPTY_USER: Omit<User, "name" | "path"> = {
  id: undefined,
  createdAt: undefined,
  tags: new Map(),
  boundary: undefined,
  groups: new Map(),
  policies: new Set(),
  inlinePolicies: new Map(),
  credentials: NO_CREDENTIALS,
  reported: undefined,
};

function onUser(
  ledger: Ledger,
  user: UserName,
  update: (found: User) => User | Conflict,
): Conflict | undefined {
  const found = ledger.users.get(fold(user));
  if (found === undefined) return missing("user", user);
  const after = update(found);
  if ("error" in after) return after;
  ledger.users.set(fold(user), after);
  return undefined;
}

function onCredentials(
  ledger: Ledger,
  user: UserName,
  update: (found: Credentials) => Credentials,
): Conflict | undefined {
  return onUser(ledger, user, (found) => ({
    ...found,
    credentials: found.credentials && update(found.credentials),
  }));
}

function withoutId<Each extends Credential>(credentials: readonly Each[], id: string): readonly Each[] {
  return credentials.filter((credential) => credential.id !== id);
}

function disabled<Each extends Credential>(credentials: readonly Each[], id: string): readonly Each[] {
  return credentials.map((credential) =>
    credential.id === id ? { ...credential, status: "Inactive" } : credential,
  );
}

function hasChildren(user: User): boolean {
  const { password, ...lists } = user.credentials ?? NO_CREDENTIALS;
  return (
    user.groups.size > 0 ||
    hasPolicies(user) ||
    password !== undefined ||
    Object.values(lists).some((list) => list.length > 0)
  );
}
