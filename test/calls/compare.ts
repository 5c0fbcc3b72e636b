import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Job, JOBS } from "../../src/core/job.ts";
import { jobPolicy, type PolicyDocument, type Scope, type Statement } from "../../src/iam/job-policy.ts";
import { applies, type Asked, decide, globs, list } from "./evaluate.ts";
import type { Recorded } from "./recorder.ts";

/*
 * The policies that `permissions` prints against the calls that the program made: each call is allowed, and nothing is
 * allowed that no call needed.
 */

export interface Comparison {
  readonly calls: number;
  readonly problems: readonly string[];
}

export function compare(
  recorded: readonly Recorded[],
  policyOf: (job: Job, scope: Scope) => PolicyDocument = jobPolicy,
): Comparison {
  const calls = recorded.reduce((sum, { count }) => sum + count, 0);
  const refused = recorded.filter((each) => !isAllowed(each, policyOf)).map(refusedWords);
  const spare = JOBS.flatMap((job) => {
    const made = recorded.filter((each) => each.job === job);
    return policyOf(job, SCOPE).Statement.flatMap((statement) => spareIn(statement, made, job));
  });
  return { calls, problems: [...new Set([...refused, ...spare])].toSorted() };
}

const SCOPE: Scope = { partition: "aws", account: "123456789012", paths: ["/"], protected: [] };

function isAllowed(recorded: Recorded, policyOf: (job: Job, scope: Scope) => PolicyDocument): boolean {
  const { job, resource } = recorded;
  // What doctor asks beyond that is for those who may ask it.
  if (job === "doctor" && recorded.permission === "iam:SimulatePrincipalPolicy") return true;
  const known = job === "doctor" ? "plan" : JOBS.find((each) => each === job);
  if (known === undefined) return false;
  const [, partition = SCOPE.partition, account = ""] = /^arn:([^:]+):iam::(\w+):/.exec(resource) ?? [];
  const scope = { ...SCOPE, partition, account: /^\d+$/.test(account) ? account : SCOPE.account };
  return decide(policyOf(known, scope), recorded) === "allowed";
}

function refusedWords({ job, permission, resource, context }: Recorded): string {
  return `${job} asked for ${permission} on ${resource} ${JSON.stringify(context)}, which its policy does not allow`;
}

/** The actions and resources of a statement that no call needed. */
function spareIn(statement: Statement, made: readonly Asked[], job: Job): readonly string[] {
  if (statement.Effect === "Deny") return [];
  const needed = made.filter((asked) => applies(anywhere(statement), asked) && hasForm(statement, asked));
  const actions = (statement.Action ?? []).filter(
    (action) => !needed.some(({ permission }) => permission === action),
  );
  const resources = list(statement.Resource).filter(
    (pattern) => !needed.some(({ resource }) => globs(pattern, resource)),
  );
  return [...actions, ...resources].map(
    (spare) => `${job} never needed ${spare}, which its policy allows (${statement.Sid})`,
  );
}

/** `*` reaches every call, and is needed only by those for which IAM knows nothing narrower. */
function hasForm({ Resource }: Statement, { resource }: Asked): boolean {
  return list(Resource).includes("*") === (resource === "*");
}

/** Some tests have another account or partition. */
function anywhere(statement: Statement): Statement {
  return { ...statement, Resource: "*" };
}

export function readRecorded(directory: string): readonly Recorded[] {
  const files = readdirSync(directory).filter((name) => name.endsWith(".jsonl"));
  const lines = files.flatMap((name) => readFileSync(join(directory, name), "utf8").trimEnd().split("\n"));
  return lines.map((line) => JSON.parse(line) as Recorded);
}
