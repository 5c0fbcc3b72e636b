import { describe, expect, test, vi } from "vitest";
import { ACCOUNT, EMILY_AND_PRIYA, GROUPS, ROSTER, type Scene, scene, users } from "./scene.ts";

vi.setConfig({ testTimeout: 120_000 });

const MARCO = { ...EMILY_AND_PRIYA, marco: "{ groups: [auditors] }" };
const POWER = GROUPS.replace("[SecurityAudit]", "[SecurityAudit, PowerUserAccess]");

async function reviewed({ propose, onPull }: Scene, files: Readonly<Record<string, string>>) {
  const number = propose(files);
  expect(await onPull(number)).toMatchObject({ status: 0 });
  return number;
}

function groupsOf({ sandbox }: Scene, name: string): readonly string[] | undefined {
  return sandbox.snapshot().users.find((user) => user.name === name)?.groups;
}

function report({ github }: Scene, number: number): string {
  const bodies = github.comments(number).map(({ body }) => body);
  return bodies.filter((body) => body.startsWith("<!-- iam-roster:report")).join("");
}

function digestIn(text: string): string {
  return /-f digest=([0-9a-f]{64})/.exec(text)?.[1] ?? "none";
}

describe("what was reviewed", () => {
  test("in two pull requests, a policy for a group and the group for a person, gives the person neither", async () => {
    const story = await scene();
    const policy = await reviewed(story, { "groups.yaml": POWER });
    const person = await reviewed(story, { "users.yaml": users(MARCO) });
    story.merge(policy);
    const tip = story.merge(person);
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    // The group got its policy for those who were in it, and nobody reviewed that marco gets it too.
    expect(story.sandbox.snapshot().groups.find(({ name }) => name === "auditors")?.policies).toHaveLength(2);
    expect(groupsOf(story, "marco")).toEqual([]);
    for (const number of [policy, person])
      expect(report(story, number)).toMatch(
        /👀 not reviewed: join group `auditors`: beyond the review, .*`marco`.*`PowerUserAccess`/,
      );
    const byHand = await story.onDispatch({ inputs: { digest: digestIn(ran.summary) } });
    expect(byHand.status).toBe(0);
    expect(groupsOf(story, "marco")).toEqual(["auditors"]);
    expect(report(story, person)).toContain("### ✅ Applied: 1 change done");
  });

  test("of somebody does not cover the end of them, which a push without a pull request asks for", async () => {
    const story = await scene();
    const tagged = { ...EMILY_AND_PRIYA, emily: "{ groups: [auditors], tags: { team: data } }" };
    story.merge(await reviewed(story, { "users.yaml": users(tagged) }));
    const tip = story.commit({ "users.yaml": users({ priya: EMILY_AND_PRIYA.priya }) });
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("not reviewed");
    expect(groupsOf(story, "emily")).toEqual(["auditors"]);
    // Reviewed, it is done.
    const back = story.commit({ "users.yaml": users(EMILY_AND_PRIYA) });
    await story.onPush(back);
    const end = await reviewed(story, { "users.yaml": users({ priya: EMILY_AND_PRIYA.priya }) });
    expect(await story.onPush(story.merge(end))).toMatchObject({ status: 0 });
    expect(groupsOf(story, "emily")).not.toEqual(["auditors"]);
  });

  test("does not cover what had drifted before: that waits for a dispatch, and fails nothing", async () => {
    const story = await scene();
    story.sandbox.act("RemoveUserFromGroup", { UserName: "emily", GroupName: "auditors" });
    story.sandbox.act("AddUserToGroup", { UserName: "priya", GroupName: "administrators" });
    const number = await reviewed(story, { "users.yaml": users(MARCO) });
    const ran = await story.onPush(story.merge(number));
    expect(ran.status).toBe(0);
    expect(ran.out).toContain("Applied: 2 of 4 changes done, 2 not reviewed.");
    expect(groupsOf(story, "marco")).toEqual(["auditors"]);
    expect([groupsOf(story, "emily"), groupsOf(story, "priya")?.length]).toEqual([[], 2]);
    expect(report(story, number)).toContain("- Open from before:");
    const byHand = await story.onDispatch({ inputs: { digest: digestIn(ran.summary) } });
    expect(byHand.status).toBe(0);
    expect([groupsOf(story, "emily"), groupsOf(story, "priya")]).toEqual([["auditors"], ["auditors"]]);
  });

  test("of an account that has changed since covers no more than it showed", async () => {
    const story = await scene();
    const number = await reviewed(story, {
      "users.yaml": users({ ...MARCO, marco: "{ groups: [administrators] }" }),
    });
    const tip = story.merge(number);
    story.sandbox.act("AttachGroupPolicy", {
      GroupName: "administrators",
      PolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess",
    });
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(groupsOf(story, "marco")).toEqual([]);
    expect(report(story, number)).toContain("beyond the review");
  });

  test("is nothing of a pull request without a plan, of a fork, or with another app's plan", async () => {
    const story = await scene();
    const { github, propose, merge, onPush } = story;
    const without = propose({ "users.yaml": users(MARCO) });
    merge(without);
    const fork = propose(
      { "users.yaml": users({ ...MARCO, zoe: "{ groups: [auditors] }" }) },
      { fork: true, user: "stranger" },
    );
    merge(fork);
    const forged = propose({
      "users.yaml": users({ ...MARCO, zoe: "{ groups: [auditors] }", mallory: "{ groups: [auditors] }" }),
    });
    await story.onPull(forged);
    const { head } = github.pull(forged).pull;
    const [kept] = github.checkRuns.filter(({ headSha }) => headSha === head);
    merge(forged);
    // The same text by another app for the head of the first: it counts for nothing.
    github.checkRunAs(
      { id: 666, slug: "mallory" },
      {
        name: kept?.name ?? "",
        head_sha: github.pull(without).pull.head,
        external_id: `pull ${without} into main`,
        status: "completed",
        conclusion: "success",
        output: { title: "Plan", summary: "Plan", text: kept?.output.text ?? "" },
      },
    );
    const ran = await onPush(github.pull(forged).pull.merged?.sha ?? "");
    expect(ran.status).toBe(1);
    expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([undefined, undefined]);
    expect(groupsOf(story, "mallory")).toEqual(["auditors"]);
    for (const number of [without, fork, forged]) {
      expect(report(story, number)).toContain(`\`#${without}\`: it has none`);
      expect(report(story, number)).toContain(`\`#${fork}\`: it comes from a fork`);
    }
  });

  test("to go into another branch counts for nothing when the pull request goes into this one", async () => {
    const story = await scene();
    const { github } = story;
    github.branch("next", story.first);
    const head = github.commit({ parents: [story.first], files: { "users.yaml": users(MARCO) } });
    const number = github.openPull({ head, base: "next" });
    await story.onPull(number);
    expect(github.checkRuns.at(-1)?.externalId).toBe(`pull ${number} into next`);
    // As if the pull request had been planned for the other branch.
    const here = await reviewed(story, { "users.yaml": users(MARCO) });
    const kept = github.checkRuns.find(({ headSha }) => headSha === github.pull(here).pull.head);
    github.checkRunAs(kept?.app ?? { id: 0, slug: "" }, {
      name: "iam-roster plan (.)",
      external_id: `pull ${here} into next`,
      head_sha: github.pull(here).pull.head,
      status: "completed",
      conclusion: "success",
      output: { title: "Plan", summary: "Plan", text: "```text\niam-roster plan 1: nothing\n```\n" },
    });
    expect(await story.onPush(story.merge(here))).toMatchObject({ status: 0 });
    expect(groupsOf(story, "marco")).toEqual(["auditors"]);
  });

  test("that is not whole counts for nothing, and the rest goes on", async () => {
    const story = await scene();
    const { github, merge } = story;
    const broken = await reviewed(story, { "users.yaml": users(MARCO) });
    const { head } = github.pull(broken).pull;
    const app = github.checkRuns[0]?.app ?? { id: 0, slug: "" };
    const text = github.checkRuns[0]?.output.text?.replace(/sha256 ..../, "sha256 0000") ?? "";
    github.checkRunAs(app, {
      name: "iam-roster plan (.)",
      head_sha: head,
      external_id: `pull ${broken} into main`,
      status: "completed",
      conclusion: "success",
      output: { title: "Plan", summary: "Plan", text },
    });
    merge(broken);
    const whole = await reviewed(story, {
      "users.yaml": users({ ...MARCO, zoe: "{ groups: [auditors] }" }),
    });
    const tip = merge(whole);
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([undefined, ["auditors"]]);
    expect(report(story, broken)).toContain("does not hold the whole reviewed plan");
    const byHand = await story.onDispatch({ inputs: { digest: digestIn(ran.summary) } });
    expect(byHand.status).toBe(0);
  });

  test("for another account counts for nothing in this one", async () => {
    const story = await scene({ files: { "roster.yaml": ROSTER.replace(ACCOUNT, "210987654321") } });
    // The plan is that of an account which the roster then leaves.
    const { github, propose, merge } = story;
    const number = propose({ "users.yaml": users(MARCO), "roster.yaml": ROSTER });
    await story.onPull(number);
    const kept = github.checkRuns.at(-1);
    expect(kept?.output.text).toContain("iam-roster plan 1");
    // As it would be, had it been made for the other one.
    const { deflateRawSync, inflateRawSync } = await import("node:zlib");
    const { createHash } = await import("node:crypto");
    const packed = /\n([A-Za-z0-9+/=]+)\n```$/m.exec(kept?.output.text ?? "")?.[1] ?? "";
    const file = inflateRawSync(Buffer.from(packed, "base64")).toString().replace(ACCOUNT, "210987654321");
    const text = (kept?.output.text ?? "")
      .replace(packed, deflateRawSync(file).toString("base64"))
      .replace(/sha256 [0-9a-f]+/, `sha256 ${createHash("sha256").update(file).digest("hex")}`);
    github.checkRunAs(kept?.app ?? { id: 0, slug: "" }, {
      name: "iam-roster plan (.)",
      head_sha: github.pull(number).pull.head,
      external_id: `pull ${number} into main`,
      status: "completed",
      conclusion: "success",
      output: { title: "Plan", summary: "Plan", text },
    });
    const tip = merge(number);
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(groupsOf(story, "marco")).toBeUndefined();
    expect(report(story, number)).toContain("it was reviewed for account `210987654321`");
  });

  test("is not what was planned after the merge, where nobody looks any more", async () => {
    const story = await scene();
    const { github, propose, merge, onPull, onPush } = story;
    const one = propose({ "users.yaml": users(MARCO) });
    const late = merge(one);
    await onPull(one);
    expect(github.checkRuns).toHaveLength(1);
    expect(await onPush(late)).toMatchObject({ status: 1 });
    expect(groupsOf(story, "marco")).toBeUndefined();
    expect(report(story, one)).toContain(`\`#${one}\`: it has none from before it was merged`);
    // And it is not in the way of what was planned before.
    const zoe = { ...MARCO, zoe: "{ groups: [administrators] }" };
    const two = await reviewed(story, { "users.yaml": users(zoe) });
    const tip = merge(two);
    story.sandbox.act("AttachGroupPolicy", {
      GroupName: "administrators",
      PolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess",
    });
    await onPull(two);
    expect(await onPush(tip)).toMatchObject({ status: 1 });
    expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([undefined, []]);
  });

  test("in a pull request that was merged long ago does not count again when its commits come back", async () => {
    const story = await scene();
    const { github } = story;
    const one = await reviewed(story, { "users.yaml": users(MARCO) });
    const { head } = github.pull(one).pull;
    await story.onPush(story.merge(one));
    const away = await reviewed(story, { "users.yaml": users({ ...MARCO, marco: "{}" }) });
    const before = story.merge(away);
    await story.onPush(before);
    expect(groupsOf(story, "marco")).toEqual([]);
    // Its branch, pushed onto main by hand.
    const again = github.commit({ parents: [head, before], files: { "users.yaml": users(MARCO) } });
    github.branch("main", again);
    const ran = await story.onPush(again, { before });
    expect(groupsOf(story, "marco")).toEqual([]);
    expect(ran.out).toContain("not reviewed");
  });
});

