import { GetPolicyCommand, GetPolicyVersionCommand, type IAMClient } from "@aws-sdk/client-iam";

import { parsePolicyArn } from "../core/rules/policies.ts";
import type { Arn, ManagedPolicy } from "../core/state.ts";
import { parseDocument, required, unlessMissing } from "./answer.ts";

/** A managed policy; undefined where there is none. A version that is gone as soon as it is named is a failed read. */
export async function readPolicy(iam: IAMClient, arn: Arn): Promise<ManagedPolicy | undefined> {
  const found = await unlessMissing(() => iam.send(new GetPolicyCommand({ PolicyArn: arn })));
  if (found === undefined) return undefined;
  if (parsePolicyArn(arn)?.account === "aws") return { document: undefined };
  const VersionId = required(found.Policy?.DefaultVersionId, "GetPolicy");
  const answer = await iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId }));
  const document = required(answer.PolicyVersion?.Document, "GetPolicyVersion");
  return { document: parseDocument(document, `policy ${arn}`) };
}
