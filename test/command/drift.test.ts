import { describe, expect, test } from "vitest";
import { apply } from "../../src/command/apply.ts";
import { drift, type DriftOptions, type DriftPorts } from "../../src/command/drift.ts";
import type { DriftJson } from "../../src/render/drift-json.ts";
import { NONE } from "../../src/render/json.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { type Texts, withEdits } from "./files.ts";
import { denied, rosterOf, type Scene, scene as anyScene, sha256, terminalFor } from "./scene.ts";

/** A scene in which all that is asked of the account is asked in order to plan. */
function scene(options: Parameters<typeof anyScene>[0] = {}): Promise<Scene> {
  return anyScene({ job: "plan", ...options });
}

const TEXTS: Texts = {
  users: `users:
  emily:
    groups:
      - power-users
      - group: ops
        until: 2027-06-30
    tags: { Team: platform }
    policies: [ReadOnlyAccess]
  marco:
    groups: [power-users]
    access: [console]
    permissionsBoundary: arn:aws:iam::123456789012:policy/bound
    path: /people/
  nina: {}
  olga: {}
  petra: {}
`,
  groups: `groups:
  power-users:
    policies: [PowerUserAccess]
    inlinePolicies:
      no-keys: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "iam:*", Resource: "*" }] }
  ops: { exclusive: true }
`,
};

const NO_KEYS = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }],
};
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const POWER = "arn:aws:iam::aws:policy/PowerUserAccess";
const AUDIT = "arn:aws:iam::aws:policy/SecurityAudit";
const BOUND = "arn:aws:iam::123456789012:policy/bound";
const TIGHT = "arn:aws:iam::123456789012:policy/tight";
const OWNER = { "iam-roster:owner": "acme/access" };

const password = (
  at: string,
): {
  hash: string;
  former: readonly string[];
  createdAt: string;
  changedAt: string;
  resetRequired: boolean;
} => ({
  hash: "salt:hash",
  former: [],
  createdAt: at,
  changedAt: at,
  resetRequired: false,
});

/** The account as the files want it, and a stranger with a group that nobody declares. */
const LIVE = {
  policies: [
    { name: "bound", document: JSON.stringify(NO_KEYS) },
    { name: "tight", document: JSON.stringify(NO_KEYS) },
  ],
  users: [
    {
      name: "emily",
      groups: ["power-users", "ops"],
      tags: { ...OWNER, Team: "platform" },
      policies: [READ_ONLY],
    },
    {
      name: "marco",
      groups: ["power-users"],
      tags: OWNER,
      path: "/people/",
      boundary: BOUND,
      password: password("2026-11-01T00:00:00Z"),
    },
    ...["nina", "olga", "petra"].map((name) => ({ name, tags: OWNER })),
    { name: "zoe", groups: ["made"] },
  ],
  groups: [
    { name: "power-users", policies: [POWER], inlinePolicies: { "no-keys": NO_KEYS } },
    { name: "ops" },
    { name: "made", policies: [AUDIT], path: "/by-hand/" },
  ],
};

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

interface Given extends Partial<DriftPorts>, Partial<DriftOptions> {
  readonly texts?: Texts;
}

async function run({ read, clock }: Pick<Scene, "read" | "clock">, given: Given = {}): Promise<Ran> {
  const terminal = terminalFor();
  const { format = "text", fresh = false, detailedExitcode = false, texts = TEXTS, ...ports } = given;
  const status = await drift(
    {
      files: filesOf(texts),
      openAccount: async () => read,
      resolveRecipients: async () => new Map(),
      clock,
      sha256,
      ...ports,
      terminal,
    },
    { format, fresh, detailedExitcode },
  );
  return { status, ...terminal.told };
}

function filesOf({ users, groups }: Texts): ReturnType<typeof rosterOf> {
  return rosterOf({ "users.yaml": users, "groups.yaml": groups });
}

async function found(account: Scene, texts: Texts = TEXTS): Promise<DriftJson> {
  const { out } = await run(account, { format: "json", texts });
  return JSON.parse(out) as DriftJson;
}

