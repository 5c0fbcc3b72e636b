import { describe, expect, test } from "vitest";
import { client, HERE, refusal } from "./client.ts";
import { type Scene, scene } from "./scene.ts";
import { ACTIONS } from "./world.ts";

/* What GitHub does and its description does not say. */

describe("what is too long is refused", () => {
  test("a comment over 65,536 characters, new and changed", async () => {
    const { github, pull } = await scene();
    const { issues } = client(github).rest;
    const on = { ...HERE, issue_number: pull };
    const { data } = await issues.createComment({ ...on, body: "a".repeat(65_536) });
    const said = /^422 Validation Failed: .*"Body is too long \(maximum is 65536 characters\)"/;
    const body = "a".repeat(65_537);
    expect(await refusal(issues.createComment({ ...on, body }))).toMatch(said);
    expect(await refusal(issues.updateComment({ ...HERE, comment_id: data.id, body }))).toMatch(said);
    expect(github.comments(pull).map((each) => each.body.length)).toEqual([65_536]);
  });

  test("the body and the title of an issue, new and changed", async () => {
    const { github, issue } = await scene();
    const { issues } = client(github).rest;
    const body = "a".repeat(65_537);
    const said = /^422 .*"body is too long \(maximum is 65536 characters\)"/;
    expect(await refusal(issues.create({ ...HERE, title: "A", body }))).toMatch(said);
    expect(await refusal(issues.update({ ...HERE, issue_number: issue, body }))).toMatch(said);
    const title = "a".repeat(257);
    expect(await refusal(issues.create({ ...HERE, title }))).toMatch(/^422 .*"title is too long/);
  });

  test.each(["summary", "text"])("the %s of a check run over 65,535 characters, or bytes", async (field) => {
    const { github, head } = await scene();
    const { checks } = client(github).rest;
    const make = (text: string) => {
      const output = { title: "Plan", summary: "", [field]: text };
      return refusal(checks.create({ ...HERE, name: "plan", head_sha: head, output }));
    };
    expect(await make("a".repeat(65_535))).toBe("no refusal");
    expect(await make("a".repeat(65_536))).toMatch(/^422 .*Only 65535 characters are allowed; 65536 were/s);
    expect(await make("ä".repeat(32_768))).toMatch(
      new RegExp(`^422 .*"${field} exceeds a maximum bytesize of 65535"`),
    );
    expect(github.checkRuns).toHaveLength(1);
  });

  test("more than 50 annotations at once", async () => {
    const { github, head } = await scene();
    const { checks } = client(github).rest;
    const where = { path: "users.yaml", start_line: 1, end_line: 1, message: "no" };
    const output = (count: number) => ({
      title: "Plan",
      summary: "",
      annotations: Array.from({ length: count }, () => ({ ...where, annotation_level: "failure" as const })),
    });
    const run = { ...HERE, name: "plan", head_sha: head };
    expect(await refusal(checks.create({ ...run, output: output(51) }))).toMatch(
      /^422 .*No more than 50 items/s,
    );
    const { data } = await checks.create({ ...run, output: output(50) });
    const more = await checks.update({ ...HERE, check_run_id: data.id, output: output(1) });
    expect(more.data.output.annotations_count).toBe(51);
  });
});

describe("pages", () => {
  async function talk(): Promise<Scene> {
    const at = await scene();
    for (let count = 1; count <= 250; count += 1) at.github.commentAs("emilyc", at.pull, `${count}`);
    return at;
  }

  test("are of 30 where nobody says how many, and of 100 at most", async () => {
    const { github, pull } = await talk();
    const { issues } = client(github).rest;
    const on = { ...HERE, issue_number: pull };
    expect((await issues.listComments(on)).data).toHaveLength(30);
    expect((await issues.listComments({ ...on, per_page: 500 })).data).toHaveLength(100);
    expect((await issues.listComments({ ...on, per_page: 100, page: 3 })).data).toHaveLength(50);
    expect((await issues.listComments({ ...on, per_page: 100, page: 9 })).data).toEqual([]);
  });

  test("link to those around them, here", async () => {
    const { github, pull } = await talk();
    const octokit = client(github);
    const on = { ...HERE, issue_number: pull, per_page: 100 };
    const url = (page: number) =>
      `<${github.apiUrl}/repos/acme/access/issues/${pull}/comments?per_page=100&page=${page}>`;
    const link = async (page: number) =>
      (await octokit.rest.issues.listComments({ ...on, page })).headers.link;
    expect(await link(1)).toBe(`${url(2)}; rel="next", ${url(3)}; rel="last"`);
    expect(await link(2)).toBe(
      `${url(1)}; rel="prev", ${url(3)}; rel="next", ${url(3)}; rel="last", ${url(1)}; rel="first"`,
    );
    expect(await link(3)).toBe(`${url(2)}; rel="prev", ${url(1)}; rel="first"`);
    const all = await octokit.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", on);
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 250 }, (_, index) => `${index + 1}`));
  });
});

