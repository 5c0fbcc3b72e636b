import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Job, JOBS } from "../../src/core/job.ts";
import { jobPolicy } from "../../src/iam/job-policy.ts";
import { decide } from "../calls/evaluate.ts";
import { deploy, type Parameters, type Role } from "./template.ts";

const TEMPLATE = readFileSync(new URL("../../examples/aws/roles.yaml", import.meta.url), "utf8");

const PARAMETERS: Parameters = {
  Owner: "acme",
  Repository: "access",
  OwnerId: "11",
  RepositoryId: "22",
  Environment: "",
};

type RoleName = "PlanRole" | "ApplyRole" | "ExpireRole";

function role(name: RoleName, more: Parameters = {}): Role {
  return deploy(TEMPLATE, { ...PARAMETERS, ...more }).role(name);
}

/** What GitHub says of a job in its token, under the names that conditions know. */
interface Claims {
  readonly sub: string;
  readonly ref: string;
  readonly repository_id?: string;
  readonly job_workflow_ref?: string;
  readonly environment?: string;
  readonly aud?: string;
}

const WORKFLOW = "acme/access/.github/workflows/apply.yml";

function mayTake(name: RoleName, claims: Claims, more: Parameters = {}): boolean {
  const all = { aud: "sts.amazonaws.com", repository_id: "22", ...claims };
  const context = Object.fromEntries(
    Object.entries(all).map(([claim, value]) => [`token.actions.githubusercontent.com:${claim}`, value]),
  );
  const permission = "sts:AssumeRoleWithWebIdentity";
  return (
    decide(role(name, more).AssumeRolePolicyDocument, { permission, resource: "*", context }) === "allowed"
  );
}

const PUSH: Claims = {
  sub: "repo:acme/access:ref:refs/heads/main",
  ref: "refs/heads/main",
  job_workflow_ref: `${WORKFLOW}@refs/heads/main`,
};
const PULL_REQUEST: Claims = {
  sub: "repo:acme/access:pull_request",
  ref: "refs/pull/7/merge",
  job_workflow_ref: `${WORKFLOW}@refs/pull/7/merge`,
};
const QUEUE: Claims = {
  sub: "repo:acme/access:ref:refs/heads/gh-readonly-queue/main/pr-7-0a1b",
  ref: "refs/heads/gh-readonly-queue/main/pr-7-0a1b",
  job_workflow_ref: `${WORKFLOW}@refs/heads/gh-readonly-queue/main/pr-7-0a1b`,
};

function withNumbers(claims: Claims): Claims {
  return { ...claims, sub: claims.sub.replace("acme/access", "acme@11/access@22") };
}

const ANOTHER = { ...PUSH, ref: "refs/heads/other", sub: "repo:acme/access:ref:refs/heads/other" };

