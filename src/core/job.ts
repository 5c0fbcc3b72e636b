/** What an identity of AWS is given for: `plan` only reads, `apply` may make every change, `expire` what is due. */
export type Job = "plan" | "apply" | "expire";

export const JOBS: readonly Job[] = ["plan", "apply", "expire"];
