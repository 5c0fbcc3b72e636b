import { describe, expect, test, vi } from "vitest";
import { golden, lastLine, MARCO, MARK, OLGA, pageOf, pushTo, verdictOf, WITH_OLGA } from "./review.ts";
import { EMILY_AND_PRIYA, GROUPS, OURS, type Scene, scene, SETTLED, users } from "./scene.ts";

vi.setConfig({ testTimeout: 60_000 });

function lastCheck({ github }: Scene, commit: string): readonly unknown[] {
  const run = github.checkRuns.findLast(({ headSha }) => headSha === commit);
  return [run?.name, run?.conclusion, run?.output.summary];
}

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
    await expect(golden(pageOf(story, number))).toMatchFileSnapshot("../cases/action/ordinary.md");
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
    await expect(golden(pageOf(story, number))).toMatchFileSnapshot("../cases/action/findings.md");
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

describe("a comment", () => {
  test("tells a reviewer who leaves, who becomes an administrator, and what nobody asked for here", async () => {
    const at = (day: number) => `2024-03-0${day}T09:00:00Z`;
    const ours = (name: string, groups: readonly string[], day: number) => ({
      name,
      tags: OURS,
      groups,
      createdAt: at(day),
    });
    const nadia = {
      ...ours("nadia", ["auditors", "deployers"], 3),
      password: { secret: "Not-a-Secret-1", createdAt: at(3) },
      accessKeys: [{ id: "AKIAIOSFODNN7EXAMPLE", createdAt: at(4), status: "Active" as const }],
      mfaDevices: [{ serial: "arn:aws:iam::123456789012:mfa/nadia" }],
    };
    const account = {
      alias: "acme-data",
      groups: [...(SETTLED.groups ?? []), { name: "deployers", policies: [] }],
      users: [
        ours("emily", ["auditors"], 1),
        ours("priya", ["auditors", "deployers"], 2),
        ours("tom", ["auditors"], 5),
        nadia,
        { name: "legacy-bot", createdAt: at(6), groups: ["auditors"] },
      ],
    };
    const deployers =
      'inlinePolicies: { ship: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "iam:*", Resource: "*" }] } }';
    const before = {
      ...EMILY_AND_PRIYA,
      tom: "{ groups: [auditors] }",
      nadia: "{ groups: [auditors, deployers] }",
    };
    const groups = `${GROUPS}  deployers: {}\n`;
    const story = await scene({ account, files: { "users.yaml": users(before), "groups.yaml": groups } });
    const number = story.propose({
      "users.yaml": users({
        emily: "{ groups: [auditors, { group: administrators, until: 2099-12-31, reason: on call }] }",
        priya: "{ groups: [auditors] }",
        tom: "{ groups: [auditors, deployers] }",
      }),
      "groups.yaml": `${GROUPS}  deployers: { ${deployers} }\n`,
    });
    const ran = await story.onPull(number);
    expect(ran.status).toBe(0);
    await expect(golden(pageOf(story, number))).toMatchFileSnapshot(
      "../cases/action/leaver-and-administrators.md",
    );
  });
});

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
    expect(ran.outputs["refused"]).toBe("1");
    await expect(golden(pageOf(story, number))).toMatchFileSnapshot("../cases/action/refused.md");
    const kept = story.github.checkRuns.map(({ conclusion }) => conclusion);
    expect(kept).toEqual(["failure"]);
  });
});
