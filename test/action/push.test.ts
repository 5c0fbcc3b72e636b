import { describe, expect, test, vi } from "vitest";
import {
  ACCOUNT,
  EMILY_AND_PRIYA,
  GROUPS,
  OURS,
  ROSTER,
  type Scene,
  scene,
  SETTLED,
  users,
  savedAt,
} from "./scene.ts";

vi.setConfig({ testTimeout: 120_000 });

const TIP = "GET /repos/{owner}/{repo}/git/ref/{ref}";

const MARCO = { ...EMILY_AND_PRIYA, marco: "{ groups: [auditors] }" };
const MARCO_AND_ZOE = { ...MARCO, zoe: "{ groups: [auditors] }" };

/** A pull request whose plan was made. */
async function reviewed({ propose, onPull }: Scene, files: Readonly<Record<string, string>>) {
  const number = propose(files);
  expect(await onPull(number)).toMatchObject({ status: 0 });
  return number;
}

function groupsOf({ sandbox }: Scene, name: string): readonly string[] | undefined {
  return sandbox.snapshot().users.find((user) => user.name === name)?.groups;
}

function reports({ github }: Scene, number: number): readonly string[] {
  const bodies = github.comments(number).map(({ body }) => body);
  return bodies.filter((body) => body.startsWith("<!-- iam-roster:report"));
}

function applies({ github }: Scene) {
  const runs = github.checkRuns.filter(({ name }) => name === "iam-roster apply (.)");
  return runs.map(({ headSha, conclusion }) => ({ headSha, conclusion }));
}

