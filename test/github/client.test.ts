import { describe, expect, test } from "vitest";
import { GitHubFailure } from "../../src/github/client.ts";
import { failed } from "./fake/answer.ts";
import { type Fault, primaryLimit, secondaryLimit } from "./fake/faults.ts";
import { scene } from "./fake/scene.ts";
import { opened, STARTED } from "./opened.ts";
import { gitHub } from "./serve.ts";

const HERE = { owner: "acme", repo: "access" } as const;
const LIST = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
const ADD = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
const EDIT = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
const REMOVE = "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}";
const WHO = "POST /graphql";

const NOW = Date.parse(STARTED) / 1000;

/** A repository with a comment of ours, and a call of each kind that can be made of it. */
async function calls(token?: string) {
  const { github, pull } = await scene();
  const { repository, waits, told } = opened(github, token);
  const comment_id = github.commentAs("github-actions[bot]", pull, "Hello");
  const { request } = repository;
  const made = {
    [LIST]: () => request(LIST, { ...HERE, issue_number: pull }),
    [ADD]: () => request(ADD, { ...HERE, issue_number: pull, body: "Another" }),
    [EDIT]: () => request(EDIT, { ...HERE, comment_id, body: "Goodbye" }),
    [REMOVE]: () => request(REMOVE, { ...HERE, comment_id }),
    [WHO]: () => repository.viewer(),
  };
  const asked = (route: string) => github.requests.filter((each) => each.route === route).length;
  return { github, waits, told, made, asked, pull };
}

async function failure(call: Promise<unknown>): Promise<GitHubFailure> {
  const error = await call.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (error instanceof GitHubFailure) return error;
  throw error;
}

describe("what may be done twice is tried again", () => {
  test.each([LIST, EDIT, REMOVE, WHO] as const)("%s, after an answer of 5xx, or none", async (route) => {
    const { github, waits, made, asked } = await calls();
    github.fault({ on: route, answer: failed(503, "Unavailable") });
    github.fault({ on: route, answer: "drop" });
    await made[route]();
    expect(asked(route)).toBe(3);
    expect(waits).toEqual([1000, 2000]);
  });

  test("after an answer that broke off in its midst", async () => {
    const { github, waits, made } = await calls();
    github.fault({ on: LIST, answer: "cut-answer" });
    const { data } = await made[LIST]();
    expect(data.map(({ body }) => body)).toEqual(["Hello"]);
    expect(waits).toEqual([1000]);
  });

  test("five times in all", async () => {
    const { github, waits, told, made, asked } = await calls();
    github.fault({ on: LIST, answer: failed(502, "Server Error"), times: 9 });
    expect((await failure(made[LIST]())).message).toBe(`GitHub answers 502 to ${LIST}: Server Error`);
    expect(asked(LIST)).toBe(5);
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
    expect(told).toEqual([`GitHub answers 502 to ${LIST}: Server Error. Trying again in 8 seconds.`]);
  });
});

describe("what creates something is never sent twice where it may have been carried out", () => {
  test.each<readonly [Fault["answer"], number | undefined, number]>([
    [failed(502, "Server Error"), 502, 0],
    ["lost-answer", 502, 1],
    ["drop", undefined, 0],
    ["drop-after", undefined, 1],
    ["cut-answer", undefined, 1],
  ])("%o", async (answer, status, written) => {
    const { github, waits, made, asked, pull } = await calls();
    github.fault({ on: ADD, answer });
    const error = await failure(made[ADD]());
    expect([error.status, error.ambiguous]).toEqual([status, true]);
    expect(asked(ADD)).toBe(1);
    expect(waits).toEqual([]);
    expect(github.comments(pull).filter(({ body }) => body === "Another")).toHaveLength(written);
  });
});

