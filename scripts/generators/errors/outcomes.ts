import type { Cause } from "../../../src/core/change.ts";
import type { Outcome } from "../../../src/core/report.ts";
import type { Explanation } from "./explanation.ts";

export const OUTCOMES: { readonly [Name in Outcome["outcome"]]: Explanation } = {
  done: {
    means: "IAM made the change, or it was so already when its turn came.",
    todo: "Nothing.",
  },
  failed: {
    means:
      "IAM said no for good, or gave no answer through all retries. The report has IAM's own words. AccessDenied is a permission that the applying role lacks; see [permissions.md](permissions.md). What would have given something to the same user or group is then skipped.",
    todo: "Mend the cause and run `apply` again. It begins from what is there, and needs no clean-up.",
  },
  skipped: {
    means:
      "Held back on purpose: something before it failed, the subject is no longer there or no longer ours, or somebody put a hold on it meanwhile. The report says which. Giving waits for taking.",
    todo: "See to what it waits for; the next run does the rest.",
  },
  "not-reviewed": {
    means:
      "With `--plan`, only what the reviewed plan covers is done. This change gives something else: the account or the files have changed since. Behind the change stands what is beyond the review.",
    todo: "Plan again, have that plan reviewed, and apply it. In the GitHub Action: look at it in a drift run, and start the apply workflow by hand with its digest.",
  },
  "not-tried": {
    means:
      "The run ended before its turn: it was interrupted, or the connection or the credentials were lost.",
    todo: "Run `apply` again once the cause is gone.",
  },
};

export const CAUSES: { readonly [Name in Cause]: Explanation } = {
  requested: {
    means:
      "Only the new files ask for it. Without `--base` nothing is known of the old ones, and everything is requested that no date asks for.",
    todo: "Review it as part of this pull request.",
  },
  pending: {
    means:
      "The old files ask for it too, so the account differs from them: somebody changed it by hand, or an earlier change was not applied.",
    todo: "Find out which before you apply; this pull request is not the reason.",
  },
  due: {
    means: "A date has passed. Nobody's change asks for it today; it was approved when the date was.",
    todo: "Apply it. It does not count against the limits, since the date was reviewed.",
  },
};
