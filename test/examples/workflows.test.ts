import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { INPUTS } from "../../src/host/action.ts";
import { BUILT, directory, ROOT } from "../cli/run.ts";
import { decide } from "../calls/evaluate.ts";
import { deploy } from "./template.ts";

/*
 * The workflows to copy. Whoever copies them has them beside the keys of an account.
 */

interface Step {
  readonly uses?: string;
  readonly if?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Concurrency {
  readonly group: string;
  readonly "cancel-in-progress": boolean;
  readonly queue?: string;
}

interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: Concurrency;
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix: string };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, { readonly branches?: readonly string[] } | null>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const PLACEHOLDER = "0".repeat(40);
const OURS = `OWNER/iam-roster@${PLACEHOLDER}`;

const found = ["examples/.github/workflows", "examples/many/.github/workflows"].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).map((file) => {
    const text = readFileSync(join(ROOT, folder, file), "utf8");
    const workflow = parse(text) as Workflow;
    const jobs = Object.entries(workflow.jobs);
    return { name: `${folder}/${file}`, file, text, workflow, jobs };
  }),
);

const WRITES = { "pull-requests": "write", checks: "write" };

/** What each job may do with GitHub, and nothing else. */
const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = {
  rosters: { contents: "read" },
  plan: { contents: "read", ...WRITES, "id-token": "write" },
  planned: undefined,
  apply: { contents: "read", ...WRITES, issues: "write", "id-token": "write" },
  drift: { contents: "read", issues: "write", "id-token": "write" },
  expire: { contents: "read", "id-token": "write" },
};

test("there are four for one roster, and two for many", () => {
  expect(found.map(({ name }) => name)).toEqual([
    ...["apply", "drift", "expire", "plan"].map((name) => `examples/.github/workflows/${name}.yml`),
    ...["apply", "plan"].map((name) => `examples/many/.github/workflows/${name}.yml`),
  ]);
});

describe.each(found)("$name", ({ text, workflow, jobs }) => {
  const steps = jobs.flatMap(([, job]) => job.steps);

  test("names every action by its commit, and iam-roster by one that nobody has", () => {
    const uses = text.split("\n").filter((line) => /^\s*(?:- )?uses:/.test(line));
    const pinned = /uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    const placeholder = `uses: ${OURS} # put the commit of the release you chose`;
    expect(uses.filter((line) => !pinned.test(line) && !line.endsWith(placeholder))).toEqual([]);
    expect(uses).toHaveLength(steps.filter((step) => step.uses !== undefined).length);
  });

  test("gives each job what it needs, and nothing to the rest", () => {
    expect(workflow.permissions).toEqual({});
    for (const [name, { permissions }] of jobs)
      expect({ [name]: permissions }).toEqual({ [name]: PERMISSIONS[name] });
  });

  test("puts nothing from outside into a script, and leaves no token in a checkout", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  });

  test("does not run with credentials what somebody else wrote", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    expect(Object.keys(workflow.on)).not.toContain("workflow_run");
  });

  test("ends, and knows the inputs of the Action", () => {
    expect(jobs.filter(([, job]) => job["timeout-minutes"] === undefined)).toEqual([]);
    const given = steps.filter(({ uses }) => uses === OURS).flatMap((step) => Object.keys(step.with ?? {}));
    expect(new Set(given).difference(new Set<string>(INPUTS))).toEqual(new Set());
  });

  test("changes the account one run after the other, and gives none up", () => {
    const writing = jobs.filter(([name]) => name === "apply" || name === "expire");
    for (const [, { concurrency, ...job }] of writing) {
      expect(concurrency).toMatchObject({ "cancel-in-progress": false, queue: "max" });
      expect(concurrency?.group).toMatch(
        /^iam-roster(-\$\{\{ fromJSON\(vars\.IAM_ROSTER_ACCOUNTS\)\[matrix\.root\] \}\})?$/,
      );
      // In the workflows for many, the job before says so.
      expect(job.if).toBe(job.strategy ? `needs.rosters.outputs.rosters != '{"include":[]}'` : ON_MAIN);
    }
  });

  test("plans for a fork without its role", () => {
    const roles = jobs.flatMap(([name, job]) => (name === "plan" ? job.steps : [])).slice(0, -1);
    for (const { uses, if: condition } of roles) {
      expect(uses).toMatch(/^aws-actions\/configure-aws-credentials@/);
      expect(condition).toBe(
        "github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository",
      );
    }
  });
});

const ON_MAIN = "github.ref == 'refs/heads/main'";

test("an action has the same commit everywhere", () => {
  const own = readdirSync(join(ROOT, ".github/workflows")).map((file) =>
    readFileSync(join(ROOT, ".github/workflows", file), "utf8"),
  );
  const lines = [...own, ...found.map(({ text }) => text)].flatMap((text) => [
    ...text.matchAll(/uses: (.*)@(.*)/g),
  ]);
  const commits = Map.groupBy(lines, ([, action = ""]) => action);
  for (const [action, uses] of commits) {
    expect({ [action]: new Set(uses.map(([, , commit]) => commit)).size }).toEqual({ [action]: 1 });
  }
});

