import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Files, RosterFile } from "../core/port.ts";
import { FileTooLarge, MOST_BYTES } from "../core/size.ts";

const execute = promisify(execFile);

/**
 * The roster's files as they stand at a Git ref, under the same directory as now. Throws where the ref or the
 * repository cannot be had; the commit is fixed then, so that all files are of one moment.
 */
export async function gitRefFiles(root: string, ref: string): Promise<Files> {
  const commit = await resolveCommit(root, ref);
  return { read: (file) => readAt(root, commit, file) };
}

async function resolveCommit(root: string, ref: string): Promise<string> {
  // Git takes a text that begins so for an option.
  if (ref === "" || ref.startsWith("-")) throw new Error(`"${ref}" is not a Git ref`);
  await git(root, "rev-parse", "--git-dir").catch((cause: unknown) => {
    throw new Error(`${root} is not in a Git repository, or there is no git`, { cause });
  });
  const found = await git(
    root,
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${ref}^{commit}`,
  ).catch((cause: unknown) => {
    throw new Error(`"${ref}" is neither a directory nor a Git ref of this repository; is it fetched?`, {
      cause,
    });
  });
  return found.toString("utf8").trim();
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

async function git(root: string, ...parameters: readonly string[]): Promise<Buffer> {
  const options = { cwd: root, encoding: "buffer", maxBuffer: 2 * MOST_BYTES } as const;
  const { stdout } = await execute("git", [...parameters], options);
  return stdout;
}
