import { describe, expect, test } from "vitest";
import { plan, type PlanOptions, type PlanPorts } from "../../src/command/plan.ts";
import { NONE } from "../../src/render/json.ts";
import {
  baseOf,
  denied,
  EMILY,
  POWER_USERS,
  type Recorded,
  rosterOf,
  type Scene,
  scene as anyScene,
  sha256,
  terminalFor,
} from "./scene.ts";

/** A scene in which all that is asked of the account is asked in order to plan. */
function scene(options: Parameters<typeof anyScene>[0] = {}): Promise<Scene> {
  return anyScene({ job: "plan", ...options });
}

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly saved: readonly string[];
}

interface Given extends Partial<PlanPorts>, Partial<PlanOptions> {
  readonly terminal?: Recorded;
}

/** Plans in the scene; everything that is not given is as a person has it who gives no option. */
async function run({ read, clock }: Pick<Scene, "read" | "clock">, given: Given = {}): Promise<Ran> {
  const saved: string[] = [];
  const {
    terminal = terminalFor(),
    format = "text",
    at,
    fresh = false,
    detailedExitcode = false,
    ...ports
  } = given;
  const status = await plan(
    {
      files: rosterOf(),
      base: undefined,
      openAccount: async () => read,
      resolveRecipients: async () => new Map(),
      clock,
      sha256,
      save: async (json) => void saved.push(json),
      ...ports,
      terminal,
    },
    { format, at, fresh, detailedExitcode },
  );
  return { status, ...terminal.told, saved };
}

/** Emily as the files want her. */
const LIVE_EMILY = {
  name: "emily",
  groups: ["power-users"],
  tags: { "iam-roster:owner": "acme/access" },
};
const LIVE_GROUP = { name: "power-users", policies: ["arn:aws:iam::aws:policy/PowerUserAccess"] };
const LIVE = { users: [LIVE_EMILY], groups: [LIVE_GROUP] };

const UNOPENED = { openAccount: () => Promise.reject(new Error("the account was opened")) };

