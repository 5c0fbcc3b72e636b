import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { ReportJson } from "../../src/render/report-json.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { isPasswordOf, keyIdIn, passwordIn } from "../apply/desk.ts";
import { isWrite } from "../apply/story.ts";
import { NOW } from "../core/build.ts";
import { type KeyPair, openedByAge, shownByKeygen, sshKeyPair } from "../credentials/tools.ts";
import { gitHubOf } from "../github/serve.ts";
import { hear } from "../silence/watch.ts";
import { at, BUILT, directory, type Ended, sandboxWith, SOURCE, start } from "./run.ts";

/*
 * Credentials issued by the command in a process of its own, to the keys that GitHub shows, and opened with Debian's age.
 */

vi.setConfig({ testTimeout: 300_000 });

const ENTRY = BUILT.exists ? BUILT : SOURCE;

const FILES = {
  "users.yaml":
    "users:\n  emily:\n    github: emilyc\n    access: [console, programmatic]\n    groups: [staff]\n",
  "groups.yaml": "groups:\n  staff: { policies: [IAMUserChangePassword] }\n",
  "roster.yaml": 'account: "123456789012"\nowner: acme/access\n',
};

interface Office {
  readonly root: string;
  readonly pair: KeyPair;
  readonly env: Readonly<Record<string, string>>;
}

async function office(): Promise<Office> {
  const pair = await sshKeyPair("ed25519");
  const ecdsa = await sshKeyPair("ecdsa");
  const { apiUrl } = await gitHubOf({ emilyc: [ecdsa.line, pair.line] });
  const root = await directory(FILES);
  // What is left of temporary files is looked through with the rest of the directory.
  const temporary = join(root, "temporary");
  await mkdir(temporary);
  const env = { GITHUB_API_URL: apiUrl, NODE_COMPILE_CACHE: join(root, "compiled"), TMPDIR: temporary };
  return { root, pair, env };
}

function command({ root, env }: Office, sandbox: Sandbox, parameters: readonly string[]) {
  const [name = "", ...rest] = parameters;
  return start([name, "--root", root, ...rest], { env: { ...at(sandbox.url).env, ...env }, entry: ENTRY });
}

async function letters({ pair }: Office, place: string) {
  const read = async (what: string): Promise<string> =>
    openedByAge(await readFile(join(place, `emily.${what}.age`), "utf8"), pair);
  return { password: await read("password"), key: await read("key") };
}

/** What is in the letters is what works, and nothing of it is anywhere else. */
async function expectIssued(
  told: Office,
  sandbox: Sandbox,
  { place, said }: { place: string; said: string },
) {
  const { password, key } = await letters(told, place);
  expect(isPasswordOf(sandbox, "emily", passwordIn(password))).toBe(true);
  const [emily] = sandbox.snapshot().users;
  expect(emily?.accessKeys?.map(({ id }) => id)).toEqual([keyIdIn(key)]);
  const secret = key.trim().split(",").at(-1) ?? "";
  expect(secret).toMatch(/^\S{20,}$/);
  for (const each of [secret, passwordIn(password)]) expect(said).not.toContain(each);
}

function allOf({ out, err }: Ended): string {
  return out + err;
}

