import { expect, test } from "vitest";
import { wireText } from "./answer.ts";
import { client, HERE } from "./client.ts";
import { describeGitHub } from "./description.ts";
import { type FakeGitHub, fakeGitHub, openFake } from "./fake.ts";

/* What the fake does not let pass. */

async function scene(): Promise<FakeGitHub> {
  const github = await fakeGitHub({ repository: "acme/access" });
  github.branch("main", github.commit({ files: { "users.yaml": "" } }));
  github.openIssue({ title: "Drift", login: "emilyc" });
  return github;
}

const HEADERS = {
  accept: "application/vnd.github+json",
  authorization: "Bearer t-write",
  "content-type": "application/json",
  "x-github-api-version": "2022-11-28",
};

interface Sent {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a plain question is answered, and the violations that it makes. */
async function ask(github: FakeGitHub, path: string, { method = "GET", body, headers }: Sent = {}) {
  const answer = await fetch(`${github.apiUrl}${path}`, {
    method,
    headers: { ...HEADERS, ...headers },
    ...(body !== undefined && { body: wireText(body) }),
  });
  await answer.arrayBuffer();
  return { status: answer.status, violations: github.takeViolations() };
}

const ISSUES = "/repos/acme/access/issues";
const COMMENTS = `${ISSUES}/1/comments`;
const CHECKS = "/repos/acme/access/check-runs";
const check = { name: "plan", head_sha: "main" };
const output = { title: "Plan", summary: "One" };

test.each<readonly [what: string, path: string, sent: Sent, said: RegExp]>([
  ["a route", "/repos/acme/access/isues", {}, /GET \/repos\/acme\/access\/isues/],
  ["a method", COMMENTS, { method: "PUT", body: {} }, /PUT/],
  ["a route that GitHub has and the fake does not play", "/repos/acme/access/branches", {}, /branches/],
  ["a query parameter", `${COMMENTS}?perpage=100`, {}, /the parameter perpage/],
  ["a query parameter that GitHub has and the fake does not play", `${COMMENTS}?since=x`, {}, /since/],
  ["a query parameter given twice", `${COMMENTS}?page=1&page=2`, {}, /the parameter page, given twice/],
  ["the value of a query parameter", `${ISSUES}?state=opened`, {}, /the parameter state: .*allowed values/],
  ["a number that is none", `${COMMENTS}?per_page=many`, {}, /the parameter per_page: .*integer/],
  ["a number in a path that is none", `${ISSUES}/one`, {}, /the parameter issue_number: .*integer/],
  ["a path that is not encoded well", `${ISSUES}/%ff`, {}, /URI malformed/],
  ["a key of a body", ISSUES, { method: "POST", body: { title: "A", lables: [] } }, /the key lables/],
  [
    "a key that the fake does not play",
    ISSUES,
    { method: "POST", body: { title: "A", milestone: 1 } },
    /milestone/,
  ],
  [
    "a key deep in a body",
    CHECKS,
    { method: "POST", body: { ...check, output: { ...output, txt: "" } } },
    /"txt"/,
  ],
  ["a value in a body", CHECKS, { method: "POST", body: { ...check, status: "done" } }, /\/status .*allowed/],
  ["a body without a key", COMMENTS, { method: "POST", body: {} }, /required property 'body'/],
  ["no body", COMMENTS, { method: "POST" }, /it must be object/],
  ["a body where there is none", `${ISSUES}/comments/1`, { method: "DELETE", body: {} }, /a body/],
  [
    "a completed run without a conclusion",
    CHECKS,
    { method: "POST", body: { ...check, status: "completed" } },
    /conclusion/,
  ],
  ["an accept", COMMENTS, { headers: { accept: "text/html" } }, /accept: text\/html/],
  ["a raw issue", COMMENTS, { headers: { accept: "application/vnd.github.raw+json" } }, /accept/],
  [
    "a content type",
    COMMENTS,
    { method: "POST", body: {}, headers: { "content-type": "text/plain" } },
    /text\/plain/,
  ],
  ["an authorization", COMMENTS, { headers: { authorization: "Basic eDp5" } }, /authorization/],
  ["a version", COMMENTS, { headers: { "x-github-api-version": "2026-03-10" } }, /2026-03-10/],
  ["a question of GraphQL", "/graphql", { method: "POST", body: { query: "{ viewer { id } }" } }, /GraphQL/],
  [
    "a directory, raw",
    "/repos/acme/access/contents/",
    { headers: { accept: "application/vnd.github.raw" } },
    /raw/,
  ],
])("what the fake does not know is answered with 500, and a violation: %s", async (...row) => {
  const [, path, sent, said] = row;
  const { status, violations } = await ask(await scene(), path, sent);
  expect(status).toBe(500);
  expect(violations).toEqual([expect.stringMatching(said)]);
});

test("a question that nothing is wrong with makes none", async () => {
  const github = await scene();
  for (const [path, sent] of [
    [`${COMMENTS}?per_page=1000`, {}],
    [COMMENTS, { method: "POST", body: { body: "A" } }],
    [CHECKS, { method: "POST", body: { ...check, output, conclusion: "success" } }],
    [`${ISSUES}/1`, { method: "PATCH", body: { state: "closed", state_reason: undefined } }],
    ["/graphql", { method: "POST", body: { query: "query { viewer { login } }" } }],
  ] as readonly (readonly [string, Sent])[]) {
    const { status, violations } = await ask(github, path, sent);
    expect(violations).toEqual([]);
    expect(status).toBeLessThan(300);
  }
});

test("what is too long is no violation: GitHub says so itself", async () => {
  const long = { ...output, summary: "a".repeat(65_536) };
  const { status, violations } = await ask(await scene(), CHECKS, {
    method: "POST",
    body: { ...check, output: long },
  });
  expect({ status, violations }).toEqual({ status: 422, violations: [] });
});

test.each([
  ["lacks a key", { id: undefined }],
  ["has another type", { title: 7 }],
  ["has no URL where one should be", { url: "here" }],
])("an answer of the fake that %s is a violation", async (_, change) => {
  const { github, fake, close } = await openFake({ repository: "acme/access" });
  github.openIssue({ title: "Drift", login: "emilyc" });
  fake.alter = ({ body, ...answer }) => ({ ...answer, body: { ...(body as object), ...change } });
  const { status, violations } = await ask(github, `${ISSUES}/1`);
  await close();
  expect(status).toBe(500);
  expect(violations).toEqual([
    expect.stringMatching(/^GET .*: the fake answers against the description: \//),
  ]);
});

test("a status of the fake that GitHub does not give is a violation", async () => {
  const { github, fake, close } = await openFake({ repository: "acme/access" });
  github.openIssue({ title: "Drift", login: "emilyc" });
  fake.alter = (answer) => ({ ...answer, status: 202 });
  const { violations } = await ask(github, `${ISSUES}/1`);
  await close();
  expect(violations).toEqual([expect.stringContaining("202 is not in the description")]);
});

test.fails("a test in which there was one fails, although the error was swallowed", async () => {
  const github = await scene();
  const { rest } = client(github);
  await rest.issues.listComments({ ...HERE, issue_number: 1, perpage: 100 }).catch(() => undefined);
});

test("a route that GitHub does not describe is not played", () => {
  expect(() => describeGitHub(["GET /isues"])).toThrow("GitHub describes no GET /isues");
});

test("a route that the fake does not have takes no fault and no hook", async () => {
  const github = await scene();
  expect(() => github.fault({ on: "GET /isues", answer: "drop" })).toThrow(
    "the fake does not know GET /isues",
  );
  expect(() => github.on("GET /isues", () => undefined)).toThrow("the fake does not know GET /isues");
});
