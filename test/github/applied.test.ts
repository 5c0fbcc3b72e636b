import { describe, expect, test } from "vitest";
import { type Made, noteFor, sinceLastApply } from "../../src/github/applied.ts";
import { type FakeGitHub, fakeGitHub } from "./fake/fake.ts";
import { ACTIONS, type App } from "./fake/world.ts";
import { opened } from "./opened.ts";

/** A branch of so many commits, the oldest first. */
async function branchOf(count: number) {
  const github = await fakeGitHub({ repository: "acme/access" });
  const commits: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const parent = commits.at(-1);
    commits.push(github.commit({ parents: parent === undefined ? [] : [parent], files: { n: `${index}` } }));
  }
  github.branch("main", commits.at(-1) ?? "");
  return { github, commits };
}

interface Ended {
  readonly conclusion?: string;
  readonly text?: string | undefined;
  readonly app?: App;
  readonly name?: string;
}

function applied(github: FakeGitHub, commit: string | undefined, how: Ended = {}): number {
  const { conclusion = "success", text, app = ACTIONS, name = "iam-roster apply (.)" } = how;
  return github.checkRunAs(app, {
    name,
    head_sha: commit ?? "",
    status: "completed",
    conclusion,
    output: { title: "Applied", summary: "Applied", ...(text !== undefined && { text }) },
  });
}

interface Pushed {
  readonly tip: string | undefined;
  readonly before: string | undefined;
  readonly newest?: string | undefined;
}

function since(github: FakeGitHub, tip: string | undefined, before?: string) {
  return sinceFor(github, 0, { tip, before });
}

/** As the apply with this check run looks. */
function sinceFor(github: FakeGitHub, id: number, { tip, before, newest = tip }: Pushed) {
  const own = { id, app: ACTIONS.id };
  const looking = { roster: ".", tip: tip ?? "", newest: newest ?? "", before, own };
  return sinceLastApply(opened(github).repository, looking);
}

const begun = (before: string | undefined, made: readonly Made[] = []): string | undefined =>
  noteFor({ before, made, left: [] });

