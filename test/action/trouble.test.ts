import { describe, expect, test, vi } from "vitest";
import { failed } from "../github/fake/answer.ts";
import { BAD_GATEWAY, secondaryLimit } from "../github/fake/faults.ts";
import { ACTIONS } from "../github/fake/world.ts";
import { golden, lastLine, MARCO, pageOf, pushTo, reviewedAt, verdictOf } from "./review.ts";
import { scene } from "./scene.ts";

vi.setConfig({ testTimeout: 60_000 });

const COMMENTS = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
const CREATE_CHECK = "POST /repos/{owner}/{repo}/check-runs";

const WRITER = { login: "github-actions[bot]", app: ACTIONS };

describe("where GitHub is not as it should be", () => {
  test("limits, broken servers and lost answers leave one comment and the plan", async () => {
    const story = await scene();
    const { github } = story;
    const number = story.propose({ "users.yaml": MARCO });
    github.fault({ on: CREATE_CHECK, answer: "lost-answer" });
    github.fault({ on: `POST ${COMMENTS}`, answer: "lost-answer" });
    github.fault({ on: `GET ${COMMENTS}`, answer: BAD_GATEWAY });
    github.fault({ on: "GET /repos/{owner}/{repo}/contents/{path}", answer: "drop" });
    github.fault({ on: "GET /repos/{owner}/{repo}/pulls/{pull_number}", answer: secondaryLimit(403, 1) });
    const ran = await story.onPull(number);
    expect(ran.status).toBe(0);
    expect(verdictOf(pageOf(story, number))).toBe("### 1 user to create");
    expect(await reviewedAt(story, github.pull(number).pull.head)).toMatchObject({
      digest: ran.outputs["digest"],
    });
  });

  test("a comment that cannot be written is a warning that names the permission", async () => {
    const tokens = {
      "t-checks": { ...WRITER, permissions: { contents: "read", checks: "write", "pull-requests": "read" } },
    } as const;
    const story = await scene({ tokens });
    const number = story.propose({ "users.yaml": MARCO });
    const ran = await story.onPull(number, { token: "t-checks" });
    expect(ran.status).toBe(0);
    expect(ran.out).toContain("::warning::the comment could not be written: GitHub answers 403 to POST");
    expect(ran.out).toContain("%0AGive the job the permission pull-requests: write");
    expect(ran.outputs["comment-url"]).toBe("");
    expect(ran.summary).toContain("### 1 user to create");
  });

  test("a plan that cannot be kept fails the job, and says which permission it lacks", async () => {
    const tokens = {
      "t-comments": { ...WRITER, permissions: { contents: "read", "pull-requests": "write" } },
    } as const;
    const story = await scene({ tokens });
    const number = story.propose({ "users.yaml": MARCO });
    for (const token of ["t-read", "t-comments"]) {
      const ran = await story.onPull(number, { token });
      expect(ran.status).toBe(1);
      expect(lastLine(ran)).toMatch(
        /^::error::GitHub answers 403 to POST .*%0AGive the job the permission checks: write\.$/,
      );
      expect(ran.summary).toContain("### 1 user to create");
      expect(ran.summary).toContain("### ⛔ What is reviewed could not be kept");
    }
    expect(pageOf(story, number)).toContain("`Give the job the permission checks: write.`");
  });
});

describe("where no plan can be made", () => {
  test("the comment says why, and the job fails in a line or two", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": MARCO });
    const none = await story.onPull(number, { env: { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" } });
    expect(none.status).toBe(1);
    expect(none.out.trimEnd().split("\n")).toHaveLength(1);
    expect(none.out).toMatch(
      /^::error::\w+: no usable AWS credentials: .*%0ASign in .*configure-aws-credentials first\.\n$/,
    );
    await expect(golden(pageOf(story, number))).toMatchFileSnapshot("../cases/action/no-credentials.md");

    story.sandbox.setFaults([{ kind: "access-denied", operations: ["GetAccountAuthorizationDetails"] }]);
    const denied = await story.onPull(number);
    expect(denied.status).toBe(1);
    expect(lastLine(denied)).toMatch(/^::error::GetAccountAuthorizationDetails: AWS answers AccessDenied: /);
    expect(pageOf(story, number)).toContain("AccessDenied");
    expect(denied.summary).toContain("### ⛔ There is no plan");

    pushTo(story, number, { "roster.yaml": "protected: [emily]\n" });
    const unset = await story.onPull(number);
    expect(unset.status).toBe(1);
    expect(lastLine(unset)).toBe(
      "::error::roster.yaml does not set account and owner: the Action does not run without, so that no wrong credentials can do harm.",
    );
    expect(pageOf(story, number)).toContain("`roster.yaml does not set account and owner: ");
    expect(new Set(story.github.checkRuns.map(({ conclusion }) => conclusion))).toEqual(new Set(["failure"]));
    expect(await reviewedAt(story, story.github.pull(number).pull.head)).toBeUndefined();
  });

  test("what was planned before counts no longer, so that a merge applies nothing", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": MARCO });
    const { head } = story.github.pull(number).pull;
    await story.onPull(number);
    expect(await reviewedAt(story, head)).toBeDefined();
    story.sandbox.setFaults([{ kind: "access-denied", operations: ["GetAccountAuthorizationDetails"] }]);
    await story.onPull(number);
    expect(pageOf(story, number)).toContain("### ⛔ There is no plan");
    expect(await reviewedAt(story, head)).toBeUndefined();
    story.sandbox.setFaults([]);
    await story.onPull(number);
    expect(await reviewedAt(story, head)).toBeDefined();
  });

  test("and it is told where that cannot be taken back", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": MARCO });
    story.sandbox.setFaults([{ kind: "access-denied", operations: ["GetAccountAuthorizationDetails"] }]);
    story.github.fault({ on: CREATE_CHECK, answer: failed(403, "Resource not accessible by integration") });
    const ran = await story.onPull(number);
    expect(ran.out).toContain("::warning::if this commit was planned before, that plan still counts");
    expect(lastLine(ran)).toMatch(/^::error::GetAccountAuthorizationDetails: /);
    expect(pageOf(story, number)).toContain("### ⛔ There is no plan");
  });

  test("nothing is commented where no comment is wanted, and the check runs are there", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": MARCO });
    const quiet = { inputs: { comment: "false" } };
    expect((await story.onPull(number, quiet)).status).toBe(0);
    story.sandbox.setFaults([{ kind: "access-denied", operations: ["GetAccountAuthorizationDetails"] }]);
    expect((await story.onPull(number, quiet)).status).toBe(1);
    expect(story.github.comments(number)).toEqual([]);
    expect(story.github.checkRuns.map(({ conclusion }) => conclusion)).toEqual(["success", "failure"]);
  });
});
