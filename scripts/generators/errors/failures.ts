import type { FailureKind } from "../../../src/core/failure.ts";
import type { Explanation } from "./explanation.ts";

/** The world failing: what a message that begins with `error:` is about, or behind a change that failed. */
export const FAILURES: { readonly [Kind in FailureKind]: Explanation } = {
  connection: {
    means:
      "No answer came, through all retries. A call that was sent may have been carried out; the next plan sees whether it was.",
    todo: "Check the network, the proxy, and `AWS_ENDPOINT_URL` where it is set. Then run it again.",
  },
  credentials: {
    means: "There are no AWS credentials, they have expired, or AWS does not take them.",
    todo: "Sign in again (`aws sso login`), or set `AWS_PROFILE`; `aws sts get-caller-identity` shows which are in use. In a workflow, `aws-actions/configure-aws-credentials` comes first.",
  },
  answer: {
    means:
      "AWS said no. Its own code and words are in the message, and where we know what they ask for, a second line says so.",
    todo: "AccessDenied: give the identity that runs this the permission named; [permissions.md](permissions.md) has them all. Throttling: wait some minutes and run it again. DeleteConflict, ConcurrentModification: run it again.",
  },
};