describe("started by hand", () => {
  test("with another digest than the plan has now, applies nothing, and shows the plan", async () => {
    const story = await scene();
    story.commit({ "users.yaml": users(MARCO) });
    const ran = await story.onDispatch({ inputs: { digest: "0".repeat(64) } });
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("::error::This is not the plan that was agreed to, so nothing was applied.");
    expect(ran.summary).toMatch(/⛔ Nothing was applied[\s\S]*create the user[\s\S]*Digest `[0-9a-f]{64}`/);
    expect(groupsOf(story, "marco")).toBeUndefined();
    expect(story.github.checkRuns.at(-1)).toMatchObject({ conclusion: "failure" });
    // What it shows can be agreed to.
    const digest = ran.outputs["digest"] ?? "";
    expect(await story.onDispatch({ inputs: { digest } })).toMatchObject({ status: 0 });
    expect(groupsOf(story, "marco")).toEqual(["auditors"]);
  });

  test("for a commit that is not the newest any more, applies nothing, and fails", async () => {
    const story = await scene();
    const tip = story.commit({ "users.yaml": users(MARCO) });
    const { outputs } = await story.onDispatch({ inputs: { digest: "0".repeat(64) } });
    const later = story.github.commit({ parents: [tip], files: { "users.yaml": users(EMILY_AND_PRIYA) } });
    story.github.branch("main", later);
    const ran = await story.onDispatch({ inputs: { digest: outputs["digest"] ?? "" } });
    expect(ran.status).toBe(1);
    expect(ran.out).toContain(`::error::Superseded by ${later.slice(0, 12)}`);
    expect(groupsOf(story, "marco")).toBeUndefined();
  });

  test("on another branch than the default one, refuses", async () => {
    const story = await scene();
    const repository = { full_name: "acme/access", default_branch: "main" };
    const ran = await story.on(
      {
        name: "workflow_dispatch",
        commit: story.first,
        ref: "refs/heads/elsewhere",
        payload: { repository },
      },
      { inputs: { mode: "apply", digest: "0".repeat(64) } },
    );
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("runs on the default branch only, and this is elsewhere");
    expect(story.github.requests).toEqual([]);
  });
});
