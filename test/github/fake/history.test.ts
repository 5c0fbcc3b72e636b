import { describe, expect, test } from "vitest";
import { client, HERE, refusal } from "./client.ts";
import { type FakeGitHub, fakeGitHub } from "./fake.ts";
import { bytesOf, type NewCommit } from "./git.ts";

/* Commits, pull requests and files. */

interface Scene {
  readonly github: FakeGitHub;
  readonly first: string;
  /** Two commits on top of the first, in a pull request. */
  readonly change: readonly [string, string];
  readonly number: number;
}

async function scene(): Promise<Scene> {
  const github = await fakeGitHub({ repository: "acme/access" });
  const first = github.commit({ files: { "users.yaml": "1", "groups.yaml": "1" } });
  github.branch("main", first);
  const one = github.commit({ parents: [first], files: { "users.yaml": "2" } });
  const two = github.commit({ parents: [one], files: { "new.yaml": "2" } });
  return { github, first, change: [one, two], number: github.openPull({ head: two }) };
}

/** The files of a commit, as texts. */
function texts(github: FakeGitHub, sha: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...github.commitAt(sha).files].map(([path, file]) => [path, bytesOf(file).toString()]),
  );
}

const BOTH = { "users.yaml": "2", "new.yaml": "2", "groups.yaml": "2" };

describe("a pull request", () => {
  test("is merged on trial by GitHub, anew when its branch or the base moves", async () => {
    const { github, first, change, number } = await scene();
    const trial = () => github.commitAt(github.pull(number).pull.mergeSha ?? "");
    expect(trial().parents).toEqual([first, change[1]]);
    const base = github.commit({ parents: [first], files: { "groups.yaml": "2" } });
    github.branch("main", base);
    expect(trial().parents).toEqual([base, change[1]]);
    expect(texts(github, trial().sha)).toEqual(BOTH);
    const head = github.commit({ parents: [change[1]], files: { "new.yaml": undefined } });
    github.push(number, head);
    expect(trial().parents).toEqual([base, head]);
    expect(texts(github, trial().sha)).toEqual({ "users.yaml": "2", "groups.yaml": "2" });
  });

  test("that conflicts has no trial merge", async () => {
    const { github, first, number } = await scene();
    github.branch("main", github.commit({ parents: [first], files: { "users.yaml": "3" } }));
    const { data } = await client(github).rest.pulls.get({ ...HERE, pull_number: number });
    expect(data).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
    expect(data.merge_commit_sha ?? "none").toBe("none");
    const ref = `pull/${number}/merge`;
    expect(await refusal(client(github).rest.git.getRef({ ...HERE, ref }))).toMatch(/^404 /);
    expect(() => github.merge(number, "merge")).toThrow(`the fake cannot merge ${number}`);
  });

  test.each([
    { method: "merge", parents: 2, commits: 2 },
    { method: "squash", parents: 1, commits: 1 },
    { method: "rebase", parents: 1, commits: 2 },
  ] as const)(
    "merged by $method is on the branch, with what it changes",
    async ({ method, parents, commits }) => {
      const { github, first, change, number } = await scene();
      const base = github.commit({ parents: [first], files: { "groups.yaml": "2" } });
      github.branch("main", base);
      const sha = github.merge(number, method);
      expect(texts(github, sha)).toEqual(BOTH);
      expect(github.commitAt(sha).parents).toHaveLength(parents);
      const { repos, pulls } = client(github).rest;
      const { data: history } = await repos.listCommits({ ...HERE, sha: "main" });
      const here = history.map((each) => each.sha);
      expect(here.includes(change[1])).toBe(method === "merge");
      expect(here.length).toBe(2 + commits + (method === "merge" ? 1 : 0));
      const { data } = await pulls.get({ ...HERE, pull_number: number });
      expect(data).toMatchObject({
        state: "closed",
        merged: true,
        merge_commit_sha: sha,
        merged_by: { login: "emilyc" },
      });
      expect(data.base.sha).toBe(base);
      for (const each of [sha, change[0]]) {
        const asked = { ...HERE, commit_sha: each };
        const { data: found } = await repos.listPullRequestsAssociatedWithCommit(asked);
        expect(found).toMatchObject([{ number, merge_commit_sha: sha, merged_at: expect.any(String) }]);
      }
    },
  );

  test("that is merged is not in the index of commits for a while", async () => {
    const { github, number } = await scene();
    const sha = github.merge(number, "squash", { lag: 2 });
    const { repos } = client(github).rest;
    const count = async () =>
      (await repos.listPullRequestsAssociatedWithCommit({ ...HERE, commit_sha: sha })).data.length;
    expect([await count(), await count(), await count(), await count()]).toEqual([0, 0, 1, 1]);
  });

  test("that is closed, or whose commit came to the branch with another, is not a commit's", async () => {
    const { github, change, number } = await scene();
    const other = github.openPull({ head: change[1] });
    const { repos } = client(github).rest;
    const found = async () => {
      const { data } = await repos.listPullRequestsAssociatedWithCommit({ ...HERE, commit_sha: change[0] });
      return data.map((each) => each.number);
    };
    expect(await found()).toEqual([number, other]);
    github.changeIssue(other, { state: "closed" });
    expect(await found()).toEqual([number]);
    github.changeIssue(other, { state: "open" });
    github.merge(number, "merge");
    expect(await found()).toEqual([number]);
  });

  test("from a fork says so", async () => {
    const { github, change } = await scene();
    const number = github.openPull({ head: change[1], fork: true, user: "mallory", headRef: "mine" });
    const { data } = await client(github).rest.pulls.get({ ...HERE, pull_number: number });
    expect(data.head).toMatchObject({
      label: "mallory:mine",
      repo: { full_name: "mallory/access", fork: true },
    });
    expect(data.base.repo).toMatchObject({ full_name: "acme/access", fork: false });
    expect(data.head.repo?.id).not.toBe(data.base.repo.id);
  });
});

