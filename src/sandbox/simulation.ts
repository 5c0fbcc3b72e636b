import { fold } from "../core/rules/names.ts";
import type { Account } from "./account.ts";
import { IamError, noSuch } from "./errors.ts";
import { arn, listOf, PAGE, text } from "./members.ts";
import { type Caller, type Operations, reading } from "./operation.ts";
import { pageOf } from "./page.ts";

/*
 * SimulatePrincipalPolicy. Here everybody may do everything but what a fault denies, and that is what it answers.
 */

const ANYWHERE: readonly string[] = ["*"];

export const simulationOperations: Operations = {
  SimulatePrincipalPolicy: reading(
    {
      PolicySourceArn: arn,
      ActionNames: listOf(text({ least: 3, most: 128 })),
      ResourceArns: listOf(text({ least: 1, most: 2048 })),
      ...PAGE,
    },
    (account, input, caller) => {
      requirePrincipal(account, input.PolicySourceArn, caller);
      if (input.ActionNames.length === 0) throw invalid("ActionNames must not be empty");
      const wrong = input.ActionNames.find((action) => !/^[a-z0-9-]+:\w+$/i.test(action));
      if (wrong !== undefined) throw invalid(`Invalid action name: ${wrong}`);
      const resources = input.ResourceArns.length === 0 ? ANYWHERE : input.ResourceArns;
      const asked = input.ActionNames.flatMap((action) =>
        resources.map((resource) => ({ action, resource, key: `${fold(action)} ${resource}` })),
      ).toSorted((one, other) => (one.key < other.key ? -1 : 1));
      const page = pageOf(
        {
          items: asked,
          key: ({ key }) => key,
          of: ["SimulatePrincipalPolicy", ...input.ActionNames, ...resources],
        },
        input,
      );
      return {
        EvaluationResults: page.items.map(({ action, resource }) => ({
          EvalActionName: action,
          EvalResourceName: resource,
          EvalDecision: account.denied.has(fold(action)) ? "implicitDeny" : "allowed",
          MatchedStatements: [],
          MissingContextValues: [],
        })),
        ...page.end,
      };
    },
  ),
};

/** A user of the account, or the role whose session calls: other roles are not here. */
function requirePrincipal(account: Account, source: string, caller: Caller): void {
  const own = `arn:${account.partition}:iam::${account.id}:`;
  const [, type, name = ""] = /^(user|role)\/(?:.*\/)?([^/]+)$/.exec(source.replace(own, "")) ?? [];
  if (!source.startsWith(own) || type === undefined) throw invalid(`Invalid Entity Arn: ${source}`);
  const isThere =
    type === "user"
      ? account.users.find(name) !== undefined
      : caller.arn.split(":").at(-1)?.startsWith(`assumed-role/${name}/`) === true;
  if (!isThere) throw noSuch(`The ${type} with name ${name} cannot be found.`);
}

function invalid(message: string): IamError {
  return new IamError("InvalidInput", message);
}
