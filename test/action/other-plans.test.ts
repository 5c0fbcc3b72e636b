import { describe, expect, test, vi } from "vitest";
import { lastLine, MARCO, OLGA, pageOf, pushTo, reviewedAt, verdictOf, WITH_OLGA } from "./review.ts";
import { EMILY_AND_PRIYA, GROUPS, pullRequest, ROSTER, scene, users } from "./scene.ts";

vi.setConfig({ testTimeout: 60_000 });

describe("where a plan is made too", () => {
  test("in a merge queue there is no comment and no check run, and the job fails as it would", async () => {
    const story = await scene({ account: WITH_OLGA });
    const group = (lines: Readonly<Record<string, string>>) => {
      const commit = story.github.commit({ parents: [story.first], files: { "users.yaml": users(lines) } });
      const payload = {
        action: "checks_requested",
        merge_group: { base_sha: story.first, head_sha: commit },
      };
      return { name: "merge_group", commit, ref: "refs/heads/gh-readonly-queue/main/pr-1", payload };
    };
    const ran = await story.on(group({ ...EMILY_AND_PRIYA, marco: "{}" }));
    expect(ran.status).toBe(0);
    expect(ran.summary).toContain("### 1 user to create");
    expect((await story.on(group(OLGA))).status).toBe(1);
    expect(story.github.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("a pull request that is closed is over in one line", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": MARCO });
    const { payload, ...event } = pullRequest(story.github, number);
    const ran = await story.on({ ...event, payload: { ...payload, action: "closed" } });
    expect(ran).toMatchObject({
      status: 0,
      out: "The pull request is closed: there is nothing to review.\n",
    });
    expect(story.github.requests).toEqual([]);
  });

  test("a run whose commit is no merge of the pull request is refused", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": users(EMILY_AND_PRIYA) });
    const late = pullRequest(story.github, number);
    pushTo(story, number, { "users.yaml": MARCO });
    const { payload } = pullRequest(story.github, number);
    const ran = await story.on({ ...late, payload });
    expect(ran.status).toBe(1);
    expect(lastLine(ran)).toMatch(
      /^::error::the commit of this run, [0-9a-f]{12}, is no merge of [0-9a-f]{12}, /,
    );
    expect(story.github.checkRuns).toMatchObject([{ conclusion: "failure" }]);
    expect(await reviewedAt(story, story.github.pull(number).pull.head)).toBeUndefined();
  });

  test("the first roster asks for everything, and so does one whose files were wrong before", async () => {
    const story = await scene({ files: { "users.yaml": "users: [" } });
    const mending = story.propose({ "users.yaml": MARCO });
    const mended = await story.onPull(mending);
    expect(mended.status).toBe(0);
    expect(mended.out).toMatch(/^::warning::the files of [0-9a-f]{12} are wrong themselves, /m);
    const head = story.github.pull(mending).pull.head;
    expect((await reviewedAt(story, head))?.subjects).toEqual([{ type: "user", name: "marco" }]);

    const empty = story.github.commit({ parents: [], files: { "README.md": "Words.\n" } });
    story.github.branch("main", empty);
    const files = { "users.yaml": MARCO, "groups.yaml": GROUPS, "roster.yaml": ROSTER };
    const bringing = story.github.openPull({
      head: story.github.commit({ parents: [empty], files }),
      base: "main",
    });
    const brought = await story.onPull(bringing);
    expect(brought.status).toBe(0);
    expect(brought.out).not.toContain("::warning::the files");
    expect(verdictOf(pageOf(story, bringing))).toBe("### 1 user to create");
    const first = await reviewedAt(story, story.github.pull(bringing).pull.head);
    expect(first?.subjects).toEqual([{ type: "user", name: "marco" }]);
  });

  test("two rosters of one repository have a comment and a check run each, by their names", async () => {
    const roster = (name: string, text: string) => ({
      [`${name}/users.yaml`]: text,
      [`${name}/groups.yaml`]: GROUPS,
      [`${name}/roster.yaml`]: ROSTER,
    });
    const before = users(EMILY_AND_PRIYA);
    const story = await scene({ files: { ...roster("teams/data", before), ...roster("apps", before) } });
    const number = story.propose({
      "teams/data/users.yaml": MARCO,
      "apps/users.yaml": users({ emily: "{ groups: [auditor] }" }),
    });
    const data = await story.onPull(number, { inputs: { root: "./teams/data/" } });
    const apps = await story.onPull(number, { inputs: { root: "apps" } });
    expect([data.status, apps.status]).toEqual([0, 1]);
    expect(apps.out).toContain("::error file=apps/users.yaml,line=2,col=21,");
    expect(data.outputs["plan-file"]).toMatch(/teams%2Fdata%20plan\.json$/);
    await story.onPull(number, { inputs: { root: "teams/data" } });
    const told = story.github.comments(number).map(({ body }) => body.split("\n").slice(0, 4));
    expect(told).toEqual([
      [
        "<!-- iam-roster:plan teams%2Fdata -->",
        "### 1 user to create",
        "",
        "Roster `teams/data` · Account `123456789012` · 2 changes",
      ],
      [
        "<!-- iam-roster:plan apps -->",
        "### ⛔ The files are wrong, so nothing was planned",
        "",
        "Roster `apps`",
      ],
    ]);
    const head = story.github.pull(number).pull.head;
    expect(new Set(story.github.checkRuns.map(({ name }) => name))).toEqual(
      new Set(["iam-roster plan (teams/data)", "iam-roster plan (apps)"]),
    );
    expect((await reviewedAt(story, head, "teams/data"))?.subjects).toEqual([
      { type: "user", name: "marco" },
    ]);
  });
});