type Hand = (act: Sandbox["act"]) => void;

/** An account in which somebody did this by hand. */
async function changedBy(...hands: readonly Hand[]): Promise<Scene> {
  const account = await scene({ state: LIVE });
  for (const hand of hands) hand(account.sandbox.act);
  return account;
}

const E = { UserName: "emily" };
const M = { UserName: "marco" };
const G = { GroupName: "power-users" };

const joinedOps: Hand = (act) => act("AddUserToGroup", { ...M, GroupName: "ops" });
const detached: Hand = (act) => act("DetachGroupPolicy", { ...G, PolicyArn: POWER });
const keyMade: Hand = (act) => act("CreateAccessKey", E);
const deleted: Hand = (act) => {
  for (const GroupName of ["power-users", "ops"]) act("RemoveUserFromGroup", { ...E, GroupName });
  act("DetachUserPolicy", { ...E, PolicyArn: READ_ONLY });
  act("DeleteUser", E);
};

test("an account as the files want it has no differences", async () => {
  const { status, out } = await run(await scene({ state: LIVE }), { detailedExitcode: true });
  expect(out).toContain("\nNo differences: the account matches the roster.\n");
  expect(status).toBe(0);
});

describe("what was done by hand", () => {
  test("is told with both sides, and the way back by digest", async () => {
    const account = await changedBy(joinedOps, detached, keyMade);
    const { status, out } = await run(account);
    expect(status).toBe(0);
    for (const [roster, there] of [
      ["not in group ops", "in group ops"],
      ["PowerUserAccess attached", "PowerUserAccess not attached"],
      ["access key \\S+ not active", "access key \\S+ active"],
    ]) {
      expect(out).toMatch(new RegExp(`\\n    roster:  ${roster}\\n    account: ${there}\\n`));
    }
    const { digest, differences } = await found(account);
    expect(out).toContain(`iam-roster apply --digest ${digest}\n`);
    expect(differences.flatMap(({ changes }) => changes.map(({ cause }) => cause))).toEqual([
      "pending",
      "pending",
      "pending",
    ]);
  });

  test("is undone by apply with that digest", async () => {
    const account = await anyScene({ state: LIVE });
    for (const hand of [joinedOps, detached, keyMade]) hand(account.sandbox.act);
    const { digest } = await found(account);
    const { read, write, clock } = account;
    const status = await apply(
      {
        files: filesOf(TEXTS),
        base: undefined,
        openAccount: async () => ({ read, write }),
        resolveRecipients: async () => new Map(),
        issuing: undefined,
        planFile: undefined,
        saveReport: undefined,
        stopping: () => false,
        clock,
        sha256,
        terminal: terminalFor(),
      },
      { digest: digest ?? "", yes: true, fresh: false, format: "text" },
    );
    expect(status).toBe(0);
    account.sandbox.advance(5 * 60 * 60 * 1000);
    expect((await found(account)).differences).toEqual([]);
  });

  test("has a name of its own, which neither time nor format moves", async () => {
    const account = await changedBy(joinedOps);
    const { key } = await found(account);
    account.sandbox.advance(60 * 60 * 1000);
    expect((await found(account)).key).toBe(key);
    keyMade(account.sandbox.act);
    account.sandbox.advance(5 * 60 * 60 * 1000);
    expect((await found(account)).key).not.toBe(key);
  });

  test("to the name of a group that waits for its rename is told as what apply does", async () => {
    const account = await scene({ state: LIVE });
    const groups = TEXTS.groups.replace("ops: {", "operators: { renamedFrom: ops,");
    const texts = { users: TEXTS.users.replace("group: ops", "group: operators"), groups };
    const { differences } = await found(account, texts);
    expect(differences.map(({ intent }) => intent)).toEqual(["rename"]);
  });
});

