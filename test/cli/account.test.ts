import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { ReportJson } from "../../src/render/report-json.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import { writesOf } from "../command/scene.ts";
import { at, BUILT, directory, run, sandboxWith, SOURCE, start } from "./run.ts";

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const OURS = { "iam-roster:owner": "acme/access" };

/** Somebody stays, somebody goes with all that she has, somebody changes, somebody comes. */
const BEFORE: AccountData = {
  groups: [
    { name: "readers", policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
    { name: "writers", policies: ["arn:aws:iam::aws:policy/PowerUserAccess"] },
  ],
  users: [
    { name: "stays", tags: OURS, groups: ["readers"] },
    { name: "stays-too", tags: OURS, groups: ["writers"] },
    {
      name: "goes",
      tags: OURS,
      groups: ["readers", "writers"],
      password: { secret: "Abcdef12!" },
      accessKeys: [{}, {}],
      sshKeys: [{}],
    },
    { name: "changes", tags: OURS, groups: ["readers"] },
  ],
};

function roster(verifyAfter = "1s"): Promise<string> {
  return directory({
    "roster.yaml": `account: "123456789012"\nowner: acme/access\noffboarding: { verifyAfter: ${verifyAfter} }\n`,
    "groups.yaml":
      "groups:\n  readers: { policies: [ReadOnlyAccess] }\n  writers: { policies: [PowerUserAccess, IAMUserSSHKeys] }\n  auditors: { policies: [SecurityAudit] }\n",
    "users.yaml":
      "users:\n  stays: { groups: [readers] }\n  stays-too: { groups: [writers] }\n  changes: { groups: [writers, auditors], tags: { team: one } }\n  comes: { groups: [auditors] }\n",
  });
}

describe.each([SOURCE, BUILT].filter(({ exists }) => exists))("of $name", (entry) => {
  test("plan, apply of the reviewed plan, and plan again, in a sandbox of another process", async () => {
    const serving = start(["sandbox"], { entry });
    const url = (await serving.says(/http:\/\/127\.0\.0\.1:\d+(?=,)/)) ?? "";
    const here = { entry, ...at(url) };
    const [root, work] = await Promise.all([roster(), directory()]);
    const plan = join(work, "plan.json");
    const report = join(work, "report.json");

    const planned = await run(["plan", "--root", root, "--out", plan, "--detailed-exitcode"], here);
    expect(planned).toMatchObject({ status: 2, err: "" });
    expect(planned.out).toContain("Plan: 4 users to create; 3 groups to create.");

    const applied = await run(["apply", "--root", root, "--plan", plan, "--report", report], here);
    expect(applied).toMatchObject({ status: 0 });
    expect(applied.out).toMatch(/Applied: \d+ changes done\./);
    const { result } = JSON.parse(await readFile(report, "utf8")) as ReportJson;
    expect(result).toMatchObject({ failed: 0, "not-reviewed": 0 });

    const again = await run(["plan", "--root", root, "--detailed-exitcode"], here);
    expect(again).toMatchObject({ status: 0 });
    expect(again.out).toContain("No changes. The account matches the roster.");

    serving.child.kill("SIGINT");
    expect(await serving.ended).toMatchObject({ status: 0, err: "" });
  });

  test("demo goes the whole way, and shows the second plan empty", async () => {
    // Whatever the user has set, the demo speaks to its own sandbox.
    const env = { AWS_PROFILE: "production", AWS_ENDPOINT_URL_IAM: "http://127.0.0.1:1" };
    const { status, out, err } = await run(["demo"], { entry, env });
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const steps = [
      "Plan: 5 users to create; 4 groups to create.",
      "No changes.",
      "deactivate user",
      "5 changes done.",
    ];
    const places = steps.map((step) => out.indexOf(step));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });
});

test("a sandbox keeps its account in a file", async () => {
  const [root, work] = await Promise.all([roster(), directory()]);
  const serve = ["sandbox", "--state", join(work, "account.json")];
  const first = start(serve);
  const apply = ["apply", "--root", root, "--yes"];
  expect(await run(apply, at(await first.says(/http:\/\/127\.0\.0\.1:\d+(?=,)/)))).toMatchObject({
    status: 0,
  });
  first.child.kill("SIGTERM");
  expect(await first.ended).toMatchObject({ status: 0 });
  const second = start(serve);
  const again = await run(apply, at(await second.says(/http:\/\/127\.0\.0\.1:\d+(?=,)/)));
  expect(again).toMatchObject({ status: 0, out: "No changes. The account matches the roster.\n" });
});

test("a sandbox that cannot keep its account any more says so at once", async () => {
  const work = join(await directory(), "work");
  await mkdir(work);
  const serving = start(["sandbox", "--state", join(work, "account.json")]);
  const url = await serving.says(/http:\/\/127\.0\.0\.1:\d+(?=,)/);
  await rm(work, { recursive: true });
  const applying = run(["apply", "--root", await roster(), "--yes"], at(url));
  await serving.says(/^error: cannot write the sandbox's state to .*account\.json: no such file/m);
  expect(await applying).toMatchObject({ status: 1 });
});

test("apply asks nobody where there is no terminal", async () => {
  const sandbox = await sandboxWith(BEFORE);
  const { status, err } = await run(["apply", "--root", await roster()], at(sandbox.url));
  expect(err).toContain("Nobody can be asked here");
  expect(status).toBe(1);
  expect(writesOf(sandbox)).toEqual([]);
});

test("the first Ctrl-C lets what is under way end, begins nothing new, and leaves a report", async () => {
  const sandbox = await sandboxWith(BEFORE);
  const report = join(await directory(), "report.json");
  const running = start(["apply", "--root", await roster(), "--yes", "--report", report], at(sandbox.url));
  sandbox.before("AttachUserPolicy", async () => {
    running.child.kill("SIGINT");
    await running.says("Stopping:");
  });
  expect(await running.ended).toMatchObject({ status: 1 });
  const { result } = JSON.parse(await readFile(report, "utf8")) as ReportJson;
  expect(result).toMatchObject({ done: 1, failed: 0 });
  expect(result["not-tried"]).toBeGreaterThan(5);
  expect(writesOf(sandbox)).toEqual(["AttachUserPolicy"]);
});

test("Ctrl-C ends the wait after closing somebody, and the report says who was not looked at again", async () => {
  const sandbox = await sandboxWith(BEFORE);
  const report = join(await directory(), "report.json");
  // Longer than any test may take.
  const root = await roster("15m");
  const running = start(["apply", "--root", root, "--yes", "--report", report], at(sandbox.url));
  await running.says("Waiting 900 s");
  running.child.kill("SIGINT");
  expect(await running.ended).toMatchObject({ status: 1 });
  const { entries } = JSON.parse(await readFile(report, "utf8")) as ReportJson;
  expect(entries.find(({ subject }) => subject.name === "goes")?.problem).toMatch(
    /^goes was denied everything, .* Nobody has made sure that nothing came back: the run was stopped\./,
  );
});
