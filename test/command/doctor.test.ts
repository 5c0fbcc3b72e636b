import { describe, expect, test } from "vitest";
import { doctor, type DoctorPorts } from "../../src/command/doctor.ts";
import type { Job } from "../../src/core/job.ts";
import { iamAccess } from "../../src/iam/access.ts";
import { permissionsOf } from "../../src/iam/job-policy.ts";
import type { AccountData, UserData } from "../../src/sandbox/data.ts";
import type { ConnectOptions } from "../iam/connect.ts";
import { denied, EMILY, rosterOf, type Scene, scene, terminalFor } from "./scene.ts";

interface Given extends Partial<DoctorPorts> {
  readonly job?: Job;
}

interface Seen extends Scene {
  readonly status: number;
  /** The lines by what they begin with: `missing`, `unknown`, `note` and `ok`. */
  readonly lines: (status: string) => readonly string[];
}

const LIVE: AccountData = { users: [{ name: "emily", accessKeys: [{}] }], passwordPolicy: undefined };

async function see({ job = "plan", ...given }: Given, options: ConnectOptions = {}): Promise<Seen> {
  return seeIn(await scene({ job: "doctor", state: LIVE, ...options }), { job, ...given });
}

async function seeIn(account: Scene, { job = "plan", ...given }: Given): Promise<Seen> {
  const terminal = terminalFor();
  const machine = { version: "24.1.0", git: async () => "git version 2.50.0" };
  const ports = { ...machine, ...account, access: iamAccess(account.clients), files: rosterOf(), ...given };
  const status = await doctor({ ...ports, terminal }, job);
  expect(account.writes().filter((write) => !write.startsWith("Simulate"))).toEqual([]);
  const lines = terminal.told.out.split("\n");
  return {
    ...account,
    status,
    lines: (wanted) =>
      lines.filter((line) => line.startsWith(wanted)).map((line) => line.slice("missing  ".length)),
  };
}

describe("for whom nothing is missing", () => {
  test("every line says so, and nothing in the account was changed", async () => {
    const { status, lines } = await see({});
    expect({ status, missing: lines("missing"), unknown: lines("unknown") }).toEqual({
      status: 0,
      missing: [],
      unknown: [],
    });
    expect(lines("ok")).toEqual([
      "Node 24.1.0",
      "git version 2.50.0",
      "the files: 1 user, 1 group",
      expect.stringMatching(/^IAM is asked at http:\/\/127\.0\.0\.1:\d+, signed for us-east-1$/),
      "you are arn:aws:sts::123456789012:assumed-role/sandbox-admin/you",
      "account 123456789012 is that of roster.yaml",
      "plan may make 15 of its 15 kinds of calls: they were tried",
      expect.stringMatching(/^apply may make the other \d+ kinds of calls too/),
      "the credential report can be had",
      "1 of 5000 users of the account's quota",
      "0 of 300 groups of the account's quota",
    ]);
  });

  test("each call that plan makes was made", async () => {
    const { operations } = await see({});
    const asked = permissionsOf("plan").map((permission) => permission.replace("iam:", ""));
    expect(new Set(asked).difference(new Set(operations()))).toEqual(new Set());
  });
});

