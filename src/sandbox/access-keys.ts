import { type Account, newId, newSecret, timeOf } from "./account.ts";
import { IamError, noSuch, quotaExceeded } from "./errors.ts";
import { accessKeyId, optional, PAGE, status, userName } from "./members.ts";
import { type Operations, reading, writing } from "./operation.ts";
import { pageOf } from "./page.ts";
import type { AccessKeyRecord, Status, UserRecord } from "./records.ts";
import { namedOrCaller } from "./users.ts";
import type { Answer } from "./wire.ts";

/** `Expired` stands in the model, and is refused by the service (seen live for every kind of credential). */
export function settableStatus(value: Status | "Expired"): Status {
  if (value === "Expired") throw new IamError("InvalidInput", "Operation does not support status Expired");
  return value;
}

function keyAnswer(user: UserRecord, key: AccessKeyRecord): { readonly [name: string]: Answer } {
  return { UserName: user.name, AccessKeyId: key.id, Status: key.status, CreateDate: key.createdAt };
}

function requireKey(user: UserRecord, id: string): AccessKeyRecord {
  const key = user.accessKeys.find((one) => one.id === id);
  if (key === undefined) throw noSuch(`The Access Key with id ${id} cannot be found.`);
  return key;
}

/** Puts a record in the place of the one with the same id. */
export function replaced<Item extends { readonly id: string }>(
  items: readonly Item[],
  item: Item,
): readonly Item[] {
  return items.map((one) => (one.id === item.id ? item : one));
}

/** Notes that somebody signed with the key. */
export function useKey(account: Account, user: UserRecord, use: KeyUseNote): void {
  const key = requireKey(user, use.id);
  const lastUsed = { at: timeOf(account), region: use.region, service: use.service };
  user.accessKeys = replaced(user.accessKeys, { ...key, lastUsed });
}

interface KeyUseNote {
  readonly id: string;
  readonly region: string;
  readonly service: string;
}

export const accessKeyOperations: Operations = {
  CreateAccessKey: writing({ UserName: optional(userName) }, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    const most = account.quotas.accessKeysPerUser;
    if (user.accessKeys.length >= most) throw quotaExceeded("AccessKeysPerUser", most);
    const key: AccessKeyRecord = {
      id: newId(account, "AKIA", 20),
      status: "Active",
      createdAt: timeOf(account),
      lastUsed: undefined,
    };
    user.accessKeys = [...user.accessKeys, key];
    account.keyOwners.set(key.id, user.id);
    return { AccessKey: { ...keyAnswer(user, key), SecretAccessKey: newSecret(account, 40) } };
  }),

  ListAccessKeys: reading({ UserName: optional(userName), ...PAGE }, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    const sorted = user.accessKeys.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const { items, end } = pageOf(
      { items: sorted, key: ({ id }) => id, of: ["ListAccessKeys", user.id] },
      input,
    );
    return { AccessKeyMetadata: items.map((key) => keyAnswer(user, key)), ...end };
  }),

  UpdateAccessKey: writing(
    { UserName: optional(userName), AccessKeyId: accessKeyId, Status: status },
    (account, input, caller) => {
      const user = namedOrCaller(account, input.UserName, caller);
      const key = requireKey(user, input.AccessKeyId);
      user.accessKeys = replaced(user.accessKeys, { ...key, status: settableStatus(input.Status) });
    },
  ),

  DeleteAccessKey: writing(
    { UserName: optional(userName), AccessKeyId: accessKeyId },
    (account, input, caller) => {
      const user = namedOrCaller(account, input.UserName, caller);
      const { id } = requireKey(user, input.AccessKeyId);
      user.accessKeys = user.accessKeys.filter((key) => key.id !== id);
      account.keyOwners.delete(id);
      account.retiredKeys.add(id);
    },
  ),

  GetAccessKeyLastUsed: reading({ AccessKeyId: accessKeyId }, (account, input) => {
    const user = account.users.get(account.keyOwners.get(input.AccessKeyId) ?? "");
    if (user === undefined) throw noSuch(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
    const { lastUsed } = requireKey(user, input.AccessKeyId);
    return {
      UserName: user.name,
      AccessKeyLastUsed: {
        LastUsedDate: lastUsed?.at,
        ServiceName: lastUsed?.service ?? "N/A",
        Region: lastUsed?.region ?? "N/A",
      },
    };
  }),
};
