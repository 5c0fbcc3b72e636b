import { describe, expect, test, vi } from "vitest";
import type { Fault } from "../../src/sandbox/faults.ts";
import { ageKeyPair } from "../credentials/tools.ts";
import { failed } from "../github/fake/answer.ts";
import { EMILY_AND_PRIYA, GROUPS, ROSTER, savedAt, type Scene, scene, users } from "./scene.ts";

vi.setConfig({ testTimeout: 120_000 });

const COMMENTS = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";

const BRANCH = "GET /repos/{owner}/{repo}/git/ref/{ref}";

const MARCO = { ...EMILY_AND_PRIYA, marco: "{ groups: [auditors] }" };
const MARCO_AND_ZOE = { ...MARCO, zoe: "{ groups: [auditors] }" };

/** Merges a pull request whose plan was made; gives its number and where main is then. */
async function merged(story: Scene, files: Readonly<Record<string, string>>) {
  const number = story.propose(files);
  expect(await story.onPull(number)).toMatchObject({ status: 0 });
  return { number, tip: story.merge(number) };
}

function groupsOf({ sandbox }: Scene, name: string): readonly string[] | undefined {
  return sandbox.snapshot().users.find((user) => user.name === name)?.groups;
}

function reports({ github }: Scene, number: number): readonly string[] {
  const bodies = github.comments(number).map(({ body }) => body);
  return bodies.filter((body) => body.startsWith("<!-- iam-roster:report"));
}

function conclusions({ github }: Scene): readonly (string | undefined)[] {
  const runs = github.checkRuns.filter(({ name }) => name === "iam-roster apply (.)");
  return runs.map(({ conclusion }) => conclusion);
}

const NO_JOINING = { kind: "access-denied", operations: ["AddUserToGroup"] } as const;

/** The same, and its apply fails because of this. */
async function mergedInVain(story: Scene, files: Readonly<Record<string, string>>, fault: Fault) {
  const pull = await merged(story, files);
  story.sandbox.setFaults([fault]);
  expect(await story.onPush(pull.tip)).toMatchObject({ status: 1 });
  story.sandbox.setFaults([]);
  return pull;
}

