import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { MOST_BYTES } from "../core/size.ts";

const execute = promisify(execFile);

/** Runs Git in a directory, without a shell. Throws where it ends with an error. */
export async function git(root: string, ...parameters: readonly string[]): Promise<Buffer> {
  const options = { cwd: root, encoding: "buffer", maxBuffer: 2 * MOST_BYTES } as const;
  const { stdout } = await execute("git", [...parameters], options);
  return stdout;
}

/** The commit behind a ref. Throws where the repository cannot be had, and in `otherwise`'s words where the ref cannot. */
export async function resolveCommit(root: string, ref: string, otherwise: string): Promise<string> {
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
    throw new Error(otherwise, { cause });
  });
  return found.toString("utf8").trim();
}
