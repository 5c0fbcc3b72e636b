import { isRealDate } from "../../core/rules/dates.ts";
import { fold } from "../../core/rules/names.ts";
import { type Issue, issue } from "../issue.ts";
import { pointer } from "../pointer.ts";
import type { User } from "../schema/written.ts";
import type { Context } from "./context.ts";
import { sameNames } from "./names.ts";

/** What is wrong with a user's own lines. */
export function userIssues(context: Context): readonly Issue[] {
  const { users, isBroken } = context;
  const ofEach = users.flatMap(([name, user]) => {
    // Who is meant to read it stands there, only wrongly.
    const isUnsure = () =>
      ["github", "encryptTo"].some((key) => isBroken("users.yaml", spot(name, key).pointer));
    return [
      ...dateIssues(name, user),
      ...(lacksRecipient(user) && !isUnsure() ? [recipientIssue(name)] : []),
      ...directPolicyIssues(name, user),
    ];
  });
  return [...ofEach, ...loginIssues(context)];
}

/** GitHub takes logins without regard to case. */
function loginIssues({ users }: Context): readonly Issue[] {
  const withLogin = users.flatMap(([name, { github }]) => (github === undefined ? [] : [{ name, github }]));
  return sameNames(withLogin.map(({ github }) => github)).flatMap(({ name: login, index }) => {
    const user = withLogin[index];
    const first = withLogin.find(({ github }) => fold(github) === fold(login));
    if (user === undefined || first === undefined) return [];
    const details = { login, other: first.name };
    return [issue({ ...spot(user.name, "github"), severity: "warning" }, "shared-login", details)];
  });
}

function dateIssues(name: string, { until }: User): readonly Issue[] {
  if (until === undefined || isRealDate(until)) return [];
  return [issue(spot(name, "until"), "date-not-real", { date: until })];
}

/** Somebody will have to be handed a password or a key, and nobody could read it. */
function lacksRecipient({ access = [], status = "active", encryptTo, github }: User): boolean {
  return access.length > 0 && status === "active" && encryptTo === undefined && github === undefined;
}

function recipientIssue(name: string): Issue {
  return issue({ ...spot(name, "access"), at: "key", severity: "warning" }, "no-recipient", { user: name });
}

function directPolicyIssues(name: string, { policies = [], inlinePolicies = {} }: User): readonly Issue[] {
  const keys = [
    ...(policies.length > 0 ? ["policies"] : []),
    ...(Object.keys(inlinePolicies).length > 0 ? ["inlinePolicies"] : []),
  ];
  return keys.map((key) =>
    issue({ ...spot(name, key), at: "key", severity: "warning" }, "direct-policy", { user: name }),
  );
}

function spot(name: string, key: string) {
  return { file: "users.yaml", pointer: pointer("users", name, key) } as const;
}
