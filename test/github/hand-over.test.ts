import { describe, expect, test } from "vitest";
import type { Letter } from "../../src/core/port.ts";
import { commentHandOver } from "../../src/github/hand-over.ts";
import { failed } from "./fake/answer.ts";
import { scene } from "./fake/scene.ts";
import { opened } from "./opened.ts";

const REMOVE = "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}";
const EDIT = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
const ADD = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";

const LETTER: Letter = { user: "marco", what: "password", sealed: "SEALED" };

async function beginning(settings: Parameters<typeof scene>[0] = {}) {
  const { github, pull } = await scene(settings);
  const { repository } = opened(github);
  let proofs = 0;
  const handOver = commentHandOver({
    repository,
    roster: "teams/data",
    threadOf: async () => pull,
    page: ({ sealed }, isValid) => `${isValid ? "valid" : "not yet"} ${sealed}`,
    prepare: async () => void (proofs += 1),
  });
  const bodies = (): readonly string[] => github.comments(pull).map(({ body }) => body.split("\n")[1] ?? "");
  return { github, pull, handOver, bodies, proofs: () => proofs };
}

describe("handing over by comment", () => {
  test("is begun in a private repository only, and where comments can be written", async () => {
    const secret = await beginning();
    await secret.handOver.prepare();
    expect(secret.proofs()).toBe(1);
    const open = await beginning({ private: false });
    await expect(open.handOver.prepare()).rejects.toThrow("this repository is public");
    expect(open.proofs()).toBe(0);
  });

  test("shows the letter before it is valid, says when it is, and takes the older ones away", async () => {
    const { handOver, bodies, github, pull } = await beginning();
    await (await handOver.stage({ ...LETTER, sealed: "OLD" })).commit();
    await (await handOver.stage({ ...LETTER, user: "marco2" })).commit();
    await (await handOver.stage({ ...LETTER, what: "key" })).commit();
    const { commit } = await handOver.stage(LETTER);
    expect(bodies()).toEqual(["valid OLD", "valid SEALED", "valid SEALED", "not yet SEALED"]);
    const place = await commit();
    expect(bodies()).toEqual(["valid SEALED", "valid SEALED", "valid SEALED"]);
    expect(place).toBe(
      `https://github.com/acme/access/pull/${pull}#issuecomment-${github.comments(pull).at(-1)?.id}`,
    );
  });

  test("leaves what somebody else wrote under the same marker", async () => {
    const { handOver, bodies, github, pull } = await beginning();
    await (await handOver.stage(LETTER)).commit();
    const [mark = ""] = github.comments(pull)[0]?.body.split("\n") ?? [];
    github.commentAs("mallory", pull, `${mark}\nforged`);
    await (await handOver.stage(LETTER)).commit();
    expect(bodies()).toEqual(["forged", "valid SEALED"]);
  });

  test("takes a letter back that was never valid, and does not fail where that cannot be done", async () => {
    const { handOver, bodies, github } = await beginning();
    await (await handOver.stage(LETTER)).discard();
    expect(bodies()).toEqual([]);
    github.fault({ on: REMOVE, answer: failed(403, "Resource not accessible by integration") });
    await (await handOver.stage(LETTER)).discard();
    expect(bodies()).toEqual(["not yet SEALED"]);
    // The next one takes it away.
    await (await handOver.stage({ ...LETTER, sealed: "NEW" })).commit();
    expect(bodies()).toEqual(["valid NEW"]);
  });

  test("is done where only an older letter could not be taken away", async () => {
    const { handOver, bodies, github } = await beginning();
    await (await handOver.stage({ ...LETTER, sealed: "OLD" })).commit();
    github.fault({ on: REMOVE, answer: failed(403, "Resource not accessible by integration") });
    await (await handOver.stage(LETTER)).commit();
    expect(bodies()).toEqual(["valid OLD", "valid SEALED"]);
  });

  test("fails where the letter was deleted, or cannot be made valid", async () => {
    const { handOver, github, pull } = await beginning();
    const gone = await handOver.stage(LETTER);
    github.deleteComment(github.comments(pull)[0]?.id ?? 0);
    await expect(gone.commit()).rejects.toThrow("somebody deleted the comment with the letter: https://");
    const stuck = await handOver.stage(LETTER);
    github.fault({ on: EDIT, answer: failed(403, "Resource not accessible by integration") });
    await expect(stuck.commit()).rejects.toThrow("Give the job the permission");
  });

  test.each(["lost-answer", "drop-after", "cut-answer", "drop"] as const)(
    "makes one letter, where the answer is met by %s",
    async (answer) => {
      const { handOver, bodies, github } = await beginning();
      github.fault({ on: ADD, answer });
      github.fault({ on: EDIT, answer });
      await (await handOver.stage(LETTER)).commit();
      expect(bodies()).toEqual(["valid SEALED"]);
    },
  );
});
