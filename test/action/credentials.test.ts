import { describe, expect, test, vi } from "vitest";
import { ageKeyPair, type KeyPair, openedByAge, sshKeyPair } from "../credentials/tools.ts";
import { failed } from "../github/fake/answer.ts";
import type { Fault } from "../github/fake/faults.ts";
import { EMILY_AND_PRIYA, type Scene, scene, users } from "./scene.ts";

vi.setConfig({ testTimeout: 120_000 });

const COMMENTS = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
const EDIT = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";

async function merged(story: Scene, files: Readonly<Record<string, string>>) {
  const number = story.propose(files);
  expect(await story.onPull(number)).toMatchObject({ status: 0 });
  return { number, tip: story.merge(number) };
}

/** The comments there with a letter in them. */
function letters({ github }: Scene, number: number): readonly string[] {
  const bodies = github.comments(number).map(({ body }) => body);
  return bodies.filter((body) => body.includes("-----BEGIN AGE ENCRYPTED FILE-----"));
}

function sealedIn(body: string | undefined): string {
  return /-----BEGIN AGE[\s\S]+END AGE ENCRYPTED FILE-----/.exec(body ?? "")?.[0] ?? "";
}

/** The password that a letter opens to. */
function passwordIn(letter: string): string {
  return /^Password:\s+(\S+)$/m.exec(letter)?.[1] ?? "";
}

function userNamed({ sandbox }: Scene, name: string) {
  return sandbox.snapshot().users.find((user) => user.name === name);
}

function reports({ github }: Scene, number: number): string {
  const bodies = github.comments(number).map(({ body }) => body);
  return bodies.filter((body) => body.startsWith("<!-- iam-roster:report")).join("");
}

const withMarco = (line: string) => ({ "users.yaml": users({ ...EMILY_AND_PRIYA, marco: line }) });
const FORBIDDEN = failed(403, "Resource not accessible by integration");

/** Somebody with a key of their own, and a story in which GitHub knows it. */
async function beginning(settings: Parameters<typeof scene>[0] = {}) {
  const marco = await sshKeyPair("ed25519");
  const [type = "", key = ""] = marco.line.split(" ");
  return { marco, story: await scene({ keys: { marcos: [`${type} ${key}`] }, ...settings }) };
}

const CONSOLE = withMarco("{ groups: [auditors], access: [console], github: marcos }");
const KEY = withMarco("{ groups: [auditors], access: [programmatic], github: marcos }");

async function opened(body: string | undefined, identity: KeyPair): Promise<string> {
  return openedByAge(sealedIn(body), identity);
}

