import { mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Credential } from "../../src/core/roster.ts";
import { folderHandOver } from "../../src/credentials/folder.ts";
import { resolveRecipients } from "../../src/credentials/recipient.ts";
import { ageSealing } from "../../src/credentials/sealing.ts";
import { random } from "../../src/host/machine.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { matches } from "../../src/sandbox/passwords.ts";
import { hearDirectory } from "../silence/watch.ts";
import { type KeyPair, openedByAge, sshKeyPair } from "../credentials/tools.ts";
import type { Desk } from "./story.ts";

/* Where credentials are issued in a story: to keys made for it, into a directory that goes when the test ends. */

export interface OpenDesk extends Desk {
  /** The keys that GitHub shows, by login; a test may put others there. */
  readonly keys: Map<string, readonly string[]>;
  readonly pair: KeyPair;
  readonly directory: string;
  /** Opens a letter as its person does, with Debian's age. */
  readonly opened: (user: string, what: Credential) => Promise<string>;
  readonly letters: () => Promise<readonly string[]>;
  /** Takes the directory away, or puts it back. */
  readonly close: () => Promise<void>;
  readonly open: () => Promise<void>;
}

/** GitHub shows one key for every login in `logins`. */
export async function openDesk(...logins: readonly string[]): Promise<OpenDesk> {
  const parent = await mkdtemp(join(tmpdir(), "iam-roster-desk-"));
  onTestFinished(async () => {
    hearDirectory(parent);
    await rm(parent, { recursive: true });
  });
  const directory = join(parent, "letters");
  const pair = await sshKeyPair("ed25519");
  const keys = new Map(logins.map((login) => [login, [pair.line]] as const));
  const handOver = folderHandOver(directory);
  await handOver.prepare();
  const read = (user: string, what: Credential): Promise<string> =>
    readFile(join(directory, `${user}.${what}.age`), "utf8");
  return {
    keys,
    pair,
    directory,
    resolveRecipients: async (texts) => {
      const resolved = texts.map(
        async (text) => [text, await resolveRecipients([text], async (login) => keys.get(login))] as const,
      );
      return new Map(await Promise.all(resolved));
    },
    issuing: { sealing: ageSealing(random), handOver },
    opened: async (user, what) => openedByAge(await read(user, what), pair),
    letters: async () => (await readdir(directory)).toSorted(),
    close: () => rename(directory, `${directory}.away`),
    open: () => rename(`${directory}.away`, directory),
  };
}

/** The password that a letter tells. */
export function passwordIn(letter: string): string {
  return /\nPassword:\n(.+)\n/.exec(letter)?.[1] ?? "";
}

/** The id of the key that a letter tells. */
export function keyIdIn(letter: string): string {
  return letter.split("\n")[1]?.split(",")[1] ?? "";
}

/** Is this the user's password now? */
export function isPasswordOf(sandbox: Sandbox, name: string, secret: string): boolean {
  const hash = sandbox.snapshot().users.find((user) => user.name === name)?.password?.hash;
  return hash !== undefined && matches(hash, secret);
}