test("the template of the roles, as it stands, gives each job of the workflows its role and no other", () => {
  const template = readFileSync(join(ROOT, "examples/aws/roles.yaml"), "utf8");
  const parameters = { Owner: "acme", Repository: "access", OwnerId: "11", RepositoryId: "22" };
  const stack = deploy(template, parameters);
  const roles = { PLAN: "PlanRole", APPLY: "ApplyRole", EXPIRE: "ExpireRole" } as const;
  const single = found.filter(({ name }) => !name.includes("many"));
  for (const { file, workflow, jobs } of single) {
    for (const [, { environment, steps }] of jobs) {
      const asked = /IAM_ROSTER_(\w+)_ROLE/.exec(String(steps[0]?.with?.["role-to-assume"]))?.[1];
      const onPull = "pull_request" in workflow.on;
      const ref = onPull ? "refs/pull/7/merge" : "refs/heads/main";
      const subject = onPull ? "pull_request" : environment ? `environment:${environment}` : `ref:${ref}`;
      const context = {
        aud: "sts.amazonaws.com",
        sub: `repo:acme/access:${subject}`,
        ref,
        repository_id: "22",
        job_workflow_ref: `acme/access/.github/workflows/${file}@${ref}`,
        ...(environment !== undefined && { environment }),
      };
      const claims = Object.fromEntries(
        Object.entries(context).map(([claim, value]) => [
          `token.actions.githubusercontent.com:${claim}`,
          value,
        ]),
      );
      const given = Object.entries(roles).filter(([, name]) => {
        const request = { permission: "sts:AssumeRoleWithWebIdentity", resource: "*", context: claims };
        return decide(stack.role(name).AssumeRolePolicyDocument, request) === "allowed";
      });
      const names = given.map(([name]) => name);
      expect({ [file]: names }).toEqual({ [file]: expect.arrayContaining([asked]) });
      // Whoever is on main may plan; nobody but apply.yml may apply, nobody but expire.yml expire.
      expect(names.filter((name) => name !== "PLAN" && name !== asked)).toEqual([]);
    }
  }
});

describe("the matrix of many rosters, made as a runner would, of 200", () => {
  const names = Array.from({ length: 200 }, (_, index) => `teams/${String(index).padStart(3, "0")}`);

  /** The repository as the checkout of a pull request has it: a merge, whose first parent is the base. */
  async function checkout(): Promise<string> {
    const root = await directory();
    const git = (...parameters: readonly string[]): void => {
      const who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
      execFileSync("git", [...who, ...parameters], { cwd: root, stdio: "pipe" });
    };
    const write = (name: string, text: string): void => writeFileSync(join(root, name, "users.yaml"), text);
    git("init", "--quiet", "--initial-branch=main");
    for (const name of names) {
      mkdirSync(join(root, name), { recursive: true });
      write(name, "users: {}\n");
    }
    git("add", ".");
    git("commit", "--quiet", "--message=all");
    git("switch", "--quiet", "--create=change");
    for (const name of ["teams/007", "teams/100"]) write(name, "users: { a: {} }\n");
    git("commit", "--quiet", "--all", "--message=two");
    git("switch", "--quiet", "main");
    write("teams/199", "users: { b: {} }\n");
    git("commit", "--quiet", "--all", "--message=meanwhile");
    git("merge", "--quiet", "--no-edit", "change");
    symlinkSync(ROOT, join(root, ".iam-roster"));
    return root;
  }

  /** What the step of the example gives to the next job. */
  async function output(file: string, env: Readonly<Record<string, string>>): Promise<string> {
    const { workflow } = found.find(({ name }) => name === `examples/many/.github/workflows/${file}`)!;
    const script = workflow.jobs["rosters"]!.steps.at(-1)!.run!;
    const cwd = await checkout();
    const GITHUB_OUTPUT = join(cwd, "output");
    const PATH = `${dirname(process.execPath)}:${process.env["PATH"]}`;
    execFileSync("bash", ["-e", "-c", script], { cwd, env: { PATH, GITHUB_OUTPUT, ...env }, stdio: "pipe" });
    return readFileSync(GITHUB_OUTPUT, "utf8");
  }

  const matrix = (of: readonly string[]): string =>
    `rosters=${JSON.stringify({ include: of.map((root) => ({ root, name: root })) })}\n`;

  test.runIf(BUILT.exists)(
    "a pull request plans those that it changes, not what came meanwhile",
    async () => {
      expect(await output("plan.yml", { SINCE: "HEAD^1" })).toBe(matrix(["teams/007", "teams/100"]));
      expect(await output("plan.yml", { SINCE: "HEAD" })).toBe(matrix([]));
    },
  );

  test.runIf(BUILT.exists)("a merge applies those that it changes, and somebody by hand one", async () => {
    const changed = matrix(["teams/007", "teams/100"]);
    expect(await output("apply.yml", { ROOT: ".", BEFORE: "HEAD^1" })).toBe(changed);
    expect(await output("apply.yml", { ROOT: "teams/042", BEFORE: "" })).toBe(matrix(["teams/042"]));
  });

  test.runIf(BUILT.exists)("where nobody knows what was before, all are applied", async () => {
    expect(await output("apply.yml", { ROOT: ".", BEFORE: "0".repeat(40) })).toBe(matrix(names));
    expect(await output("apply.yml", { ROOT: ".", BEFORE: "f".repeat(40) })).toBe(matrix(names));
  });

  test.runIf(BUILT.exists)("a job whose list cannot be made fails", async () => {
    await expect(output("plan.yml", { SINCE: "nothing" })).rejects.toThrow("is not a Git ref");
  });
});
