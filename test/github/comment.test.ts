import { describe, expect, test } from "vitest";
import { addOnce, isBy, marker, ownComments, stickyComment } from "../../src/github/comment.ts";
import { secondaryLimit } from "./fake/faults.ts";
import { type Talk, talk } from "./talk.ts";

const BOT = "github-actions[bot]";
const MARK = marker("plan", ".");
const CREATE = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
const EDIT = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
const LIST = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";

const say = ({ repository, number }: Talk, body: string, create = true): Promise<string | undefined> =>
  stickyComment(repository, { thread: number, mark: MARK, body, create });

const bodies = ({ github, number }: Talk): readonly string[] =>
  github.comments(number).map(({ login, body }) => `${login}: ${body}`);

const ours = (text: string): string => `${BOT}: ${MARK}\n${text}`;

/** Once, at the first call of the route, before it is answered. */
function once({ github }: Talk, route: string, happens: () => unknown): void {
  let isOver = false;
  github.on(route, async () => {
    if (isOver) return;
    isOver = true;
    await happens();
  });
}

describe("the one comment", () => {
  test("is made once, then changed in place, and left as it is where it says the same", async () => {
    const world = await talk();
    const url = await say(world, "one\n");
    expect(bodies(world)).toEqual([ours("one")]);
    expect(await say(world, "two\n")).toBe(url);
    expect(bodies(world)).toEqual([ours("two")]);
    const asked = world.github.requests.length;
    expect(await say(world, "two\n")).toBe(url);
    expect(world.github.requests.slice(asked).map(({ method }) => method)).toEqual(["GET"]);
  });

  test("is not made where there is nothing to say, and changed where there was", async () => {
    const world = await talk();
    expect(await say(world, "nothing", false)).toBeUndefined();
    expect(bodies(world)).toEqual([]);
    await say(world, "something");
    await say(world, "nothing", false);
    expect(bodies(world)).toEqual([ours("nothing")]);
  });

  test("is found behind hundreds of others, wherever it stands", async () => {
    for (const before of [99, 100, 250]) {
      const world = await talk();
      const { github, number } = world;
      for (let count = 0; count < before; count += 1) github.commentAs("priya", number, "words");
      github.commentAs(BOT, number, `${MARK}\nold`);
      await say(world, "new");
      expect(bodies(world)).toEqual([...Array.from({ length: before }, () => "priya: words"), ours("new")]);
    }
  });

  test("is none that somebody else wrote, whatever stands in it", async () => {
    const world = await talk();
    const { github, number } = world;
    const forged = ["mallory", "github-actions", "other[bot]", "github-actions[bot]x"];
    for (const login of forged) github.commentAs(login, number, `${MARK}\nforged`);
    // Of another roster, of another kind, quoted: ours, and not this one.
    const others = [marker("plan", "teams"), marker("report", "."), `> ${MARK}`, "words"];
    for (const body of others) github.commentAs(BOT, number, body);
    const before = bodies(world);
    await say(world, "plan");
    await say(world, "plan again");
    expect(bodies(world)).toEqual([...before, ours("plan again")]);
  });

  test("is written over where somebody edited it, and made again where the marker is gone", async () => {
    const world = await talk();
    const { github, number } = world;
    await say(world, "plan");
    const { id = 0 } = github.comments(number)[0] ?? {};
    github.editComment(id, `${MARK}\r\nall is well, merge it`);
    await say(world, "plan");
    expect(bodies(world)).toEqual([ours("plan")]);
    github.editComment(id, "all is well, merge it");
    await say(world, "plan");
    expect(bodies(world)).toEqual([`${BOT}: all is well, merge it`, ours("plan")]);
  });

  test("is made again where it was deleted, and where it is deleted just before it is changed", async () => {
    const world = await talk();
    const { github, number } = world;
    await say(world, "one");
    github.deleteComment(github.comments(number)[0]?.id ?? 0);
    await say(world, "two");
    expect(bodies(world)).toEqual([ours("two")]);
    once(world, LIST, () => github.deleteComment(github.comments(number)[0]?.id ?? 0));
    await say(world, "three");
    expect(bodies(world)).toEqual([ours("three")]);
  });

  test("is one where several were left", async () => {
    const world = await talk();
    const { github, number } = world;
    for (const text of ["a", "b", "c"]) github.commentAs(BOT, number, `${MARK}\n${text}`);
    const [first] = github.comments(number);
    await say(world, "d");
    expect(github.comments(number)).toEqual([expect.objectContaining({ id: first?.id, body: `${MARK}\nd` })]);
  });

  test("stays one where another run makes one in the same moment, and deletes ours", async () => {
    const world = await talk();
    // The list that is answered is empty.
    once(world, LIST, () => say(world, "of the other run"));
    await say(world, "of this run");
    expect(bodies(world)).toEqual([ours("of this run")]);
    const other = await talk();
    once(other, CREATE, () => say(other, "of the other run"));
    await say(other, "of this run");
    expect(bodies(other)).toHaveLength(1);
  });
});

