import { expect } from "vitest";
import { parsePlanFile, type ReviewedPlan } from "../../src/core/reviewed-plan.ts";
import { keptPlan } from "../../src/github/reviewed-plan.ts";
import { sha256 } from "../command/scene.ts";
import { ACTIONS } from "../github/fake/world.ts";
import { opened } from "../github/opened.ts";
import { EMILY_AND_PRIYA, type Ran, type Scene, SETTLED, users } from "./scene.ts";

/* What a reviewer sees of a pull request, and what is kept of it. */

export const MARCO = users({ ...EMILY_AND_PRIYA, marco: "{ groups: [auditors] }" });

export const MARK = "<!-- iam-roster:plan . -->\n";

/** One who is in the account and not ours. */
export const WITH_OLGA = {
  ...SETTLED,
  users: [...(SETTLED.users ?? []), { name: "olga", createdAt: "2024-03-03T09:00:00Z" }],
};
export const OLGA = { ...EMILY_AND_PRIYA, olga: "{ groups: [auditors] }" };

/** A commit on top of what is proposed. */
export function pushTo(
  { github }: Scene,
  number: number,
  files: Readonly<Record<string, string | undefined>>,
): string {
  const sha = github.commit({ parents: [github.pull(number).pull.head], files });
  github.push(number, sha);
  return sha;
}

/** The one comment that there is, without its marker. */
export function pageOf({ github }: Scene, number: number): string {
  const [comment, ...others] = github.comments(number);
  expect(others).toEqual([]);
  expect(comment?.login).toBe("github-actions[bot]");
  expect(comment?.body.startsWith(MARK)).toBe(true);
  return comment?.body.slice(MARK.length) ?? "";
}

/** A page to be looked at, without what differs from run to run. */
export const golden = (page: string): string => `${page.replace(/[0-9a-f]{64}/, "DIGEST")}\n`;

export const verdictOf = (page: string): string => page.split("\n")[0] ?? "";

export const lastLine = ({ out }: Ran): string => out.trimEnd().split("\n").at(-1) ?? "";

export async function reviewedAt(
  { github }: Scene,
  commit: string,
  roster = ".",
): Promise<ReviewedPlan | undefined> {
  const pull = github.issues.find((issue) => issue.pull?.head === commit)?.number ?? 0;
  const of = { roster, commit, pull, into: "main", sha256, mergedAt: undefined, app: ACTIONS.id };
  const file = await keptPlan(opened(github).repository, of);
  return parsePlanFile(file ?? "").plan;
}
