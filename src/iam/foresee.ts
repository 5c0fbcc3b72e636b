import { type IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";

import { DEACTIVATED_TAG } from "../core/change.ts";
import { IamFailure } from "../core/failure.ts";
import type { Job } from "../core/job.ts";
import type { Foreseen, Identity } from "../core/port.ts";
import { denyAllArn } from "../core/rules/policies.ts";
import type { Arn, Path } from "../core/state.ts";
import { readPages, required } from "./answer.ts";
import { permissionsOf } from "./job-policy.ts";
import { askedOn, type Permission } from "./permissions.ts";

/*
 * IAM's own policy simulator, asked for what cannot be tried: every write. Whoever runs this need not be allowed to ask it.
 */

export interface Question {
  readonly job: Job;
  readonly identity: Identity;
  readonly paths: readonly Path[];
}

export async function foresee(iam: IAMClient, { job, identity, paths }: Question): Promise<Foreseen> {
  const source = principalOf(identity.caller);
  if (source === undefined) {
    return {
      denied: undefined,
      because: "the policy simulator knows users and roles, and the caller is neither",
    };
  }
  const wanted = permissionsOf(job).filter((permission) => !permissionsOf("plan").includes(permission));
  const questions = [...Map.groupBy(wanted, askedOn)].flatMap(([kind, permissions]) =>
    (kind === "mfa" ? ["/"] : paths).map((path) => {
      const [, partition] = identity.caller.split(":");
      return { permissions, resource: `arn:${partition}:iam::${identity.account}:${kind}${path}${EXAMPLE}` };
    }),
  );
  try {
    const answers = await Promise.all(questions.map((each) => askSimulator(iam, source, each)));
    return { denied: answers.flat(), of: wanted.length };
  } catch (error) {
    if (!(error instanceof IamFailure) || error.kind !== "answer") throw error;
    return { denied: undefined, because: error.message };
  }
}

/** A name that stands for any user, group or device. */
const EXAMPLE = "example";

/** The user, or the role of a session; the ARN of a session does not tell the role's path. */
function principalOf(caller: Arn): Arn | undefined {
  if (/^arn:[a-z-]+:iam::\d{12}:user\//.test(caller)) return caller;
  const session = /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(caller);
  return session === null ? undefined : `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`;
}

interface Asking {
  readonly permissions: readonly Permission[];
  readonly resource: Arn;
}

async function askSimulator(iam: IAMClient, source: Arn, { permissions, resource }: Asking) {
  const results = await readPages({
    operation: "SimulatePrincipalPolicy",
    read: (Marker) =>
      iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: source,
          ActionNames: [...permissions],
          ResourceArns: [resource],
          ContextEntries: contextFor(source),
          Marker,
        }),
      ),
    items: (answer) => answer.EvaluationResults,
  });
  return results
    .filter(({ EvalDecision }) => EvalDecision !== "allowed")
    .map(({ EvalActionName }) => ({
      permission: required(EvalActionName, "SimulatePrincipalPolicy"),
      resource,
    }));
}

/** What the conditions of the printed policies look at, as closing a user has it. */
function contextFor(source: Arn) {
  const partition = source.split(":")[1] ?? "";
  return [
    {
      ContextKeyName: "iam:PolicyARN",
      ContextKeyType: "string" as const,
      ContextKeyValues: [denyAllArn(partition)],
    },
    {
      ContextKeyName: "aws:TagKeys",
      ContextKeyType: "stringList" as const,
      ContextKeyValues: [DEACTIVATED_TAG],
    },
  ];
}