describe("an apply that fails", () => {
  test("says entry by entry what is now true and how to go on, and the same job run again goes on", async () => {
    const story = await scene();
    const { number, tip } = await merged(story, { "users.yaml": users(MARCO_AND_ZOE) });
    story.sandbox.setFaults([{ ...NO_JOINING, times: 1 }]);
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("::error::Applied: 3 of 4 changes done, 1 failed.");
    const [report = "", ...others] = reports(story, number);
    expect(others).toEqual([]);
    expect(report).toMatch(/^- Failed, skipped or not tried: .+ run this job again/m);
    expect(report).toMatch(/^- To apply all that is left .+`gh workflow run apply\.yml -f digest=\w{64}`/m);
    expect(report).toMatch(/^Now: `.*marco.*`$/m);
    expect(report).toMatch(/^- ❌ FAILED: join group `auditors`: .*AccessDenied/m);
    expect(conclusions(story)).toEqual(["failure"]);
    expect(await savedAt(ran.outputs["report-file"] ?? "")).toMatchObject({ result: { done: 3, failed: 1 } });
    story.sandbox.setFaults([]);
    expect(await story.onPush(tip)).toMatchObject({ status: 0, outputs: { changes: "1" } });
    expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([["auditors"], ["auditors"]]);
    expect(reports(story, number)).toEqual([expect.stringContaining("### ✅ Applied: 1 change done")]);
    expect(conclusions(story)).toEqual(["failure", "success"]);
    // And once more there is nothing.
    expect(await story.onPush(tip)).toMatchObject({ status: 0, outputs: { changes: "0" } });
  });

  test("gives nothing again, run once more, that was taken by hand after a later one had done it", async () => {
    const story = await scene();
    const { tip } = await mergedInVain(story, { "users.yaml": users(MARCO) }, { ...NO_JOINING, times: 1 });
    expect(await story.onPush(story.commit({ "README.md": "Hello" }))).toMatchObject({ status: 0 });
    expect(groupsOf(story, "marco")).toEqual(["auditors"]);
    story.sandbox.act("RemoveUserFromGroup", { UserName: "marco", GroupName: "auditors" });
    const again = await story.onPush(tip, { before: story.first });
    expect(again.summary).toContain("Open from before");
    expect(groupsOf(story, "marco")).toEqual([]);
  });

  test("for one, does not give another again what was taken by hand since", async () => {
    const story = await scene();
    await mergedInVain(story, { "users.yaml": users(MARCO_AND_ZOE) }, { ...NO_JOINING, times: 1 });
    const isGiven = (name: string): boolean => groupsOf(story, name)?.length === 1;
    const [given, open] = isGiven("marco") ? ["marco", "zoe"] : ["zoe", "marco"];
    expect([isGiven(given), isGiven(open)]).toEqual([true, false]);
    story.sandbox.act("RemoveUserFromGroup", { UserName: given, GroupName: "auditors" });
    const next = story.commit({ "README.md": "Hello" });
    expect((await story.onPush(next)).out).toContain("1 of 2 changes done, 1 not reviewed");
    expect([isGiven(given), isGiven(open)]).toEqual([false, true]);
  });

  test("is made good by the next push, and told on the pull requests of both", async () => {
    const story = await scene();
    const one = await mergedInVain(story, { "users.yaml": users(MARCO) }, NO_JOINING);
    const two = await merged(story, { "users.yaml": users(MARCO_AND_ZOE) });
    expect(await story.onPush(two.tip)).toMatchObject({ status: 0 });
    expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([["auditors"], ["auditors"]]);
    for (const { number } of [one, two])
      expect(reports(story, number)).toEqual([expect.stringContaining("### ✅ Applied: 3 changes done")]);
  });

  test("is made good by a later push too, where one in between left the roster alone and had no job", async () => {
    const story = await scene();
    const one = await mergedInVain(story, { "users.yaml": users(MARCO) }, { ...NO_JOINING, times: 1 });
    const between = story.commit({ "teams/data/users.yaml": "users: {}\n" });
    const two = await merged(story, { "users.yaml": users(MARCO_AND_ZOE) });
    expect(await story.onPush(two.tip, { before: between })).toMatchObject({ status: 0 });
    expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([["auditors"], ["auditors"]]);
    expect(reports(story, one.number)).toEqual([expect.stringContaining("### ✅ Applied: 3 changes done")]);
  });

  test("and made a user, gives nothing to another of that name whom somebody made since", async () => {
    const story = await scene();
    const { tip } = await mergedInVain(story, { "users.yaml": users(MARCO) }, NO_JOINING);
    const { act } = story.sandbox;
    act("DeleteUser", { UserName: "marco" });
    act("CreateUser", { UserName: "marco", Tags: [{ Key: "iam-roster:owner", Value: "acme/access" }] });
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(groupsOf(story, "marco")).toEqual([]);
  });

  test("and made a user, makes them again where somebody deleted them, and knows the new ones by their id", async () => {
    const story = await scene();
    const { tip } = await merged(story, { "users.yaml": users(MARCO) });
    const again = () => story.onPush(tip, { before: story.first });
    story.sandbox.setFaults([NO_JOINING]);
    expect(await story.onPush(tip)).toMatchObject({ status: 1 });
    story.sandbox.act("DeleteUser", { UserName: "marco" });
    expect(await again()).toMatchObject({ status: 1 });
    expect(groupsOf(story, "marco")).toEqual([]);
    story.sandbox.setFaults([]);
    expect(await again()).toMatchObject({ status: 0, outputs: { changes: "1" } });
    expect(groupsOf(story, "marco")).toEqual(["auditors"]);
  });

  test("and made a user of whom a part was refused, knows that user again by the id", async () => {
    const age = await ageKeyPair();
    const marco = `{ groups: [ops], access: [console], encryptTo: ${age.line} }`;
    const story = await scene();
    const { act } = story.sandbox;
    const { tip, number } = await merged(story, {
      "groups.yaml": `${GROUPS}  ops: { policies: [ReadOnlyAccess] }\n`,
      "users.yaml": users({ ...EMILY_AND_PRIYA, marco }),
    });
    act("CreateGroup", { GroupName: "ops" });
    act("AttachGroupPolicy", { GroupName: "ops", PolicyArn: "arn:aws:iam::aws:policy/IAMFullAccess" });
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("Applied: 2 changes done, 2 entries refused.");
    expect(reports(story, number).join("")).toMatch(/adoption[\s\S]*depends-on/);
    act("DetachGroupPolicy", { GroupName: "ops", PolicyArn: "arn:aws:iam::aws:policy/IAMFullAccess" });
    act("DeleteGroup", { GroupName: "ops" });
    expect(await story.onPush(tip, { before: story.first })).toMatchObject({ status: 0 });
    expect(groupsOf(story, "marco")).toEqual(["ops"]);
  });

  test("to take away what was added meanwhile says how to go on, and the same job run again takes it", async () => {
    const story = await scene();
    const { tip, number } = await merged(story, {
      "users.yaml": users({ ...EMILY_AND_PRIYA, emily: "{}" }),
    });
    const policy = { UserName: "emily", PolicyArn: "arn:aws:iam::aws:policy/IAMFullAccess" };
    const policies = (): readonly string[] | undefined =>
      story.sandbox.snapshot().users.find(({ name }) => name === "emily")?.policies;
    const before = story.sandbox.calls.length;
    // The last look at the branch: the plan is made by then, and nothing is done yet.
    story.github.on(BRANCH, () => {
      if (story.sandbox.calls.length > before) story.sandbox.act("AttachUserPolicy", policy);
    });
    story.sandbox.setFaults([{ kind: "access-denied", operations: ["DetachUserPolicy"] }]);
    expect(await story.onPush(tip)).toMatchObject({ status: 1 });
    expect([groupsOf(story, "emily"), policies()]).toEqual([[], [policy.PolicyArn]]);
    const [report = ""] = reports(story, number);
    expect(report).toMatch(/besides: .*AccessDenied/);
    expect(report).toMatch(/^- Failed, skipped or not tried: .+ run this job again/m);
    expect(report).toMatch(/^- To apply all that is left .+`gh workflow run apply\.yml -f digest=\w{64}`/m);
    story.sandbox.setFaults([]);
    expect(await story.onPush(tip, { before: story.first })).toMatchObject({ status: 0 });
    expect(policies()).toEqual([]);
  });

  test("half way, since AWS is gone, tells what was not tried, and goes on when it is back", async () => {
    const story = await scene();
    const { number, tip } = await merged(story, { "users.yaml": users(MARCO_AND_ZOE) });
    story.sandbox.setFaults([{ kind: "lost-request", operations: ["AddUserToGroup"] }]);
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(reports(story, number).join("")).toMatch(/2 of 4 changes done, 2 failed/);
    story.sandbox.setFaults([]);
    expect(await story.onPush(tip)).toMatchObject({ status: 0, outputs: { changes: "2" } });
    expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([["auditors"], ["auditors"]]);
  });

  test("since the account cannot be read applies nothing, and says so everywhere", async () => {
    const story = await scene();
    const { number, tip } = await merged(story, { "users.yaml": users(MARCO) });
    story.sandbox.setFaults([{ kind: "access-denied", operations: ["GetAccountAuthorizationDetails"] }]);
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(ran.out).toMatch(/^::error::.*GetAccountAuthorizationDetails/m);
    expect(ran.summary).toContain("### ⛔ Nothing was applied");
    expect(reports(story, number)).toEqual([expect.stringContaining("### ⛔ Nothing was applied")]);
    expect(conclusions(story)).toEqual(["failure"]);
    expect(ran.out).not.toMatch(/^\s+at /m);
  });

  test("to tell on the pull request warns of that, and has applied", async () => {
    const story = await scene();
    const { tip, number } = await merged(story, { "users.yaml": users(MARCO) });
    story.github.fault({ on: COMMENTS, answer: failed(403, "Resource not accessible by integration") });
    const ran = await story.onPush(tip);
    expect(ran).toMatchObject({ status: 0, outputs: { changes: "2", "comment-url": "" } });
    expect(ran.out).toContain(`::warning::the report could not be written on #${number}: `);
    expect(ran.out).toContain("Give the job the permission pull-requests: write");
    expect(conclusions(story)).toEqual(["success"]);
  });

  test("to end its check run warns of that, and the next run does not take it for done", async () => {
    const story = await scene();
    const one = await merged(story, { "users.yaml": users(MARCO) });
    story.github.fault({
      on: "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
      answer: failed(403, "Resource not accessible by integration"),
    });
    const ran = await story.onPush(one.tip);
    expect(ran.status).toBe(0);
    expect(ran.out).toContain("::warning::the check run could not be ended");
    const two = await merged(story, { "users.yaml": users(MARCO_AND_ZOE) });
    expect(await story.onPush(two.tip)).toMatchObject({ status: 0, outputs: { changes: "2" } });
    expect(reports(story, one.number)).toHaveLength(1);
  });

  test("to write the job summary warns of that, and has applied and told", async () => {
    const story = await scene();
    const { tip, number } = await merged(story, { "users.yaml": users(MARCO) });
    const ran = await story.onPush(tip, { env: { GITHUB_STEP_SUMMARY: "" } });
    expect(ran).toMatchObject({ status: 0, outputs: { changes: "2" } });
    expect(ran.out).toContain("::warning::the job summary could not be written");
    expect(reports(story, number)).toEqual([expect.stringContaining("### ✅ Applied")]);
    expect(conclusions(story)).toEqual(["success"]);
  });
});

