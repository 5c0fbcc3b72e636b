import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import type { Files, RosterFile } from "../core/port.ts";

/**
 * The roster's files in a directory. A file may be a symbolic link, but only to a file inside the directory: a pull
 * request must not make the program read, and then quote, anything else.
 */
export function directoryFiles(root: string): Files {
  return { read: (file) => readInside(root, file) };
}

async function readInside(root: string, file: RosterFile): Promise<Uint8Array | undefined> {
  const path = join(root, file);
  if (!(await exists(path))) return undefined;
  const inside = await realpath(root);
  const real = await realpath(path).catch((cause: unknown) => {
    throw new Error("it is a symbolic link to nothing", { cause });
  });
  const way = relative(inside, real);
  const outside = isAbsolute(way) || way.split(sep).includes("..");
  if (outside) throw new Error("it is a symbolic link out of the roster's directory");
  // .git/config may hold a token.
  if (way.split(sep).includes(".git")) throw new Error("it is a symbolic link into .git");
  // Also keeps from waiting for a pipe.
  if (!(await stat(real)).isFile()) throw new Error("it is not a file");
  return readFile(real);
}

/** Whether anything is there; throws where the directory itself cannot be looked at. */
async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