describe("who may take the roles of the example:", () => {
  test.for<[string, Claims, boolean, boolean]>([
    ["a push to main", PUSH, true, true],
    ["a pull request", PULL_REQUEST, true, false],
    ["the merge queue", QUEUE, true, false],
    [
      "a push to another branch",
      { ...ANOTHER, job_workflow_ref: `${WORKFLOW}@refs/heads/other` },
      false,
      false,
    ],
    ["another branch with the workflow of main", ANOTHER, false, false],
    [
      "a tag that is called main",
      { ...PUSH, ref: "refs/tags/main", sub: "repo:acme/access:ref:refs/tags/main" },
      false,
      false,
    ],
    [
      "another workflow file",
      { ...PUSH, job_workflow_ref: PUSH.job_workflow_ref!.replace("apply.yml", "other.yml") },
      true,
      false,
    ],
    [
      "the workflow as it is elsewhere",
      { ...PUSH, job_workflow_ref: `${WORKFLOW}@refs/heads/other` },
      true,
      false,
    ],
    ["a token without the workflow", { sub: PUSH.sub, ref: PUSH.ref }, true, false],
    [
      "an environment that nobody named",
      { ...PUSH, sub: "repo:acme/access:environment:prod", environment: "prod" },
      false,
      false,
    ],
    [
      "another repository of the owner",
      { ...PUSH, sub: PUSH.sub.replace("access", "other"), repository_id: "33" },
      false,
      false,
    ],
    ["a fork", { ...PUSH, sub: PUSH.sub.replace("acme", "mallory"), repository_id: "44" }, false, false],
    [
      "a pull request of a fork in the fork",
      { ...PULL_REQUEST, sub: "repo:mallory/access:pull_request", repository_id: "44" },
      false,
      false,
    ],
    ["a new repository under the old name", { ...PUSH, repository_id: "55" }, false, false],
    ["a token for somebody else", { ...PUSH, aud: "https://github.com/acme" }, false, false],
  ])("%s", ([, claims, plan, apply]) => {
    for (const each of [claims, withNumbers(claims)]) {
      expect({ plan: mayTake("PlanRole", each), apply: mayTake("ApplyRole", each) }).toEqual({ plan, apply });
    }
  });

  test("expire is for another workflow file than apply, on main alone, and is as narrow", () => {
    const expiring = { ...PUSH, job_workflow_ref: PUSH.job_workflow_ref!.replace("apply.yml", "expire.yml") };
    const may = (claims: Claims): boolean => mayTake("ExpireRole", claims);
    expect([may(expiring), may(withNumbers(expiring))]).toEqual([true, true]);
    expect(mayTake("ApplyRole", expiring)).toBe(false);
    expect([may(PUSH), may(PULL_REQUEST), may(QUEUE)]).toEqual([false, false, false]);
    expect(may({ ...expiring, ref: "refs/heads/other" })).toBe(false);
    expect(may({ ...expiring, repository_id: "55" })).toBe(false);
    expect(may({ ...expiring, aud: "https://github.com/acme" })).toBe(false);
    expect(may({ ...expiring, sub: "repo:acme/access:environment:production" })).toBe(false);
    expect(may({ ...expiring, job_workflow_ref: `${WORKFLOW}@refs/heads/other` })).toBe(false);
  });

  test("the numbers in a subject are those of this owner and repository", () => {
    const sub = PUSH.sub.replace("acme/access", "acme@12/access@22");
    expect(mayTake("PlanRole", { ...PUSH, sub })).toBe(false);
    expect(mayTake("ApplyRole", { ...PUSH, sub })).toBe(false);
  });

  test("with an environment, only a job that has it may apply, and only on main", () => {
    const inside = { ...PUSH, sub: "repo:acme/access:environment:prod", environment: "prod" };
    const may = (claims: Claims): boolean => mayTake("ApplyRole", claims, { Environment: "prod" });
    expect(may(inside)).toBe(true);
    expect(may(withNumbers(inside))).toBe(true);
    expect(may(PUSH)).toBe(false);
    expect(may({ ...inside, sub: "repo:acme/access:environment:test", environment: "test" })).toBe(false);
    expect(may({ ...inside, ref: "refs/heads/other" })).toBe(false);
    expect(
      may({ ...inside, ref: "refs/pull/7/merge", job_workflow_ref: PULL_REQUEST.job_workflow_ref! }),
    ).toBe(false);
  });

  test("nobody by way of a wildcard in a parameter", () => {
    for (const [name, value] of Object.entries({
      Owner: "*",
      Repository: "a*",
      Branch: "m?in",
      Environment: "*",
      Path: "/*/",
    })) {
      expect(() => deploy(TEMPLATE, { ...PARAMETERS, [name]: value })).toThrow(name);
    }
  });
});

describe("what the roles of the example may do", () => {
  const names: Readonly<Record<Job, RoleName>> = {
    plan: "PlanRole",
    apply: "ApplyRole",
    expire: "ExpireRole",
  };

  test.each(JOBS)("is what permissions prints to %s", (job) => {
    for (const path of ["/", "/managed/"]) {
      const scope = { partition: "aws", account: "123456789012", paths: [path], protected: [] };
      expect(role(names[job], { Path: path }).Policies).toMatchObject([
        { PolicyDocument: jobPolicy(job, scope) },
      ]);
    }
  });

  test.each(["ApplyRole", "ExpireRole"] as const)("leaves protected users alone, on any path: %s", (name) => {
    const [policy] = role(name, { ProtectedUsers: "break-glass, root-helper" }).Policies;
    const may = (user: string, permission = "iam:DeleteUser"): string =>
      decide(policy!.PolicyDocument, {
        permission,
        resource: `arn:aws:iam::123456789012:user/${user}`,
        context: {},
      });
    for (const user of ["break-glass", "root-helper"]) {
      expect(may(user)).toBe("denied");
      expect(may(`people/${user}`)).toBe("denied");
      expect(may(`a/b/${user}`)).toBe("denied");
      expect(may(user, "iam:GetUser")).toBe("allowed");
      expect(may(`not-${user}`)).toBe("allowed");
    }
  });

  test("lasts an hour, and is not theirs to widen", () => {
    for (const name of ["PlanRole", "ApplyRole", "ExpireRole"] as const) {
      const { MaxSessionDuration, RoleName, Policies } = role(name);
      expect(MaxSessionDuration).toBe(3600);
      const resource = `arn:aws:iam::123456789012:role/${RoleName}`;
      const asked = { permission: "iam:AttachRolePolicy", resource, context: {} };
      expect(Policies.map(({ PolicyDocument }) => decide(PolicyDocument, asked))).toEqual(["denied"]);
    }
  });
});

test("the provider is made unless the account has it", () => {
  expect(deploy(TEMPLATE, PARAMETERS).resources).toEqual(["Provider", "PlanRole", "ApplyRole", "ExpireRole"]);
  const there = { ...PARAMETERS, CreateProvider: "no" };
  expect(deploy(TEMPLATE, there).resources).toEqual(["PlanRole", "ApplyRole", "ExpireRole"]);
  const principals = (given: Parameters): unknown =>
    deploy(TEMPLATE, given)
      .role("ApplyRole")
      .AssumeRolePolicyDocument.Statement.map(({ Principal }) => Principal);
  expect(principals(PARAMETERS)).toEqual([{ Federated: "the-provider" }]);
  expect(principals(there)).toEqual([
    { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
  ]);
});
