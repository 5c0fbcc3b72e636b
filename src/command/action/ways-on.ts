import type { Report } from "../../core/report.ts";
import { join, type Phrase, say, verbatim } from "../../render/phrase.ts";
import type { OutcomeName } from "../../render/words/outcomes.ts";
import type { ActionPorts } from "./ports.ts";
import type { Unplanned } from "./reviews.ts";

/** What is left after an apply. */
export interface Left {
  /** The digest of a plan of it; undefined: there is none. */
  readonly digest: string | undefined;
  /** That of which nothing counted as reviewed. */
  readonly left: readonly Unplanned[];
}

/** How to go on, for each way in which something was left; nothing where nothing was. */
export function waysOn(ports: ActionPorts, { entries }: Report, { digest, left }: Left): readonly Phrase[] {
  const changes = entries.flatMap((entry) => [...entry.changes, ...entry.extra]);
  const unreviewed = changes.filter(({ outcome }) => outcome === "not-reviewed");
  const isRequested = unreviewed.some(({ cause }) => cause === "requested");
  return [
    ...(changes.some(({ outcome }) => HALTED.has(outcome)) ? [AGAIN] : []),
    ...(isRequested ? [say`${NOT_REVIEWED}${reasons(left)}`] : []),
    ...(unreviewed.some(({ cause }) => cause !== "requested") ? [PENDING] : []),
    ...(digest === undefined ? [] : [byHand(ports, digest)]),
  ];
}

const REASONS_SHOWN = 5;

const HALTED: ReadonlySet<OutcomeName> = new Set(["failed", "skipped", "not-tried"]);

const AGAIN = say`Failed, skipped or not tried: mend the cause and run this job again. It goes on from what is there.`;

const NOT_REVIEWED = say`Not reviewed: no plan that was reviewed in the merged pull requests covers it, so it was left.`;

const PENDING = say`Open from before: no change of the files asks for it now, so that no review covers it, and it was left.`;

function reasons(left: readonly Unplanned[]): Phrase {
  if (left.length === 0) return [];
  const each = left.slice(0, REASONS_SHOWN).map(({ what, why }) => say`${verbatim(what)}: ${why}`);
  const more = left.length > REASONS_SHOWN ? say`; and ${left.length - REASONS_SHOWN} more` : [];
  return say` Nothing counts of ${join(each, "; ")}${more}.`;
}

function byHand({ workflow, root }: ActionPorts, digest: string): Phrase {
  const command = `gh workflow run ${workflow ?? "apply.yml"} -f digest=${digest}`;
  const which =
    root === "."
      ? []
      : say` (with ${verbatim(`-f root=${word(root)}`)} where the workflow asks for the roster)`;
  return say`To apply all that is left as it stands in the log of this run, reviewed or not: ${verbatim(command)}${which}.`;
}

/** As one word of a shell. */
function word(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
