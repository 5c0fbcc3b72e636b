import { describe, expect, test, vi } from "vitest";
import { planForReview } from "../../src/command/action/plan.ts";
import type { ActionPorts } from "../../src/command/action/ports.ts";
import { sha256 } from "../command/scene.ts";
import { type FakeGitHub, fakeGitHub } from "../github/fake/fake.ts";
import { opened } from "../github/opened.ts";
import { connect } from "../iam/connect.ts";
import { EMILY_AND_PRIYA, GROUPS, ROSTER, SETTLED, users } from "./scene.ts";

/*
 * Two runs for one pull request: while the older one works, somebody pushes, and the run of that goes from its beginning to
 * its end. Wherever in the older run that happens, there is one comment afterwards, and it is that of the newer commit.
 */

vi.setConfig({ testTimeout: 60_000 });

const clock = { now: () => new Date().toISOString(), sleep: async () => undefined };

/** What a run asks of GitHub, and more: the last ones ask nothing any more. */
const MOST_CALLS = 20;

interface Race {
  readonly github: FakeGitHub;
  readonly ports: ActionPorts;
  readonly number: number;
  /** Pushes users.yaml, and gives what a run for it is told. */
  readonly push: (text: string) => Parameters<typeof planForReview>[1];
  readonly run: (event: Parameters<typeof planForReview>[1]) => Promise<unknown>;
}

async function race(): Promise<Race> {
  const github = await fakeGitHub({ repository: "acme/access" });
  const { read, write } = await connect({ state: SETTLED, job: "plan" });
  const files = { "users.yaml": users(EMILY_AND_PRIYA), "groups.yaml": GROUPS, "roster.yaml": ROSTER };
  const main = github.commit({ parents: [], files });
  github.branch("main", main);
  const number = github.openPull({ head: github.commit({ parents: [main], files: {} }), base: "main" });
  const ports = {
    repository: opened(github).repository,
    root: ".",
    openAccount: async () => ({ read, write }),
    resolveRecipients: async () => new Map(),
    sealing: () => Promise.reject(new Error("nothing is issued here")),
    terminal: { out() {}, err() {}, color: false, ask: undefined },
    command() {},
    clock,
    sha256,
    runUrl: undefined,
    workflow: undefined,
    comment: true,
    label: "",
    stopping: () => false,
    summarise: async () => undefined,
    keep: async () => "",
  };
  const merges = new Map<string, string>();
  return {
    github,
    ports: { ...ports, commit: "" },
    number,
    push(text) {
      const head = github.commit({ parents: [main], files: { "users.yaml": text } });
      github.push(number, head);
      merges.set(head, github.pull(number).pull.mergeSha ?? "");
      return { kind: "pull-request", number, into: "main", head, isFork: false, isClosed: false };
    },
    run: (event) =>
      planForReview(
        { ...ports, commit: event.kind === "pull-request" ? (merges.get(event.head) ?? "") : "" },
        event,
      ),
  };
}

const MARCO = users({ ...EMILY_AND_PRIYA, marco: "{ groups: [auditors] }" });
const NADIA = users({ ...EMILY_AND_PRIYA, nadia: "{ groups: [auditors] }" });
const NOTHING = users(EMILY_AND_PRIYA);
const WRONG = users({ emily: "{ group: [auditors] }" });

/** Lets something happen during the call with this number, counted from 0: it is carried out, and not answered yet. */
function during(github: FakeGitHub, call: number, happens: () => Promise<unknown>): () => boolean {
  let [count, hasHappened] = [0, false];
  const hook = async (): Promise<void> => {
    if (hasHappened || count++ < call) return;
    hasHappened = true;
    await happens();
  };
  for (const route of ROUTES) github.on(route, hook);
  return () => hasHappened;
}

const ROUTES = [
  "GET /repos/{owner}/{repo}/commits",
  "POST /repos/{owner}/{repo}/check-runs",
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
];

interface Told {
  readonly where: string;
  readonly before?: string;
  readonly after: string;
  readonly says: string;
}

const TOLD: readonly Told[] = [
  { where: "there is no comment yet", after: NADIA, says: "nadia" },
  { where: "there is no comment yet, and the newer takes all back", after: NOTHING, says: "✅ No changes" },
  {
    where: "there is a comment",
    before: users({ ...EMILY_AND_PRIYA, old: "{}" }),
    after: NADIA,
    says: "nadia",
  },
  {
    where: "there is a comment, and the newer takes all back",
    before: MARCO,
    after: NOTHING,
    says: "✅ No changes",
  },
  { where: "there is a comment, and the newer is wrong", before: MARCO, after: WRONG, says: "unknown-key" },
];

describe("two runs for one pull request", () => {
  test.each(TOLD)("leave the newer one's comment alone, where $where", async ({ before, after, says }) => {
    const told: string[] = [];
    for (let call = 0; call < MOST_CALLS; call += 1) {
      const { github, number, push, run } = await race();
      if (before !== undefined) await run(push(before));
      const older = push(MARCO);
      const happened = during(github, call, () => run(push(after)));
      await run(older);
      if (!happened()) break;
      const bodies = github.comments(number).map(({ body }) => body);
      const isNone = bodies.length === 0 && before === undefined && after === NOTHING;
      const isRight = isNone || (bodies.length === 1 && bodies[0]?.includes(says));
      told.push(isRight ? "right" : `${call}: ${bodies.join("\n")}`);
    }
    expect(new Set(told)).toEqual(new Set(["right"]));
    expect(told.length).toBeGreaterThan(5);
  });
});

describe("two runs for the same commit", () => {
  test.each([
    ["there is no comment yet", undefined],
    ["there is a comment", NADIA],
  ])("leave one comment, at whatever call of one the other runs, where %s", async (_, before) => {
    for (let call = 0; call < MOST_CALLS; call += 1) {
      const { github, number, push, run } = await race();
      if (before !== undefined) await run(push(before));
      const event = push(MARCO);
      const happened = during(github, call, () => run(event));
      await run(event);
      if (!happened()) break;
      expect(github.comments(number).map(({ body }) => body)).toEqual([expect.stringContaining("marco")]);
    }
    expect.hasAssertions();
  });
});

describe("a run whose plan cannot be made", () => {
  test("says so in the one comment, and not where a newer commit has another by then", async () => {
    const told: string[] = [];
    for (let call = 0; call < MOST_CALLS; call += 1) {
      const { github, number, push, run, ports } = await race();
      const older = push(MARCO);
      const happened = during(github, call, () => run(push(NADIA)));
      const openAccount = () => Promise.reject(new Error("there are no credentials"));
      const mergeSha = github.pull(number).pull.mergeSha ?? "";
      await expect(planForReview({ ...ports, commit: mergeSha, openAccount }, older)).rejects.toThrow(
        "no credentials",
      );
      const bodies = github.comments(number).map(({ body }) => body);
      if (!happened()) break;
      told.push(bodies.map((body) => (body.includes("nadia") ? "newer" : "older")).join());
    }
    expect(new Set(told)).toEqual(new Set(["newer"]));
  });
});
