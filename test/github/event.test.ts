import { describe, expect, test } from "vitest";
import { parseEvent } from "../../src/github/event.ts";

const SHA = "a".repeat(40);
const MAIN = "refs/heads/main";

const pull = (
  head: unknown,
  base: unknown = { ref: "main", repo: { full_name: "acme/access" } },
  action = "opened",
) => ({
  action,
  pull_request: { number: 7, head, base },
});

const parse = (name: string, payload: unknown = {}, ref = MAIN) => parseEvent({ name, ref, payload });

describe("an event", () => {
  test.each([
    [
      "a pull request of this repository",
      parse("pull_request", pull({ sha: SHA, repo: { full_name: "acme/access" } })),
      { kind: "pull-request", number: 7, into: "main", head: SHA, isFork: false, isClosed: false },
    ],
    [
      "one from a fork",
      parse("pull_request", pull({ sha: SHA, repo: { full_name: "mallory/access" } })),
      { kind: "pull-request", number: 7, into: "main", head: SHA, isFork: true, isClosed: false },
    ],
    [
      "one from a fork that is gone",
      // oxlint-disable-next-line unicorn/no-null -- as GitHub sends it
      parse("pull_request", pull({ sha: SHA, repo: null })),
      { kind: "pull-request", number: 7, into: "main", head: SHA, isFork: true, isClosed: false },
    ],
    [
      "one of which nothing says where it comes from",
      parse("pull_request", pull({ sha: SHA }, { ref: "main" })),
      { kind: "pull-request", number: 7, into: "main", head: SHA, isFork: true, isClosed: false },
    ],
    [
      "one that is closed",
      parse("pull_request", pull({ sha: SHA, repo: { full_name: "acme/access" } }, undefined, "closed")),
      { kind: "pull-request", number: 7, into: "main", head: SHA, isFork: false, isClosed: true },
    ],
    [
      "a merge group",
      parse("merge_group", { merge_group: { base_sha: SHA } }),
      { kind: "merge-group", base: SHA },
    ],
    [
      "a push",
      parse("push", { before: SHA, repository: { default_branch: "main" } }),
      { kind: "push", branch: "main", isDefaultBranch: true, before: SHA },
    ],
    [
      "a push of a new branch",
      parse("push", { before: "0".repeat(40) }, "refs/heads/a/b"),
      { kind: "push", branch: "a/b", isDefaultBranch: false, before: undefined },
    ],
    ["a schedule", parse("schedule"), { kind: "schedule", branch: "main" }],
    [
      "a run by hand",
      parse("workflow_dispatch", { repository: { default_branch: "main" } }),
      { kind: "dispatch", branch: "main", isDefaultBranch: true },
    ],
    [
      "a run by hand elsewhere",
      parse("workflow_dispatch", { repository: { default_branch: "main" } }, "refs/heads/other"),
      { kind: "dispatch", branch: "other", isDefaultBranch: false },
    ],
  ])("is read: %s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  test.each([
    [
      "pull_request_target",
      {},
      /^iam-roster does not run on pull_request_target, .*\nUse the event pull_request\.$/,
    ],
    [
      "issue_comment",
      {},
      /^iam-roster does not run on the event "issue_comment"\.\nIt runs on pull_request, /,
    ],
    ["", {}, /^iam-roster does not run on the event ""\./],
    ["pull_request", undefined, /no pull_request\.number/],
    ["pull_request", "words", /no pull_request\.number/],
    ["pull_request", pull({ sha: `${SHA}\n` }), /no pull_request\.head\.sha/],
    ["pull_request", pull({ sha: "HEAD" }), /no pull_request\.head\.sha/],
    ["merge_group", { merge_group: {} }, /no merge_group\.base_sha/],
    ["push", {}, /no before/],
  ])("that is none of ours or not whole is refused: %s", (name, payload, message) => {
    expect(() => parse(name, payload)).toThrow(message);
  });

  test("for a tag is refused", () => {
    expect(() => parse("push", { before: SHA }, "refs/tags/v1")).toThrow(
      /refs\/tags\/v1, which is no branch/,
    );
    expect(() => parse("workflow_dispatch", {}, "refs/pull/1/merge")).toThrow(/no branch/);
  });
});
