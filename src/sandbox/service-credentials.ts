import { FIXED_QUOTAS } from "../core/rules/quotas.ts";
import { instant } from "../core/time.ts";
import { replaced, settableStatus } from "./access-keys.ts";
import { type Account, newId, newSecret, requireUser, timeOf } from "./account.ts";
import { IamError, noSuch, quotaExceeded } from "./errors.ts";
import { boolean, credentialId, integer, optional, PAGE, status, text, userName } from "./members.ts";
import { type Caller, type Operations, reading, writing } from "./operation.ts";
import { pageOf } from "./page.ts";
import type { ServiceCredentialRecord, UserRecord } from "./records.ts";
import { namedOrCaller } from "./users.ts";
import type { Answer } from "./wire.ts";

/*
 * Service-specific credentials: user name and password for CodeCommit and Keyspaces, bearer tokens for the others. The
 * secret is answered when it is made or reset, and not kept.
 */

type Form = "password" | "token";

const SERVICES: ReadonlyMap<string, Form> = new Map([
  ["codecommit.amazonaws.com", "password"],
  ["cassandra.amazonaws.com", "password"],
  ["bedrock.amazonaws.com", "token"],
  ["logs.amazonaws.com", "token"],
  ["cloudwatch.amazonaws.com", "token"],
  ["aws-external-anthropic.amazonaws.com", "token"],
]);

/** How a token begins, where it is known. */
const TOKEN_PREFIXES: ReadonlyMap<string, string> = new Map([
  ["bedrock.amazonaws.com", "ABSK"],
  ["logs.amazonaws.com", "ACWL"],
]);

const DAY = 24 * 60 * 60 * 1000;

/** The service as it is stored: its name matches without case. */
function requireService(name: string): string {
  if (!/^[a-zA-Z0-9.-]*$/.test(name)) {
    throw new IamError("ValidationError", "ServiceName must match [a-zA-Z0-9.-]*");
  }
  if (!SERVICES.has(name.toLowerCase())) {
    throw noSuch(`No such service ${name} is supported for Service Specific Credentials`);
  }
  return name.toLowerCase();
}

function metadata(user: UserRecord, record: ServiceCredentialRecord): { readonly [name: string]: Answer } {
  const login = SERVICES.get(record.service) === "token" ? "ServiceCredentialAlias" : "ServiceUserName";
  return {
    CreateDate: record.createdAt,
    ExpirationDate: record.expiresAt,
    ServiceName: record.service,
    [login]: record.alias,
    ServiceSpecificCredentialId: record.id,
    UserName: user.name,
    Status: record.status,
  };
}

/** The answer that shows the secret, which is made on the spot. */
function withSecret(account: Account, user: UserRecord, record: ServiceCredentialRecord): Answer {
  const prefix = TOKEN_PREFIXES.get(record.service) ?? "";
  const secret =
    SERVICES.get(record.service) === "token"
      ? { ServiceCredentialSecret: prefix + newSecret(account, 144) }
      : { ServicePassword: newSecret(account, 60) };
  return { ServiceSpecificCredential: { ...metadata(user, record), ...secret } };
}

function requireCredential(account: Account, user: UserRecord, id: string): ServiceCredentialRecord {
  const own = user.serviceCredentials.find((record) => record.id === id);
  if (own !== undefined) return own;
  const others = account.users.sorted().flatMap(({ serviceCredentials }) => serviceCredentials);
  // Live, somebody else's credential is a ValidationError and an unknown one NoSuchEntity.
  if (others.some((record) => record.id === id)) {
    const message = `User ${user.name} does not have a service specific credential with id ${id}`;
    throw new IamError("ValidationError", message);
  }
  throw noSuch(`No such credential ${id} exists`);
}

/** `emily-at-123456789012`, and with `+1` for the second of a service. */
function freeAlias(account: Account, user: UserRecord, service: string): string {
  const taken = user.serviceCredentials
    .filter((record) => record.service === service)
    .map(({ alias }) => alias);
  const first = `${user.name}-at-${account.id}`;
  return taken.includes(first) ? `${user.name}+1-at-${account.id}` : first;
}

interface ListInput {
  readonly UserName: string | undefined;
  readonly AllUsers: boolean | undefined;
}

/** Whose credentials are listed. */
function listedUsers(account: Account, input: ListInput, caller: Caller): readonly UserRecord[] {
  if (input.AllUsers !== true) return [namedOrCaller(account, input.UserName, caller)];
  if (input.UserName !== undefined) {
    throw new IamError("InvalidInput", "Cannot list credentials for all users if a username is given");
  }
  return account.users.sorted();
}

const ofUser = { UserName: optional(userName), ServiceSpecificCredentialId: credentialId } as const;

export const serviceCredentialOperations: Operations = {
  CreateServiceSpecificCredential: writing(
    { UserName: userName, ServiceName: text({}), CredentialAgeDays: optional(integer(1, 36_600)) },
    (account, input) => {
      const user = requireUser(account, input.UserName);
      const service = requireService(input.ServiceName);
      const most = FIXED_QUOTAS.serviceCredentialsPerService;
      if (user.serviceCredentials.filter((record) => record.service === service).length >= most) {
        throw quotaExceeded("ContextSpecificCredentialsPerUserPerContext", most);
      }
      const age = input.CredentialAgeDays;
      const record: ServiceCredentialRecord = {
        id: newId(account, "ACCA", 21),
        status: "Active",
        createdAt: timeOf(account),
        expiresAt: age === undefined ? undefined : instant(account.clock() + age * DAY),
        service,
        alias: freeAlias(account, user, service),
      };
      user.serviceCredentials = [...user.serviceCredentials, record];
      return withSecret(account, user, record);
    },
  ),

  ListServiceSpecificCredentials: reading(
    { UserName: optional(userName), ServiceName: optional(text({})), AllUsers: optional(boolean), ...PAGE },
    (account, input, caller) => {
      const service = input.ServiceName === undefined ? undefined : requireService(input.ServiceName);
      const listed = listedUsers(account, input, caller).flatMap((user) =>
        user.serviceCredentials.map((record) => ({ user, record })),
      );
      const sorted = listed
        .filter(({ record }) => service === undefined || record.service === service)
        .toSorted((one, other) => (one.record.id < other.record.id ? -1 : 1));
      const whose = input.AllUsers === true ? undefined : input.UserName?.toLowerCase();
      const of = ["ListServiceSpecificCredentials", whose, service];
      const { items, end } = pageOf({ items: sorted, key: ({ record }) => record.id, of }, input);
      return { ServiceSpecificCredentials: items.map(({ user, record }) => metadata(user, record)), ...end };
    },
  ),

  UpdateServiceSpecificCredential: writing({ ...ofUser, Status: status }, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    const record = requireCredential(account, user, input.ServiceSpecificCredentialId);
    const updated = { ...record, status: settableStatus(input.Status) };
    user.serviceCredentials = replaced(user.serviceCredentials, updated);
  }),

  // The status, the date of creation and the date of expiry stay as they were (seen live).
  ResetServiceSpecificCredential: writing(ofUser, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    return withSecret(account, user, requireCredential(account, user, input.ServiceSpecificCredentialId));
  }),

  DeleteServiceSpecificCredential: writing(ofUser, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    const { id } = requireCredential(account, user, input.ServiceSpecificCredentialId);
    user.serviceCredentials = user.serviceCredentials.filter((record) => record.id !== id);
  }),
};
