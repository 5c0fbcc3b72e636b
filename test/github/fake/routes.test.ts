import { expect, test } from "vitest";
import { client, HERE } from "./client.ts";
import { fakeGitHub } from "./fake.ts";

/* Each route once, with the real client. */

async function scene() {
  const github = await fakeGitHub({ repository: "acme/access", keys: { emilyc: ["ssh-ed25519 AAAA"] } });
  const first = github.commit({ files: { "users.yaml": "users: {}\n", "docs/read.md": "Hello\n" } });
  github.branch("main", first);
  const head = github.commit({ parents: [first], files: { "users.yaml": "users: {a: {}}\n" } });
  const number = github.openPull({ head, user: "emilyc" });
  return { github, first, head, number, octokit: client(github) };
}

test("the repository", async () => {
  const { octokit } = await scene();
  const { data } = await octokit.rest.repos.get(HERE);
  expect(data).toMatchObject({ full_name: "acme/access", private: true, default_branch: "main" });
});

test("a commit, by its SHA, the beginning of it, a branch and a ref", async () => {
  const { octokit, github, first, head, number } = await scene();
  const at = async (ref: string) => (await octokit.rest.repos.getCommit({ ...HERE, ref })).data.sha;
  for (const ref of [first, first.slice(0, 8), "main", "heads/main", "refs/heads/main"]) {
    expect(await at(ref)).toBe(first);
  }
  expect(await at(`refs/pull/${number}/head`)).toBe(head);
  expect(await at(`pull/${number}/merge`)).toBe(github.pull(number).pull.mergeSha);
  const { data } = await octokit.rest.repos.getCommit({ ...HERE, ref: head });
  expect(data.files).toMatchObject([{ filename: "users.yaml", status: "modified" }]);
  expect(data.parents.map(({ sha }) => sha)).toEqual([first]);
});

test("the commits before one, the newest first", async () => {
  const { octokit, first, head } = await scene();
  const { data } = await octokit.rest.repos.listCommits({ ...HERE, sha: head, per_page: 10 });
  expect(data.map(({ sha }) => sha)).toEqual([head, first]);
  expect((await octokit.rest.repos.listCommits(HERE)).data.map(({ sha }) => sha)).toEqual([first]);
});

test("the pull requests of a commit", async () => {
  const { octokit, head, number } = await scene();
  const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    ...HERE,
    commit_sha: head,
  });
  expect(data.map((each) => each.number)).toEqual([number]);
});

test("a ref", async () => {
  const { octokit, first } = await scene();
  const { data } = await octokit.rest.git.getRef({ ...HERE, ref: "heads/main" });
  expect(data).toMatchObject({ ref: "refs/heads/main", object: { type: "commit", sha: first } });
});

test("a blob", async () => {
  const { octokit, head } = await scene();
  const { data } = await octokit.rest.repos.getContent({ ...HERE, path: "docs/read.md", ref: head });
  const file_sha = Array.isArray(data) ? "" : data.sha;
  const blob = await octokit.rest.git.getBlob({ ...HERE, file_sha });
  expect(blob.data).toMatchObject({ encoding: "base64", content: "SGVsbG8K\n", size: 6, sha: file_sha });
});

test("a file, raw too, and a directory", async () => {
  const { octokit, head } = await scene();
  const file = await octokit.rest.repos.getContent({ ...HERE, path: "docs/read.md", ref: head });
  expect(file.data).toMatchObject({ type: "file", encoding: "base64", content: "SGVsbG8K\n", size: 6 });
  const raw = { headers: { accept: "application/vnd.github.raw+json" } };
  const bytes = await octokit.rest.repos.getContent({ ...HERE, path: "users.yaml", ref: head, ...raw });
  expect(bytes.data).toBe("users: {a: {}}\n");
  const { data } = await octokit.rest.repos.getContent({ ...HERE, path: "" });
  expect(data).toMatchObject([
    { name: "docs", type: "dir" },
    { name: "users.yaml", type: "file" },
  ]);
});

test("a pull request", async () => {
  const { octokit, github, first, head, number } = await scene();
  const { data } = await octokit.rest.pulls.get({ ...HERE, pull_number: number });
  expect(data).toMatchObject({
    number,
    state: "open",
    merged: false,
    mergeable: true,
    merge_commit_sha: github.pull(number).pull.mergeSha,
    head: { sha: head, repo: { full_name: "acme/access" } },
    base: { ref: "main", sha: first },
    user: { login: "emilyc" },
  });
});

