import { readFile, rename, writeFile } from "node:fs/promises";
import { getSystemErrorMessage } from "node:util";

import { ACCOUNT_KEYS, type AccountData } from "./data.ts";

/** The account on disk. */
export interface StateFile {
  /** Returns when the data of that moment, or later data, is in the file. Many at once share one write. */
  readonly save: () => Promise<void>;
}

/** undefined where there is no file yet. What a sandbox would not have written is refused, since it would be replaced. */
export async function readState(file: string): Promise<AccountData | undefined> {
  try {
    return asState(await readFile(file, "utf8"));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(file, error);
  }
}

/** The state in that file cannot be used. */
export function unreadable(file: string, cause: unknown): Error {
  const wayOut = "--state names a file that the sandbox wrote, or one that is not there yet";
  return new Error(`cannot read the sandbox's state from ${file}: ${reason(cause)}; ${wayOut}`, { cause });
}

function asState(text: string): AccountData {
  const data: unknown = JSON.parse(text);
  if (typeof data !== "object" || data === null || Array.isArray(data)) throw new Error("it is no account");
  const foreign = Object.keys(data).find((key) => !ACCOUNT_KEYS.has(key));
  if (foreign !== undefined) throw new Error(`no account has "${foreign}"`);
  return data;
}

function unwritable(file: string, cause: unknown): Error {
  const wayOut = "--state names a file in a directory that is there and may be written to";
  return new Error(`cannot write the sandbox's state to ${file}: ${reason(cause)}; ${wayOut}`, { cause });
}

/** The system's own message names the call and the file; a parser's repeats the text, with its line breaks. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const words =
    "errno" in error && typeof error.errno === "number" ? getSystemErrorMessage(error.errno) : undefined;
  return (words ?? error.message).replaceAll(/\s+/g, " ");
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

export function createStateFile(file: string, snapshot: () => AccountData): StateFile {
  let writing: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    try {
      // Only the owner may read it: it holds password hashes and MFA seeds.
      await writeFile(`${file}.new`, `${JSON.stringify(snapshot())}\n`, { mode: 0o600 });
      await rename(`${file}.new`, file);
    } catch (cause) {
      throw unwritable(file, cause);
    }
  };
  const start = (): Promise<void> => {
    writing = write().finally(() => {
      writing = undefined;
    });
    return writing;
  };
  const next = async (current: Promise<void>): Promise<void> => {
    await current.catch(() => undefined);
    waiting = undefined;
    await start();
  };
  return {
    save: () => {
      if (writing === undefined) return start();
      waiting ??= next(writing);
      return waiting;
    },
  };
}
