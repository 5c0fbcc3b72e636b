import type { HandOver, Letter } from "../core/port.ts";
import type { Repository } from "./client.ts";
import { addOnce, deleteComment, editComment, marker, ownComments } from "./comment.ts";

/*
 * Letters as comments, in private repositories only. A letter is there, sealed, before the credential in it is valid; it
 * says so, and is changed when it is.
 */

export interface CommentHandOver {
  readonly repository: Repository;
  readonly roster: string;
  /** The pull request or issue on which the person looks for it. */
  readonly threadOf: (letter: Pick<Letter, "user" | "what">) => Promise<number>;
  /** The letter as Markdown. */
  readonly page: (letter: Letter, isValid: boolean) => string;
  /** Proves that comments can be written where letters will go. */
  readonly prepare: () => Promise<void>;
}

export function commentHandOver(way: CommentHandOver): HandOver {
  return { prepare: () => prepare(way), stage: (letter) => stage(way, letter) };
}

async function prepare({ repository, prepare: proveWriting }: CommentHandOver): Promise<void> {
  if (!(await isPrivate(repository))) {
    throw new Error(
      "cannot hand over credentials: this repository is public, and everybody could keep the ciphertext.\nMake it private, or issue them by hand with iam-roster apply --credentials-dir DIR.",
    );
  }
  await proveWriting();
}

export async function isPrivate({ owner, repo, request }: Repository): Promise<boolean> {
  return (await request("GET /repos/{owner}/{repo}", { owner, repo })).data.private;
}

async function stage(
  way: CommentHandOver,
  letter: Letter,
): Promise<{
  readonly commit: () => Promise<string>;
  readonly discard: () => Promise<void>;
}> {
  const { repository, roster, page, threadOf } = way;
  const thread = await threadOf(letter);
  const mark = marker(letter.what, `${roster} ${letter.user}`);
  const before = await ownComments(repository, thread, mark);
  const staged = await addOnce(repository, thread, `${mark}\n${page(letter, false)}`);
  return {
    commit: async () => {
      const edited = await editComment(repository, staged.id, `${mark}\n${page(letter, true)}`);
      if (edited === undefined)
        throw new Error(`somebody deleted the comment with the letter: ${staged.url}`);
      // This one is handed over: an older one that stays is only in the way.
      for (const { id } of before) await deleteComment(repository, id).catch(() => undefined);
      return edited.url;
    },
    // What is in it was never valid, or is no longer: nobody misses it.
    discard: () => deleteComment(repository, staged.id).catch(() => undefined),
  };
}
