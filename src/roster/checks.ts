import { foreignArnIssues } from "./checks/arns.ts";
import { groupIssues } from "./checks/groups.ts";
import { inlineIssues } from "./checks/inline.ts";
import { membershipIssues } from "./checks/memberships.ts";
import { nameIssues } from "./checks/names.ts";
import { policyIssues } from "./checks/policies.ts";
import { renameIssues } from "./checks/renames.ts";
import { settingIssues } from "./checks/settings.ts";
import { tagIssues } from "./checks/tags.ts";
import { userIssues } from "./checks/users.ts";
import type { Context } from "./checks/context.ts";
import type { Issue } from "./issue.ts";

/** What is wrong in files that have the right shape: between the files, and against IAM's own rules. */
export function checkIssues(context: Context): readonly Issue[] {
  return [
    ...nameIssues(context),
    ...renameIssues(context),
    ...userIssues(context),
    ...membershipIssues(context),
    ...tagIssues(context),
    ...groupIssues(context),
    ...policyIssues(context),
    ...foreignArnIssues(context),
    ...inlineIssues(context),
    ...settingIssues(context),
  ];
}
