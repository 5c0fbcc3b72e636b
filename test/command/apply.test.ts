import { describe, expect, test } from "vitest";
import { apply, type ApplyOptions, type ApplyPorts } from "../../src/command/apply.ts";
import { plan } from "../../src/command/plan.ts";
import { NONE } from "../../src/render/json.ts";
import type { ReportJson } from "../../src/render/report-json.ts";
import {
  baseOf,
  denied,
  EMILY,
  type Recorded,
  rosterOf,
  type Scene,
  scene,
  sha256,
  terminalFor,
} from "./scene.ts";

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** What the report's file held, one after the other. */
  readonly reports: readonly ReportJson[];
  readonly terminal: Recorded;
}

interface Given extends Partial<ApplyPorts>, Partial<ApplyOptions> {
  readonly terminal?: Recorded;
}

async function run({ read, write, clock }: Scene, given: Given = {}): Promise<Ran> {
  const reports: ReportJson[] = [];
  const { terminal = terminalFor(), format = "text", yes = false, fresh = false, digest, ...ports } = given;
  const all: ApplyPorts = {
    files: rosterOf(),
    base: undefined,
    openAccount: async () => ({ read, write }),
    resolveRecipients: async () => new Map(),
    issuing: undefined,
    planFile: undefined,
    clock,
    sha256,
    saveReport: async (json) => void reports.push(JSON.parse(json) as ReportJson),
    stopping: () => false,
    ...ports,
    terminal,
  };
  const status = await apply(all, { format, yes, fresh, digest }).catch((error: unknown) => {
    throw Object.assign(new Error("apply threw", { cause: error }), { reports });
  });
  return { status, ...terminal.told, reports, terminal };
}

/** The plan of these files now, as the file that a reviewer has seen. */
async function planned({ read, clock }: Scene, ports: Partial<ApplyPorts> = {}): Promise<string> {
  const { files = rosterOf(), base } = ports;
  const terminal = terminalFor();
  const options = { format: "json", at: undefined, fresh: false, detailedExitcode: false } as const;
  const openAccount = async () => read;
  const resolveRecipients = ports.resolveRecipients ?? (async () => new Map());
  const save = undefined;
  await plan({ files, base, openAccount, resolveRecipients, terminal, clock, sha256, save }, options);
  return terminal.told.out;
}

function planFile(text: string) {
  return { name: "plan.json", read: async () => text };
}

const LIVE = {
  users: [{ name: "emily", groups: ["power-users"], tags: { "iam-roster:owner": "acme/access" } }],
  groups: [{ name: "power-users", policies: ["arn:aws:iam::aws:policy/PowerUserAccess"] }],
};

const CREATING = ["CreateUser", "CreateGroup", "AttachGroupPolicy", "AddUserToGroup"];

