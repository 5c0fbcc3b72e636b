import type { Files, RosterFile } from "../core/port.ts";
import { FileTooLarge, MOST_BYTES } from "../core/size.ts";
import { GitHubFailure, type Repository } from "./client.ts";

/**
 * The roster's files as they stand in a commit, without a checkout. `root` is the roster's directory in the repository,
 * with slashes; `.` is the repository itself.
 */
export function contentsFiles(repository: Repository, commit: string, root: string): Files {
  // A commit never changes, so each file is asked for once.
  const known = new Map<RosterFile, Promise<Uint8Array | undefined>>();
  return {
    read: (file) => {
      const path = root === "." ? file : `${root}/${file}`;
      const found = known.get(file) ?? readAt(repository, commit, path);
      known.set(file, found);
      return found;
    },
  };
}

async function readAt(repository: Repository, ref: string, path: string): Promise<Uint8Array | undefined> {
  const { owner, repo } = repository;
  const found = await repository
    .request("GET /repos/{owner}/{repo}/contents/{path}", { owner, repo, path, ref })
    .catch((error: unknown) => {
      // A commit that is not there is no commit without the file.
      const isNoFile =
        error instanceof GitHubFailure && error.status === 404 && !/no commit found/i.test(error.message);
      if (isNoFile) return undefined;
      throw error;
    });
  if (found === undefined) return undefined;
  const { data } = found;
  if (Array.isArray(data)) throw new Error("it is a directory; put a file in its place");
  // A link to a file of this repository is followed by GitHub itself.
  if (data.type !== "file") throw new Error(`it is a ${data.type}; put a file in its place`);
  if (data.size > MOST_BYTES) throw new FileTooLarge(data.size);
  const isWhole = data.encoding === "base64" && (data.content !== "" || data.size === 0);
  const content = isWhole ? data.content : await blob(repository, data.sha);
  return Buffer.from(content, "base64");
}

/** The content of what is over a megabyte, for which the first answer has no room. */
async function blob({ owner, repo, request }: Repository, sha: string): Promise<string> {
  const asked = { owner, repo, file_sha: sha };
  const { data } = await request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", asked);
  return data.content;
}