test("comments: made, listed, read, changed and deleted", async () => {
  const { octokit, github, number } = await scene();
  const on = { ...HERE, issue_number: number };
  github.commentAs("emilyc", number, "Please look");
  github.commentAs("github-actions[bot]", number, "A build");
  const { data: made } = await octokit.rest.issues.createComment({ ...on, body: "A plan" });
  expect(made).toMatchObject({ user: { login: "github-actions[bot]", type: "Bot" }, body: "A plan" });
  expect(made.performed_via_github_app?.slug).toBe("github-actions");
  const { data: all } = await octokit.rest.issues.listComments(on);
  expect(all.map(({ body }) => body)).toEqual(["Please look", "A build", "A plan"]);
  expect(all.map((each) => each.performed_via_github_app?.slug)).toEqual([
    undefined,
    "github-actions",
    "github-actions",
  ]);
  const it = { ...HERE, comment_id: made.id };
  await octokit.rest.issues.updateComment({ ...it, body: "Another plan" });
  expect((await octokit.rest.issues.getComment(it)).data.body).toBe("Another plan");
  await octokit.rest.issues.deleteComment(it);
  expect(github.comments(number).map(({ body }) => body)).toEqual(["Please look", "A build"]);
});

test("issues: opened, listed, read and closed", async () => {
  const { octokit, github, number } = await scene();
  const { data: made } = await octokit.rest.issues.create({
    ...HERE,
    title: "Drift",
    body: "…",
    labels: ["drift"],
  });
  expect(made).toMatchObject({ number: number + 1, state: "open", labels: [{ name: "drift" }] });
  const { data: all } = await octokit.rest.issues.listForRepo(HERE);
  expect(all.map((each) => each.pull_request === undefined)).toEqual([true, false]);
  const asked = { ...HERE, labels: "drift", creator: "github-actions[bot]", state: "all" } as const;
  expect((await octokit.rest.issues.listForRepo(asked)).data).toHaveLength(1);
  const it = { ...HERE, issue_number: made.number };
  await octokit.rest.issues.update({ ...it, state: "closed", state_reason: "completed", body: "None" });
  const { data } = await octokit.rest.issues.get(it);
  expect(data).toMatchObject({ state: "closed", state_reason: "completed", body: "None" });
  expect((await octokit.rest.issues.listForRepo({ ...HERE, labels: "drift" })).data).toEqual([]);
  await octokit.rest.issues.update({ ...it, state: "open" });
  expect(github.issues.at(-1)).toMatchObject({ state: "open", stateReason: "reopened", closedAt: undefined });
});

test("labels: made and read", async () => {
  const { octokit } = await scene();
  await octokit.rest.issues.createLabel({ ...HERE, name: "Drift", color: "ff0000", description: "Differs" });
  const { data } = await octokit.rest.issues.getLabel({ ...HERE, name: "drift" });
  expect(data).toMatchObject({ name: "Drift", color: "ff0000", description: "Differs" });
});

test("check runs: made, changed, read and listed", async () => {
  const { octokit, head } = await scene();
  const output = { title: "Plan", summary: "one", text: "two" };
  const { data: made } = await octokit.rest.checks.create({
    ...HERE,
    name: "iam-roster",
    head_sha: head,
    status: "in_progress",
    external_id: "plan",
  });
  expect(made).toMatchObject({ status: "in_progress", app: { slug: "github-actions" } });
  const it = { ...HERE, check_run_id: made.id };
  await octokit.rest.checks.update({ ...it, conclusion: "success", output });
  const { data } = await octokit.rest.checks.get(it);
  expect(data).toMatchObject({ status: "completed", conclusion: "success", external_id: "plan", output });
  const { data: list } = await octokit.rest.checks.listForRef({
    ...HERE,
    ref: head,
    check_name: "iam-roster",
  });
  expect(list).toMatchObject({ total_count: 1, check_runs: [{ id: made.id }] });
});

test("the keys of a login, and nobody's", async () => {
  const { octokit } = await scene();
  const { data } = await octokit.rest.users.listPublicKeysForUser({ username: "emilyc" });
  expect(data).toEqual([{ id: 1, key: "ssh-ed25519 AAAA" }]);
});

test("who asks: of a person as a user, of anybody by GraphQL", async () => {
  const { octokit, github } = await scene();
  expect((await client(github, "t-person").rest.users.getAuthenticated()).data.login).toBe("emilyc");
  expect(await octokit.graphql("{ viewer { login } }")).toEqual({ viewer: { login: "github-actions[bot]" } });
});

test("what was asked is kept", async () => {
  const { octokit, github, number } = await scene();
  await octokit.rest.issues.listComments({ ...HERE, issue_number: number, per_page: 5 });
  expect(github.requests).toEqual([
    {
      method: "GET",
      route: "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
      path: `/repos/acme/access/issues/${number}/comments`,
      query: { per_page: "5" },
      body: undefined,
      status: 200,
    },
  ]);
});
