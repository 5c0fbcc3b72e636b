import { describe, expect, test } from "vitest";
import { client, HERE, refusal } from "./client.ts";
import { scene } from "./scene.ts";

/* Whom GitHub lets do what. */

describe("who may", () => {
  test("ask at all, is nobody with a token that GitHub does not know", async () => {
    const { github } = await scene({ private: false });
    expect(await refusal(client(github, "stale").rest.repos.get(HERE))).toMatch(/^401 Bad credentials/);
  });

  test.each(["t-elsewhere", ""])(
    "see a private repository, is not the token %j: it is not there",
    async (token) => {
      const { github } = await scene();
      expect(await refusal(client(github, token).rest.repos.get(HERE))).toMatch(/^404 Not Found/);
    },
  );

  test("see another repository, is nobody: it is not there", async () => {
    const { github } = await scene();
    expect(await refusal(client(github).rest.repos.get({ ...HERE, repo: "other" }))).toMatch(
      /^404 Not Found/,
    );
    expect((await client(github).rest.repos.get({ owner: "Acme", repo: "Access" })).status).toBe(200);
  });

  test("read a public repository, is everybody; write, is not", async () => {
    const { github, pull } = await scene({ private: false });
    const on = { ...HERE, issue_number: pull, body: "Hello" };
    for (const [token, said] of [
      ["", /^401 Requires authentication/],
      ["t-elsewhere", /^403 Resource not accessible by integration/],
    ] as const) {
      const { issues } = client(github, token).rest;
      expect((await issues.listComments({ ...HERE, issue_number: pull })).data).toEqual([]);
      expect(await refusal(issues.createComment(on))).toMatch(said);
    }
  });

  test("write with a token that reads, is nobody", async () => {
    const { github, pull, issue, head } = await scene();
    const { issues, checks } = client(github, "t-read").rest;
    const id = github.commentAs("emilyc", pull, "Hello");
    const run = github.checkRunAs({ id: 7, slug: "other" }, { name: "plan", head_sha: head });
    const calls = [
      issues.createComment({ ...HERE, issue_number: pull, body: "Hello" }),
      issues.updateComment({ ...HERE, comment_id: id, body: "Hello" }),
      issues.deleteComment({ ...HERE, comment_id: id }),
      issues.create({ ...HERE, title: "Drift" }),
      issues.update({ ...HERE, issue_number: issue, state: "closed" }),
      issues.createLabel({ ...HERE, name: "drift" }),
      checks.create({ ...HERE, name: "plan", head_sha: head }),
      checks.update({ ...HERE, check_run_id: run, name: "apply" }),
    ];
    for (const each of await Promise.all(calls.map(refusal))) {
      expect(each).toMatch(/^403 Resource not accessible by integration/);
    }
  });

  test("read with a token that may nothing, is nobody but for the repository itself", async () => {
    const { github, pull, issue, head } = await scene();
    const { git, repos, pulls, issues, checks } = client(github, "t-none").rest;
    expect((await repos.get(HERE)).status).toBe(200);
    const calls = [
      git.getRef({ ...HERE, ref: "heads/main" }),
      repos.getCommit({ ...HERE, ref: head }),
      repos.listCommits(HERE),
      repos.listPullRequestsAssociatedWithCommit({ ...HERE, commit_sha: head }),
      repos.getContent({ ...HERE, path: "users.yaml" }),
      pulls.get({ ...HERE, pull_number: pull }),
      issues.listComments({ ...HERE, issue_number: pull }),
      issues.listForRepo(HERE),
      issues.get({ ...HERE, issue_number: issue }),
      issues.getLabel({ ...HERE, name: "drift" }),
      checks.listForRef({ ...HERE, ref: head }),
      checks.get({ ...HERE, check_run_id: 1 }),
    ];
    for (const each of await Promise.all(calls.map(refusal))) expect(each).toMatch(/^403 Resource not/);
  });

  test("comment on a pull request needs another permission than on an issue", async () => {
    const app = { id: 7, slug: "other" };
    const { github, pull, issue } = await scene({
      tokens: { pulls: { login: "other[bot]", app, permissions: { "pull-requests": "write" } } },
    });
    const { issues } = client(github, "pulls").rest;
    const comment = (number: number) => {
      return refusal(issues.createComment({ ...HERE, issue_number: number, body: "A" }));
    };
    expect(await comment(pull)).toBe("no refusal");
    expect(await comment(issue)).toMatch(/^403 /);
    expect(await comment(99)).toMatch(/^404 /);
  });

  test("ask who the user is, is no installation", async () => {
    const { github } = await scene();
    const asked = (token: string) => refusal(client(github, token).rest.users.getAuthenticated());
    expect(await asked("t-write")).toMatch(/^403 Resource not accessible by integration/);
    expect(await asked("")).toMatch(/^401 Requires authentication/);
    expect(await refusal(client(github, "").graphql("{ viewer { login } }"))).toMatch(/^401 /);
  });

  test("make check runs, is an app only; change them, only the one that made them", async () => {
    const permissions = { checks: "write" } as const;
    const { github, head } = await scene({ tokens: { person: { login: "emilyc", permissions } } });
    const id = github.checkRunAs({ id: 7, slug: "other" }, { name: "plan", head_sha: head });
    const change = { ...HERE, check_run_id: id, status: "completed", conclusion: "success" } as const;
    expect(await refusal(client(github).rest.checks.update(change))).toMatch(/^403 Invalid app_id `15368`/);
    const { checks } = client(github, "person").rest;
    expect(await refusal(checks.create({ ...HERE, name: "plan", head_sha: head }))).toMatch(
      /^403 You must authenticate via a GitHub App/,
    );
  });

  test("do what a person's token may not, is told with other words", async () => {
    const { github, head } = await scene();
    const { checks } = client(github, "t-person").rest;
    expect(await refusal(checks.create({ ...HERE, name: "plan", head_sha: head }))).toMatch(
      /^403 Resource not accessible by personal access token/,
    );
  });
});
