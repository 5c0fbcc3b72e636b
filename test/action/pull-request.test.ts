import { describe, expect, test, vi } from "vitest";
import { parsePlanFile } from "../../src/core/reviewed-plan.ts";
import { openRepository } from "../../src/github/client.ts";
import { keptPlan } from "../../src/github/reviewed-plan.ts";
import { sha256 } from "../command/scene.ts";
import { ACTIONS } from "../github/fake/world.ts";
import {
  EMILY_AND_PRIYA,
  OURS,
  pullRequest,
  type Ran,
  savedAt,
  type Scene,
  scene,
  SETTLED,
  users,
} from "./scene.ts";

vi.setConfig({ testTimeout: 60_000 });

const MARK = "<!-- iam-roster:plan . -->\n";

const MARCO = users({ ...EMILY_AND_PRIYA, marco: "{ groups: [auditors] }" });

/** A commit on top of what is proposed. */
function pushTo(
  { github }: Scene,
  number: number,
  files: Readonly<Record<string, string | undefined>>,
): string {
  const sha = github.commit({ parents: [github.pull(number).pull.head], files });
  github.push(number, sha);
  return sha;
}

/** The one comment that there is, without its marker. */
function pageOf({ github }: Scene, number: number): string {
  const [comment, ...others] = github.comments(number);
  expect(others).toEqual([]);
  expect(comment?.login).toBe("github-actions[bot]");
  expect(comment?.body.startsWith(MARK)).toBe(true);
  return comment?.body.slice(MARK.length) ?? "";
}

/** A page to be looked at, without what differs from run to run. */
const golden = (page: string): string => `${page.replace(/[0-9a-f]{64}/, "DIGEST")}\n`;

const verdictOf = (page: string): string => page.split("\n")[0] ?? "";

function lastCheck({ github }: Scene, commit: string): readonly unknown[] {
  const run = github.checkRuns.findLast(({ headSha }) => headSha === commit);
  return [run?.name, run?.conclusion, run?.output.summary];
}

const lastLine = ({ out }: Ran): string => out.trimEnd().split("\n").at(-1) ?? "";

describe("a pull request", () => {
  test("has one comment, which follows what is pushed: changes, none, wrong files, and right ones again", async () => {
    const story = await scene();
    const { github, propose, onPull } = story;
    const number = propose({ "users.yaml": MARCO });
    const opened = await onPull(number);
    const { id = 0, body: first = "" } = github.comments(number)[0] ?? {};
    expect(opened.status).toBe(0);
    expect(verdictOf(pageOf(story, number))).toBe("### 1 user to create");
    expect(opened.outputs).toMatchObject({
      "has-changes": "true",
      changes: "2",
      refused: "0",
      "comment-url": `https://github.com/acme/access/pull/${number}#issuecomment-${id}`,
    });
    expect(lastLine(opened)).toBe("Plan: 1 user to create. 2 changes.");
    expect(opened.summary).toBe(`${first.slice(MARK.length)}\n\n`);
    expect(lastCheck(story, github.pull(number).pull.head)).toEqual([
      "iam-roster plan (.)",
      "success",
      `${pageOf(story, number)}\n`,
    ]);

    pushTo(story, number, { "users.yaml": users(EMILY_AND_PRIYA) });
    const emptied = await onPull(number);
    expect(emptied.status).toBe(0);
    expect(verdictOf(pageOf(story, number))).toBe("### ✅ No changes: the account matches the roster");
    expect(lastLine(emptied)).toBe("No changes. The account matches the roster.");

    const wrong = pushTo(story, number, { "users.yaml": users({ emily: "{ groups: [auditor] }" }) });
    const found = await onPull(number);
    expect(found.status).toBe(1);
    expect(found.out).toContain(
      '::error file=users.yaml,line=2,col=21,title=unknown-group::no group "auditor"; did you mean "auditors"?\n',
    );
    expect(lastLine(found)).toBe("::error::The files are wrong (1 to correct), so nothing was planned.");
    expect(pageOf(story, number)).toContain('- ⛔ `users.yaml:2:21` **unknown-group**: no group "`auditor`"');
    expect(lastCheck(story, wrong)).toEqual(["iam-roster plan (.)", "failure", `${pageOf(story, number)}\n`]);
    expect(found.outputs).toMatchObject({ "has-changes": "false", changes: "0", digest: "" });

    pushTo(story, number, { "users.yaml": MARCO });
    expect((await onPull(number)).status).toBe(0);
    expect(verdictOf(pageOf(story, number))).toBe("### 1 user to create");
    expect(github.comments(number).map((comment) => comment.id)).toEqual([id]);
  });

  test("gets no comment where there never was anything to say, and a check run all the same", async () => {
    const story = await scene();
    const number = story.propose({ "README.md": "Words.\n" });
    const ran = await story.onPull(number);
    expect(ran.status).toBe(0);
    expect(story.github.comments(number)).toEqual([]);
    expect(ran.outputs["comment-url"]).toBe("");
    expect(story.github.checkRuns.map(({ conclusion }) => conclusion)).toEqual(["success"]);
  });
});

