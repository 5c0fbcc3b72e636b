import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AccountData } from "../../src/sandbox/data.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { at, directory, type Ended, type Entry, ROOT, type Running, sandboxWith, start } from "../cli/run.ts";
import { type FakeGitHub, fakeGitHub } from "../github/fake/fake.ts";
import type { NewCommit } from "../github/fake/git.ts";
import type { Merging, MergeMethod, NewPull } from "../github/fake/merging.ts";
import type { Settings } from "../github/fake/world.ts";
import { hear } from "../silence/watch.ts";

/*
 * The Action in a process of its own, started as a runner starts it, between a GitHub and an IAM that keep what they are
 * told.
 */

const BUNDLE = join(ROOT, "dist/action.js");

/** As the last build left it: `npm test` builds before it tests. */
const ENTRY: Entry = existsSync(BUNDLE)
  ? { name: "the bundle", file: BUNDLE, exists: true }
  : { name: "the source", file: join(ROOT, "src/action.ts"), exists: true };

export const ACCOUNT = "123456789012";

export const ROSTER = `account: "${ACCOUNT}"\nowner: acme/access\noffboarding: { verifyAfter: 0s }\n`;

export const GROUPS = `groups:
  administrators: { policies: [AdministratorAccess] }
  auditors: { policies: [SecurityAudit] }
`;

const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

export const OURS = { "iam-roster:owner": "acme/access" };

/** The account that the files of `begin` describe. */
export const SETTLED: AccountData = {
  groups: [
    { name: "administrators", policies: [awsPolicy("AdministratorAccess")] },
    { name: "auditors", policies: [awsPolicy("SecurityAudit")] },
  ],
  users: [
    // Ids of their own, so that digests are the same each time.
    {
      name: "emily",
      id: "AIDAEMILYEMILYEMILYEM",
      tags: OURS,
      groups: ["auditors"],
      createdAt: "2024-03-01T09:00:00Z",
    },
    {
      name: "priya",
      id: "AIDAPRIYAPRIYAPRIYAPR",
      tags: OURS,
      groups: ["auditors"],
      createdAt: "2024-03-02T09:00:00Z",
    },
  ],
};

/** `users.yaml` with these users, each given as what stands behind its name. */
export function users(lines: Readonly<Record<string, string>>): string {
  return `users:\n${Object.entries(lines)
    .map(([name, line]) => `  ${name}: ${line}\n`)
    .join("")}`;
}

export const EMILY_AND_PRIYA = { emily: "{ groups: [auditors] }", priya: "{ groups: [auditors] }" };

type Files = NonNullable<NewCommit["files"]>;

interface Given extends Partial<Settings> {
  readonly account?: AccountData;
  readonly files?: Files;
}

