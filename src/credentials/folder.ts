import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { messageOf } from "../core/failure.ts";
import type { HandOver, Letter, Staged } from "../core/port.ts";
import { isExistingUserName } from "../core/rules/names.ts";

/*
 * Letters as files of a folder that only its owner can enter: NAME.password.age and NAME.key.age.
 */

const ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----\n";
/** What a mode grants to others than the owner. */
const OTHERS = 0o077;

export function folderHandOver(directory: string): HandOver {
  // Without a slash at the end, which would make lstat follow a link.
  const folder = resolve(directory);
  return { prepare: () => prepare(folder), stage: (letter) => stage(folder, letter) };
}

async function prepare(folder: string): Promise<void> {
  try {
    await makeOnce(folder);
    const wrong = faultOf(await lstat(folder));
    if (wrong !== undefined) throw new Error(wrong);
    await tryWriting(folder);
  } catch (cause) {
    throw new Error(`cannot hand over credentials in ${folder}: ${reason(cause)}`, { cause });
  }
}

/** Only the last of the path: what else is missing is more likely mistyped. */
async function makeOnce(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

function faultOf(found: Stats): string | undefined {
  if (found.isSymbolicLink()) return "it is a symbolic link; name the directory that it leads to";
  if (!found.isDirectory()) return "it is no directory; name another";
  const me = process.geteuid?.();
  // Where there are no owners and modes (Windows), nothing can be told from them.
  if (me === undefined) return undefined;
  if (found.uid !== me) return "it belongs to another user; name a directory of your own";
  if ((found.mode & OTHERS) !== 0)
    return "other users may enter it; name one that only you can enter (mode 700)";
  return undefined;
}

async function tryWriting(folder: string): Promise<void> {
  const part = partIn(folder);
  try {
    await write(part, ARMOR);
    await sync(folder);
  } finally {
    await rm(part, { force: true });
  }
}

async function stage(folder: string, { user, what, sealed }: Letter): Promise<Staged> {
  const file = join(folder, `${user}.${what}.age`);
  const part = partIn(folder);
  const discard = () => rm(part, { force: true }).catch(() => undefined);
  const orTell = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      await discard();
      throw new Error(`cannot write ${file}: ${reason(cause)}`, { cause });
    }
  };
  await orTell(async () => {
    // A name of IAM holds no path separator; a name that does is none of IAM's.
    if (!isExistingUserName(user)) throw new Error("that is no name of a user");
    if (!sealed.startsWith(ARMOR)) throw new Error("the letter is not sealed");
    const there = await lstat(file).catch(() => undefined);
    if (there?.isDirectory() === true) throw new Error("a directory is in the way");
    await write(part, sealed);
  });
  return {
    commit: async () => {
      await orTell(async () => {
        await rename(part, file);
        await sync(folder);
      });
      return file;
    },
    discard,
  };
}

/** In the same folder, so that the rename is atomic; its own name each time, so that two runs do not meet. */
function partIn(folder: string): string {
  return join(folder, `.${randomUUID()}.part`);
}

/** Returns when the text is on the disk. Fails where the file is there, be it a link. */
async function write(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename last. Windows opens no directory. */
async function sync(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const REASONS: ReadonlyMap<unknown, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "no space left on the disk"],
  ["ENOENT", "no such directory"],
  ["ENOTDIR", "a file is in the way"],
  ["EISDIR", "a directory is in the way"],
]);

function reason(error: unknown): string {
  return REASONS.get(codeOf(error)) ?? messageOf(error);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
