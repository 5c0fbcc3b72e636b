import type { Event } from "../../github/event.ts";
import type { PlanEvent } from "./plan.ts";
import type { ApplyEvent } from "./apply.ts";

export const MODES = ["plan", "apply", "drift", "expire"] as const;

export type Mode = (typeof MODES)[number];

export interface Wanted {
  readonly mode: Mode | "auto";
  readonly digest: string | undefined;
}

export type Work =
  | { readonly mode: "plan"; readonly event: PlanEvent }
  | { readonly mode: "apply"; readonly event: ApplyEvent }
  | { readonly mode: "drift" | "expire"; readonly branch: string };

/** What is to be done, of what was asked for and why this run is. Throws where they do not go together. */
export function workFor({ mode, digest }: Wanted, event: Event): Work {
  const chosen = mode === "auto" ? modeOf(event, digest) : mode;
  if (digest !== undefined && (chosen !== "apply" || event.kind !== "dispatch")) {
    throw new Error(
      "the input digest is for mode apply on workflow_dispatch, where it says which plan somebody agreed to.\nLeave it empty here.",
    );
  }
  if (chosen === "plan") return planning(event);
  // What only a pull request has is not merged.
  if (event.kind === "pull-request" || event.kind === "merge-group")
    throw new Error(
      `mode ${chosen} does not run on a pull request, whose files nobody has merged yet.\nUse mode plan there.`,
    );
  // A schedule runs there only. Elsewhere nobody has merged the files, and what they take away needs no review.
  if (event.kind !== "schedule" && !event.isDefaultBranch && chosen !== "drift") {
    throw new Error(
      `mode ${chosen} runs on the default branch only, and this is ${event.branch}.\nMerge first; in the workflow, name the branch under push.`,
    );
  }
  return chosen === "apply" ? applying(event, digest) : { mode: chosen, branch: event.branch };
}

function modeOf(event: Event, digest: string | undefined): Mode {
  switch (event.kind) {
    case "pull-request":
    case "merge-group":
      return "plan";
    case "push":
      return "apply";
    case "schedule":
      return "drift";
    case "dispatch":
      if (digest !== undefined) return "apply";
      throw new Error(
        "started by hand, iam-roster has to be told the mode: apply with a digest, drift or expire.",
      );
  }
}

function planning(event: Event): Work {
  if (event.kind === "pull-request" || event.kind === "merge-group") return { mode: "plan", event };
  throw new Error(
    `mode plan runs on pull_request and merge_group.\nUse mode drift to see what differs on ${event.branch}.`,
  );
}

type OnBranch = Exclude<Event, PlanEvent>;

function applying(event: OnBranch, digest: string | undefined): Work {
  const { branch } = event;
  if (event.kind === "push")
    return { mode: "apply", event: { branch, before: event.before, digest: undefined } };
  if (event.kind === "schedule")
    throw new Error(
      "mode apply runs on push, and by hand with a digest.\nOn a schedule use mode expire, which carries out what is due.",
    );
  if (digest === undefined) {
    throw new Error(
      "started by hand, mode apply needs the input digest, which says which plan somebody agreed to.\nIt stands at the end of a drift issue, a comment or a job summary.",
    );
  }
  return { mode: "apply", event: { branch, before: undefined, digest } };
}
