// What anybody must do who reads an account with the AWS SDK: the same calls, as many side by side, and no more. It keeps
// the users and groups as the SDK gives them and the report as text; it decodes no policy and parses no row.
import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListAccountAliasesCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const iam = new IAMClient({});
const sts = new STSClient({});

async function readDetails(filter: "User" | "Group") {
  const items: unknown[] = [];
  let Marker: string | undefined;
  do {
    const page = new GetAccountAuthorizationDetailsCommand({ Filter: [filter], MaxItems: 1000, Marker });
    const answer = await iam.send(page);
    items.push(...((filter === "User" ? answer.UserDetailList : answer.GroupDetailList) ?? []));
    Marker = answer.IsTruncated === true ? answer.Marker : undefined;
  } while (Marker !== undefined);
  return items;
}

async function readReport(): Promise<string> {
  await iam.send(new GenerateCredentialReportCommand({}));
  const { Content } = await iam.send(new GetCredentialReportCommand({}));
  return new TextDecoder().decode(Content);
}

const [users, groups, report] = await Promise.all([
  readDetails("User"),
  readDetails("Group"),
  readReport(),
  sts.send(new GetCallerIdentityCommand({})),
  iam.send(new GetAccountSummaryCommand({})),
  iam.send(new ListAccountAliasesCommand({})),
  // An account may have none, which IAM tells as an error.
  iam.send(new GetAccountPasswordPolicyCommand({})).catch(() => undefined),
]);

console.log(`${users.length} users, ${groups.length} groups, a report of ${report.length} characters`);
