import { readFile, rename, writeFile } from "node:fs/promises";

import type { AccountData } from "./data.ts";

/** The account on disk. */
export interface StateFile {
  /** Returns when the data of that moment, or later data, is in the file. Many at once share one write. */
  readonly save: () => Promise<void>;
}

/** undefined where there is no file yet. */
export async function readState(file: string): Promise<AccountData | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as AccountData;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new Error(`cannot read the sandbox's state from ${file}`, { cause: error });
  }
}

export function createStateFile(file: string, snapshot: () => AccountData): StateFile {
  let writing: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    // Only the owner may read it: it holds password hashes and MFA seeds.
    await writeFile(`${file}.new`, `${JSON.stringify(snapshot())}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
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
