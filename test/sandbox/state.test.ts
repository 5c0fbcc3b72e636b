import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { codeAt } from "../../src/sandbox/totp.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { allow, awsPolicy, client, failure, start, type Started } from "./start.ts";

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

/** An account with something of everything. */
async function fill({ iam }: Started): Promise<void> {
  const UserName = "Emily";
  await iam.createUser({ UserName, Path: "/people/", Tags: [{ Key: "Team", Value: "one" }] });
  await iam.createGroup({ GroupName: "power" });
  await iam.addUserToGroup({ UserName, GroupName: "power" });
  await iam.attachUserPolicy({ UserName, PolicyArn: awsPolicy("ReadOnlyAccess") });
  await iam.putGroupPolicy({ GroupName: "power", PolicyName: "one", PolicyDocument: allow("s3:*") });
  await iam.createPolicy({ PolicyName: "base", PolicyDocument: allow("ec2:*") });
  await iam.createLoginProfile({ UserName, Password: "Abcdef12!", PasswordResetRequired: true });
  await iam.createAccessKey({ UserName });
  await iam.createServiceSpecificCredential({ UserName, ServiceName: "codecommit.amazonaws.com" });
  const { VirtualMFADevice } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: "phone" });
  const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString();
  await iam.enableMFADevice({
    UserName,
    SerialNumber: VirtualMFADevice?.SerialNumber,
    AuthenticationCode1: codeAt(seed, Date.now()),
    AuthenticationCode2: codeAt(seed, Date.now() + 30_000),
  });
  await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 9 });
  await iam.createAccountAlias({ AccountAlias: "acme" });
  await iam.generateCredentialReport({});
}

describe("the account's data", () => {
  test("loaded gives an equal account", async () => {
    const first = await start();
    await fill(first);
    const data = structuredClone(first.sandbox.snapshot());
    const second = await start({ state: data });
    expect(second.sandbox.snapshot()).toEqual(data);
    expect(second.sandbox.signIn("emily", "Abcdef12!")).toBe("reset-required");
  });

  test("may name a group that does not exist only by mistake", async () => {
    const state = { users: [{ name: "emily", groups: ["none"] }] };
    expect(await failure(start({ state }))).toMatch(/puts emily into the unknown group none/);
  });

  test("is put in the place of the present account while it runs", async () => {
    const { iam, sandbox } = await start({ state: { users: [{ name: "emily" }] } });
    sandbox.load({ users: [{ name: "ben" }] });
    expect((await iam.listUsers({})).Users?.map(({ UserName }) => UserName)).toEqual(["ben"]);
  });
});

describe("the state file", () => {
  test("has every write in it when the answer comes, and the next sandbox goes on from it", async () => {
    const stateFile = join(await folder(), "state.json");
    const first = await start({ stateFile });
    await fill(first);
    const written: unknown = JSON.parse(await readFile(stateFile, "utf8"));
    expect(written).toEqual(JSON.parse(JSON.stringify(first.sandbox.snapshot())));
    const second = await start({ stateFile, state: { users: [{ name: "unused" }] } });
    expect((await second.iam.listUsers({})).Users?.map(({ UserName }) => UserName)).toEqual(["Emily"]);
    const { User } = await second.iam.createUser({ UserName: "ben" });
    expect(User?.UserId).not.toBe((await first.iam.getUser({ UserName: "Emily" })).User?.UserId);
  });

  test("is written whole or not at all, for its owner only", async () => {
    const place = await folder();
    const stateFile = join(place, "state.json");
    const { iam } = await start({ stateFile });
    await Promise.all(Array.from({ length: 20 }, (_, index) => iam.createUser({ UserName: `u${index}` })));
    expect(await readdir(place)).toEqual(["state.json"]);
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
    const written = JSON.parse(await readFile(stateFile, "utf8")) as { readonly users: readonly unknown[] };
    expect(written.users).toHaveLength(20);
  });
});