describe("apply", () => {
  test("issues what the plan showed, to the fingerprint that ssh-keygen shows, and says who has to be told", async () => {
    const told = await office();
    const sandbox = await sandboxWith({});
    const work = await directory();
    const file = join(work, "plan.json");
    const planned = await command(told, sandbox, ["plan", "--out", file]).ended;
    expect(planned.status).toBe(0);
    const { fingerprint } = await shownByKeygen(told.pair.line);
    expect(planned.out).toContain(`+ issue a password to github:emilyc (ssh-ed25519 ${fingerprint})`);
    expect(planned.out).toContain("unusable-recipient: github:emilyc: age cannot encrypt");
    const place = join(work, "credentials");
    const report = join(work, "report.json");
    const parameters = ["apply", "--plan", file, "--credentials-dir", place, "--report", report];
    const applying = command(told, sandbox, parameters);
    // When the password is known and on its way: nobody who lists processes sees it.
    sandbox.before("CreateAccessKey", () => {
      for (const what of ["cmdline", "environ"])
        hear(`the ${what} of the process`, readFileSync(`/proc/${applying.child.pid}/${what}`, "latin1"));
    });
    const ended = await applying.ended;
    expect(ended.status).toBe(0);
    expect(ended.out).toContain(
      `  emily: a password in ${join(place, "emily.password.age")}\n    age -d -i ~/.ssh/id_ed25519 emily.password.age\n`,
    );
    const said =
      allOf(planned) + allOf(ended) + (await readFile(report, "utf8")) + (await readFile(file, "utf8"));
    await expectIssued(told, sandbox, { place, said });
    expect((await command(told, sandbox, ["plan", "--detailed-exitcode"]).ended).status).toBe(0);
  });

  test("begins nothing where there is nowhere to hand over, and says what to name", async () => {
    const told = await office();
    const sandbox = await sandboxWith({});
    const { status, err } = await command(told, sandbox, ["apply", "--yes"]).ended;
    expect(status).toBe(1);
    expect(err).toContain(
      "Nothing was applied: a password for emily and an access key for emily would be issued",
    );
    expect(err).toContain("--credentials-dir DIR");
    const open = await directory();
    const refused = await command(told, sandbox, [
      "apply",
      "--yes",
      "--credentials-dir",
      join(open, "no", "where"),
    ]).ended;
    expect(refused.status).toBe(1);
    expect(refused.err).toMatch(/^error: cannot hand over credentials in .*\n$/m);
    expect(sandbox.calls.filter(isWrite)).toEqual([]);
  });

  test("keeps to JSON on stdout where JSON is asked for, and tells beside it", async () => {
    const told = await office();
    const sandbox = await sandboxWith({});
    const place = join(await directory(), "credentials");
    const parameters = ["apply", "--yes", "--format", "json", "--credentials-dir", place];
    const { status, out, err } = await command(told, sandbox, parameters).ended;
    expect(status).toBe(0);
    expect((JSON.parse(out) as ReportJson).result).toMatchObject({ done: 6 });
    expect(err).toContain("age -d -i ~/.ssh/id_ed25519");
  });

  test("and plan stop where GitHub cannot be asked, before anything is done", async () => {
    const told = await office();
    const sandbox = await sandboxWith({});
    const dark = { ...told, env: { ...told.env, GITHUB_API_URL: "http://127.0.0.1:1" } };
    for (const parameters of [["plan"], ["apply", "--yes"]]) {
      const { status, err } = await command(dark, sandbox, parameters).ended;
      expect(status).toBe(1);
      expect(err).toContain("cannot ask http://127.0.0.1:1 for the keys of emilyc");
    }
    expect(sandbox.calls.filter(isWrite)).toEqual([]);
  });
});

test("an apply that is killed, at whichever call, leaves no secret behind, and the next one issues what then works", async () => {
  const told = await office();
  const quiet = () => sandboxWith({}, { seed: "kill", clock: () => Date.parse(NOW) });
  const applied = async (sandbox: Sandbox) => {
    const work = await directory();
    const place = join(work, "credentials");
    const report = join(work, "report.json");
    const parameters = ["apply", "--yes", "--credentials-dir", place, "--report", report];
    return { ...command(told, sandbox, parameters), work, place };
  };
  const whole = await quiet();
  expect((await (await applied(whole)).ended).status).toBe(0);
  const cuts = whole.calls
    .filter(isWrite)
    .flatMap(({ number }) => [false, true].map((isCarriedOut) => ({ number, isCarriedOut })));
  const waiting = cuts.values();
  const worker = async (): Promise<void> => {
    for (const cut of waiting) {
      const sandbox = await quiet();
      const first = await applied(sandbox);
      sandbox.before(cut.number, () => {
        first.child.kill("SIGKILL");
        if (!cut.isCarriedOut) sandbox.setFaults([{ kind: "lost-request", times: 1 }]);
      });
      const killed = await first.ended;
      expect({ cut, status: killed.status }).toEqual({ cut, status: undefined });
      await (await fetch(`${sandbox.url}/sandbox/calls`)).arrayBuffer();
      const left = await readdir(first.work, { recursive: true });
      expect(
        left.filter(
          (name) =>
            !/^(report\.json|credentials(\/(emily\.(password|key)\.age|\.[0-9a-f-]+\.part))?)$/.test(name),
        ),
      ).toEqual([]);
      const next = await applied(sandbox);
      const ended = await next.ended;
      expect({ cut, status: ended.status, err: ended.status === 0 ? "" : ended.err }).toEqual({
        cut,
        status: 0,
        err: "",
      });
      const isAll =
        (await readdir(next.place).catch(() => [])).filter((name) => name.endsWith(".age")).length === 2;
      // What was noted as handed over before the cut is not issued again.
      const said = allOf(killed) + allOf(ended);
      if (isAll) await expectIssued(told, sandbox, { place: next.place, said });
      const plan = await command(told, sandbox, ["plan", "--detailed-exitcode"]).ended;
      expect({ cut, status: plan.status }).toEqual({ cut, status: 0 });
    }
  };
  await Promise.all([worker(), worker(), worker()]);
});
