import { expect, test } from "vitest";
import { client, HERE, refusal } from "./client.ts";
import { type FakeGitHub, fakeGitHub } from "./fake.ts";
import { BAD_GATEWAY, type Fault, primaryLimit, secondaryLimit } from "./faults.ts";

const CREATE = "POST /repos/{owner}/{repo}/issues";

async function scene(): Promise<FakeGitHub> {
  return fakeGitHub({ repository: "acme/access" });
}

function open(github: FakeGitHub): Promise<string> {
  return refusal(client(github).rest.issues.create({ ...HERE, title: "Drift" }));
}

test.each<readonly [what: string, answer: Fault["answer"], said: RegExp, opened: number]>([
  ["an answer of GitHub's gateway", BAD_GATEWAY, /^502 Server Error/, 0],
  ["a connection that breaks before", "drop", /^500 /, 0],
  ["a connection that breaks after", "drop-after", /^500 /, 1],
  ["an answer that is lost", "lost-answer", /^502 Server Error/, 1],
])("%s is met once, and the call was carried out or not", async (...row) => {
  const [, answer, said, opened] = row;
  const github = await scene();
  github.fault({ on: CREATE, answer });
  expect(await open(github)).toMatch(said);
  expect(github.issues).toHaveLength(opened);
  expect(await open(github)).toBe("no refusal");
  expect(github.issues).toHaveLength(opened + 1);
});

test("an answer that is cut looks to octokit as one with an empty text", async () => {
  const github = await scene();
  github.fault({ on: CREATE, answer: "cut-answer" });
  const { status, data } = await client(github).rest.issues.create({ ...HERE, title: "Drift" });
  expect({ status, data }).toEqual({ status: 201, data: "" });
  expect(github.issues).toHaveLength(1);
});

test("a fault is met as often as it says, after as many calls as it says, on its route only", async () => {
  const github = await scene();
  github.fault({ on: CREATE, skip: 1, times: 2, answer: BAD_GATEWAY });
  expect((await client(github).rest.issues.listForRepo(HERE)).status).toBe(200);
  const met = [await open(github), await open(github), await open(github), await open(github)];
  expect(met.map((each) => each.slice(0, 3))).toEqual(["no ", "502", "502", "no "]);
  expect(github.requests.map(({ status }) => status)).toEqual([200, 201, 502, 502, 201]);
});

test("too much at once is refused with how long to wait", async () => {
  const github = await scene();
  github.fault({ on: CREATE, answer: secondaryLimit(403, 60) });
  const call = client(github).rest.issues.create({ ...HERE, title: "Drift" });
  await expect(call).rejects.toMatchObject({ status: 403, response: { headers: { "retry-after": "60" } } });
  github.fault({ on: CREATE, answer: secondaryLimit(429) });
  expect(await open(github)).toMatch(/^429 You have exceeded a secondary rate limit/);
});

test("where the hour's questions are used up, the answer says when there are more", async () => {
  const github = await scene();
  github.fault({ on: CREATE, answer: primaryLimit(429, 1_900_000_000) });
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1900000000" };
  const call = client(github).rest.issues.create({ ...HERE, title: "Drift" });
  await expect(call).rejects.toMatchObject({ status: 429, response: { headers } });
});

test("something may happen between that a call is carried out and that it is answered", async () => {
  const github = await scene();
  const number = github.openIssue({ title: "Drift", login: "emilyc" });
  const asked: unknown[] = [];
  github.on("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", ({ path }) => {
    asked.push(path["issue_number"]);
    github.commentAs("oliverb", number, "Me first");
  });
  const list = async () => {
    const { data } = await client(github).rest.issues.listComments({ ...HERE, issue_number: number });
    return data.map(({ body }) => body);
  };
  expect(await list()).toEqual([]);
  expect(await list()).toEqual(["Me first"]);
  expect(asked).toEqual([`${number}`, `${number}`]);
});

test("the answer waits for what happens meanwhile", async () => {
  const github = await scene();
  const done: string[] = [];
  github.on(CREATE, async () => {
    await client(github).rest.repos.get(HERE);
    done.push("meanwhile");
  });
  await open(github);
  expect(done).toEqual(["meanwhile"]);
});