describe("what is agreed to is done", () => {
  test("with --yes: the account becomes what the files say, and then nothing is left to do", async () => {
    const account = await scene();
    const first = await run(account, { yes: true });
    expect(first.status).toBe(0);
    expect(account.writes()).toEqual(CREATING);
    expect(account.sandbox.snapshot().users).toMatchObject([{ name: "emily", groups: ["power-users"] }]);
    const second = await run(account, { yes: true });
    expect(second).toMatchObject({ status: 0, out: "No changes. The account matches the roster.\n" });
    expect(account.writes()).toEqual(CREATING);
  });

  test("the plan is shown first, each change when it is done, and in the end what became of it", async () => {
    const { out, err } = await run(await scene(), { yes: true });
    expect(out.indexOf("Plan: 1 user to create; 1 group to create.")).toBeGreaterThan(0);
    expect(out.indexOf("Applied: 4 changes done.")).toBeGreaterThan(out.indexOf("Plan: "));
    expect(err.split("\n").filter((line) => line.includes("done: "))).toHaveLength(4);
  });

  test("at the prompt with yes, and with nothing else", async () => {
    for (const answer of ["y", "no", "", "YES", "yes please"]) {
      const account = await scene();
      const { status, err, terminal } = await run(account, { terminal: terminalFor({ answer }) });
      expect({ answer, status, writes: account.writes() }).toEqual({ answer, status: 1, writes: [] });
      expect(terminal.asked).toHaveLength(1);
      expect(err).toContain("Not agreed to, so nothing was applied.");
    }
    const account = await scene();
    expect(await run(account, { terminal: terminalFor({ answer: "yes" }) })).toMatchObject({ status: 0 });
    expect(account.writes()).toEqual(CREATING);
  });

  test("nobody is asked where nothing is to do, or where it is agreed to already", async () => {
    const idle = await run(await scene({ state: LIVE }), { terminal: terminalFor({ answer: "no" }) });
    expect(idle).toMatchObject({ status: 0, terminal: { asked: [] } });
    const agreed = await run(await scene(), { yes: true, terminal: terminalFor({ answer: "no" }) });
    expect(agreed).toMatchObject({ status: 0, terminal: { asked: [] } });
  });

  test("where nobody can be asked, nothing is applied", async () => {
    const account = await scene();
    const { status, out, err, reports } = await run(account);
    expect(status).toBe(1);
    expect(out).toContain("Plan: 1 user to create");
    expect(err).toContain("agree with --yes, --plan FILE or --digest SHA");
    expect(account.writes()).toEqual([]);
    expect(reports.at(-1)).toMatchObject({ result: { "not-tried": 4 }, error: /Nobody can be asked/ });
  });

  test("by its digest, as long as it is the plan's", async () => {
    const account = await scene();
    const { digest } = JSON.parse(await planned(account)) as { digest: string };
    const wrong = await run(account, { digest: "0".repeat(64), yes: true });
    expect(wrong.status).toBe(1);
    expect(wrong.err).toContain(`agreed to: ${"0".repeat(64)}\nnow:       ${digest}\n`);
    expect(wrong.out).toContain("Plan: 1 user to create");
    expect(account.writes()).toEqual([]);
    expect(await run(account, { digest })).toMatchObject({ status: 0 });
    expect(account.writes()).toEqual(CREATING);
    // It is done already, and the plan that is left has another digest.
    const again = await run(account, { digest });
    expect(again).toMatchObject({ status: 0, out: "No changes. The account matches the roster.\n" });
  });
});

describe("what is read", () => {
  test("is everybody, one by one, with --fresh: a key that the report does not know yet is closed", async () => {
    const account = await scene();
    await run(account, { yes: true });
    account.sandbox.advance(5 * 60 * 60 * 1000);
    // The report is made now, with emily in it, and stays for hours.
    await planned(account);
    account.sandbox.act("CreateAccessKey", { UserName: "emily" });
    expect((await run(account, { yes: true })).out).toContain("No changes.");
    expect((await run(account, { yes: true, fresh: true })).out).toMatch(/set access key AKIA\w+ Inactive/);
    expect((await run(account, { yes: true, fresh: true })).out).toContain("No changes.");
  });
});