describe("what a branch has got since the last apply", () => {
  test("is what came after the commit of the newest that did all of it", async () => {
    const { github, commits } = await branchOf(5);
    applied(github, commits[0]);
    applied(github, commits[2]);
    const found = await since(github, commits[4], commits[3]);
    expect(found).toEqual({ base: commits[2], commits: [commits[4], commits[3]], made: [], left: [] });
  });

  test.each<readonly [string, Ended]>([
    ["failed", { conclusion: "failure" }],
    ["gave way to another", { conclusion: "neutral" }],
    ["is another app's", { app: { id: 666, slug: "mallory" } }],
    ["is another roster's", { name: "iam-roster apply (teams/data)" }],
  ])("is not ended by an apply that %s", async (_, how) => {
    const { github, commits } = await branchOf(4);
    applied(github, commits[0]);
    applied(github, commits[2], how);
    expect(await since(github, commits[3], commits[2])).toMatchObject({
      base: commits[0],
      commits: [commits[3], commits[2], commits[1]],
    });
  });

  test("is nothing on the commit of such an apply, but for our own, which is under way", async () => {
    const { github, commits } = await branchOf(2);
    applied(github, commits[0]);
    const own = applied(github, commits[1]);
    expect(await sinceFor(github, own, { tip: commits[1], before: commits[0] })).toMatchObject({
      base: commits[0],
    });
    applied(github, commits[1]);
    expect(await sinceFor(github, own, { tip: commits[1], before: commits[0] })).toMatchObject({
      base: commits[1],
      commits: [],
    });
  });

  test("is nothing where a later one did all of it, and what that left where it did not", async () => {
    const { github, commits } = await branchOf(5);
    applied(github, commits[0]);
    const pushed = { tip: commits[2], before: commits[1], newest: commits[4] };
    applied(github, commits[3], {
      conclusion: "failure",
      text: begun(commits[2], [{ user: "marco", id: "AIDA1" }]),
    });
    expect(await sinceFor(github, 0, pushed)).toEqual({
      base: commits[0],
      commits: [commits[2], commits[1]],
      made: [{ user: "marco", id: "AIDA1" }],
      left: [],
    });
    applied(github, commits[4]);
    expect(await sinceFor(github, 0, pushed)).toEqual({ base: commits[4], commits: [], made: [], left: [] });
  });

  test("is what this push brought, where none ever did all of it", async () => {
    const { github, commits } = await branchOf(4);
    expect(await since(github, commits[3], commits[1])).toEqual({
      base: commits[1],
      commits: [commits[3], commits[2]],
      made: [],
      left: [],
    });
  });

  test("is that with what the pushes before it brought in vain", async () => {
    const { github, commits } = await branchOf(6);
    applied(github, commits[2], { conclusion: "failure", text: begun(commits[1]) });
    applied(github, commits[4], { conclusion: "neutral", text: begun(commits[2]) });
    expect(await since(github, commits[5], commits[4])).toMatchObject({
      base: commits[1],
      commits: [commits[5], commits[4], commits[3], commits[2]],
    });
    // Started by hand there, nobody says where the branch was before.
    applied(github, commits[5], { conclusion: "failure", text: begun(commits[4]) });
    expect(await since(github, commits[5])).toMatchObject({ base: commits[1] });
  });

  test("is that too where pushes in between left the roster alone, and had no apply", async () => {
    const { github, commits } = await branchOf(7);
    applied(github, commits[2], { conclusion: "failure", text: begun(commits[1]) });
    applied(github, commits[4], { conclusion: "failure", text: begun(commits[3]) });
    const brought = {
      base: commits[1],
      commits: [commits[6], commits[5], commits[4], commits[3], commits[2]],
    };
    expect(await since(github, commits[6], commits[5])).toMatchObject(brought);
    // And where nobody says where the branch was before.
    expect(await since(github, commits[6])).toMatchObject(brought);
  });

  test("is no more than that where this push brought the most, or the first of two on one commit did", async () => {
    const { github, commits } = await branchOf(5);
    applied(github, commits[3], { conclusion: "failure", text: begun(commits[2]) });
    expect(await since(github, commits[4], commits[1])).toMatchObject({ base: commits[1] });
    applied(github, commits[3], { conclusion: "failure", text: begun(commits[0]) });
    applied(github, commits[3], { conclusion: "failure", text: begun(commits[2]) });
    expect(await since(github, commits[4], commits[1])).toMatchObject({ base: commits[0] });
  });

  test("passes over where the branch was before a force push", async () => {
    const { github, commits } = await branchOf(5);
    const gone = github.commit({ parents: [commits[0] ?? ""], files: { n: "gone" } });
    applied(github, commits[2], { conclusion: "failure", text: begun(commits[1]) });
    applied(github, commits[3], { conclusion: "failure", text: begun(gone) });
    const brought = { base: commits[1], commits: [commits[4], commits[3], commits[2]] };
    expect(await since(github, commits[4], gone)).toMatchObject(brought);
    expect(await since(github, commits[4], commits[3])).toMatchObject(brought);
  });

  test("of an old commit is not what came after it", async () => {
    const { github, commits } = await branchOf(5);
    applied(github, commits[4], { conclusion: "failure", text: begun(commits[3]) });
    applied(github, commits[3], { conclusion: "failure", text: begun(commits[2]) });
    const old = { tip: commits[2], newest: commits[4] };
    expect(await sinceFor(github, 0, { ...old, before: commits[1] })).toMatchObject({
      base: commits[1],
      commits: [commits[2]],
    });
    expect(await sinceFor(github, 0, { ...old, before: undefined })).toMatchObject({
      base: undefined,
      commits: [commits[2]],
    });
  });

  test("is the tip alone after a force push, and where nothing is known", async () => {
    const { github, commits } = await branchOf(3);
    const gone = github.commit({ parents: [commits[0] ?? ""], files: { n: "gone" } });
    const [, , tip] = commits;
    expect(await since(github, tip, gone)).toMatchObject({ base: gone, commits: [tip] });
    expect(await since(github, tip)).toMatchObject({ base: undefined, commits: [tip] });
  });

  test("does not go in circles where the branch was pushed back and forth", async () => {
    const { github, commits } = await branchOf(3);
    applied(github, commits[1], { conclusion: "failure", text: begun(commits[2]) });
    expect(await since(github, commits[2], commits[1])).toMatchObject({ base: commits[1] });
  });

  test("goes by first parents, over pages", async () => {
    const { github, commits } = await branchOf(3);
    const side: string[] = [commits[0] ?? ""];
    for (let index = 0; index < 120; index += 1)
      side.push(github.commit({ parents: [side.at(-1) ?? ""], files: { side: `${index}` } }));
    const tip = github.commit({ parents: [commits[2] ?? "", side.at(-1) ?? ""], files: { n: "merge" } });
    applied(github, commits[0]);
    expect(await since(github, tip)).toMatchObject({
      base: commits[0],
      commits: [tip, commits[2], commits[1]],
    });
  });

  test("goes no further than a hundred commits", async () => {
    const { github, commits } = await branchOf(110);
    applied(github, commits[0]);
    expect(await since(github, commits[109], commits[108])).toMatchObject({
      base: commits[108],
      commits: [commits[109]],
    });
    const asked = github.requests.filter(({ path }) => path.endsWith("/check-runs"));
    expect(asked).toHaveLength(100);
  });
});