/** One who is in the account and not ours. */
const WITH_OLGA = {
  ...SETTLED,
  users: [...(SETTLED.users ?? []), { name: "olga", createdAt: "2024-03-03T09:00:00Z" }],
};
const OLGA = { ...EMILY_AND_PRIYA, olga: "{ groups: [auditors] }" };

describe("what is refused", () => {
  test("fails the job where this change asks for it, and is only shown where it was pending", async () => {
    const story = await scene({ account: WITH_OLGA });
    const asking = story.propose({ "users.yaml": users(OLGA) });
    const asked = await story.onPull(asking);
    expect(asked.status).toBe(1);
    expect(lastLine(asked)).toBe("::error::Nothing to apply: 1 entry is refused.");
    expect(asked.outputs).toMatchObject({ "has-changes": "false", refused: "1" });
    expect(pageOf(story, asking)).toContain("#### Asked for, and refused\n\n**`olga`** · adopt user");
    await expect(golden(pageOf(story, asking))).toMatchFileSnapshot("../cases/action/refused-entry.md");

    story.commit({ "users.yaml": users(OLGA) });
    const other = story.propose({ "users.yaml": users({ ...OLGA, marco: "{}" }) });
    const shown = await story.onPull(other);
    expect(shown.status).toBe(0);
    expect(lastLine(shown)).toBe("Plan: 1 user to create. 1 change. 1 entry is refused.");
    expect(shown.outputs).toMatchObject({ "has-changes": "true", changes: "1", refused: "1" });
    expect(pageOf(story, other)).toContain(
      "#### Refused, not asked for by this change: pending from before, or due",
    );
  });

  test("as a whole fails the job", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": users({ marco: "{ groups: [administrators] }" }) });
    const ran = await story.onPull(number);
    expect(ran.status).toBe(1);
    expect(lastLine(ran)).toMatch(/^::error::Plan: .* Refused: none of it will be applied\.$/);
    await expect(golden(pageOf(story, number))).toMatchFileSnapshot("../cases/action/refused.md");
    const kept = story.github.checkRuns.map(({ conclusion }) => conclusion);
    expect(kept).toEqual(["failure"]);
  });
});

async function reviewedAt({ github }: Scene, commit: string, roster = ".") {
  const clock = { now: () => new Date().toISOString(), sleep: async () => undefined };
  const access = { apiUrl: github.apiUrl, token: "t-write", owner: "acme", repo: "access", clock };
  const file = await keptPlan(openRepository(access), { roster, commit, sha256 }, ACTIONS.id);
  return parsePlanFile(file ?? "").plan;
}

describe("the reviewed plan", () => {
  test("is what this change asks for, and nothing that was pending", async () => {
    const account = {
      ...SETTLED,
      users: [{ name: "emily", tags: OURS, groups: [], id: "AIDAEMILY00000000000" }],
    };
    const story = await scene({ account });
    const number = story.propose({ "users.yaml": MARCO });
    const ran = await story.onPull(number);
    // Emily's membership and Priya are pending: they are shown and not reviewed.
    expect(pageOf(story, number)).toContain("pending");
    const reviewed = await reviewedAt(story, story.github.pull(number).pull.head);
    expect(reviewed).toEqual({
      account: "123456789012",
      digest: ran.outputs["digest"],
      subjects: [{ type: "user", name: "marco" }],
      grants: [
        { user: "marco", boundary: "none" },
        { user: "marco", group: "auditors" },
        { user: "marco", path: "/" },
        { user: "marco", via: "auditors", policy: "arn:aws:iam::aws:policy/SecurityAudit" },
      ],
    });
    expect(await savedAt(ran.outputs["plan-file"] ?? "")).toMatchObject({ digest: ran.outputs["digest"] });
  });
});