describe("a reviewed plan", () => {
  test("is applied without asking", async () => {
    const account = await scene();
    const file = planFile(await planned(account));
    expect(await run(account, { planFile: file })).toMatchObject({ status: 0 });
    expect(account.writes()).toEqual(CREATING);
  });

  test("without a base is warned about, since what a passed date asks for is then done without a review", async () => {
    const account = await scene({ state: LIVE });
    const file = planFile(await planned(account));
    const without = await run(account, { planFile: file });
    expect(without.status).toBe(0);
    expect(without.err).toMatch(
      /^warning: without --base [^\n]* counts for no limit\. Give --base, [^\n]*\n$/,
    );
    expect(await run(account, { planFile: file, base: baseOf() })).toMatchObject({ status: 0, err: "" });
    expect(await run(account, { yes: true })).toMatchObject({ status: 0, err: "" });
  });

  test("does not cover what came to the files afterwards", async () => {
    const account = await scene();
    const file = planFile(await planned(account));
    const files = rosterOf({ "users.yaml": `${EMILY}  new-one: {}\n` });
    const { status, reports } = await run(account, { planFile: file, files });
    expect(status).toBe(1);
    expect(account.sandbox.snapshot().users.map(({ name }) => name)).toEqual(["emily"]);
    expect(reports.at(-1)).toMatchObject({ result: { done: 4, "not-reviewed": 1 } });
  });

  test("leaves drift to another review, which is no failure where the base has it too", async () => {
    const account = await scene({ state: LIVE });
    const files = rosterOf({ "users.yaml": `${EMILY}  new-one: {}\n` });
    const ports = { files, base: baseOf() };
    const file = planFile(await planned(account, ports));
    account.sandbox.act("RemoveUserFromGroup", { UserName: "emily", GroupName: "power-users" });
    const { status, reports } = await run(account, { ...ports, planFile: file });
    expect(account.writes()).toEqual(["CreateUser"]);
    expect(reports.at(-1)).toMatchObject({ result: { done: 1, "not-reviewed": 1 } });
    expect(status).toBe(0);
  });

  test("of another account is refused in plain words", async () => {
    const file = planFile(await planned(await scene({ accountId: "210987654321" })));
    const account = await scene();
    const { status, err, reports } = await run(account, { planFile: file, base: baseOf() });
    expect(status).toBe(1);
    expect(err).toBe("plan.json is a plan for account 210987654321; this is account 123456789012.\n");
    expect(account.writes()).toEqual([]);
    expect(reports.at(-1)?.error).toContain("210987654321");
  });

  test("that is none is an error before the account is read", async () => {
    const account = await scene();
    const running = run(account, { planFile: planFile("{}") });
    await expect(running).rejects.toMatchObject({
      cause: { message: "plan.json is not a plan of iam-roster, as plan --out writes it" },
      reports: [expect.anything(), { error: expect.stringContaining("plan.json is not a plan") }],
    });
    expect(account.operations()).toEqual([]);
  });
});

describe("what is refused", () => {
  test("as a whole is not applied, whoever agrees", async () => {
    const account = await scene({ accountId: "210987654321" });
    const { status, err, reports } = await run(account, { yes: true });
    expect(status).toBe(1);
    expect(err).toContain("The plan is refused, so nothing was applied.");
    expect(account.writes()).toEqual([]);
    expect(reports.at(-1)).toMatchObject({
      account: { id: "210987654321" },
      refusals: [{ code: "wrong-account" }],
      result: { done: 0, "not-tried": 4 },
    });
  });

  test("of one entry leaves the rest, and is not forgotten", async () => {
    const state = {
      ...LIVE,
      users: [...LIVE.users, { name: "anna", tags: { "iam-roster:owner": "other/roster" } }],
    };
    const account = await scene({ state });
    const files = rosterOf({ "users.yaml": `${EMILY}  anna: {}\n  new-one: {}\n` });
    const { status, out, reports } = await run(account, { files, yes: true });
    expect(account.writes()).toEqual(["CreateUser"]);
    expect(status).toBe(1);
    expect(out).toContain("Plan: 1 user to create. 1 change. 1 entry is refused.\n");
    expect(out).toContain("Applied: 1 change done. 1 entry is refused.\n");
    expect(reports.at(-1)).toMatchObject({ refusals: [{ code: "foreign-owner" }], result: { done: 1 } });
  });

  test("alone is shown, and is no success", async () => {
    const state = { ...LIVE, users: [...LIVE.users, { name: "anna", tags: { "iam-roster:owner": "x" } }] };
    const files = rosterOf({ "users.yaml": `${EMILY}  anna: {}\n` });
    const { status, out } = await run(await scene({ state }), { files, yes: true });
    expect(out).toContain("foreign-owner");
    expect(status).toBe(1);
  });
});

