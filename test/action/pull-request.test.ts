import { describe, expect, test, vi } from "vitest";
import { parsePlanFile } from "../../src/core/reviewed-plan.ts";
import { openRepository } from "../../src/github/client.ts";
import { keptPlan } from "../../src/github/reviewed-plan.ts";
import { sha256 } from "../command/scene.ts";
import { BAD_GATEWAY, secondaryLimit } from "../github/fake/faults.ts";
import { ACTIONS } from "../github/fake/world.ts";
import {
  EMILY_AND_PRIYA,
  GROUPS,
  OURS,
  pullRequest,
  type Ran,
  ROSTER,
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

/** The first public key of RFC 8032, as GitHub shows it. */
const KEY = `ssh-ed25519 ${Buffer.concat([
  Buffer.from("0000000b7373682d6564323535313900000020", "hex"),
  Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex"),
]).toString("base64")}`;

describe("a credential that is asked for", () => {
  const files = {
    "users.yaml": users({ ...EMILY_AND_PRIYA, marco: "{ access: [programmatic], github: marcog }" }),
  };

  test("is shown with the fingerprints of the keys that can read it, as GitHub has them", async () => {
    const story = await scene({ keys: { marcog: [KEY] } });
    const number = story.propose(files);
    const ran = await story.onPull(number);
    expect(ran.status).toBe(0);
    await expect(golden(pageOf(story, number))).toMatchFileSnapshot("../cases/action/credentials.md");
    const reviewed = await reviewedAt(story, story.github.pull(number).pull.head);
    expect(reviewed?.grants).toContainEqual(expect.objectContaining({ user: "marco", credential: "key" }));
  });

  test("is refused in a public repository, and where nobody could read it", async () => {
    const open = await scene({ keys: { marcog: [KEY] }, private: false });
    const inPublic = open.propose(files);
    expect((await open.onPull(inPublic)).status).toBe(1);
    expect(pageOf(open, inPublic)).toContain("⛔ **public-repository**");
    const closed = await scene();
    const keyless = closed.propose(files);
    expect((await closed.onPull(keyless)).status).toBe(1);
    expect(pageOf(closed, keyless)).toContain("⛔ **no-usable-recipient**");
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
  const pull = github.issues.find((issue) => issue.pull?.head === commit)?.number ?? 0;
  const file = await keptPlan(openRepository(access), { roster, commit, pull, sha256 }, ACTIONS.id);
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

const COMMENTS = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
const CREATE_CHECK = "POST /repos/{owner}/{repo}/check-runs";

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
    };
    const story = await scene({ tokens } as Parameters<typeof scene>[0]);
    const number = story.propose({ "users.yaml": MARCO });
    const ran = await story.onPull(number, { token: "t-checks" });
    expect(ran.status).toBe(0);
    expect(ran.out).toContain("warning: the comment could not be written: GitHub answers 403 to POST");
    expect(ran.out).toContain("\nGive the job the permission pull-requests: write");
    expect(ran.outputs["comment-url"]).toBe("");
    expect(ran.summary).toContain("### 1 user to create");
  });

  test("a plan that cannot be kept fails the job, and says which permission it lacks", async () => {
    const tokens = {
      "t-comments": { ...WRITER, permissions: { contents: "read", "pull-requests": "write" } },
    };
    const story = await scene({ tokens } as Parameters<typeof scene>[0]);
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

const WRITER = { login: "github-actions[bot]", app: ACTIONS };

/** Names as nobody could guess or compress them. */
const strangeName = (index: number): string => sha256(`${index}`).slice(0, 40);

describe("a plan of 5,000 changes", () => {
  test("fits into comment, check runs and summary, and what is reviewed is whole", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 2500 }, (_, index) => [strangeName(index), "{ groups: [auditors] }"]),
    );
    const story = await scene();
    const number = story.propose({ "users.yaml": users({ ...EMILY_AND_PRIYA, ...many }) });
    const began = Date.now();
    const ran = await story.onPull(number);
    const seconds = (Date.now() - began) / 1000;
    // A second or two; a plan that is compared with itself in squares takes minutes.
    expect(seconds).toBeLessThan(30);
    expect(ran.status).toBe(0);
    expect(ran.outputs["changes"]).toBe("5000");
    const page = pageOf(story, number);
    expect(page.length).toBeLessThanOrEqual(60_000);
    expect(page.length).toBeGreaterThan(50_000);
    expect(verdictOf(page)).toBe("### 2500 users to create");
    expect(page).toContain("✂️ Shortened. 2500 entries:");
    expect(page).toContain(ran.outputs["digest"] ?? "no digest");
    expect(Buffer.byteLength(ran.summary)).toBeLessThan(1024 * 1024);
    const names = story.github.checkRuns.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(1);
    expect(names.at(-1)).toBe("iam-roster plan (.)");
    const reviewed = await reviewedAt(story, story.github.pull(number).pull.head);
    expect(reviewed?.subjects).toHaveLength(2500);
    expect(reviewed?.digest).toBe(ran.outputs["digest"]);
  });
});