describe("a job that is cancelled", () => {
  function beginPush(story: Scene, commit: string) {
    const payload = { before: story.first, after: commit, repository: { default_branch: "main" } };
    return story.begin({ name: "push", commit, ref: "refs/heads/main", payload });
  }

  /** While the users are created whom the pull request asks for; to none of them is anything given yet. */
  async function cancelled(signal: "SIGINT" | "SIGTERM") {
    const story = await scene();
    const { number, tip } = await merged(story, { "users.yaml": users(MARCO_AND_ZOE) });
    story.sandbox.setFaults([{ kind: "delay", operations: ["CreateUser"], duration: 1500 }]);
    const { child, ended } = await beginPush(story, tip);
    await vi.waitFor(
      () => expect(story.sandbox.calls.some(({ operation }) => operation === "CreateUser")).toBe(true),
      { timeout: 20_000, interval: 20 },
    );
    child.kill(signal);
    const ran = await ended;
    story.sandbox.setFaults([]);
    return { story, number, ran, again: () => story.onPush(tip, { before: story.first }) };
  }

  test.each(["SIGINT", "SIGTERM"] as const)(
    "by %s ends what is under way, reports, and fails",
    async (signal) => {
      const { story, number, ran, again } = await cancelled(signal);
      expect(ran.status).toBe(1);
      expect(groupsOf(story, "marco")).toEqual([]);
      expect(reports(story, number)).toEqual([expect.stringMatching(/2 of 4 changes done, 2 not tried/)]);
      // Nobody waits for a plan of what is left.
      expect(ran.out).not.toContain("What is left");
      expect(conclusions(story)).toEqual(["failure"]);
      expect(await again()).toMatchObject({ status: 0 });
      expect(groupsOf(story, "marco")).toEqual(["auditors"]);
    },
  );

  test("while it waits to look again at who was closed says so, and leaves them to the next", async () => {
    const patient = ROSTER.replace("verifyAfter: 0s", "verifyAfter: 15m");
    const story = await scene({ files: { "roster.yaml": patient } });
    const { priya: _, ...rest } = EMILY_AND_PRIYA;
    const { number, tip } = await merged(story, { "users.yaml": users(rest) });
    const { child, ended, says } = await beginPush(story, tip);
    await says("Waiting 900 s");
    child.kill("SIGINT");
    expect((await ended).status).toBe(1);
    expect(reports(story, number).join("")).toContain("Nobody has made sure that nothing came back");
    const own = story.github.checkRuns.find(({ name }) => name === "iam-roster apply (.)");
    expect(own).toMatchObject({ conclusion: "failure" });
    expect(own?.output.text).toContain("Left: user priya");
  });

  test("gives nothing to another of the name of whom it created, run again", async () => {
    const { story, again } = await cancelled("SIGINT");
    const { act } = story.sandbox;
    act("DeleteUser", { UserName: "marco" });
    act("CreateUser", { UserName: "marco", Tags: [{ Key: "iam-roster:owner", Value: "acme/access" }] });
    expect(await again()).toMatchObject({ status: 1 });
    expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([[], ["auditors"]]);
  });
});