describe("a state file that cannot be", () => {
  test("read is refused at the start, with the reason, and left as it is", async () => {
    const stateFile = join(await folder(), "state.json");
    for (const [text, words] of [
      ["", /: Unexpected end of JSON input; /],
      ["[]", /: it is no account; /],
      ['"text"', /: it is no account; /],
      ["null", /: it is no account; /],
      ['{ "scripts": {} }', /: no account has "scripts"; /],
      ['{ "users": 7 }', /: .*not iterable.*; /],
      ['{ "users": [{ "name": "emily", "groups": ["none"] }] }', /: .* into the unknown group none; /],
    ] as const) {
      await writeFile(stateFile, text);
      const told = await failure(startSandbox({ stateFile }));
      expect(told).toMatch(words);
      expect(told).toMatch(/^Error: cannot read the sandbox's state from .*state\.json: /);
      expect(told).not.toContain("\n");
      expect(await readFile(stateFile, "utf8")).toBe(text);
    }
  });

  test("written is refused at the start, with what to do", async () => {
    const stateFile = join(await folder(), "none", "state.json");
    expect(await failure(startSandbox({ stateFile }))).toMatch(
      /cannot write the sandbox's state to .*: no such file or directory; --state names a file in a directory/,
    );
  });

  test("written any more is told as soon as a call would have to be kept", async () => {
    const place = join(await folder(), "place");
    await mkdir(place);
    const told: string[] = [];
    const sandbox = await startSandbox({
      stateFile: join(place, "state.json"),
      onFailure: ({ message }) => told.push(message),
    });
    const iam = client(sandbox);
    await rm(place, { recursive: true });
    await iam.listUsers({});
    expect(told).toEqual([]);
    await failure(iam.createUser({ UserName: "emily" }));
    expect(told).toEqual([expect.stringMatching(/^cannot write the sandbox's state to .*: no such file/)]);
    expect(await failure(sandbox.close())).toMatch(/cannot write the sandbox's state/);
  });
});

describe("the control endpoint", () => {
  const put = (url: string, body: unknown) => fetch(url, { method: "PUT", body: JSON.stringify(body) });

  test("sets faults, and says what is wrong with those it does not know", async () => {
    const { iam, sandbox } = await start();
    expect((await put(`${sandbox.url}/sandbox/faults`, [{ kind: "throttle", times: 1 }])).status).toBe(200);
    expect(await failure(iam.listUsers({}))).toMatch(/^Throttling/);
    const wrong = await put(`${sandbox.url}/sandbox/faults`, [{ kind: "storm" }]);
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain("throttle, failure");
  });

  test("gives the log and the state, takes a state, and puts the clock forward", async () => {
    const { iam, sandbox } = await start({ clock: () => Date.parse("2026-11-22T10:00:00Z") });
    await put(`${sandbox.url}/sandbox/state`, { users: [{ name: "emily" }] });
    await put(`${sandbox.url}/sandbox/clock`, { advance: 60_000 });
    const { User } = await iam.createUser({ UserName: "ben" });
    expect(User?.CreateDate?.toISOString()).toBe("2026-11-22T10:01:00.000Z");
    const calls: unknown = await (await fetch(`${sandbox.url}/sandbox/calls`)).json();
    expect(calls).toMatchObject([{ operation: "CreateUser", outcome: "done" }]);
    const state: unknown = await (await fetch(`${sandbox.url}/sandbox/state`)).json();
    expect(state).toMatchObject({ users: [{ name: "ben" }, { name: "emily" }] });
  });

  test("knows nothing else", async () => {
    const { sandbox } = await start();
    expect((await fetch(`${sandbox.url}/sandbox/coffee`)).status).toBe(404);
    expect((await put(`${sandbox.url}/sandbox/clock`, { advance: "soon" })).status).toBe(400);
    expect((await fetch(`${sandbox.url}/sandbox/state`, { method: "PUT", body: "{" })).status).toBe(400);
  });
});
