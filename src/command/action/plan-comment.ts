import { messageOf } from "../../core/failure.ts";
import { stickyComment } from "../../github/comment.ts";
import type { Sha } from "../../github/commits.ts";
import { headOf } from "../../github/pulls.ts";
import { keptPage } from "../../github/reviewed-plan.ts";
import type { Section } from "../../render/sections.ts";
import { type ActionPorts, commentPage, markOf } from "./ports.ts";

/* The one comment about the plan on a pull request, which is that of its newest commit. */

/** The pull request, at the commit that this run is about. */
interface Reviewed {
  readonly number: number;
  readonly into: string;
  readonly head: Sha;
}

interface ToComment {
  readonly sections: readonly Section[];
  /** Nothing to say, unless something was said before. */
  readonly isSilent: boolean;
  /** Which keeps our check runs; undefined: not known. */
  readonly app?: number;
}

/** A comment that could not be written fails nothing: the summary and the check run have the same. */
export async function writeComment(
  ports: ActionPorts,
  { number, into, head }: Reviewed,
  { sections, isSilent, app }: ToComment,
): Promise<string | undefined> {
  if (!ports.comment) return undefined;
  const { repository, terminal } = ports;
  const page = {
    thread: number,
    mark: markOf(ports, "plan"),
    body: commentPage(sections),
    create: !isSilent,
  };
  const isCurrent = async (): Promise<boolean> => (await headOf(repository, number)) === head;
  try {
    const url = await stickyComment(repository, { ...page, isCurrent });
    const newest = await headOf(repository, number);
    if (newest === head) return url;
    terminal.err("A newer commit was pushed meanwhile: the comment is left to its run.\n");
    // Which may be through already, and ours have come after it all the same.
    const kept =
      app && (await keptPage(repository, { roster: ports.root, commit: newest, pull: number, into, app }));
    if (kept) await stickyComment(repository, { ...page, body: kept, create: false });
  } catch (error) {
    terminal.err(`warning: the comment could not be written: ${messageOf(error)}\n`);
  }
  return undefined;
}
