import { describe, expect, test, vi } from "vitest";
import type { JsonObject } from "../../src/core/rules/documents.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import { expectSafeMarkdown } from "../render/hostile-text.ts";
import { EMILY_AND_PRIYA, OURS, pullRequest, type Ran, type Scene, scene, SETTLED, users } from "./scene.ts";

vi.setConfig({ testTimeout: 60_000 });

/** No credentials of AWS: a pull request from a fork gets none. */
const NO_AWS = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_ENDPOINT_URL: "" };

const MARCO = users({ ...EMILY_AND_PRIYA, marco: "{ groups: [auditors] }" });

const lastLine = ({ out }: Ran): string => out.trimEnd().split("\n").at(-1) ?? "";

function expectNothingWritten({ github, sandbox }: Scene, number: number): void {
  expect(github.comments(number)).toEqual([]);
  expect(github.checkRuns).toEqual([]);
  expect(github.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(sandbox.calls).toEqual([]);
}

describe("a pull request from a fork", () => {
  test("gets a plan of the files alone, in the summary, with a read-only token and no account", async () => {
    const story = await scene();
    const { propose, onPull } = story;
    const number = propose({ "users.yaml": MARCO }, { fork: true, user: "stranger" });
    const ran = await onPull(number, { token: "t-read", env: NO_AWS });
    expect(ran.status).toBe(0);
    expect(lastLine(ran)).toBe(
      "From the files alone, since this pull request is from a fork: 1 user to create.",
    );
    await expect(ran.summary).toMatchFileSnapshot("../cases/action/fork.md");
    expect(ran.outputs).toMatchObject({ "has-changes": "true", digest: "", "comment-url": "" });
    expectNothingWritten(story, number);

    const same = propose({ "README.md": "Words.\n" }, { fork: true, user: "stranger" });
    const nothing = await onPull(same, { token: "t-read", env: NO_AWS });
    expect(nothing.status).toBe(0);
    expect(lastLine(nothing)).toBe(
      "From the files alone, since this pull request is from a fork: no changes.",
    );
    expect(nothing.out).not.toContain("the account");
    expectNothingWritten(story, same);
  });

  test("fails on wrong files, beside the line and in the summary", async () => {
    const story = await scene();
    const wrong = { "users.yaml": users({ emily: "{ groups: [auditor] }" }) };
    const number = story.propose(wrong, { fork: true, user: "stranger" });
    const ran = await story.onPull(number, { token: "t-read", env: NO_AWS });
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("::error file=users.yaml,line=2,col=21,title=unknown-group::");
    expect(ran.summary).toContain("- ⛔ `users.yaml:2:21` **unknown-group**");
    expectNothingWritten(story, number);
  });
});

describe("what the Action does not run on", () => {
  test("is refused in a line or two, and nothing is read or written", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": MARCO });
    const event = pullRequest(story.github, number);
    const cases = [
      [
        { ...event, name: "pull_request_target" },
        {},
        "::error::iam-roster does not run on pull_request_target",
      ],
      [
        { ...event, name: "issue_comment" },
        {},
        '::error::iam-roster does not run on the event "issue_comment".',
      ],
      [event, { mode: "apply" }, "::error::mode apply does not run on a pull request"],
      [
        event,
        { mode: "plans" },
        '::error::the input mode should be one of auto, plan, apply, drift, expire, and is "plans"',
      ],
      [event, { root: "../other" }, "::error::the input root should be a directory of this repository"],
      [event, { digest: "d".repeat(64) }, "::error::the input digest is for mode apply on workflow_dispatch"],
    ] as const;
    for (const [happening, inputs, says] of cases) {
      const ran = await story.on(happening, { inputs });
      expect(ran.status).toBe(1);
      expect(ran.out.startsWith(says)).toBe(true);
      expect(ran.out.trimEnd().split("\n")).toHaveLength(1);
      expect(ran.err).toBe("");
    }
    expect(story.github.requests).toEqual([]);
    expectNothingWritten(story, number);
  });
});

/** What a runner takes for a command, wherever it stands. */
const COMMAND = /^\s*::|##\[/;

const ANNOTATION = /^::(?:error|warning) file=(?:users|groups|roster)\.yaml,line=\d+,col=\d+,title=[\w-]+::/;

