import type { Progress } from "../core/report.ts";
import { PLAIN, type Paint } from "./paint.ts";
import { plain, say } from "./phrase.ts";
import { appliedWords, OUTCOME_WORDS } from "./words/outcomes.ts";
import { subjectWords } from "./words/refusals.ts";

/** One line for something that just happened, without a line break. */
export function progressLine(progress: Progress, paint: Paint = PLAIN): string {
  if (progress.step === "wait") {
    const seconds = Math.ceil(progress.milliseconds / 1000);
    return paint.faint(`Waiting ${seconds} s, then looking again whether what was closed has stayed closed.`);
  }
  const { subject, change, done, of } = progress;
  const count = `[${String(done).padStart(String(of).length)}/${of}]`;
  const outcome = OUTCOME_WORDS[change.outcome];
  const ended = change.outcome === "failed" ? paint.alarm(outcome) : outcome;
  return `${paint.faint(count)} ${ended}: ${plain(say`${subjectWords(subject)}: ${appliedWords(change, subject)}`)}`;
}
