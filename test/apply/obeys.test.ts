import fc from "fast-check";
import { expect, test } from "vitest";

import { isIssue } from "../../src/core/change.ts";
import { inOrder } from "../../src/core/order.ts";
import type { Entry, PlannedChange } from "../../src/core/plan.ts";
import { compareText, fold } from "../../src/core/rules/names.ts";
import { simulate } from "../../src/core/simulate/simulate.ts";
import {
  type Credential,
  type Group,
  isVirtualMfa,
  NO_CREDENTIALS,
  type State,
  type User,
} from "../../src/core/state.ts";
import { SENDS } from "../../src/iam/send.ts";
import type { AccountData, HolderData } from "../../src/sandbox/data.ts";
import { NOW, planned } from "../core/build.ts";
import { worlds } from "../laws/worlds.ts";
import { ALLOW, story } from "./story.ts";

/** Ids as IAM gives them, which no two users share. */
function withTrueIds(state: State): State {
  const users = [...state.users].map(([key, user], index) => {
    const { credentials } = user;
    if (credentials === undefined) return [key, user] as const;
    const longer = <Each extends Credential>(each: Each): Each => ({
      ...each,
      id: `${each.id}${index}`.padEnd(24, "0"),
    });
    const { accessKeys, sshKeys, certificates, serviceCredentials, mfaDevices } = credentials;
    const own = {
      ...credentials,
      accessKeys: accessKeys.map(longer),
      sshKeys: sshKeys.map(longer),
      certificates: certificates.map(longer),
      serviceCredentials: serviceCredentials.map(longer),
      mfaDevices: mfaDevices.map(({ serial }) => ({ serial: `${serial}${index}` })),
    };
    return [key, { ...user, credentials: own }] as const;
  });
  return { ...state, users: new Map(users) };
}

function holder({ name, path, policies, inlinePolicies }: User | Group): HolderData {
  const inline = [...inlinePolicies.values()].map((policy) => [policy.name, policy.document] as const);
  return { name, path, policies: [...policies], inlinePolicies: Object.fromEntries(inline) };
}

function accountData({ users, groups }: State): AccountData {
  const devices = [...users.values()].flatMap(({ id, credentials }) =>
    (credentials?.mfaDevices ?? [])
      .filter(isVirtualMfa)
      .map(({ serial }) => ({ serial, seed: "", tags: [], user: id })),
  );
  return {
    groups: [...groups.values()].map(holder),
    policies: ["one", "two", "bound"].map((name) => ({ name, document: ALLOW })),
    virtualDevices: devices,
    users: [...users.values()].map((user) => {
      const { password, ...credentials } = user.credentials ?? NO_CREDENTIALS;
      return {
        ...holder(user),
        ...(user.id !== undefined && { id: user.id }),
        tags: Object.fromEntries([...user.tags.values()].map(({ key, value }) => [key, value])),
        boundary: user.boundary,
        groups: [...user.groups.values()],
        ...(password !== undefined && { password: {} }),
        accessKeys: credentials.accessKeys.map(({ id, status }) => ({ id, status })),
        sshKeys: credentials.sshKeys.map(({ id, status }) => ({ id, status })),
        certificates: credentials.certificates.map(({ id, status }) => ({ id, status })),
        serviceCredentials: credentials.serviceCredentials.map(({ id, status, service }) => ({
          id,
          status,
          service,
        })),
        mfaDevices: credentials.mfaDevices,
      };
    }),
  };
}

/** Users and groups as text: without ids of their own and times, and in an order that depends on nothing else. */
function text({ users, groups }: State): string {
  return JSON.stringify(
    [[...users.values()], [...groups.values()]].map((all) => sorted(all.map(plain))),
    undefined,
    1,
  );
}

function plain(value: unknown): unknown {
  if (value instanceof Map) return sorted([...(value as ReadonlyMap<string, unknown>).values()].map(plain));
  if (value instanceof Set || Array.isArray(value))
    return sorted([...(value as Iterable<unknown>)].map(plain));
  if (typeof value !== "object" || value === null) return value;
  const isHolder = "policies" in value;
  const entries = Object.entries(value)
    .filter(([key]) => !["createdAt", "lastUsed", "reported", ...(isHolder ? ["id"] : [])].includes(key))
    .map(([key, each]) => [key, plain(each)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => compareText(one, other)));
}

function sorted(values: readonly unknown[]): readonly unknown[] {
  return values.toSorted((one, other) => compareText(JSON.stringify(one), JSON.stringify(other)));
}

test("the sandbox makes of every kind of change what the core says that IAM makes of it", async () => {
  const { sandbox, write, account } = await story();
  const kinds = new Set<string>();
  const tried = fc.asyncProperty(worlds, fc.nat(), async ({ roster, actual }, at) => {
    const before = withTrueIds(actual);
    sandbox.load(accountData(before));
    expect(text(await account())).toBe(text(before));
    const steps = inOrder<Entry, PlannedChange>(planned({ roster, actual: before }).plan.entries).flatMap(
      // What issuing makes of the sandbox, issue.test.ts shows: no two passwords and keys are equal.
      ({ owner, change }) => (isIssue(change) ? [] : [{ owner, change }]),
    );
    // Up to some change or to the end: what comes later would hide what is wrong.
    const some = at % 4 > 0 ? steps : steps.slice(0, at % (steps.length + 1));
    for (const { owner, change } of some) {
      const id = "user" in change && fold(change.user) === fold(owner.subject.name) ? owner.id : undefined;
      // Groups have ids of the sandbox's own.
      await write.write(change, { now: NOW, id: owner.subject.type === "user" ? id : undefined });
      kinds.add(change.kind);
    }
    const expected = simulate(
      before,
      some.map(({ change }) => change),
      NOW,
    ).state;
    expect(text(await account())).toBe(text(expected));
  });
  await fc.assert(tried, { numRuns: 70, seed: 2 });
  expect([...kinds].toSorted()).toEqual(Object.keys(SENDS).toSorted());
}, 60_000);