describe("a push", () => {
  test("leaves no check run under way, also where the answer to its beginning is lost", async () => {
    const story = await scene();
    const tip = story.merge(await reviewed(story, { "users.yaml": users(MARCO) }));
    story.github.fault({ on: "POST /repos/{owner}/{repo}/check-runs", answer: "lost-answer" });
    expect(await story.onPush(tip)).toMatchObject({ status: 0 });
    expect(applies(story)).toEqual([{ headSha: tip, conclusion: "success" }]);
    expect(await story.onPush(tip)).toMatchObject({ status: 0 });
    expect(applies(story)).toHaveLength(2);
  });

  test.each(["squash", "rebase", "merge"] as const)(
    "of a %s gives what was reviewed, and tells it on the pull request, in the summary and in a check run",
    async (method) => {
      const story = await scene();
      const { github, merge, onPush, propose, onPull } = story;
      const number = propose({ "users.yaml": users(MARCO) });
      const { head } = github.pull(number).pull;
      github.push(number, github.commit({ parents: [head], files: { "users.yaml": users(MARCO_AND_ZOE) } }));
      await onPull(number);
      const tip = merge(number, method);
      const ran = await onPush(tip);
      expect(ran).toMatchObject({
        status: 0,
        outputs: { "has-changes": "true", changes: "4", refused: "0" },
      });
      expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([["auditors"], ["auditors"]]);
      expect(reports(story, number)).toEqual([expect.stringContaining("### ✅ Applied: 4 changes done")]);
      expect(ran.summary).toContain("### ✅ Applied: 4 changes done");
      expect(ran.outputs["comment-url"]).toMatch(/pull\/1#issuecomment-\d+$/);
      expect(applies(story)).toEqual([{ headSha: tip, conclusion: "success" }]);
    },
  );

  test("of several merges gives what was reviewed in each, and tells it on each", async () => {
    const story = await scene();
    const one = await reviewed(story, { "users.yaml": users(MARCO) });
    story.merge(one);
    const two = await reviewed(story, { "users.yaml": users(MARCO_AND_ZOE) });
    const ran = await story.onPush(story.merge(two, "merge"));
    expect(ran.status).toBe(0);
    expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([["auditors"], ["auditors"]]);
    expect([reports(story, one).length, reports(story, two).length]).toEqual([1, 1]);
  });

  test("for which the branch has moved on does nothing, and the next one does what both ask for", async () => {
    const story = await scene();
    const one = await reviewed(story, { "users.yaml": users(MARCO) });
    const older = story.merge(one);
    const two = await reviewed(story, { "users.yaml": users(MARCO_AND_ZOE) });
    const newer = story.merge(two);
    const called = story.sandbox.calls.length;
    const ran = await story.onPush(older);
    expect(ran).toMatchObject({ status: 0, outputs: { "has-changes": "false" } });
    expect(story.sandbox.calls).toHaveLength(called);
    expect(ran.out).toContain(`Superseded by ${newer.slice(0, 12)}`);
    expect(groupsOf(story, "marco")).toBeUndefined();
    expect(await story.onPush(newer)).toMatchObject({ status: 0 });
    expect([groupsOf(story, "marco"), groupsOf(story, "zoe")]).toEqual([["auditors"], ["auditors"]]);
    expect(reports(story, one)).toHaveLength(1);
    expect(applies(story).map(({ conclusion }) => conclusion)).toEqual(["neutral", "success"]);
    const again = await story.onPush(older);
    expect(again).toMatchObject({ status: 0, outputs: { "has-changes": "false" } });
  });

  test("does nothing where the branch moves on between the plan and the first change", async () => {
    const story = await scene();
    const { github } = story;
    const number = await reviewed(story, { "users.yaml": users(MARCO) });
    const tip = story.merge(number);
    const later = github.commit({ parents: [tip], files: { "users.yaml": users(EMILY_AND_PRIYA) } });
    let asked = 0;
    github.on(TIP, () => {
      asked += 1;
      if (asked === 1) github.branch("main", later);
    });
    const ran = await story.onPush(tip);
    expect(ran).toMatchObject({ status: 0, outputs: { changes: "0" } });
    expect(await savedAt(ran.outputs["report-file"] ?? "")).toMatchObject({ result: { "not-tried": 2 } });
    expect(ran.out).toContain("create the user");
    expect(ran.out).toContain(`Superseded by ${later.slice(0, 12)}`);
    expect(groupsOf(story, "marco")).toBeUndefined();
    expect(applies(story)).toEqual([{ headSha: tip, conclusion: "neutral" }]);
  });

  test("is still for its commit where those after it leave the roster alone", async () => {
    const story = await scene();
    const { github, sandbox } = story;
    const number = await reviewed(story, { "users.yaml": users(MARCO) });
    const tip = story.merge(number);
    const readme = github.commit({ parents: [tip], files: { "README.md": "Hello" } });
    github.branch("main", github.commit({ parents: [readme], files: { "teams/users.yaml": "users: {}" } }));
    expect(await story.onPush(tip)).toMatchObject({ status: 0, outputs: { changes: "2" } });
    expect(applies(story)).toEqual([{ headSha: tip, conclusion: "success" }]);
    // But not where it was another on the way: the same again may be what nobody reviewed.
    const away = github.commit({ parents: [tip], files: { "users.yaml": users(EMILY_AND_PRIYA) } });
    github.branch("main", github.commit({ parents: [away], files: { "users.yaml": users(MARCO) } }));
    sandbox.act("RemoveUserFromGroup", { UserName: "marco", GroupName: "auditors" });
    const again = await story.onPush(tip);
    expect(again.out).toContain("Superseded by");
    expect(groupsOf(story, "marco")).toEqual([]);
  });

  test("says that it did nothing, and fails, where more came since than it looks at", async () => {
    const story = await scene();
    const number = await reviewed(story, { "users.yaml": users(MARCO) });
    const tip = story.merge(number);
    for (let count = 0; count < 20; count += 1) story.commit({ "README.md": `${count}` });
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain(`::error::20 commits or more came to main after ${tip.slice(0, 12)}`);
    expect(groupsOf(story, "marco")).toBeUndefined();
    expect(applies(story)).toEqual([{ headSha: tip, conclusion: "failure" }]);
    // And what it should have done is done by the next one.
    const next = story.commit({ "README.md": "Hello" });
    expect(await story.onPush(next, { before: tip })).toMatchObject({ status: 0 });
    expect(groupsOf(story, "marco")).toEqual(["auditors"]);
  });

  test("is still for its commit where nineteen others came since", async () => {
    const story = await scene();
    const number = await reviewed(story, { "users.yaml": users(MARCO) });
    const tip = story.merge(number);
    for (let count = 0; count < 19; count += 1) story.commit({ "README.md": `${count}` });
    expect(await story.onPush(tip)).toMatchObject({ status: 0, outputs: { changes: "2" } });
  });

  test("with force back to an older commit gives nothing again, and takes nothing", async () => {
    const story = await scene();
    const one = await reviewed(story, { "users.yaml": users(MARCO) });
    const withMarco = story.merge(one);
    await story.onPush(withMarco);
    const two = await reviewed(story, { "users.yaml": users({ ...MARCO, marco: "{}" }) });
    const without = story.merge(two);
    await story.onPush(without);
    expect(groupsOf(story, "marco")).toEqual([]);
    story.github.branch("main", withMarco);
    const ran = await story.onPush(withMarco, { before: without });
    expect(ran).toMatchObject({ status: 0, outputs: { changes: "1" } });
    expect(ran.summary).toContain("Open from before");
    expect(groupsOf(story, "marco")).toEqual([]);
  });

  test("with force to commits that nobody reviewed gives nothing", async () => {
    const story = await scene();
    const one = await reviewed(story, { "users.yaml": users(MARCO) });
    const before = story.merge(one);
    await story.onPush(before);
    const files = { "users.yaml": users({ ...MARCO, emily: "{ groups: [administrators] }" }) };
    const forced = story.github.commit({ parents: [story.first], files });
    story.github.branch("main", forced);
    const ran = await story.onPush(forced, { before });
    expect(ran.status).toBe(1);
    expect(groupsOf(story, "emily")).toEqual(["auditors"]);
  });

  test("without a pull request does what is due, leaves what is asked for, fails, and says how to go on", async () => {
    const story = await scene({
      files: {
        "users.yaml": users({
          ...EMILY_AND_PRIYA,
          priya: "{ groups: [auditors, { group: administrators, until: 2026-01-31 }] }",
        }),
      },
      account: {
        ...SETTLED,
        users: [
          { name: "emily", tags: OURS, groups: ["auditors"], createdAt: "2024-03-01T09:00:00Z" },
          {
            name: "priya",
            tags: OURS,
            groups: ["auditors", "administrators"],
            createdAt: "2024-03-01T09:00:00Z",
          },
        ],
      },
    });
    const pushed = story.commit({
      "users.yaml": users({
        ...MARCO,
        priya: "{ groups: [auditors, { group: administrators, until: 2026-01-31 }] }",
      }),
    });
    const ran = await story.onPush(pushed);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("::error::Applied: 1 of 3 changes done, 2 not reviewed.");
    expect(groupsOf(story, "priya")).toEqual(["auditors"]);
    expect(groupsOf(story, "marco")).toBeUndefined();
    const [, digest = ""] = /`gh workflow run apply\.yml -f digest=([0-9a-f]{64})`/.exec(ran.summary) ?? [];
    expect(ran.out).toContain(`Digest: ${digest}`);
    // By hand it goes on, whole.
    const byHand = await story.onDispatch({ inputs: { digest } });
    expect(byHand).toMatchObject({ status: 0, outputs: { digest, changes: "2" } });
    expect(groupsOf(story, "marco")).toEqual(["auditors"]);
    // And the job that had failed has nothing left.
    expect(await story.onPush(pushed)).toMatchObject({ status: 0, outputs: { "has-changes": "false" } });
  });

  test("waits for the index of commits and pull requests, which is late", async () => {
    const story = await scene();
    const number = await reviewed(story, { "users.yaml": users(MARCO) });
    const ran = await story.onPush(story.merge(number, "squash", { lag: 1 }));
    expect(ran.status).toBe(0);
    expect(groupsOf(story, "marco")).toEqual(["auditors"]);
  });

  test("applies a plan that is too large for one check run", async () => {
    const story = await scene();
    const many = Object.fromEntries(
      Array.from({ length: 450 }, (_, index) => [scrambled(index), "{ groups: [auditors] }"]),
    );
    const number = await reviewed(story, { "users.yaml": users({ ...EMILY_AND_PRIYA, ...many }) });
    const parts = story.github.checkRuns.filter(({ name }) => name.startsWith("iam-roster plan (.)"));
    expect(parts.length).toBeGreaterThan(1);
    const ran = await story.onPush(story.merge(number));
    expect(ran).toMatchObject({ status: 0, outputs: { changes: "900" } });
    expect(story.sandbox.snapshot().users).toHaveLength(452);
    for (const { output } of story.github.checkRuns)
      expect(output.summary?.length ?? 0).toBeLessThanOrEqual(65_535);
  });

  test("that changes nothing says so in one line, and writes no comment", async () => {
    const story = await scene();
    const number = await reviewed(story, { "README.md": "Hello" });
    const ran = await story.onPush(story.merge(number));
    expect(ran).toMatchObject({
      status: 0,
      out: "No changes: the account matches the roster.\n",
      outputs: { "has-changes": "false", changes: "0", "comment-url": "" },
    });
    expect(story.github.comments(number)).toEqual([]);
  });

  test("is told with the roster's name, where the repository has several", async () => {
    const there = (text: string) => ({ "teams/data/users.yaml": text });
    const story = await scene({
      files: {
        ...there(users(EMILY_AND_PRIYA)),
        "teams/data/groups.yaml": GROUPS,
        "teams/data/roster.yaml": ROSTER,
      },
    });
    const number = story.propose(there(users(MARCO)));
    const ran = await story.onPush(story.merge(number), { inputs: { root: "teams/data" } });
    expect(ran.status).toBe(1);
    expect(story.github.comments(number)[0]?.body).toMatch(/^<!-- iam-roster:report teams%2Fdata -->/);
    expect(ran.summary).toMatch(/-f digest=\w{64}` \(with `-f root=teams\/data` where/);
    expect(story.github.checkRuns.at(-1)).toMatchObject({
      name: "iam-roster apply (teams/data)",
      conclusion: "failure",
    });
  });

  test("with wrong files applies nothing, says what is wrong, and fails", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": users({ emily: "{ groups: [nobody] }" }) });
    const tip = story.merge(number);
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("::error file=users.yaml,line=2");
    expect(ran.out).toContain("The files are wrong, so nothing was applied.");
    expect(reports(story, number)).toEqual([expect.stringContaining("unknown-group")]);
    expect(applies(story)).toEqual([{ headSha: tip, conclusion: "failure" }]);
  });

  test("of a plan that is refused as a whole applies nothing, and says why", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": users({ emily: "{}", priya: "{}" }) });
    expect(await story.onPull(number)).toMatchObject({ status: 1 });
    const ran = await story.onPush(story.merge(number));
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("::error::The plan is refused, so nothing was applied.");
    expect(reports(story, number).join("")).toMatch(/### ⛔ Nothing was applied[\s\S]*Refused as a whole/);
    expect(groupsOf(story, "emily")).toEqual(["auditors"]);
    expect(applies(story).map(({ conclusion }) => conclusion)).toEqual(["failure"]);
  });

  test("for another account than the roster's applies nothing", async () => {
    const story = await scene();
    const number = await reviewed(story, { "users.yaml": users(MARCO) });
    story.merge(number);
    const roster = `account: "999999999999"\nowner: acme/access\n`;
    const ran = await story.onPush(story.commit({ "roster.yaml": roster }));
    expect(ran.status).toBe(1);
    expect(ran.summary).toContain(ACCOUNT);
    expect(groupsOf(story, "marco")).toBeUndefined();
  });
});

/** A name of 64 characters that no compressor makes shorter by much, the same each time. */
function scrambled(seed: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+=";
  let state = seed * 2_654_435_761 + 12_345;
  const characters = Array.from({ length: 60 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return letters[Math.floor(state / 65_536) % letters.length] ?? "x";
  });
  return `u${seed}${characters.join("")}`.slice(0, 64);
}