describe("what there is not", () => {
  test.each<readonly [string, (rest: ReturnType<typeof client>["rest"]) => Promise<unknown>, RegExp]>([
    [
      "a commit",
      (rest) => rest.repos.getCommit({ ...HERE, ref: "none" }),
      /^422 No commit found for SHA: none/,
    ],
    ["commits of a branch", (rest) => rest.repos.listCommits({ ...HERE, sha: "none" }), /^404 Not Found/],
    [
      "pull requests of a commit",
      (rest) => rest.repos.listPullRequestsAssociatedWithCommit({ ...HERE, commit_sha: "none" }),
      /^422 No commit found/,
    ],
    [
      "check runs of a commit",
      (rest) => rest.checks.listForRef({ ...HERE, ref: "none" }),
      /^422 No commit found/,
    ],
    ["a check run", (rest) => rest.checks.get({ ...HERE, check_run_id: 99 }), /^404 Not Found/],
    ["a ref", (rest) => rest.git.getRef({ ...HERE, ref: "heads/none" }), /^404 Not Found/],
    ["a ref by half its name", (rest) => rest.git.getRef({ ...HERE, ref: "main" }), /^404 Not Found/],
    ["a pull request", (rest) => rest.pulls.get({ ...HERE, pull_number: 99 }), /^404 Not Found/],
    ["an issue", (rest) => rest.issues.get({ ...HERE, issue_number: 99 }), /^404 Not Found/],
    ["a file", (rest) => rest.repos.getContent({ ...HERE, path: "none" }), /^404 Not Found/],
    [
      "a file of a branch",
      (rest) => rest.repos.getContent({ ...HERE, path: "users.yaml", ref: "none" }),
      /^404 No commit found for the ref none/,
    ],
    ["a login", (rest) => rest.users.listPublicKeysForUser({ username: "nobody" }), /^404 Not Found/],
  ])("is refused: %s", async (_, call, said) => {
    const { github } = await scene();
    expect(await refusal(call(client(github).rest))).toMatch(said);
  });

  test("is an error where a test names it", async () => {
    const { github } = await scene();
    expect(() => github.branch("main", "none")).toThrow("the fake has no commit none");
    expect(() => github.pull(99)).toThrow("the fake has no pull request 99");
    expect(() => github.editComment(99, "")).toThrow("the fake has no comment 99");
    expect(() => github.openPull({ head: github.commit({}), base: "none" })).toThrow(
      "the fake has no branch none",
    );
  });
});

describe("a file", () => {
  const MIB = 1024 * 1024;

  async function get(files: NonNullable<NewCommit["files"]>, path: string, accept?: string) {
    const github = await fakeGitHub({ repository: "acme/access" });
    github.branch("main", github.commit({ files }));
    const headers = accept === undefined ? {} : { accept };
    return client(github).request("GET /repos/{owner}/{repo}/contents/{path}", { ...HERE, path, headers });
  }

  test("of up to a MiB comes in lines of 60 letters; a larger one without what is in it", async () => {
    const { data: full } = await get({ "users.yaml": "a".repeat(MIB) }, "users.yaml");
    expect(full).toMatchObject({ encoding: "base64", size: MIB });
    const { content } = full as { readonly content: string };
    expect(content.slice(0, 62)).toBe(`${"YWFh".repeat(15)}\nY`);
    expect(Buffer.from(content, "base64").length).toBe(MIB);
    const { data } = await get({ "users.yaml": "a".repeat(MIB + 1) }, "users.yaml");
    expect(data).toMatchObject({ encoding: "none", content: "", size: MIB + 1 });
  });

  test.each(["application/vnd.github.raw+json", "application/vnd.github.v3.raw"])(
    "comes raw whatever is in it, up to 100 MiB, for %s",
    async (accept) => {
      const { data } = await get({ "a b/ü%.yaml": "ä".repeat(MIB) }, "a b/ü%.yaml", accept);
      expect(data).toBe("ä".repeat(MIB));
      const large = { "users.yaml": Buffer.alloc(100 * MIB + 1) };
      expect(await refusal(get(large, "users.yaml", accept))).toMatch(
        /^403 This API returns blobs up to 100 MB/,
      );
    },
  );

  test("that is a symlink is the file it points at, else it is told as what it is", async () => {
    const files = {
      "docs/to": { symlink: "../users.yaml" },
      out: { symlink: "/etc/passwd" },
      "users.yaml": "A",
    };
    expect((await get(files, "docs/to")).data).toMatchObject({ type: "file", content: "QQ==\n" });
    expect((await get(files, "out")).data).toMatchObject({ type: "symlink", target: "/etc/passwd" });
    expect((await get(files, "")).data).toMatchObject([
      { name: "docs", type: "dir" },
      { name: "out", type: "symlink" },
      { name: "users.yaml", type: "file" },
    ]);
  });

  test("that is a submodule is told as one, but for a list, where it is a file", async () => {
    const files = { other: { submodule: "https://github.com/acme/other" } };
    const told = { type: "submodule", submodule_git_url: "https://github.com/acme/other" };
    expect((await get(files, "other")).data).toMatchObject(told);
    expect((await get(files, "")).data).toMatchObject([{ name: "other", type: "file" }]);
  });
});