describe("a letter", () => {
  test("is a comment on the pull request that asked for it, which tells its person how to open it", async () => {
    const { marco, story } = await beginning();
    const age = await ageKeyPair();
    const both = "{ groups: [auditors], access: [console, programmatic], github: marcos }";
    const one = await merged(story, withMarco(both));
    const zoe = `{ groups: [auditors], access: [console], encryptTo: ${age.line} }`;
    const files = { "users.yaml": users({ ...EMILY_AND_PRIYA, marco: both, zoe }) };
    const two = await merged(story, files);
    expect(await story.onPush(two.tip)).toMatchObject({ status: 0 });
    const [password, key] = ["password", "key"].map((what) =>
      letters(story, one.number).find((body) => body.includes(`iam-roster:${what}`)),
    );
    const plain = passwordIn(await opened(password, marco));
    expect(story.sandbox.signIn("marco", plain)).toBe("reset-required");
    const csv = await opened(key, marco);
    expect(csv).toContain(userNamed(story, "marco")?.accessKeys?.[0]?.id);
    expect(letters(story, one.number)).toHaveLength(2);
    expect(letters(story, two.number)).toHaveLength(1);
    const hers = passwordIn(await opened(letters(story, two.number)[0], age));
    expect(story.sandbox.signIn("zoe", hers)).toBe("reset-required");
    // Only whom the roster gives a login is mentioned.
    expect(letters(story, one.number).map((body) => body.includes("@marcos:"))).toEqual([true, true]);
    expect(letters(story, two.number)[0]).not.toContain("@");
    for (const [name, body = ""] of [
      ["password", password],
      ["key", key],
    ] as const)
      await expect(body.replace(sealedIn(body), "ARMOR")).toMatchFileSnapshot(`../cases/letters/${name}.md`);
    expect(reports(story, one.number)).toMatch(/- `marco`: \[a password\]\(https:/);
  });

  test("says that it is not valid while it is not, and is staged before the password is set", async () => {
    const { story } = await beginning();
    const { number, tip } = await merged(story, CONSOLE);
    const staged: string[] = [];
    story.github.on(COMMENTS, () => {
      staged.push(...letters(story, number));
      if (letters(story, number).length > 0) expect(userNamed(story, "marco")?.password).toBeUndefined();
    });
    expect(await story.onPush(tip)).toMatchObject({ status: 0 });
    const [before = ""] = staged;
    await expect(before.replace(sealedIn(before), "ARMOR")).toMatchFileSnapshot("../cases/letters/staged.md");
  });

  test("goes to an issue of ours where no pull request asked for it, which is opened again", async () => {
    const { marco, story } = await beginning();
    story.commit(CONSOLE);
    const first = await applyByHand(story);
    expect(first.status).toBe(0);
    const [issue, ...others] = story.github.issues.filter(({ pull }) => pull === undefined);
    expect(others).toEqual([]);
    const number = issue?.number ?? 0;
    expect(letters(story, number)).toHaveLength(1);
    story.github.changeIssue(number, { state: "closed" });
    story.commit(
      withMarco("{ groups: [auditors], access: [console], github: marcos, resetPassword: again }"),
    );
    expect(await applyByHand(story)).toMatchObject({ status: 0 });
    expect(story.github.issues.map(({ state }) => state)).toEqual(["open"]);
    // The older one is gone.
    const [letter, ...older] = letters(story, number);
    expect(older).toEqual([]);
    expect(story.sandbox.signIn("marco", passwordIn(await opened(letter, marco)))).toBe("reset-required");
  });

  test("is none where the branch moves on before it, and nothing says for ever that it is being made", async () => {
    const { story } = await beginning();
    const { number, tip } = await merged(story, CONSOLE);
    const later = story.github.commit({ parents: [tip], files: { "users.yaml": users(EMILY_AND_PRIYA) } });
    let asked = 0;
    story.github.on("GET /repos/{owner}/{repo}/git/ref/{ref}", () => {
      asked += 1;
      if (asked === 1) story.github.branch("main", later);
    });
    const ran = await story.onPush(tip);
    expect(ran.out).toContain(`Superseded by ${later.slice(0, 12)}`);
    expect(letters(story, number)).toEqual([]);
    expect(reports(story, number)).toContain(`### Superseded\n\n\`Superseded by ${later.slice(0, 12)}`);
  });

  test("is none in a public repository: the entry is refused, and the rest goes on", async () => {
    const { story } = await beginning({ private: false });
    const number = story.propose({
      "users.yaml": users({
        ...EMILY_AND_PRIYA,
        marco: "{ groups: [auditors], access: [console], github: marcos }",
        zoe: "{ groups: [auditors] }",
      }),
    });
    expect(await story.onPull(number)).toMatchObject({ status: 1 });
    const ran = await story.onPush(story.merge(number));
    expect(ran).toMatchObject({ status: 1, outputs: { refused: "1" } });
    expect(userNamed(story, "zoe")?.groups).toEqual(["auditors"]);
    expect(userNamed(story, "marco")).toMatchObject({ groups: ["auditors"], password: undefined });
    expect(letters(story, number)).toEqual([]);
    expect(reports(story, number)).toContain("**public-repository**");
  });
});

/** Applies the plan that there is now, as somebody does who has read it. */
async function applyByHand(story: Scene) {
  const { outputs } = await story.onDispatch({ inputs: { digest: "0".repeat(64) } });
  return story.onDispatch({ inputs: { digest: outputs["digest"] ?? "" } });
}

describe("where a letter cannot be written", () => {
  test("at all, nothing is applied", async () => {
    const { story } = await beginning();
    const { tip } = await merged(story, CONSOLE);
    story.github.fault({ on: COMMENTS, answer: FORBIDDEN, times: 9 });
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(ran.out).toMatch(
      /::error::GitHub answers 403 .+%0AGive the job the permission pull-requests: write/,
    );
    expect(userNamed(story, "marco")).toBeUndefined();
    expect(story.github.checkRuns.at(-1)).toMatchObject({ conclusion: "failure" });
  });

  test.each<readonly [string, typeof CONSOLE, Fault]>([
    ["a password's staging fails", CONSOLE, { on: COMMENTS, skip: 1, answer: FORBIDDEN }],
    ["a key's staging fails", KEY, { on: COMMENTS, skip: 1, answer: FORBIDDEN }],
    ["a password's last edit fails", CONSOLE, { on: EDIT, answer: FORBIDDEN }],
    ["a key's last edit fails", KEY, { on: EDIT, answer: FORBIDDEN }],
  ])("since %s, the run fails, and the next one issues anew", async (_, files, fault) => {
    const { marco, story } = await beginning();
    const { number, tip } = await merged(story, files);
    story.github.fault(fault);
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(letters(story, number)).toEqual([]);
    expect(reports(story, number)).toContain("❌ FAILED: issue a");
    expect(await story.onPush(tip)).toMatchObject({ status: 0 });
    await expectOneGoodLetter(story, number, marco);
  });

  test("since somebody deletes it before it is valid, the run fails, and the next one issues anew", async () => {
    const { marco, story } = await beginning();
    const { number, tip } = await merged(story, CONSOLE);
    let isDeleted = false;
    story.github.on(COMMENTS, () => {
      const letter = story.github.comments(number).find(({ body }) => body.includes("-----BEGIN AGE"));
      if (letter !== undefined && !isDeleted) story.github.deleteComment(letter.id);
      isDeleted ||= letter !== undefined;
    });
    const ran = await story.onPush(tip);
    expect(ran.status).toBe(1);
    expect(ran.out).toContain("somebody deleted the comment with the letter");
    expect(await story.onPush(tip)).toMatchObject({ status: 0 });
    await expectOneGoodLetter(story, number, marco);
  });

  test("for sure, since the answers are lost, it is looked for, and there is one", async () => {
    const { marco, story } = await beginning();
    const { number, tip } = await merged(story, CONSOLE);
    story.github.fault({ on: COMMENTS, skip: 1, answer: "lost-answer" });
    story.github.fault({ on: EDIT, answer: "cut-answer" });
    expect(await story.onPush(tip)).toMatchObject({ status: 0 });
    await expectOneGoodLetter(story, number, marco);
  });
});

async function expectOneGoodLetter(story: Scene, number: number, identity: KeyPair): Promise<void> {
  const [letter, ...others] = letters(story, number);
  expect(others).toEqual([]);
  const text = await opened(letter, identity);
  const { accessKeys = [] } = userNamed(story, "marco") ?? {};
  if (letter?.includes("iam-roster:password") === true)
    expect(story.sandbox.signIn("marco", passwordIn(text))).toBe("reset-required");
  else {
    expect(accessKeys).toHaveLength(1);
    expect(text).toContain(accessKeys[0]?.id);
  }
}

test("the input comment switches off the report, and not the letters", async () => {
  const { story } = await beginning();
  const { number, tip } = await merged(story, CONSOLE);
  expect(await story.onPush(tip, { inputs: { comment: "false" } })).toMatchObject({ status: 0 });
  expect(letters(story, number)).toHaveLength(1);
  // Writing was proven with it, so that it has to say how it ended.
  expect(reports(story, number)).toContain("### ✅ Applied");
});

test("a run that announced itself and then gives way puts that right, and issues nothing", async () => {
  const { story } = await beginning();
  const { number, tip } = await merged(story, CONSOLE);
  const later = story.github.commit({ parents: [tip], files: { "users.yaml": users(EMILY_AND_PRIYA) } });
  story.github.on(COMMENTS, () => story.github.branch("main", later));
  const ran = await story.onPush(tip);
  expect(ran.out).toContain("Superseded by");
  expect(story.sandbox.snapshot().users).toHaveLength(2);
  expect(reports(story, number)).toContain(`Superseded by ${later.slice(0, 12)}`);
  expect(reports(story, number)).not.toContain("Applying");
});