export interface Ran extends Ended {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

interface Told {
  readonly token?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Scene {
  readonly github: FakeGitHub;
  readonly sandbox: Sandbox;
  /** The commit with which it begins. */
  readonly first: string;
  /** Opens a pull request that changes these files of main. */
  readonly propose: (files: Files, given?: Partial<NewPull>) => number;
  /** Gives the commit that main has then. */
  readonly merge: (number: number, method?: MergeMethod, how?: Merging) => string;
  /** A commit on main, pushed without a pull request. */
  readonly commit: (files: Files) => string;
  readonly onPull: (number: number, told?: Told) => Promise<Ran>;
  /** As a runner does for the push that moved main there. */
  readonly onPush: (commit: string, told?: Told & { readonly before?: string }) => Promise<Ran>;
  readonly onSchedule: (told?: Told) => Promise<Ran>;
  readonly onDispatch: (told?: Told) => Promise<Ran>;
  readonly on: (event: Happening, told?: Told) => Promise<Ran>;
  readonly begin: (event: Happening, told?: Told) => Promise<Started>;
}

export interface Started extends Pick<Running, "child" | "says"> {
  readonly ended: Promise<Ran>;
}

interface Happening {
  readonly name: string;
  readonly commit: string;
  readonly ref: string;
  readonly payload: object;
}

const REPOSITORY = { full_name: "acme/access", default_branch: "main" };

export async function scene({ account = SETTLED, files = {}, ...settings }: Given = {}): Promise<Scene> {
  const github = await fakeGitHub({ repository: "acme/access", ...settings });
  const sandbox = await sandboxWith(account);
  const first = github.commit({
    parents: [],
    files: { "users.yaml": users(EMILY_AND_PRIYA), "groups.yaml": GROUPS, "roster.yaml": ROSTER, ...files },
  });
  github.branch("main", first);
  let main = first;
  /** Where the runner was last told that main is. */
  let told = first;
  const world = { github, sandbox };
  const on = async (event: Happening, how: Told = {}): Promise<Ran> =>
    (await started(world, event, how)).ended;
  const onMain = (name: string, payload: object, commit = main): Happening => ({
    name,
    commit,
    ref: "refs/heads/main",
    payload: { repository: REPOSITORY, ...payload },
  });
  const moved = (commit: string): string => {
    main = commit;
    return commit;
  };
  return {
    ...world,
    first,
    on,
    begin: (event, how = {}) => started(world, event, how),
    propose: (changed, given = {}) =>
      github.openPull({ head: github.commit({ parents: [main], files: changed }), base: "main", ...given }),
    merge: (number, method = "squash", how = {}) => moved(github.merge(number, method, how)),
    commit: (changed) => {
      const commit = moved(github.commit({ parents: [main], files: changed }));
      github.branch("main", commit);
      return commit;
    },
    onPull: (number, how) => on(pullRequest(github, number), how),
    onPush: (commit, { before = told, ...how } = {}) => {
      told = commit;
      return on(onMain("push", { before, after: commit }, commit), how);
    },
    onSchedule: (how) => on(onMain("schedule", { schedule: "0 5 * * *" }), how),
    onDispatch: (how) => on(onMain("workflow_dispatch", {}), how),
  };
}

/** The event of a push to a pull request, as GitHub sends it. */
export function pullRequest(github: FakeGitHub, number: number): Happening {
  const { head, headOwner, base, mergeSha } = github.pull(number).pull;
  const payload = {
    action: "synchronize",
    number,
    pull_request: {
      number,
      head: { sha: head, repo: { full_name: `${headOwner}/access` } },
      base: { sha: "0".repeat(40), ref: base, repo: { full_name: "acme/access" } },
    },
    repository: REPOSITORY,
  };
  return { name: "pull_request", commit: mergeSha ?? head, ref: `refs/pull/${number}/merge`, payload };
}

async function started(
  { github, sandbox }: Pick<Scene, "github" | "sandbox">,
  { name, commit, ref, payload }: Happening,
  { token = "t-write", inputs = {}, env = {} }: Told,
): Promise<Started> {
  const place = await directory({ output: "", summary: "", "event.json": JSON.stringify(payload) });
  await mkdir(join(place, "temporary"));
  const given = { "github-token": token, mode: "auto", root: ".", comment: "true", ...inputs };
  const running = start([], {
    entry: ENTRY,
    env: {
      ...at(sandbox.url).env,
      ...Object.fromEntries(
        Object.entries(given).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value]),
      ),
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: github.apiUrl,
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "acme/access",
      GITHUB_RUN_ID: "4711",
      GITHUB_WORKFLOW_REF: "acme/access/.github/workflows/apply.yml@refs/heads/main",
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: join(place, "event.json"),
      GITHUB_SHA: commit,
      GITHUB_REF: ref,
      GITHUB_OUTPUT: join(place, "output"),
      GITHUB_STEP_SUMMARY: join(place, "summary"),
      RUNNER_TEMP: join(place, "temporary"),
      TMPDIR: join(place, "temporary"),
      ...env,
    },
  });
  return { ...running, ended: running.ended.then((ended) => ranIn(place, ended)) };
}

async function ranIn(place: string, ended: Ended): Promise<Ran> {
  const summary = await readFile(join(place, "summary"), "utf8");
  const output = await readFile(join(place, "output"), "utf8");
  hear("the job summary", summary);
  hear("the outputs", output);
  return { ...ended, summary, outputs: parsedOutputs(output) };
}

/** As a runner reads them: `name<<delimiter`, the value's lines, the delimiter. */
function parsedOutputs(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^(?<name>[\w-]+)<<(?<delimiter>\S+)\n(?<value>[\s\S]*?)\n\k<delimiter>$/gm);
  return Object.fromEntries(
    [...found].map(({ groups }) => [groups?.["name"] ?? "", groups?.["value"] ?? ""]),
  );
}

export async function savedAt(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}
