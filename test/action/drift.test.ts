import { expect, test, vi } from "vitest";
import { ageKeyPair, sshKeyPair } from "../credentials/tools.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import { expectSafeMarkdown } from "../render/hostile-text.ts";
import { EMILY_AND_PRIYA, OURS, type Scene, scene, SETTLED, users } from "./scene.ts";

vi.setConfig({ testTimeout: 120_000 });

/** Somebody has made Zoe by hand with our tag, and taken Priya out of her group. */
const DRIFTED: AccountData = {
  ...SETTLED,
  users: [
    ...(SETTLED.users ?? []).map((user) => (user.name === "priya" ? { ...user, groups: [] } : user)),
    {
      name: "zoe",
      id: "AIDAZOEZOEZOEZOEZOEZO",
      tags: OURS,
      groups: ["administrators"],
      password: {},
      createdAt: "2026-05-04T09:00:00Z",
    },
  ],
};

const body = ({ github }: Scene): string => github.issues[0]?.body ?? "";

test("what differs stands in one issue: both sides, both ways to end it, and what the credentials lack", async () => {
  const told = await scene({ account: DRIFTED });
  const ran = await told.onSchedule();
  expect(ran).toMatchObject({ status: 0, outputs: { "has-changes": "true", refused: "0" } });
  expect(ran.outputs["issue-url"]).toBe("https://github.com/acme/access/issues/1");
  const [issue] = told.github.issues;
  expect(issue).toMatchObject({
    title: "IAM drift in account 123456789012: 5 differences",
    labels: ["iam-roster-drift"],
    state: "open",
  });
  await expect(body(told)).toMatchFileSnapshot("../cases/action/drift.md");
  expect(ran.summary).toContain("#### Differences");
  // The digest is that of the dispatch which makes the account what the roster says.
  const dispatched = await told.onDispatch({
    inputs: { mode: "apply", digest: ran.outputs["digest"] ?? "" },
  });
  expect(dispatched.status).toBe(0);
  const after = await told.onSchedule();
  expect(after).toMatchObject({ status: 0, outputs: { "has-changes": "false", changes: "0" } });
  expect(after.out.trim().split("\n").at(-1)).toBe("No differences: the account matches the roster");
  expect(told.github.issues).toMatchObject([
    {
      state: "closed",
      title: "IAM drift in account 123456789012: No differences: the account matches the roster",
    },
  ]);
});

test("in a public repository the digest is that of what apply makes there, without what it may not issue", async () => {
  const story = await scene({
    private: false,
    keys: { marcos: [(await sshKeyPair("ed25519")).line.split(" ", 2).join(" ")] },
    files: {
      "users.yaml": users({
        ...EMILY_AND_PRIYA,
        marco: "{ groups: [auditors], access: [console], github: marcos }",
      }),
    },
  });
  const ran = await story.onSchedule();
  expect(body(story)).toContain("**public-repository**");
  const digest = ran.outputs["digest"] ?? "";
  const dispatched = await story.onDispatch({ inputs: { mode: "apply", digest } });
  expect(dispatched.outputs["digest"]).toBe(digest);
  expect(story.sandbox.snapshot().users.map(({ name }) => name)).toContain("marco");
});

test("the adopted lines, merged, end the difference as well", async () => {
  const told = await scene({ account: DRIFTED });
  await told.onSchedule();
  expect(body(told)).toContain("To keep this, in `users.yaml`");
  told.commit({
    "users.yaml": users({
      ...EMILY_AND_PRIYA,
      priya: "{}",
      zoe: "{ groups: [administrators], access: [console] }",
    }),
  });
  const ran = await told.onSchedule();
  expect(ran.outputs["changes"]).toBe("0");
  expect(told.github.issues).toMatchObject([{ state: "closed" }]);
});

test("the same differences again notify nobody; others do; none close it; new ones open it again", async () => {
  const told = await scene({ account: DRIFTED });
  await told.onSchedule();
  await told.onSchedule();
  expect(told.github.issues).toHaveLength(1);
  expect(told.github.comments(1)).toEqual([]);
  told.sandbox.act("RemoveUserFromGroup", { UserName: "emily", GroupName: "auditors" });
  await told.onSchedule();
  expect(told.github.comments(1).map((comment) => comment.body)).toEqual([
    "The differences are others now: see the description above.",
  ]);
  expect(body(told)).toContain("`emily`");
  for (const name of ["emily", "priya"])
    told.sandbox.act("AddUserToGroup", { UserName: name, GroupName: "auditors" });
  told.commit({
    "users.yaml": users({ ...EMILY_AND_PRIYA, zoe: "{ groups: [administrators], access: [console] }" }),
  });
  await told.onSchedule();
  expect(told.github.issues).toMatchObject([{ state: "closed" }]);
  told.sandbox.act("RemoveUserFromGroup", { UserName: "emily", GroupName: "auditors" });
  await told.onSchedule();
  expect(told.github.issues).toMatchObject([{ number: 1, state: "open" }]);
});

