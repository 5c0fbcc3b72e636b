import { describe, expect, test, vi } from "vitest";
import { EMILY_AND_PRIYA, OURS, ROSTER, savedAt, type Scene, scene, SETTLED, users } from "./scene.ts";

vi.setConfig({ testTimeout: 120_000 });

const EXPIRE = { inputs: { mode: "expire" } };

/** Over in any case. */
const OVER = "2026-01-31";
const FAR = "2999-12-31";

const until = (day: string) => ({
  "users.yaml": users({
    ...EMILY_AND_PRIYA,
    priya: `{ groups: [auditors, { group: administrators, until: ${day} }] }`,
  }),
});

const ACCOUNT = {
  ...SETTLED,
  users: [
    { name: "emily", tags: OURS, groups: ["auditors"], createdAt: "2024-03-01T09:00:00Z" },
    {
      name: "priya",
      tags: OURS,
      groups: ["auditors", "administrators"],
      createdAt: "2024-03-01T09:00:00Z",
    },
  ],
};

function groupsOf({ sandbox }: Scene, name: string): readonly string[] | undefined {
  return sandbox.snapshot().users.find((user) => user.name === name)?.groups;
}

describe("expire", () => {
  test("ends what is over, and leaves what differs otherwise, on a schedule and by hand", async () => {
    const story = await scene({ files: until(OVER), account: ACCOUNT });
    story.sandbox.act("RemoveUserFromGroup", { UserName: "emily", GroupName: "auditors" });
    const ran = await story.onSchedule(EXPIRE);
    expect(ran).toMatchObject({ status: 0, outputs: { "has-changes": "true", changes: "2" } });
    expect(ran.out).toContain("Applied: 1 of 2 changes done, 1 not reviewed.");
    expect([groupsOf(story, "priya"), groupsOf(story, "emily")]).toEqual([["auditors"], []]);
    expect(ran.summary).toContain("- Open from before:");
    expect(await savedAt(ran.outputs["report-file"] ?? "")).toMatchObject({ result: { done: 1 } });
    expect(story.github.checkRuns).toEqual([]);
    expect(story.github.issues).toEqual([]);
    const again = await story.onDispatch(EXPIRE);
    expect(again).toMatchObject({ status: 0, outputs: { changes: "1" } });
  });

  test("fails where what is over may not be ended", async () => {
    const guarded = `${ROSTER}protected: [priya]\n`;
    const story = await scene({ files: { ...until(OVER), "roster.yaml": guarded }, account: ACCOUNT });
    const ran = await story.onSchedule(EXPIRE);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("Nothing was applied: 1 entry refused.");
    expect(ran.summary).toContain("**protected**");
    expect(groupsOf(story, "priya")?.toSorted()).toEqual(["administrators", "auditors"]);
  });

  test("needs no more than to read the repository", async () => {
    const app = { id: 15_368, slug: "github-actions" };
    const reading = { login: "github-actions[bot]", app, permissions: { contents: "read" } } as const;
    const story = await scene({ files: until(OVER), account: ACCOUNT, tokens: { "t-contents": reading } });
    expect(await story.onSchedule({ ...EXPIRE, token: "t-contents" })).toMatchObject({ status: 0 });
    expect(groupsOf(story, "priya")).toEqual(["auditors"]);
  });

  test("goes by the branch's newest files: what was prolonged since its commit stays", async () => {
    const story = await scene({ files: until(OVER), account: ACCOUNT });
    story.github.branch("main", story.github.commit({ parents: [story.first], files: until(FAR) }));
    const ran = await story.onSchedule(EXPIRE);
    expect(ran).toMatchObject({ status: 0, out: "No changes: the account matches the roster.\n" });
    expect(groupsOf(story, "priya")).toEqual(["administrators", "auditors"]);
  });

  test("does nothing where the branch moves on before the first change, and fails", async () => {
    const story = await scene({ files: until(OVER), account: ACCOUNT });
    const later = story.github.commit({ parents: [story.first], files: until(FAR) });
    story.github.on("GET /repos/{owner}/{repo}/contents/{path}", () => story.github.branch("main", later));
    const ran = await story.onSchedule(EXPIRE);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("::error::The branch moved on meanwhile, so nothing was applied");
    expect(groupsOf(story, "priya")).toEqual(["administrators", "auditors"]);
  });

  test("deletes who left long enough ago", async () => {
    const left = {
      name: "marco",
      tags: { ...OURS, "iam-roster:deactivated": "2025-01-01T00:00:00Z" },
      policies: ["arn:aws:iam::aws:policy/AWSDenyAll"],
      createdAt: "2024-03-03T09:00:00Z",
    };
    const story = await scene({
      files: { "roster.yaml": ROSTER.replace("verifyAfter", "deleteAfter: 90d, verifyAfter") },
      account: { ...SETTLED, users: [...(SETTLED.users ?? []), left] },
    });
    const ran = await story.onSchedule(EXPIRE);
    expect(ran.status).toBe(0);
    expect(groupsOf(story, "marco")).toBeUndefined();
    expect(ran.summary).toContain("`marco`");
  });

  test("withdraws a password that nobody claimed", async () => {
    const since = "2026-01-01T00:00:00Z";
    const zoe = {
      name: "zoe",
      tags: { ...OURS, "iam-roster:password": `issued ${since}` },
      groups: ["auditors"],
      createdAt: since,
      password: { createdAt: since, resetRequired: true },
    };
    const story = await scene({
      files: {
        "users.yaml": users({
          ...EMILY_AND_PRIYA,
          zoe: "{ groups: [auditors], access: [console], github: zoe }",
        }),
      },
      account: { ...SETTLED, users: [...(SETTLED.users ?? []), zoe] },
    });
    const ran = await story.onSchedule(EXPIRE);
    expect(ran.status).toBe(0);
    expect(story.sandbox.snapshot().users.find(({ name }) => name === "zoe")?.password).toBeUndefined();
  });

  test("that cannot end what is over says so, and fails", async () => {
    const story = await scene({ files: until(OVER), account: ACCOUNT });
    story.sandbox.setFaults([{ kind: "access-denied", operations: ["RemoveUserFromGroup"] }]);
    const ran = await story.onSchedule(EXPIRE);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("::error::Applied: 0 of 1 change done, 1 failed.");
    expect(ran.summary).toMatch(/❌ FAILED: leave group `administrators`: .*AccessDenied/);
    expect(ran.summary).toContain("run this job again");
  });

  test("that cannot read the account says so, and fails", async () => {
    const story = await scene({ files: until(OVER), account: ACCOUNT });
    story.sandbox.setFaults([{ kind: "access-denied", operations: ["GetAccountSummary"] }]);
    const ran = await story.onSchedule(EXPIRE);
    expect(ran.status).toBe(1);
    expect(ran.summary).toContain("### ⛔ Nothing was applied");
  });
});