describe("whom an apply made", () => {
  const MARCO = { user: "marco", id: "AIDA1" };
  const ZOE = { user: "z.o+e=,@-_", id: "AIDA2" };

  test("is kept until one does all, the newest first", async () => {
    const { github, commits } = await branchOf(4);
    applied(github, commits[0], { text: begun(undefined, [{ user: "old", id: "AIDA0" }]) });
    applied(github, commits[1], { conclusion: "failure", text: begun(commits[0], [MARCO, ZOE]) });
    applied(github, commits[2], { conclusion: "failure", text: begun(commits[1]) });
    applied(github, commits[2], {
      conclusion: "failure",
      text: begun(commits[1], [{ user: "marco", id: "AIDA3" }]),
    });
    const { made } = await since(github, commits[3]);
    expect(made).toEqual([{ user: "marco", id: "AIDA3" }, MARCO, ZOE]);
  });

  test("is not what another app says", async () => {
    const { github, commits } = await branchOf(2);
    applied(github, commits[0], {
      conclusion: "failure",
      text: begun(undefined, [MARCO]),
      app: { id: 666, slug: "mallory" },
    });
    expect(await since(github, commits[1])).toMatchObject({ made: [] });
  });

  test("is left out where there is no room for it, and the next run is told by a person", () => {
    const many = Array.from({ length: 4000 }, (_, index) => ({ user: `user${index}`, id: "AIDA" }));
    expect(noteFor({ before: "a".repeat(40), made: many, left: [] })).toBe(
      `What is applied begins after ${"a".repeat(40)}.`,
    );
    expect(noteFor({ before: undefined, made: [], left: [] })).toBeUndefined();
  });
});

describe("what an apply left", () => {
  test("is none of it kept where there is no room for all: whoever is not named would be taken for done", () => {
    const left = Array.from(
      { length: 4000 },
      (_, index) => ({ type: "user", name: `user${index}` }) as const,
    );
    expect(noteFor({ before: undefined, made: [], left })).toBeUndefined();
    expect(noteFor({ before: "a".repeat(40), made: [], left })).toBe(
      `What is applied begins after ${"a".repeat(40)}.`,
    );
  });

  test("is kept by name, with the commits that were in it", async () => {
    const { github, commits } = await branchOf(5);
    applied(github, commits[0]);
    const left = [{ type: "user", name: "Marco" } as const, { type: "group", name: "ops" } as const];
    const text = noteFor({ before: commits[1], made: [], left });
    applied(github, commits[2], { conclusion: "failure", text });
    applied(github, commits[3], { conclusion: "failure", text: "Left: user zoe" });
    applied(github, commits[3], { conclusion: "failure", text: begun(commits[2]) });
    expect((await since(github, commits[4])).left).toEqual([
      { from: 1, subjects: new Set(["user zoe"]) },
      { from: 2, subjects: new Set(["user marco", "group ops"]) },
    ]);
  });
});
