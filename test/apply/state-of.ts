import type { JsonObject } from "../../src/core/rules/documents.ts";
import { fold } from "../../src/core/rules/names.ts";
import type { ByName, State } from "../../src/core/state.ts";
import type { HolderData } from "../../src/sandbox/data.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { ACCOUNT } from "../core/build.ts";

/** What is in the sandbox as the core sees it, without asking: no call is made, and no fault is in the way. */
export function stateOf(sandbox: Pick<Sandbox, "snapshot">): State {
  const { users, groups } = sandbox.snapshot();
  return {
    account: ACCOUNT,
    groups: byName(groups.map((group) => ({ path: "/", id: undefined, ...group, ...held(group) }))),
    users: byName(
      users.map(({ accessKeys, sshKeys, certificates, serviceCredentials, mfaDevices, ...user }) => ({
        id: undefined,
        createdAt: undefined,
        path: "/",
        boundary: undefined,
        ...user,
        ...held(user),
        tags: byKey(Object.entries(user.tags ?? {}).map(([key, value]) => ({ key, value }))),
        groups: new Map((user.groups ?? []).map((group) => [fold(group), group])),
        reported: undefined,
        credentials: {
          password: user.password && { createdAt: user.password.createdAt, resetRequired: false },
          accessKeys: (accessKeys ?? []).map((key) => ({ ...key, ...dated(key), lastUsed: undefined })),
          sshKeys: (sshKeys ?? []).map(dated),
          certificates: (certificates ?? []).map(dated),
          serviceCredentials: (serviceCredentials ?? []).map((each) => ({
            service: each.service ?? "",
            ...dated(each),
          })),
          mfaDevices: mfaDevices ?? [],
        },
      })),
    ),
  };
}

interface Dated {
  readonly id?: string;
  readonly status?: "Active" | "Inactive" | "Expired";
  readonly createdAt?: string;
}

function dated({ id = "", status, createdAt }: Dated) {
  return { id, status: status === "Active" ? "Active" : "Inactive", createdAt } as const;
}

function held({ policies, inlinePolicies }: HolderData) {
  const inline = Object.entries(inlinePolicies ?? {}).map(([name, text]) => ({
    name,
    document: typeof text === "string" ? (JSON.parse(text) as JsonObject) : text,
  }));
  return { policies: new Set(policies), inlinePolicies: byName(inline) };
}

function byName<Value extends { readonly name: string }>(values: readonly Value[]): ByName<Value> {
  return new Map(values.map((value) => [fold(value.name), value]));
}

function byKey<Value extends { readonly key: string }>(values: readonly Value[]): ByName<Value> {
  return new Map(values.map((value) => [fold(value.key), value]));
}
