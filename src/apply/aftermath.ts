import type { Entry } from "../core/plan.ts";
import type { AppliedChange, AppliedEntry } from "../core/report.ts";
import { liftsDeny, putsDeny } from "./deny.ts";
import { MOST_LOOKS } from "./verify.ts";

/** What became of an entry. */
interface Aftermath extends Pick<AppliedEntry, "changes" | "extra" | "doubt"> {
  /** Both, as their outcomes came. */
  readonly history: readonly AppliedChange[];
}

/**
 * What is true of the subject now, where not everything was done or made sure of, and the way on; undefined where all was.
 */
export function problemOf(entry: Entry, aftermath: Aftermath): string | undefined {
  const open = [...aftermath.changes, ...aftermath.extra].filter(({ outcome }) => outcome !== "done");
  const { name } = entry.subject;
  if (aftermath.doubt === undefined) {
    if (open.every(({ outcome }) => outcome === "not-reviewed")) return notReviewed(entry, open);
    if (open.every(putsDeny) && denyStands(entry, aftermath))
      return `${name} is closed: the deny that could not be put on was put on in another way.`;
  }
  const now = untouched(aftermath) ?? stateNow(entry, aftermath);
  return `${now} Run apply again: it goes on from what is there then.`;
}

function notReviewed({ subject }: Entry, open: readonly AppliedChange[]): string | undefined {
  if (open.length === 0) return undefined;
  const rest = open.some(({ cause }) => cause === "requested");
  return rest
    ? `${subject.name} has changes that no review covers: have the plan reviewed as it is now, and apply that.`
    : `${subject.name} has changes left that were not part of the reviewed plan.`;
}

/** Where nothing could even be begun, the reason is all that there is to say. */
function untouched({ history }: Aftermath): string | undefined {
  const reasons = history.map((change) => (change.outcome === "skipped" ? change.error : undefined));
  const [first] = reasons;
  if (first === undefined || reasons.some((reason) => reason === undefined)) return undefined;
  return `Nothing was begun: ${asClause(first)}.`;
}

/** The first line, without its full stop. */
function asClause(reason: string): string {
  return reason.split("\n", 1).join("").replace(/\.$/, "");
}

function stateNow(entry: Entry, aftermath: Aftermath): string {
  const { subject, intent } = entry;
  const done = aftermath.changes.filter(({ outcome }) => outcome === "done");
  switch (intent) {
    case "create":
      return done.some(({ kind }) => kind === "CreateUser" || kind === "CreateGroup")
        ? `${subject.name} exists, but not with all that is declared.`
        : `${subject.name} was not created.`;
    case "deactivate":
    case "delete":
      if (subject.type === "group") return `Group ${subject.name} is not deleted.`;
      return closedState(entry, aftermath);
    case "reactivate":
      return denyStands(entry, aftermath)
        ? `${subject.name} is not reactivated: the deny still stands, and keeps everything closed.`
        : `${subject.name} is let in again, but not all of its changes are made.`;
    case "adopt":
    case "update":
    case "rename":
      return `${done.length} of ${aftermath.changes.length} changes of ${subject.name} are made.`;
  }
}

function closedState(entry: Entry, aftermath: Aftermath): string {
  const { subject, intent } = entry;
  if (!denyStands(entry, aftermath)) {
    return `${subject.name} is NOT closed: no deny stands, and what is still open can be used.`;
  }
  const { extra, doubt } = aftermath;
  const again = extra.filter((change) => change.outcome === "done" && putsDeny(change)).length;
  if (again >= MOST_LOOKS) {
    return `${subject.name} may NOT be closed: the deny was put on ${again} times more, and taken off each time. Find out who does that (CloudTrail tells), and stop them first.`;
  }
  const rest = intent === "delete" ? "deleted" : "closed whole";
  if (doubt !== undefined)
    return `${subject.name} was denied everything, but is not yet ${rest}. Nobody has made sure that nothing came back: ${asClause(doubt)}.`;
  return `${subject.name} is denied everything, but is not yet ${rest}.`;
}

/**
 * The one thing to know of somebody who should be closed: does a deny stand? There are two forms of it, and a plan that
 * puts none on found one there.
 */
function denyStands({ changes }: Entry, { history }: Aftermath): boolean {
  const forms = new Set(changes.some(putsDeny) ? [] : ["before"]);
  for (const change of history) {
    const { kind, outcome } = change;
    const form = kind === "AttachUserPolicy" || kind === "DetachUserPolicy" ? "attached" : "inline";
    if (outcome === "done" && putsDeny(change)) forms.add(form);
    // Where one had to be put on, none was there any more.
    const isGone = putsDeny(change) ? outcome === "failed" : liftsDeny(change) && outcome === "done";
    if (!isGone) continue;
    forms.delete(form);
    forms.delete("before");
  }
  return forms.size > 0;
}