test("in a repository without issues, only pull requests can be talked about", async () => {
  const { github, pull, issue } = await scene({ hasIssues: false });
  const { issues } = client(github).rest;
  expect(await refusal(issues.listForRepo(HERE))).toMatch(/^410 /);
  expect(await refusal(issues.create({ ...HERE, title: "Drift" }))).toMatch(/^410 /);
  expect(await refusal(issues.listComments({ ...HERE, issue_number: issue }))).toMatch(/^410 /);
  expect(await refusal(issues.createComment({ ...HERE, issue_number: pull, body: "A" }))).toBe("no refusal");
});

test("a deleted comment cannot be changed; an edited one is another at another time", async () => {
  const { github, pull } = await scene();
  const { issues } = client(github).rest;
  const { data } = await issues.createComment({ ...HERE, issue_number: pull, body: "A" });
  github.editComment(data.id, "B");
  const edited = (await issues.getComment({ ...HERE, comment_id: data.id })).data;
  expect(edited.body).toBe("B");
  expect(Date.parse(edited.updated_at)).toBeGreaterThan(Date.parse(data.updated_at));
  github.deleteComment(data.id);
  const it = { ...HERE, comment_id: data.id };
  expect(await refusal(issues.updateComment({ ...it, body: "C" }))).toMatch(/^404 Not Found/);
  expect(await refusal(issues.getComment(it))).toMatch(/^404 Not Found/);
  expect(await refusal(issues.deleteComment(it))).toMatch(/^404 Not Found/);
});

test("there is one label of a name, whatever its letters' case", async () => {
  const { github } = await scene();
  const { issues } = client(github).rest;
  await issues.create({ ...HERE, title: "Drift", labels: ["Drift"] });
  await issues.create({ ...HERE, title: "Drift", labels: ["drift"] });
  expect(github.labels.map(({ name }) => name)).toEqual(["Drift"]);
  expect(await refusal(issues.createLabel({ ...HERE, name: "DRIFT" }))).toMatch(/^422 .*already_exists/);
  expect(await refusal(issues.createLabel({ ...HERE, name: "red", color: "#ff0000" }))).toMatch(
    /^422 .*color/,
  );
  expect(await refusal(issues.getLabel({ ...HERE, name: "none" }))).toMatch(/^404 /);
});

test("of the check runs of one name and app, the newest is the latest", async () => {
  const { github, head } = await scene();
  const other = { id: 7, slug: "other" };
  const make = (app: typeof other, name: string) => github.checkRunAs(app, { name, head_sha: head });
  const [old, foreign, fresh, apply] = [
    make(ACTIONS, "plan"),
    make(other, "plan"),
    make(ACTIONS, "plan"),
    make(ACTIONS, "apply"),
  ];
  const { checks } = client(github).rest;
  const list = async (query: object) => {
    const { data } = await checks.listForRef({ ...HERE, ref: "main", ...query });
    return data.check_runs.map(({ id }) => id);
  };
  expect(await list({})).toEqual([foreign, fresh, apply]);
  expect(await list({ filter: "all" })).toEqual([old, foreign, fresh, apply]);
  expect(await list({ check_name: "plan", app_id: ACTIONS.id })).toEqual([fresh]);
  expect(await list({ filter: "all", status: "completed" })).toEqual([]);
});

test("a check run is complete when it has a conclusion, and has none when it goes on", async () => {
  const { github, head } = await scene();
  const { checks } = client(github).rest;
  const { data } = await checks.create({ ...HERE, name: "plan", head_sha: head, conclusion: "failure" });
  expect(data).toMatchObject({ status: "completed", conclusion: "failure" });
  await checks.update({ ...HERE, check_run_id: data.id, status: "in_progress" });
  expect(github.checkRuns[0]).toMatchObject({
    status: "in_progress",
    conclusion: undefined,
    completedAt: undefined,
  });
  expect(await refusal(checks.create({ ...HERE, name: "plan", head_sha: "0".repeat(40) }))).toMatch(
    /^422 No commit found for SHA/,
  );
});

test("the time is the same in every run", async () => {
  const times = async () => {
    const { github, pull } = await scene();
    const { data } = await client(github).rest.issues.createComment({
      ...HERE,
      issue_number: pull,
      body: "A",
    });
    return data.created_at;
  };
  expect(await times()).toBe(await times());
});
