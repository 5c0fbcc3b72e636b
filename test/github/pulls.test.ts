import { describe, expect, test } from "vitest";
import { mergedWith } from "../../src/github/pulls.ts";
import { fakeGitHub } from "./fake/fake.ts";
import { opened } from "./opened.ts";

const PULLS = "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls";

const MAIN = { branch: "main", isFresh: true } as const;

async function beginning() {
  const github = await fakeGitHub({ repository: "acme/access" });
  const first = github.commit({ files: { "users.yaml": "" } });
  github.branch("main", first);
  const change = (name: string, parent = first) =>
    github.commit({ parents: [parent], files: { [name]: name } });
  return { github, first, change, ...opened(github) };
}

describe("the pull requests of commits", () => {
  test.each(["squash", "merge", "rebase"] as const)("are found of a %s, once", async (method) => {
    const { github, change, repository, waits } = await beginning();
    const head = change("b", change("a"));
    const number = github.openPull({ head });
    const tip = github.merge(number, method);
    const commits = method === "rebase" ? [tip, ...github.commitAt(tip).parents] : [tip];
    expect(await mergedWith(repository, commits, MAIN)).toEqual({
      pulls: [{ number, into: "main", head, isFork: false, merge: tip, mergedAt: expect.any(String) }],
      pushed: [],
    });
    expect(waits).toEqual([]);
  });

  test("are asked for again while the index does not have them", async () => {
    const { github, change, repository, waits } = await beginning();
    const number = github.openPull({ head: change("a") });
    const tip = github.merge(number, "squash", { lag: 2 });
    const { pulls } = await mergedWith(repository, [tip], MAIN);
    expect(pulls).toMatchObject([{ number }]);
    expect(waits).toEqual([1000, 2000]);
  });

  test("are none in the end of a commit that was pushed, which is told", async () => {
    const { github, change, repository, waits } = await beginning();
    const number = github.openPull({ head: change("a") });
    const merge = github.merge(number, "squash");
    const pushed = change("b", merge);
    github.branch("main", pushed);
    const { pulls, ...others } = await mergedWith(repository, [pushed, merge], MAIN);
    expect(pulls).toMatchObject([{ number }]);
    expect(others).toEqual({ pushed: [pushed] });
    expect(waits).toEqual([1000, 2000]);
    // The one that was found is not asked for again.
    expect(github.requests.filter(({ path }) => path.includes(merge))).toHaveLength(1);
  });

  test("are asked for once, some time after the push", async () => {
    const { first, repository, waits, github } = await beginning();
    const found = await mergedWith(repository, [first], { branch: "main", isFresh: false });
    expect([found.pushed, waits, github.requests.length]).toEqual([[first], [], 1]);
  });

  test("are not those that are open, of another branch, or that were merged before", async () => {
    const { github, first, change, repository } = await beginning();
    github.branch("other", first);
    const elsewhere = change("a");
    const other = github.merge(github.openPull({ head: elsewhere, base: "other" }), "merge");
    const squashed = change("b");
    const long = github.openPull({ head: squashed });
    github.merge(long, "squash");
    const open = change("c");
    github.openPull({ head: open });
    const commits = [open, squashed, elsewhere, other];
    expect(await mergedWith(repository, commits, MAIN)).toEqual({ pulls: [], pushed: commits });
  });

  test("tell whether they come from a fork", async () => {
    const { github, change, repository } = await beginning();
    const number = github.openPull({ head: change("a"), fork: true, user: "stranger" });
    const tip = github.merge(number, "squash");
    expect(await mergedWith(repository, [tip], MAIN)).toMatchObject({ pulls: [{ isFork: true }] });
  });

  test("are an error where GitHub does not tell them", async () => {
    const { github, first, repository } = await beginning();
    github.fault({ on: PULLS, answer: "drop", times: 9 });
    await expect(mergedWith(repository, [first], MAIN)).rejects.toThrow("GitHub does not answer");
  });
});
