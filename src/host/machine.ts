import { execFile } from "node:child_process";
import { createHash, randomInt } from "node:crypto";
import { lstat, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Clock, Random, Sha256 } from "../core/port.ts";
import { instant } from "../core/time.ts";

/* The machine that this runs on. */

const execute = promisify(execFile);

export const clock: Clock = {
  now: () => instant(Date.now()),
  sleep: (duration) => sleep(duration),
};

/** randomInt draws again where a remainder would favour some numbers. */
export const random: Random = { integer: (below) => randomInt(below) };

export const sha256: Sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Writes the file whole or not at all: a reader sees the old text or the new one, never half of it. */
export async function saveFile(file: string, text: string): Promise<void> {
  const part = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  try {
    // A device or a link would be replaced by the file.
    const there = await lstat(file).catch(() => undefined);
    if (there !== undefined && !there.isFile()) throw new Error("there is something else than a file");
    await writeFile(part, text);
    await rename(part, file);
  } catch (cause) {
    await rm(part, { force: true });
    throw new Error(`cannot write ${file}: ${reason(cause)}`, { cause });
  }
}

/** `git version 2.43.0`; undefined where there is none. */
export async function gitVersion(): Promise<string | undefined> {
  return execute("git", ["--version"]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

export async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new Error(`cannot read ${file}: ${reason(cause)}`, { cause });
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "no such file or directory";
  if (code === "EACCES") return "permission denied";
  return error.message;
}