describe("what is missing", () => {
  test.each(permissionsOf("plan"))("is %s, where it is denied", async (permission) => {
    const account = await scene({ job: "doctor", state: LIVE });
    account.sandbox.setFaults(denied(permission.replace("iam:", "")));
    const { status, lines } = await seeIn(account, {});
    expect(status).toBe(1);
    expect(lines("missing")).toEqual([
      `plan needs ${permission}: iam-roster permissions plan prints the policy`,
    ]);
  });

  test("to apply is told line by line to who wants to apply, on each path of the files, and in one line to others", async () => {
    const account = await scene({ job: "doctor", state: LIVE });
    account.sandbox.setFaults([{ kind: "access-denied", operations: ["DeleteUser", "AddUserToGroup"] }]);
    const files = rosterOf({ "users.yaml": `${EMILY}  build-bot: { path: /machines/ }\n` });
    const applying = await seeIn(account, { files, job: "apply" });
    expect(applying.status).toBe(1);
    expect(applying.lines("missing").toSorted()).toEqual([
      "iam:AddUserToGroup on arn:aws:iam::123456789012:group/example",
      "iam:AddUserToGroup on arn:aws:iam::123456789012:group/machines/example",
      "iam:DeleteUser on arn:aws:iam::123456789012:user/example",
      "iam:DeleteUser on arn:aws:iam::123456789012:user/machines/example",
    ]);
    const planning = await seeIn(account, { files });
    expect(planning.status).toBe(0);
    expect(planning.lines("note")).toContainEqual(expect.stringContaining("apply would lack 2 permissions"));
    expect(await seeIn(account, { files, job: "expire" })).toMatchObject({ status: 1 });
  });

  test("cannot be known of the writes where the simulator may not be asked, which stops nobody", async () => {
    const account = await scene({ job: "doctor", state: LIVE });
    account.sandbox.setFaults(denied("SimulatePrincipalPolicy"));
    const { status, lines } = await seeIn(account, { job: "apply" });
    expect(status).toBe(0);
    expect(lines("unknown")).toEqual([
      expect.stringMatching(
        /^whether apply may make its changes cannot be known without making them: .*AccessDenied/,
      ),
    ]);
  });

  test("is the right account", async () => {
    const { status, lines, operations } = await see({}, { accountId: "210987654321" });
    expect(status).toBe(1);
    expect(lines("missing")).toEqual([
      "this is account 210987654321, and roster.yaml is for 123456789012: take the credentials of that one",
    ]);
    expect(new Set(operations())).toEqual(new Set(["GetCallerIdentity"]));
  });

  test("is an identity of its own, where the root user's credentials are at hand", async () => {
    const { status, lines } = await see({}, { administrator: "arn:aws:iam::123456789012:root" });
    expect(status).toBe(1);
    expect(lines("missing")).toEqual([
      expect.stringMatching(/^these are the root user's credentials: nothing limits them/),
    ]);
    expect(lines("unknown")).toEqual([expect.stringContaining("the caller is neither")]);
  });

  test("are right files", async () => {
    const { status, lines } = await see({ files: rosterOf({ "users.yaml": "users: 1\n" }) });
    expect(status).toBe(1);
    expect(lines("missing")).toEqual(["the files: 1 error; iam-roster check says which"]);
    expect(lines("ok")).toContain("the credential report can be had");
  });

  test("is an account that can be reached", async () => {
    const account = await scene({ job: "doctor" });
    await account.sandbox.close();
    const { status, lines } = await seeIn(account, {});
    expect(status).toBe(1);
    expect(lines("missing")).toEqual([
      expect.stringMatching(/^the account: GetCallerIdentity: AWS cannot be reached/),
    ]);
  }, 30_000);
});

describe("what is worth knowing", () => {
  const notes = async (given: Given, options: ConnectOptions = {}) =>
    (await see(given, options)).lines("note");

  test("is that the caller is a user, whom no plan will change", async () => {
    const administrator = "arn:aws:iam::123456789012:user/people/emily";
    expect(await notes({}, { administrator })).toContain(
      "you are the user emily: no plan will change it. A role has no key that lasts.",
    );
  });

  test("is that there is no git, and neither an account nor an owner in roster.yaml", async () => {
    const files = rosterOf({ "roster.yaml": "" });
    expect(await notes({ git: async () => undefined, files })).toEqual([
      "there is no git: --base takes a directory only",
      "roster.yaml sets no owner, and iam-roster stands in: set one before a second roster manages users of this account",
      'roster.yaml sets no account: add account: "123456789012", so that no other is ever changed',
      expect.stringContaining("password"),
    ]);
  });

  test.each([
    [undefined, "the account has no password policy of its own"],
    [false, "the account's password policy lets no user change a password"],
  ])("is whether users may change their passwords: %s", async (usersMayChange, words) => {
    const passwordPolicy = usersMayChange === undefined ? undefined : { ...POLICY, usersMayChange };
    expect(await notes({}, { state: { ...LIVE, passwordPolicy } })).toEqual([expect.stringContaining(words)]);
  });

  test("is a quota that is nearly full", async () => {
    expect(await notes({}, { quotas: { users: 1 } })).toContain("1 of 1 users of the account's quota");
  });

  test("is a key that nobody has to try a call on", async () => {
    const { status, lines } = await see({}, { state: {} });
    expect(status).toBe(0);
    expect(lines("unknown")).toEqual([
      expect.stringContaining("iam:GetAccessKeyLastUsed could not be tried"),
    ]);
  });

  test("is how the account writes the name of who is protected, since policies tell names apart by case", async () => {
    const settings = 'account: "123456789012"\nowner: acme/access\nprotected: [emily, Break-glass, gone]\n';
    const users: readonly UserData[] = [{ name: "emily", accessKeys: [{}] }, { name: "break-glass" }];
    const names = "  Break-glass: {}\n  gone: {}\n";
    const files = rosterOf({ "roster.yaml": settings, "users.yaml": EMILY + names });
    const { status, lines } = await see({ files }, { state: { users } });
    expect(status).toBe(1);
    expect(lines("missing")).toEqual([
      "protected names Break-glass, and the account break-glass: a policy tells them apart, so write break-glass",
    ]);
    expect(lines("ok")).toContain("emily, who is protected, is in the account under that name");
    expect(lines("note")).toContain("gone, who is protected, is not in the account");
  });
});

const POLICY = {
  minimumLength: 8,
  requireSymbols: false,
  requireNumbers: false,
  requireUppercase: false,
  requireLowercase: false,
  hardExpiry: false,
  maxAge: undefined,
  reusePrevention: undefined,
};
