/** What a workflow may give to the Action, as action.yml declares it. */
export const INPUTS = ["mode", "root", "github-token", "comment", "digest", "drift-label"] as const;

/** What a workflow may take from it. */
export const OUTPUTS = [
  "has-changes",
  "changes",
  "refused",
  "digest",
  "plan-file",
  "report-file",
  "comment-url",
  "issue-url",
] as const;