const CASES: readonly (readonly [string, Hand])[] = [
  ["somebody put into a group", joinedOps],
  [
    "somebody put into a group that nobody declares",
    (act) => act("AddUserToGroup", { ...E, GroupName: "made" }),
  ],
  ["somebody taken out of a group", (act) => act("RemoveUserFromGroup", { ...E, GroupName: "ops" })],
  ["a stranger in an exclusive group", (act) => act("AddUserToGroup", { UserName: "zoe", GroupName: "ops" })],
  ["a policy attached to a user", (act) => act("AttachUserPolicy", { ...E, PolicyArn: AUDIT })],
  ["a policy detached from a user", (act) => act("DetachUserPolicy", { ...E, PolicyArn: READ_ONLY })],
  ["a policy attached to a group", (act) => act("AttachGroupPolicy", { ...G, PolicyArn: TIGHT })],
  ["a policy detached from a group", detached],
  ["an inline policy given to a user", (act) => putPolicy(act, "PutUserPolicy", { ...E, PolicyName: "on" })],
  ["another document in a group", (act) => putPolicy(act, "PutGroupPolicy", { ...G, PolicyName: "no-keys" })],
  ["an inline policy deleted", (act) => act("DeleteGroupPolicy", { ...G, PolicyName: "no-keys" })],
  ["an access key made", keyMade],
  ["a password made", (act) => act("CreateLoginProfile", { ...E, Password: "Correct-horse-9" })],
  ["a password deleted", (act) => act("DeleteLoginProfile", M)],
  ["a path changed", (act) => act("UpdateUser", { ...M, NewPath: "/x/" })],
  ["a path taken back to the root", (act) => act("UpdateUser", { ...M, NewPath: "/" })],
  ["a path given to a group", (act) => act("UpdateGroup", { ...G, NewPath: "/x/" })],
  ["a tag changed", (act) => act("TagUser", { ...E, Tags: [{ Key: "team", Value: "123" }] })],
  [
    "tags added",
    (act) =>
      act("TagUser", {
        ...E,
        Tags: [
          { Key: "a key", Value: "no" },
          { Key: "1e3", Value: "" },
        ],
      }),
  ],
  ["a tag removed", (act) => act("UntagUser", { ...E, TagKeys: ["Team"] })],
  ["a boundary put on", (act) => act("PutUserPermissionsBoundary", { ...M, PermissionsBoundary: TIGHT })],
  ["a boundary taken off", (act) => act("DeleteUserPermissionsBoundary", M)],
  ["a user deleted", deleted],
  ["a user renamed", (act) => act("UpdateUser", { ...E, NewUserName: "em" })],
  [
    "a user made with our tag",
    (act) => {
      const Tags = [
        { Key: "iam-roster:owner", Value: "acme/access" },
        { Key: "Desk", Value: "9" },
      ];
      act("CreateUser", { UserName: "123", Path: "/x/", PermissionsBoundary: BOUND, Tags });
      for (const GroupName of ["made", "ops"]) act("AddUserToGroup", { UserName: "123", GroupName });
      act("AttachUserPolicy", { UserName: "123", PolicyArn: AUDIT });
      putPolicy(act, "PutUserPolicy", { UserName: "123", PolicyName: "own" });
      act("CreateAccessKey", { UserName: "123" });
      act("CreateLoginProfile", { UserName: "123", Password: "Correct-horse-9" });
    },
  ],
  [
    "a group deleted",
    (act) => {
      act("RemoveUserFromGroup", { ...E, GroupName: "ops" });
      act("DeleteGroup", { GroupName: "ops" });
    },
  ],
];

function putPolicy(act: Sandbox["act"], operation: string, of: Readonly<Record<string, string>>): void {
  const document = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }],
  };
  act(operation, { ...of, PolicyDocument: JSON.stringify(document) });
}

describe("once the files say so, there is no difference any more:", () => {
  test.each(CASES)("%s", async (_, hand) => {
    const account = await changedBy(hand);
    const { differences } = await found(account);
    expect(differences).not.toEqual([]);
    expect(differences.flatMap(({ unadoptable }) => unadoptable)).toEqual([]);
    const texts = withEdits(
      TEXTS,
      differences.flatMap(({ adopt }) => adopt),
    );
    const { findings, differences: left } = await found(account, texts);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(left).toEqual([]);
  });
});

