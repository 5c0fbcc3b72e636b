import { describe, expect, test } from "vitest";
import { JOBS } from "../../src/core/job.ts";
import { jobPolicy, type PolicyDocument } from "../../src/iam/job-policy.ts";
import { compare } from "./compare.ts";
import type { Recorded } from "./recorder.ts";

const SCOPE = { partition: "aws", account: "123456789012", paths: ["/"], protected: [] };

/** One call for each pair of a permission and a resource that a job's policy allows. */
const NEEDED: readonly Recorded[] = JOBS.flatMap((job) =>
  jobPolicy(job, SCOPE)
    .Statement.filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action = [], Resource }) =>
      Action.flatMap((permission) =>
        [Resource].flat().map((pattern) => {
          const resource = pattern === "*" ? pattern : pattern.replace("*", "some");
          const context = {
            "iam:PolicyARN": "arn:aws:iam::aws:policy/AWSDenyAll",
            "aws:TagKeys": ["iam-roster:deactivated"],
          };
          return { job, permission, resource, context, count: 1 };
        }),
      ),
    ),
);

function without(permission: string): typeof jobPolicy {
  return (job, scope): PolicyDocument => {
    const { Version, Statement } = jobPolicy(job, scope);
    const left = Statement.map(({ Action, ...rest }) =>
      Action === undefined ? rest : { ...rest, Action: Action.filter((each) => each !== permission) },
    );
    return { Version, Statement: left };
  };
}

describe("the calls of the tests and the policies of the jobs", () => {
  test("agree where each needs the other", () => {
    expect(compare(NEEDED)).toEqual({ calls: NEEDED.length, problems: [] });
  });

  test("do not where a policy lacks what a call needed", () => {
    expect(compare(NEEDED, without("iam:GetUser")).problems).toEqual([
      expect.stringMatching(
        /^apply asked for iam:GetUser on arn:aws:iam::123456789012:user\/some .* does not allow/,
      ),
      expect.stringMatching(/^expire asked for iam:GetUser on/),
    ]);
  });

  test("do not where no call needed what a policy allows", () => {
    const calls = NEEDED.filter(
      ({ job, permission }) => job !== "plan" || !permission.startsWith("iam:GetPolicy"),
    );
    expect(compare(calls).problems).toEqual([
      "plan never needed arn:aws:iam::123456789012:policy/*, which its policy allows (ReadPolicies)",
      "plan never needed arn:aws:iam::aws:policy/*, which its policy allows (ReadPolicies)",
      "plan never needed iam:GetPolicy, which its policy allows (ReadPolicies)",
      "plan never needed iam:GetPolicyVersion, which its policy allows (ReadPolicies)",
    ]);
  });

  test("do not where a policy allows anywhere what was only needed on users", () => {
    const everywhere: typeof jobPolicy = (job, scope) => {
      const { Version, Statement } = jobPolicy(job, scope);
      const widened = Statement.map((each) => (each.Sid === "ReadUsers" ? { ...each, Resource: "*" } : each));
      return { Version, Statement: widened };
    };
    const { problems } = compare(NEEDED, everywhere);
    expect(problems).toContain("plan never needed iam:ListAccessKeys, which its policy allows (ReadUsers)");
    expect(problems).toContain("apply never needed iam:GetUser, which its policy allows (ReadUsers)");
  });

  test("do not where a job is none of ours, or doctor asks for more than it may", () => {
    const call = {
      permission: "iam:DeleteUser",
      resource: "arn:aws:iam::123456789012:user/emily",
      context: {},
      count: 1,
    };
    const more = [
      { ...call, job: "other" },
      { ...call, job: "doctor" },
    ];
    expect(compare([...NEEDED, ...more]).problems).toHaveLength(2);
  });
});
