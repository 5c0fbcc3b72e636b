import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

/*
 * The project's own workflows. Whoever changes what runs there changes what is released to people who let it change
 * who gets into their account.
 */

const GITHUB = fileURLToPath(new URL("../../.github/", import.meta.url));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Permissions;
  readonly "timeout-minutes"?: number;
  readonly if?: string;
  readonly needs?: string;
  readonly steps: readonly Step[];
}

type Permissions = string | Readonly<Record<string, string>>;

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = readdirSync(join(GITHUB, "workflows")).map((name) => {
  const text = readFileSync(join(GITHUB, "workflows", name), "utf8");
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  return { name, text, workflow, jobs, steps: jobs.flatMap(({ steps }) => steps) };
});

describe.each(workflows)("the workflow $name", ({ text, workflow, jobs, steps }) => {
  test("names every action by its commit, with its version beside it", () => {
    const uses = text.split("\n").filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(uses).not.toEqual([]);
    expect(uses).toHaveLength(steps.filter((step) => step.uses !== undefined).length);
    const pinned = /uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    expect(uses.filter((line) => !pinned.test(line))).toEqual([]);
  });

  test("may read the code, and a job that may do more says so itself", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(jobs.filter(({ permissions }) => typeof permissions === "string")).toEqual([]);
  });

  test("leaves no token in the checkout", () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts).not.toEqual([]);
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  });

  test("puts nothing from outside into a script", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });

  test("does not run with secrets what somebody else wrote", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    expect(Object.keys(workflow.on)).not.toContain("workflow_run");
  });

  test("ends", () => {
    expect(jobs.filter((job) => job["timeout-minutes"] === undefined)).toEqual([]);
  });
});

test("CI runs what a contributor runs, and nothing else", () => {
  const ci = workflows.find(({ name }) => name === "ci.yml");
  expect(Object.keys(ci?.workflow.on ?? {})).toEqual(["pull_request", "push", "schedule"]);
  expect(ci?.steps.flatMap(({ run }) => run ?? [])).toEqual(["bash .ci/run"]);
  expect(ci?.jobs.map(({ permissions }) => permissions)).toEqual([undefined]);
});

test("a release is tested before, and only the step that pushes its tags has a token that can write", () => {
  const { workflow, steps } = workflows.find(({ name }) => name === "release.yml")!;
  const { test: before, release } = workflow.jobs;
  expect(Object.keys(workflow.on)).toEqual(["workflow_dispatch"]);
  expect(Object.keys(workflow.jobs)).toEqual(["test", "release"]);
  expect(before?.steps.flatMap(({ run }) => run ?? [])).toEqual(["bash .ci/run"]);
  expect([before?.permissions, before?.if]).toEqual([undefined, "github.ref == 'refs/heads/main'"]);
  expect([release?.permissions, release?.needs]).toEqual([{ contents: "write" }, "test"]);
  const withToken = steps.filter((step) => JSON.stringify(step).includes("github.token"));
  expect(withToken).toEqual([release?.steps.at(-1)]);
  const pushing = steps.flatMap(
    ({ run }) => run?.split("\n").filter((line) => line.includes("git push")) ?? [],
  );
  expect(pushing).toEqual(['git push origin "v$VERSION"', 'git push --force origin "v${VERSION%%.*}"']);
});

test("an update waits until somebody else could have noticed what is wrong with it", () => {
  const { updates } = parse(readFileSync(join(GITHUB, "dependabot.yml"), "utf8")) as {
    readonly updates: readonly {
      readonly "package-ecosystem": string;
      readonly cooldown?: { readonly "default-days": number };
    }[];
  };
  expect(updates.map((update) => update["package-ecosystem"])).toEqual(["npm", "github-actions"]);
  expect(updates.map(({ cooldown }) => cooldown?.["default-days"])).toEqual([7, 7]);
});