describe("the exit status", () => {
  test("is 2 where there are differences and the caller wants to know of them", async () => {
    expect(await run(await changedBy(joinedOps), { detailedExitcode: true })).toMatchObject({ status: 2 });
  });

  test("is that of a difference, too, where a refusal keeps it", async () => {
    const files = rosterOf({
      "users.yaml": TEXTS.users,
      "groups.yaml": TEXTS.groups,
      "roster.yaml": 'account: "123456789012"\nowner: acme/access\nprotected: [marco]\n',
    });
    const account = await changedBy(joinedOps);
    const { status, out } = await run(account, { files });
    expect(status).toBe(0);
    expect(out).toContain("! protected: marco is listed");
    expect(await run(account, { files, detailedExitcode: true })).toMatchObject({ status: 2 });
  });

  test("is 1 for another account, of which nothing is told", async () => {
    const files = rosterOf({ "roster.yaml": 'account: "999999999999"\nowner: acme/access\n' });
    const { status, out } = await run(await changedBy(keyMade), { files, detailedExitcode: true });
    expect(status).toBe(1);
    expect(out).toContain("wrong-account");
    expect(out).toContain("Another account: nothing was compared.");
    expect(out).not.toContain("emily");
  });

  test("is 1 for wrong files, which are told in every format without looking at the account", async () => {
    const texts = { ...TEXTS, users: "users: 7\n" };
    const openAccount = () => Promise.reject(new Error("the account was opened"));
    const account = await scene();
    expect(await run(account, { texts, openAccount })).toMatchObject({
      status: 1,
      out: expect.stringContaining("users.yaml:1:8: wrong-type"),
    });
    const json = await run(account, { texts, openAccount, format: "json" });
    expect(json.status).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({ key: NONE, findings: [{ code: "wrong-type" }] });
    const page = await run(account, { texts, openAccount, format: "markdown" });
    expect(page.out).toContain("### ⛔ The files are wrong, so nothing was planned");
  });
});

test("odd files are told beside it", async () => {
  const { err } = await run(await scene({ state: LIVE }));
  expect(err).toContain("warning: direct-policy");
});

test("an account that cannot be read is an error, not one without differences", async () => {
  const account = await scene({ state: LIVE, faults: denied("GetAccountAuthorizationDetails") });
  await expect(run(account)).rejects.toThrow("GetAccountAuthorizationDetails");
});

describe("hygiene", () => {
  test("tells of old keys and passwords, of strangers too, and by id where keys were read one by one", async () => {
    const old = "2026-01-01T00:00:00Z";
    const accessKeys = [{ id: "AKIAYVES000000000001", status: "Active", createdAt: old }] as const;
    const users = [
      ...LIVE.users.map((user) => (user.name === "marco" ? { ...user, password: password(old) } : user)),
      { name: "yves", groups: ["made"], accessKeys, password: password("2026-11-20T00:00:00Z") },
    ];
    const account = await scene({ state: { ...LIVE, users } });
    const { out } = await run(account, { format: "markdown" });
    const told = out.slice(out.indexOf("#### Hygiene"));
    expect(told).toContain("- `marco`: **console-without-mfa**");
    expect(told).toContain(
      "- `marco`: **unused-password**: the password was set on 1 January 2026, no use of it is known",
    );
    expect(told).toContain("- `yves` (not managed): **console-without-mfa**");
    expect(told).toContain("- `yves` (not managed): **old-key**: an access key was made on 1 January 2026");
    expect(told).not.toContain("root");
    keyMade(account.sandbox.act);
    account.sandbox.advance(5 * 60 * 60 * 1000);
    const { hygiene } = await found(account);
    expect(hygiene.findings).toContainEqual(
      expect.objectContaining({ user: "yves", code: "unused-key", managed: false }),
    );
  });

  test("tells what ends within 14 days", async () => {
    const texts = { ...TEXTS, users: TEXTS.users.replace("2027-06-30", "2026-11-30") };
    const { endsSoon } = await found(await scene({ state: LIVE }), texts);
    expect(endsSoon).toEqual([{ user: "emily", group: "ops", until: "2026-11-30" }]);
  });
});