describe("a limit is waited for", () => {
  test.each<readonly [string, Fault["answer"], number]>([
    ["as long as GitHub says", secondaryLimit(403, 7), 7000],
    ["as long as GitHub says, with 429", secondaryLimit(429, 7), 7000],
    ["a minute, where it does not say", secondaryLimit(403), 60_000],
    ["until there are new questions", primaryLimit(403, NOW + 90), 91_000],
    ["until there are, with 429", primaryLimit(429, NOW + 90), 91_000],
    ["a second, where they are due", primaryLimit(403, NOW - 90), 1000],
  ])("%s, also to create something", async (_, answer, wait) => {
    const { github, waits, told, made, pull } = await calls();
    github.fault({ on: ADD, answer });
    await made[ADD]();
    expect(waits).toEqual([wait]);
    expect(told.map((line) => / Trying again in (\d+) seconds\.$/.exec(line)?.[1])).toEqual(
      wait < 5000 ? [] : [String(wait / 1000)],
    );
    expect(github.comments(pull)).toHaveLength(2);
  });

  test("but not for longer than ten minutes", async () => {
    const { github, waits, made, asked } = await calls();
    github.fault({ on: LIST, answer: primaryLimit(403, NOW + 3600) });
    const { message } = await failure(made[LIST]());
    expect(message).toContain("API rate limit exceeded");
    expect(message).not.toContain("permission");
    expect([waits, asked(LIST)]).toEqual([[], 1]);
  });
});

describe("a refusal is told in two lines at most, with what to do", () => {
  test.each<readonly [string, typeof LIST | typeof ADD, string, string]>([
    ["t-read", ADD, "403", "Give the job the permission pull-requests: write (of an issue: issues: write)."],
    ["t-none", LIST, "403", "Give the job the permission pull-requests: read (of an issue: issues: read)."],
    ["t-wrong", LIST, "401", "The input github-token is not valid, or has expired."],
    ["t-elsewhere", LIST, "404", "It is not there, or the job lacks the permission pull-requests: read"],
  ])("of %s", async (...[token, route, status, way]) => {
    const { made, waits } = await calls(token);
    const error = await failure(made[route]());
    const [first, second, ...more] = error.message.split("\n");
    expect(first).toMatch(new RegExp(`^GitHub answers ${status} to (GET|POST) /repos/\\{owner\\}`));
    expect(first).not.toContain("https://");
    expect(second).toContain(way);
    expect([more, waits, error.ambiguous]).toEqual([[], [], false]);
  });

  test("and with no permission where that is not what is missing", async () => {
    const { github, made } = await calls();
    github.fault({ on: ADD, answer: failed(403, "Unable to create comment because issue is locked.") });
    expect((await failure(made[ADD]())).message).toBe(
      `GitHub answers 403 to ${ADD}: Unable to create comment because issue is locked.`,
    );
  });

  test("and never with the token", async () => {
    const { github, made } = await calls("t-read");
    github.fault({ on: LIST, answer: "drop", times: 9 });
    for (const error of [await failure(made[ADD]()), await failure(made[LIST]())]) {
      const seen = new Set<unknown>();
      expect(everything(error, seen).join("\n")).not.toContain("t-read");
      expect(seen.size).toBeGreaterThan(3);
    }
  });
});

/** All texts in a value, its causes, its stack and what hangs on it. */
function everything(value: unknown, seen: Set<unknown>): readonly string[] {
  if (typeof value === "string") return [value];
  if (!(value instanceof Object) || seen.has(value)) return [];
  seen.add(value);
  const names = Reflect.ownKeys(value).filter((key) => key !== "agent");
  return names.flatMap((key) => everything(Reflect.get(value, key), seen));
}

describe("the client", () => {
  test("does not follow to another place", async () => {
    const other = await gitHub(() => ({ body: [] }));
    const { apiUrl } = await gitHub(() => ({ status: 302, headers: { location: other.apiUrl } }));
    const { repository } = opened({ apiUrl });
    await failure(repository.request(LIST, { ...HERE, issue_number: 1 }));
    expect(other.asked).toEqual([]);
  });

  test("asks once who it is", async () => {
    const { asked, made } = await calls();
    expect([await made[WHO](), await made[WHO]()]).toEqual(["github-actions[bot]", "github-actions[bot]"]);
    expect(asked(WHO)).toBe(1);
  });

  test("says that nobody answers", async () => {
    const { repository } = opened({ apiUrl: "http://127.0.0.1:1" });
    expect((await failure(repository.request(LIST, { ...HERE, issue_number: 1 }))).message).toMatch(
      /^GitHub does not answer to GET \S+: [^\n]+\nRun this job again; [^\n]+$/,
    );
  });
});