describe("the report", () => {
  test("stands before the first change, as one of a run that was cut off", async () => {
    const account = await scene();
    let before: string[] = [];
    const saveReport = async (json: string) =>
      void (before = [...before, `${account.writes().length} ${json}`]);
    await run(account, { yes: true, saveReport });
    expect(before).toHaveLength(2);
    expect(before[0]).toMatch(/^0 [^]*"error": "the run was cut off/);
    expect(before[1]).toMatch(/^4 [^]*"done": 4/);
  });

  test("that cannot be written stops the run before the account is read", async () => {
    const account = await scene();
    const saveReport = () => Promise.reject(new Error("no such directory"));
    await expect(run(account, { yes: true, saveReport })).rejects.toMatchObject({
      cause: { message: "no such directory" },
    });
    expect(account.operations()).toEqual([]);
  });

  test("that cannot be written in the end does not keep what was done from being told", async () => {
    const account = await scene();
    const terminal = terminalFor();
    let saves = 0;
    const saveReport = async (): Promise<void> => {
      saves += 1;
      if (saves > 1) throw new Error("the disk is full");
    };
    await expect(run(account, { yes: true, saveReport, terminal })).rejects.toThrow();
    expect(account.writes()).toEqual(CREATING);
    expect(terminal.told.out).toContain("changes done");
  });

  test("of wrong files has the findings", async () => {
    const account = await scene();
    const files = rosterOf({ "users.yaml": "users: 7\n" });
    const { status, out, reports } = await run(account, { files, yes: true });
    expect(status).toBe(1);
    expect(out).toContain("users.yaml:1:8: wrong-type");
    expect(reports.at(-1)).toMatchObject({
      account: NONE,
      digest: NONE,
      findings: [{ code: "wrong-type", line: 1 }],
    });
    expect(account.operations()).toEqual([]);
  });

  test("of an account that cannot be read has the error", async () => {
    const account = await scene();
    account.sandbox.setFaults(denied("GetAccountAuthorizationDetails"));
    await expect(run(account, { yes: true })).rejects.toMatchObject({
      cause: { name: "IamFailure" },
      reports: [
        expect.anything(),
        { error: expect.stringContaining("GetAccountAuthorizationDetails: AWS answers AccessDenied") },
      ],
    });
    expect(account.writes()).toEqual([]);
  });

  test("of nothing to do has the account and no entry", async () => {
    const { reports } = await run(await scene({ state: LIVE }), { yes: true });
    expect(reports.at(-1)).toMatchObject({ account: { id: "123456789012" }, entries: [], refusals: [] });
    expect(reports.at(-1)).not.toHaveProperty("error");
  });

  test("of a change that fails has the error and what was held back, and the run is no success", async () => {
    const account = await scene();
    account.sandbox.setFaults(denied("CreateGroup"));
    const { status, out, reports } = await run(account, { yes: true });
    expect(status).toBe(1);
    expect(out).toContain("FAILED");
    const changes = reports.at(-1)?.entries.flatMap((entry) => entry.changes) ?? [];
    expect(changes.find(({ kind }) => kind === "CreateGroup")).toMatchObject({
      outcome: "failed",
      error: expect.stringContaining("AccessDenied"),
    });
    expect(changes.find(({ kind }) => kind === "CreateUser")).toMatchObject({ outcome: "done" });
  });

  test("of a run that was stopped says what was done and what was not", async () => {
    const account = await scene();
    const stopping = () => account.writes().length > 0;
    const { status, reports } = await run(account, { yes: true, stopping });
    expect(status).toBe(1);
    const { done = 0, "not-tried": left = 0 } = reports.at(-1)?.result ?? {};
    expect(done).toBe(account.writes().length);
    expect(done + left).toBe(4);
    expect(left).toBeGreaterThan(0);
  });

  test("of a run that was stopped before it was agreed to says that nothing was begun", async () => {
    const account = await scene();
    const { status, err, reports } = await run(account, { yes: true, stopping: () => true });
    expect(status).toBe(1);
    expect(err).toContain("Stopped before the first change.");
    expect(account.writes()).toEqual([]);
    expect(reports.at(-1)).toMatchObject({ result: { "not-tried": 4 } });
  });
});

describe("what is printed for programs", () => {
  test("as JSON is the report alone; the plan stands beside it", async () => {
    const { out, err, reports } = await run(await scene(), { yes: true, format: "json" });
    expect(JSON.parse(out)).toEqual(reports.at(-1));
    expect(err).toContain("Plan: 1 user to create");
  });

  test("as Markdown is the report's page", async () => {
    const { out } = await run(await scene(), { yes: true, format: "markdown" });
    expect(out).toMatch(/^### ✅ Applied: 4 changes done/);
  });

  test("as JSON is an object also for wrong files", async () => {
    const files = rosterOf({ "users.yaml": "users: 7\n" });
    const { out } = await run(await scene(), { files, format: "json" });
    expect(JSON.parse(out)).toMatchObject({ version: 1, findings: [{ code: "wrong-type" }] });
  });
});