describe("where a plan is made too", () => {
  test("in a merge queue there is no comment and no check run, and the job fails as it would", async () => {
    const story = await scene({ account: WITH_OLGA });
    const group = (lines: Readonly<Record<string, string>>) => {
      const commit = story.github.commit({ parents: [story.first], files: { "users.yaml": users(lines) } });
      const payload = {
        action: "checks_requested",
        merge_group: { base_sha: story.first, head_sha: commit },
      };
      return { name: "merge_group", commit, ref: "refs/heads/gh-readonly-queue/main/pr-1", payload };
    };
    const ran = await story.on(group({ ...EMILY_AND_PRIYA, marco: "{}" }));
    expect(ran.status).toBe(0);
    expect(ran.summary).toContain("### 1 user to create");
    expect((await story.on(group(OLGA))).status).toBe(1);
    expect(story.github.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("a pull request that is closed is over in one line", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": MARCO });
    const { payload, ...event } = pullRequest(story.github, number);
    const ran = await story.on({ ...event, payload: { ...payload, action: "closed" } });
    expect(ran).toMatchObject({
      status: 0,
      out: "The pull request is closed: there is nothing to review.\n",
    });
    expect(story.github.requests).toEqual([]);
  });

  test("a run whose commit is no merge of the pull request is refused", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": users(EMILY_AND_PRIYA) });
    const late = pullRequest(story.github, number);
    pushTo(story, number, { "users.yaml": MARCO });
    const { payload } = pullRequest(story.github, number);
    const ran = await story.on({ ...late, payload });
    expect(ran.status).toBe(1);
    expect(lastLine(ran)).toMatch(
      /^::error::the commit of this run, [0-9a-f]{12}, is no merge of [0-9a-f]{12}, /,
    );
    expect(story.github.checkRuns).toEqual([]);
  });

  test("the first roster asks for everything, and so does one whose files were wrong before", async () => {
    const story = await scene({ files: { "users.yaml": "users: [" } });
    const mending = story.propose({ "users.yaml": MARCO });
    const mended = await story.onPull(mending);
    expect(mended.status).toBe(0);
    expect(mended.out).toMatch(/^warning: the files of [0-9a-f]{12} are wrong themselves, /m);
    const head = story.github.pull(mending).pull.head;
    expect((await reviewedAt(story, head))?.subjects).toEqual([{ type: "user", name: "marco" }]);

    const empty = story.github.commit({ parents: [], files: { "README.md": "Words.\n" } });
    story.github.branch("main", empty);
    const files = { "users.yaml": MARCO, "groups.yaml": GROUPS, "roster.yaml": ROSTER };
    const bringing = story.github.openPull({
      head: story.github.commit({ parents: [empty], files }),
      base: "main",
    });
    const brought = await story.onPull(bringing);
    expect(brought.status).toBe(0);
    expect(brought.out).not.toContain("warning: the files");
    expect(verdictOf(pageOf(story, bringing))).toBe("### 1 user to create");
    const first = await reviewedAt(story, story.github.pull(bringing).pull.head);
    expect(first?.subjects).toEqual([{ type: "user", name: "marco" }]);
  });

  test("two rosters of one repository have a comment and a check run each, by their names", async () => {
    const roster = (name: string, text: string) => ({
      [`${name}/users.yaml`]: text,
      [`${name}/groups.yaml`]: GROUPS,
      [`${name}/roster.yaml`]: ROSTER,
    });
    const before = users(EMILY_AND_PRIYA);
    const story = await scene({ files: { ...roster("teams/data", before), ...roster("apps", before) } });
    const number = story.propose({
      "teams/data/users.yaml": MARCO,
      "apps/users.yaml": users({ emily: "{ groups: [auditor] }" }),
    });
    const data = await story.onPull(number, { inputs: { root: "./teams/data/" } });
    const apps = await story.onPull(number, { inputs: { root: "apps" } });
    expect([data.status, apps.status]).toEqual([0, 1]);
    expect(apps.out).toContain("::error file=apps/users.yaml,line=2,col=21,");
    expect(data.outputs["plan-file"]).toMatch(/teams%2Fdata%20plan\.json$/);
    await story.onPull(number, { inputs: { root: "teams/data" } });
    const told = story.github.comments(number).map(({ body }) => body.split("\n").slice(0, 4));
    expect(told).toEqual([
      [
        "<!-- iam-roster:plan teams%2Fdata -->",
        "### 1 user to create",
        "",
        "Roster `teams/data` · Account `123456789012` · 2 changes",
      ],
      [
        "<!-- iam-roster:plan apps -->",
        "### ⛔ The files are wrong, so nothing was planned",
        "",
        "Roster `apps`",
      ],
    ]);
    const head = story.github.pull(number).pull.head;
    expect(new Set(story.github.checkRuns.map(({ name }) => name))).toEqual(
      new Set(["iam-roster plan (teams/data)", "iam-roster plan (apps)"]),
    );
    expect((await reviewedAt(story, head, "teams/data"))?.subjects).toEqual([
      { type: "user", name: "marco" },
    ]);
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
    expect(story.github.checkRuns).toEqual([]);
  });

  test("nothing is commented where no comment is wanted, and the check run is there", async () => {
    const story = await scene();
    const number = story.propose({ "users.yaml": MARCO });
    const quiet = { inputs: { comment: "false" } };
    expect((await story.onPull(number, quiet)).status).toBe(0);
    story.sandbox.setFaults([{ kind: "access-denied", operations: ["GetAccountAuthorizationDetails"] }]);
    expect((await story.onPull(number, quiet)).status).toBe(1);
    expect(story.github.comments(number)).toEqual([]);
    expect(story.github.checkRuns).toHaveLength(1);
  });
});
