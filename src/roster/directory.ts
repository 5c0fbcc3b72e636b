import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { getSystemErrorMessage } from "node:util";
import type { Files, RosterFile } from "../core/port.ts";
import { FileTooLarge, MOST_BYTES } from "../core/size.ts";

/**
 * The roster's files in a directory. A file may be a symbolic link, but only to a file inside the directory: a pull
 * request must not make the program read, and then quote, anything else.
 */
export function directoryFiles(root: string): Files {
  return { read: (file) => readInside(root, file) };
}

async function readInside(root: string, file: RosterFile): Promise<Uint8Array | undefined> {
  try {
    const path = join(root, file);
    if (await exists(path)) return await readWhole(await realFile(root, path));
    // Settings under this name would be left out without a word.
    const other = file.replace(/yaml$/, "yml");
    if (await exists(join(root, other))) throw new Error(`it is called ${other} here; rename it to ${file}`);
    return undefined;
  } catch (error) {
    throw plainly(error);
  }
}

/** The file itself, behind all links. */
async function realFile(root: string, path: string): Promise<string> {
  const inside = await realpath(root);
  const real = await realpath(path).catch((cause: unknown) => {
    throw isMissing(cause)
      ? new Error("it is a symbolic link to nothing; put a file in its place", { cause })
      : cause;
  });
  const way = relative(inside, real);
  const outside = isAbsolute(way) || way.split(sep).includes("..");
  if (outside)
    throw new Error("it is a symbolic link out of the roster's directory; put the file itself in its place");
  // .git/config may hold a token.
  if (way.split(sep).includes(".git"))
    throw new Error("it is a symbolic link into .git; put the file itself in its place");
  return real;
}

async function readWhole(real: string): Promise<Uint8Array> {
  const found = await stat(real);
  // Also keeps from waiting for a pipe.
  if (!found.isFile()) {
    const what = found.isDirectory() ? "a directory" : "a pipe, a socket or a device";
    throw new Error(`it is ${what}; put a file in its place`);
  }
  if (found.size > MOST_BYTES) throw new FileTooLarge(found.size);
  return readFile(real);
}

/** Whether anything is there; throws where the directory itself cannot be looked at. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
}

const MISSING: ReadonlySet<unknown> = new Set(["ENOENT", "ELOOP"]);

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && MISSING.has(error.code);
}

/** The system's own message names the call, and the whole path on this machine. */
function plainly(error: unknown): unknown {
  if (!(error instanceof Error) || !("errno" in error) || typeof error.errno !== "number") return error;
  const words = getSystemErrorMessage(error.errno) ?? error.message;
  return new Error(words, { cause: error });
}
