import { parsePolicyArn } from "../../core/rules/policies.ts";
import { type Issue, issue } from "../issue.ts";
import type { Context } from "./context.ts";
import { references } from "./policies.ts";

/** ARNs that belong to another partition than most do, or to another account than roster.yaml names. */
export function foreignArnIssues(context: Context): readonly Issue[] {
  const parsed = references(context).flatMap((reference) => {
    const arn = parsePolicyArn(reference.text);
    return arn === undefined ? [] : [{ ...reference, arn }];
  });
  const partition = mostFrequent(parsed.map(({ arn }) => arn.partition));
  const { account } = context.roster;
  return parsed.flatMap(({ arn, text, ...spot }) => {
    if (partition !== undefined && arn.partition !== partition) {
      return [issue(spot, "foreign-arn", { arn: text, expected: partition })];
    }
    if (account === undefined || arn.account === "aws" || arn.account === account) return [];
    return [issue(spot, "foreign-arn", { arn: text, expected: account })];
  });
}

/** The one that stands most often; of several that do, the usual one, or else the first. */
function mostFrequent(texts: readonly string[]): string | undefined {
  const counts = new Map([["aws", 0]]);
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].reduce<readonly [text: string | undefined, count: number]>(
    (most, each) => (each[1] > most[1] ? each : most),
    [undefined, 0],
  )[0];
}
