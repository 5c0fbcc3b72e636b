import type { Entry } from "../core/plan.ts";
import type { AppliedChange } from "../core/report.ts";
import { INLINE_DENY, isDenyAll } from "../core/rules/policies.ts";

/**
 * What is true of the subject now, where not everything was done, and the way on; undefined where all was.
 */
export function problemOf(
  entry: Entry,
  changes: readonly AppliedChange[],
  extra: readonly AppliedChange[],
): string | undefined {
  const open = [...changes, ...extra].filter(({ outcome }) => outcome !== "done");
  if (open.every(({ outcome }) => outcome === "not-reviewed")) return notReviewed(entry, open);
  const { name } = entry.subject;
  const way = "Run apply again: it goes on from what is there then.";
  return `${stateNow(entry, changes, extra)} ${name === "" ? "" : way}`.trim();
}

function notReviewed({ subject }: Entry, open: readonly AppliedChange[]): string | undefined {
  if (open.length === 0) return undefined;
  const rest = open.some(({ cause }) => cause === "requested");
  return rest
    ? `${subject.name} has changes that no review covers: have the plan reviewed as it is now, and apply that.`
    : `${subject.name} has changes left that were not part of the reviewed plan.`;
}

function stateNow(entry: Entry, changes: readonly AppliedChange[], extra: readonly AppliedChange[]): string {
  const { subject, intent } = entry;
  const done = changes.filter(({ outcome }) => outcome === "done");
  switch (intent) {
    case "create":
      return done.some(({ kind }) => kind === "CreateUser" || kind === "CreateGroup")
        ? `${subject.name} exists, but not with all that is declared.`
        : `${subject.name} was not created.`;
    case "deactivate":
    case "delete":
      if (subject.type === "group") return `Group ${subject.name} is not deleted.`;
      return closedState(entry, changes, extra);
    case "reactivate":
      return `${subject.name} is not fully reactivated; a deny that is still attached keeps everything closed.`;
    case "adopt":
    case "update":
    case "rename":
      return `${done.length} of ${changes.length} changes of ${subject.name} are made.`;
  }
}

/** The one thing to know of somebody who should be closed: does a deny stand? */
function closedState(
  { subject, intent, changes: planned }: Entry,
  ...made: readonly (readonly AppliedChange[])[]
): string {
  const denies = (change: AppliedChange): boolean =>
    (change.kind === "AttachUserPolicy" && isDenyAll(change.policy)) ||
    (change.kind === "PutUserPolicy" && change.name === INLINE_DENY.name);
  const needed = planned.some((change) => denies({ ...change, outcome: "done" }));
  const denied = made.flat().some((change) => denies(change) && change.outcome === "done");
  const rest = intent === "delete" ? "deleted" : "closed whole";
  return needed && !denied
    ? `${subject.name} is NOT closed: no deny could be attached, and what is still open can be used.`
    : `${subject.name} is denied everything, but is not yet ${rest}.`;
}