/** Lines of the log that a runner takes for commands, but for annotations and the last word. */
function commandsIn({ out, err }: Ran): readonly string[] {
  const lines = (out + err).trimEnd().split(/[\n\r\u0085\u2028\u2029]/);
  const last = lines.at(-1)?.startsWith("::error::") === true ? 1 : 0;
  return lines.slice(0, lines.length - last).filter((line) => COMMAND.test(line) && !ANNOTATION.test(line));
}

function pagesOf({ github }: Scene, number: number, { summary }: Ran): readonly string[] {
  const comments = github.comments(number).map(({ body }) => body.replace(/^<!-- [^\n]*\n/, ""));
  const checks = github.checkRuns.map(({ output }) => output.summary ?? "");
  return [...comments, ...checks, summary.trimEnd()];
}

function expectSafePages(story: Scene, number: number, ran: Ran): void {
  const pages = pagesOf(story, number, ran);
  expect(pages).toHaveLength(3);
  for (const page of pages) expectSafeMarkdown(page.replace(/ · \[run\]\(https?:[^\s()<>`]+\)\n*$/, ""));
  expect(commandsIn(ran)).toEqual([]);
}

const NASTY =
  "@octocat #1 acme/access#1 https://example.com </details> <!-- ``` `@octocat` ::error::x ##[error]x";

describe("hostile text", () => {
  test("stays text where the files and the account are full of it", async () => {
    const account: AccountData = {
      ...SETTLED,
      groups: [...(SETTLED.groups ?? []), { name: "@acme.team", policies: [] }],
      users: [
        {
          name: "emily",
          tags: { ...OURS, "@octocat": NASTY },
          groups: ["auditors"],
          createdAt: "2024-03-01T09:00:00Z",
        },
        { name: "@octocat", groups: ["@acme.team"], inlinePolicies: { "@p": document(NASTY) } },
        { name: "priya", tags: OURS, groups: ["auditors"], inlinePolicies: { "@p": document(NASTY) } },
      ],
    };
    const story = await scene({ account });
    const groups = `groups:
  administrators: { policies: [AdministratorAccess] }
  "@acme.team": { adopt: true, inlinePolicies: { "@octocat": ${JSON.stringify(document(NASTY))} } }
  auditors: { policies: [SecurityAudit] }
`;
    const line = `{ groups: ["@acme.team"], tags: { "@octocat": "@octocat / https://example.com" } }`;
    const number = story.propose({
      "groups.yaml": groups,
      "users.yaml": users({ ...EMILY_AND_PRIYA, '"@mallory"': line }),
    });
    const ran = await story.onPull(number);
    expect(lastLine(ran)).toMatch(/^::error::Plan: .* Refused/);
    expect(ran.out).toContain("@mallory");
    expectSafePages(story, number, ran);
  });

  test("stays text where the files are wrong", async () => {
    const story = await scene();
    const keys = [
      NASTY,
      "::set-output name=x::y",
      "##[error]x",
      "\u0085::error::x",
      "\u001b]0;x\u0007",
      "a\r::stop-commands::x",
    ];
    const wrong = keys.map((key) => `  ${JSON.stringify(key)}: { ${JSON.stringify(key)}: 1 }\n`).join("");
    const number = story.propose({ "users.yaml": `users:\n${wrong}` });
    const ran = await story.onPull(number);
    expect(ran.status).toBe(1);
    expectSafePages(story, number, ran);
  });

  test("stays text where the files are no YAML, and the errors quote them", async () => {
    const story = await scene();
    const number = story.propose({
      "users.yaml": `users:\n::set-output name=x::y\n##[error]${NASTY}\n\t- {`,
    });
    const ran = await story.onPull(number);
    expect(ran.status).toBe(1);
    expectSafePages(story, number, ran);
  });

  test("stays text where AWS says it", async () => {
    const story = await scene();
    const message = `${NASTY}\n::error::forged\n##[error]forged\u001b[2J`;
    story.sandbox.setFaults([
      { kind: "error", code: "AccessDenied", operations: ["GetAccountAuthorizationDetails"], message },
    ]);
    const number = story.propose({ "users.yaml": MARCO });
    const ran = await story.onPull(number);
    expect(ran.status).toBe(1);
    expect(commandsIn(ran)).toEqual([]);
    for (const page of pagesOf(story, number, ran)) {
      expectSafeMarkdown(page.replace(/ · \[run\]\(https?:[^\s()<>`]+\)\n*$/, ""));
      expect(page).toContain("AccessDenied");
    }
  });
});

function document(text: string): JsonObject {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalTag/x": [text] } },
      },
    ],
  };
}