test("somebody else's issue with our marker is left alone, and so is a pull request", async () => {
  const told = await scene({ account: DRIFTED });
  const marked = { title: "Mine", body: "<!-- iam-roster:drift . -->\nmine", labels: ["iam-roster-drift"] };
  const mallory = told.github.openIssue({ ...marked, login: "mallory" });
  await told.onSchedule();
  expect(told.github.issues.find(({ number }) => number === mallory)).toMatchObject({ title: "Mine" });
  expect(told.github.issues).toHaveLength(2);
});

test("two rosters of one repository have an issue each, under their names", async () => {
  const told = await scene({ account: DRIFTED });
  const { github } = told;
  const files = [...github.commitAt(told.first).files];
  told.commit(Object.fromEntries(files.map(([name, file]) => [`teams/data/${name}`, file])));
  await told.onSchedule();
  const ran = await told.onSchedule({ inputs: { root: "teams/data" } });
  expect(ran.status).toBe(0);
  expect(github.issues.map(({ title }) => title)).toEqual([
    "IAM drift in account 123456789012: 5 differences",
    "IAM drift in account 123456789012 (teams/data): 5 differences",
  ]);
  expect(github.issues[1]?.body).toContain("Roster `teams/data`");
});

test("names out of the account mention nobody and open nothing in the issue", async () => {
  const hostile = { name: "a@emilyc", tags: { ...OURS, "team <b>": "@acme/all `` ``` <img>" } };
  const told = await scene({ account: { ...SETTLED, users: [...(SETTLED.users ?? []), hostile] } });
  await told.onSchedule();
  expectSafeMarkdown(
    body(told)
      .replace(/<!--.*?-->\n/g, "")
      .replace(/ · \[run\]\(\S+\)\n$/, "\n"),
  );
});

test("where it cannot write issues the job fails, says what is missing, and the summary has it all", async () => {
  const told = await scene({ account: DRIFTED });
  const ran = await told.onSchedule({ token: "t-read" });
  expect(ran.status).toBe(1);
  expect(ran.out).toContain("Give the job the permission issues: write.");
  expect(ran.summary).toContain("5 differences");
});

test("wrong files and the wrong account are told, and nothing is compared", async () => {
  const wrong = await scene({ files: { "users.yaml": "users:\n  emily: { groups: [nowhere] }\n" } });
  const ran = await wrong.onSchedule();
  expect(ran).toMatchObject({ status: 1, outputs: { "has-changes": "false", digest: "" } });
  expect(ran.out).toContain("::error file=users.yaml,line=2,col=21,title=unknown-group::");
  const other = await scene({ account: DRIFTED });
  await other.onSchedule();
  const [before] = other.github.issues;
  other.commit({ "roster.yaml": 'account: "999999999999"\nowner: acme/access\n' });
  const compared = await other.onSchedule();
  expect(compared.status).toBe(1);
  expect(compared.out).toContain("Another account: nothing was compared");
  // What was open stays open.
  expect(before).toMatchObject({ state: "open" });
  expect(other.github.issues).toEqual([before]);
});

test("its digest can be agreed to in a public repository too, where nothing is issued", async () => {
  const story = await scene({ private: false });
  const { line } = await ageKeyPair();
  const zoe = `{ groups: [auditors], access: [console], encryptTo: ${line} }`;
  story.commit({ "users.yaml": users({ ...EMILY_AND_PRIYA, zoe }) });
  const { outputs } = await story.onSchedule();
  expect(outputs).toMatchObject({ refused: "1" });
  const byHand = await story.onDispatch({ inputs: { digest: outputs["digest"] ?? "" } });
  expect(byHand.out).toContain("Applied: 2 changes done, 1 entry refused.");
  // Who agrees to the whole asked for that too.
  expect(byHand.status).toBe(1);
});
