import type { Files, RosterFile } from "../core/port.ts";
import { git, resolveCommit } from "./git.ts";
import { FileTooLarge, MOST_BYTES } from "../core/size.ts";

/**
 * The roster's files as they stand at a Git ref, under the same directory as now. Throws where the ref or the
 * repository cannot be had; the commit is fixed then, so that all files are of one moment.
 */
export async function gitRefFiles(root: string, ref: string): Promise<Files> {
  const otherwise = `"${ref}" is neither a directory nor a Git ref of this repository; is it fetched?`;
  const commit = await resolveCommit(root, ref, otherwise);
  return { read: (file) => readAt(root, commit, file) };
}

async function readAt(root: string, commit: string, file: RosterFile): Promise<Uint8Array | undefined> {
  const listed = await git(root, "ls-tree", "-z", "--long", commit, "--", file);
  // `100644 blob 3b18e5… 1234 TAB users.yaml NUL`
  const [mode, , hash, size] = (listed.toString("utf8").split("\t")[0] ?? "").split(/ +/);
  if (mode === undefined || hash === undefined) return undefined;
  if (mode !== "100644" && mode !== "100755") {
    const what = OTHER_MODES.get(mode) ?? "no file";
    throw new Error(`in commit ${commit.slice(0, 12)} it is ${what}; only a file can be read there`);
  }
  if (Number(size) > MOST_BYTES) throw new FileTooLarge(Number(size));
  return git(root, "cat-file", "blob", hash);
}

const OTHER_MODES: ReadonlyMap<string, string> = new Map([
  ["120000", "a symbolic link"],
  ["040000", "a directory"],
  ["160000", "a submodule"],
]);