describe("a comment whose answer is lost", () => {
  test.each(["lost-answer", "drop-after", "cut-answer"] as const)("is there once: %s", async (answer) => {
    const world = await talk();
    world.github.fault({ on: CREATE, answer });
    expect(await say(world, "plan\n")).toMatch(/#issuecomment-\d+$/);
    expect(bodies(world)).toEqual([ours("plan")]);
    world.github.fault({ on: EDIT, answer });
    await say(world, "other plan\n");
    expect(bodies(world)).toEqual([ours("other plan")]);
  });

  test("is not taken for none where the list of comments breaks off", async () => {
    const world = await talk();
    await say(world, "one");
    world.github.fault({ on: LIST, answer: "cut-answer" });
    await say(world, "two", false);
    expect(bodies(world)).toEqual([ours("two")]);
  });

  test("is made where it was not carried out", async () => {
    const world = await talk();
    world.github.fault({ on: CREATE, answer: "drop" });
    await say(world, "plan");
    expect(bodies(world)).toEqual([ours("plan")]);
  });

  test("is found even where GitHub keeps no line break at its end", async () => {
    const world = await talk();
    const { github, number, repository } = world;
    github.fault({ on: CREATE, answer: "lost-answer" });
    once(world, CREATE, () => {
      const { id = 0, body = "" } = github.comments(number)[0] ?? {};
      github.editComment(id, body.trimEnd());
    });
    const { id } = await addOnce(repository, number, `${MARK}\nletter\n`);
    expect(github.comments(number).map((each) => each.id)).toEqual([id]);
  });
});

describe("GitHub's limits", () => {
  test("are waited for as long as GitHub says, and nothing is written twice", async () => {
    const world = await talk();
    world.github.fault({ on: CREATE, answer: secondaryLimit(403, 7) });
    world.github.fault({ on: EDIT, answer: secondaryLimit(429, 3), times: 2 });
    await say(world, "one");
    await say(world, "two");
    expect(bodies(world)).toEqual([ours("two")]);
    expect(world.waits).toEqual([7000, 3000, 3000]);
  });
});

describe("an author", () => {
  test("is the viewer by the whole name, and a bot where the viewer is named without its ending", () => {
    expect(isBy({ login: BOT, type: "Bot" }, BOT)).toBe(true);
    expect(isBy({ login: BOT, type: "Bot" }, "github-actions")).toBe(true);
    expect(isBy({ login: "emily", type: "User" }, "emily")).toBe(true);
    expect(isBy({ login: BOT, type: "User" }, "github-actions")).toBe(false);
    expect(isBy({ login: "priya", type: "User" }, "emily")).toBe(false);
    // oxlint-disable-next-line unicorn/no-null -- GitHub says so of whoever is gone
    expect(isBy(null, "emily")).toBe(false);
  });
});

describe("the marker", () => {
  test("is told apart for every name, and ends only where it should", async () => {
    const { repository, github, number } = await talk();
    const names = [".", "teams/data", "teams", "a--b", "-->", "teams data"];
    for (const name of names) github.commentAs(BOT, number, `${marker("plan", name)}\nx`);
    for (const name of names) {
      expect(await ownComments(repository, number, marker("plan", name))).toHaveLength(1);
      expect(marker("plan", name)).toMatch(/^<!-- iam-roster:plan [\w%.~]+ -->$/);
    }
  });
});