describe("wrong files", () => {
  const files = rosterOf({ "users.yaml": "users:\n  emily:\n    groups: [power-user]\n" });

  test("are told with their places, and nothing is planned", async () => {
    const { status, out } = await run(await scene(), { files, ...UNOPENED });
    expect(status).toBe(1);
    expect(out).toContain(
      'users.yaml:3:14: unknown-group: no group "power-user"; did you mean "power-users"?',
    );
    expect(out).toContain("nothing was planned");
  });

  test("give a whole JSON object, on the terminal and in the file", async () => {
    const { status, out, saved } = await run(await scene(), { files, ...UNOPENED, format: "json" });
    expect(status).toBe(1);
    const printed = JSON.parse(out) as Record<string, unknown>;
    expect(printed).toMatchObject({ version: 1, account: NONE, digest: NONE, entries: [] });
    expect(printed["findings"]).toMatchObject([{ code: "unknown-group", file: "users.yaml", line: 3 }]);
    expect(saved).toEqual([out]);
  });

  test("are a list in Markdown, with names in code spans", async () => {
    const { out } = await run(await scene(), { files, ...UNOPENED, format: "markdown" });
    expect(out).toContain("### ⛔ The files are wrong");
    expect(out).toContain('- ⛔ `users.yaml:3:14` **unknown-group**: no group "`power-user`"');
  });

  test("of the base are told under its name, with what else to give for a base", async () => {
    const base = baseOf({ "users.yaml": "users: 7\n" });
    const { status, out } = await run(await scene(), { base, ...UNOPENED });
    expect(status).toBe(1);
    expect(out).toMatch(/^main:users\.yaml:1:8: wrong-type/);
    expect(out).toMatch(
      /\nThe files of --base are wrong, .* Give --base an older ref, or a directory, .*\n$/,
    );
    const page = await run(await scene(), { base, ...UNOPENED, format: "markdown" });
    expect(page.out).toMatch(/^### ⛔ The files of --base are wrong/);
    expect(page.out).toContain("Give --base an older ref");
  });

  test("of the roster are told alone where those of the base are wrong as well", async () => {
    const base = baseOf({ "users.yaml": "users: 7\n" });
    const { out } = await run(await scene(), { files, base, ...UNOPENED });
    expect(out).toContain("The files are wrong, so nothing was planned.\n");
    expect(out).not.toContain("--base");
  });
});

describe("the exit status", () => {
  test("is 0 for changes, and 2 where the caller wants to know of them", async () => {
    const account = await scene();
    expect(await run(account)).toMatchObject({ status: 0 });
    expect(await run(account, { detailedExitcode: true })).toMatchObject({ status: 2 });
  });

  test("is 0 where nothing is to do, whether or not the caller wants to know", async () => {
    const account = await scene({ state: LIVE });
    const { status, out } = await run(account, { detailedExitcode: true });
    expect(out).toContain("No changes.");
    expect(status).toBe(0);
  });

  test("is 1 for a refused entry, although there are changes", async () => {
    const users = `${EMILY}  anna: {}\n`;
    const state = {
      ...LIVE,
      users: [LIVE_EMILY, { name: "anna", tags: { "iam-roster:owner": "other/roster" } }],
    };
    const given = { files: rosterOf({ "users.yaml": `${users}  new-one: {}\n` }), detailedExitcode: true };
    const { status, out } = await run(await scene({ state }), given);
    expect(out).toContain("foreign-owner");
    expect(out).toContain("1 user to create");
    expect(status).toBe(1);
  });

  test("is 1 for another account, whose users are not looked at any closer", async () => {
    const account = await scene({ accountId: "210987654321", state: LIVE });
    const { status, out } = await run(account, { fresh: true });
    expect(status).toBe(1);
    expect(out).toContain("wrong-account");
    expect(account.operations()).not.toContain("GetLoginProfile");
  });
});

describe("what is printed", () => {
  test("is coloured on a terminal only", async () => {
    const account = await scene();
    const escape = String.fromCharCode(27);
    expect((await run(account)).out).not.toContain(escape);
    const terminal = terminalFor({ color: true });
    expect((await run(account, { terminal })).out).toContain(`${escape}[32m+${escape}[39m`);
  });

  test("is the plan alone, and what is odd in the files is told beside it", async () => {
    const users = `${EMILY}    access: [console]\n    policies: [IAMUserChangePassword]\n`;
    const { out, err } = await run(await scene(), { files: rosterOf({ "users.yaml": users }) });
    expect(err).toContain("warning: direct-policy");
    expect(out).not.toContain("direct-policy");
    expect(out).toContain("+ emily");
  });

  test("is JSON with findings and digest, and the file gets the same", async () => {
    const { out, saved } = await run(await scene(), { format: "json" });
    const printed = JSON.parse(out) as Record<string, unknown>;
    expect(printed).toMatchObject({ version: 1, account: { id: "123456789012" }, findings: [] });
    expect(printed["digest"]).toMatch(/^[0-9a-f]{64}$/);
    expect(saved).toEqual([out]);
  });

  test("is Markdown for GitHub, while the file gets JSON", async () => {
    const { out, saved } = await run(await scene(), { format: "markdown" });
    expect(out).toContain("### 1 user to create; 1 group to create");
    expect(JSON.parse(saved[0] ?? "")).toMatchObject({ summary: { users: { create: 1 } } });
  });

  test("warns where roster.yaml names neither account nor owner", async () => {
    const { out } = await run(await scene(), { files: rosterOf({ "roster.yaml": "" }) });
    expect(out).toContain("account-not-set");
    expect(out).toContain("owner-not-set");
  });
});

describe("time and base", () => {
  test("--at shows what falls due by then", async () => {
    const files = rosterOf({
      "users.yaml": "users:\n  emily:\n    groups: [{ group: power-users, until: 2026-12-31 }]\n",
    });
    const account = await scene({ state: LIVE });
    expect((await run(account, { files })).out).toContain("No changes.");
    expect((await run(account, { files, at: "2026-12-31T00:00:00Z" })).out).toContain("No changes.");
    const later = await run(account, { files, at: "2027-01-01T00:00:00Z" });
    expect(later.out).toContain("- leave group power-users (due)");
  });

  test("--base tells what is asked for now from what was asked for before", async () => {
    const files = rosterOf({ "users.yaml": `${EMILY}  new-one: {}\n` });
    const { out } = await run(await scene(), { files, base: baseOf(), format: "json" });
    const { entries } = JSON.parse(out) as { entries: { subject: { name: string }; changes: object[] }[] };
    const causes = entries.map(({ subject, changes }) => [
      subject.name,
      ...new Set(changes.map((change) => (change as { cause: string }).cause)),
    ]);
    expect(causes).toEqual([
      ["emily", "pending"],
      ["new-one", "requested"],
      ["power-users", "pending"],
    ]);
  });

  test("without an account, the base's files stand for it", async () => {
    const users = EMILY.replace("emily", "anna");
    const { out, status } = await run(await scene(), {
      files: rosterOf({ "users.yaml": `${EMILY}  new-one: {}\n` }),
      base: baseOf({ "users.yaml": `${EMILY}${users.replace("users:\n", "")}` }),
      openAccount: undefined,
    });
    expect(out).toContain("Plan: 1 user to create, 1 to deactivate. ");
    expect(out).toContain("- leave group power-users");
    expect(status).toBe(0);
  });
});

describe("what is read", () => {
  test("a key that the report does not know yet is found with --fresh, and without where the user changes", async () => {
    const account = await scene({ state: LIVE });
    await run(account);
    account.sandbox.act("CreateAccessKey", { UserName: "emily" });
    expect((await run(account)).out).toContain("No changes.");
    expect((await run(account, { fresh: true })).out).toMatch(/set access key AKIA\w+ Inactive/);
    const files = rosterOf({ "users.yaml": `${EMILY}    path: /people/\n` });
    expect((await run(account, { files })).out).toMatch(/set access key AKIA\w+ Inactive/);
  });

  test("the credentials of users whom nothing touches are left alone", async () => {
    const state = { ...LIVE, users: [LIVE_EMILY, { name: "stranger" }] };
    const account = await scene({ state });
    await run(account, { files: rosterOf({ "users.yaml": `${EMILY}    path: /people/\n` }) });
    const read = account.sandbox.calls.filter(({ operation }) => operation === "ListAccessKeys");
    expect(read.map(({ input }) => input["UserName"])).toEqual(["emily"]);
  });

  test("a policy that does not exist is refused, one that exists is not", async () => {
    const groups = "groups:\n  power-users:\n    policies: [PowerUserAccess, NoSuchPolicyAtAll]\n";
    const account = await scene();
    const { status, out } = await run(account, { files: rosterOf({ "groups.yaml": groups }) });
    expect(out).toContain("no-such-policy");
    expect(out).toContain("NoSuchPolicyAtAll");
    expect(status).toBe(1);
    expect(await run(account)).toMatchObject({ status: 0 });
  });

  test("a policy of the account's own is looked up before a group is to have it", async () => {
    const account = await scene({ state: { ...LIVE, policies: [{ name: "team" }] } });
    const planned = (name: string): Promise<Ran> => {
      const attached = `, arn:aws:iam::123456789012:policy/${name}]`;
      return run(account, { files: rosterOf({ "groups.yaml": POWER_USERS.replace("]", attached) }) });
    };
    expect(await planned("team")).toMatchObject({ status: 0 });
    expect(await planned("absent")).toMatchObject({
      status: 1,
      out: expect.stringContaining("no-such-policy"),
    });
  });

  test("a user who is deleted while it is read is planned as gone", async () => {
    const account = await scene({ state: { ...LIVE, users: [{ ...LIVE_EMILY, groups: [] }] } });
    account.sandbox.before("GetLoginProfile", () => account.sandbox.act("DeleteUser", { UserName: "emily" }));
    const { out } = await run(account);
    expect(out).toContain("+ create the user");
  });

  test("a customer's policy that is newly attached is read, and marked where it makes an administrator", async () => {
    const policy = (name: string, Action: string) => ({
      name,
      document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] },
    });
    const account = await scene({
      state: { ...LIVE, policies: [policy("all", "iam:*"), policy("some", "iam:Get*")] },
    });
    const own = "arn:aws:iam::123456789012:policy/";
    const attached = `, "${own}all", "${own}some"]`;
    const files = rosterOf({ "groups.yaml": POWER_USERS.replace("]", attached) });
    const { out } = await run(account, { files });
    expect(out).toContain(`+ attach ${own}all (makes an administrator)\n`);
    expect(out).toContain(`+ attach ${own}some\n`);
  });

  test("pages that do not add up to the account's own count are warned about", async () => {
    const account = await scene({ state: { ...LIVE, users: [LIVE_EMILY, { name: "stranger" }] } });
    account.sandbox.setFaults([
      { kind: "missing-items", items: 1, operations: ["GetAccountAuthorizationDetails"] },
    ]);
    expect((await run(account)).out).toContain("count-mismatch");
  });

  test.for([
    "GetCallerIdentity",
    "GetAccountSummary",
    "GetAccountAuthorizationDetails",
    "GetAccountPasswordPolicy",
    "ListAccountAliases",
    "GenerateCredentialReport",
    "GetCredentialReport",
    "GetLoginProfile",
    "ListAccessKeys",
    "ListSSHPublicKeys",
    "ListSigningCertificates",
    "ListServiceSpecificCredentials",
    "ListMFADevices",
    "GetPolicy",
    "GetPolicyVersion",
  ])("nothing is planned where %s is denied", async (operation) => {
    const account = await scene({ state: { ...LIVE, policies: [{ name: "team" }] } });
    const files = rosterOf({
      "users.yaml": `${EMILY}    path: /people/\n`,
      "groups.yaml": POWER_USERS.replace("]", ', ReadOnlyAccess, "arn:aws:iam::123456789012:policy/team"]'),
    });
    const terminal = terminalFor();
    account.sandbox.setFaults(denied(operation));
    const running = run(account, { files, terminal });
    await expect(running).rejects.toMatchObject({ name: "IamFailure", code: "AccessDenied", operation });
    expect(terminal.told.out).toBe("");
  });
});

test("nothing to change among 5,000 users and 300 groups is found in fewer than twenty calls", async () => {
  const names = Array.from({ length: 5000 }, (_, index) => `user-${index}`);
  const groups = Array.from({ length: 300 }, (_, index) => `group-${index}`);
  const groupOf = (index: number): string => `group-${index % 300}`;
  const account = await scene({
    state: {
      groups: groups.map((name) => ({ name, policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] })),
      users: names.map((name, index) => ({ ...LIVE_EMILY, name, groups: [groupOf(index)] })),
    },
  });
  const { out } = await run(account, {
    files: rosterOf({
      "users.yaml": `users:\n${names.map((name, index) => `  ${name}: { groups: [${groupOf(index)}] }\n`).join("")}`,
      "groups.yaml": `groups:\n${groups.map((name) => `  ${name}: { policies: [ReadOnlyAccess] }\n`).join("")}`,
    }),
  });
  expect(out).toContain("No changes.");
  expect(account.operations().length).toBeLessThan(20);
});
