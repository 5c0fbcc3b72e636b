import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll } from "vitest";

/* The other side: Debian's age and OpenSSH. Secret keys live in a directory that goes when the test file is done. */

const execute = promisify(execFile);

export interface KeyPair {
  /** The file of the secret key, as `age -d -i` takes it. */
  readonly identity: string;
  /** The public key's line, with its comment. */
  readonly line: string;
}

const places: string[] = [];

afterAll(() => Promise.all(places.map((made) => rm(made, { recursive: true, force: true }))));

async function place(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "iam-roster-keys-"));
  places.push(made);
  return made;
}

/** What it printed. A missing tool fails the test: without the other side it would prove nothing. */
async function tool(
  name: "age" | "age-keygen" | "ssh-keygen",
  parameters: readonly string[],
): Promise<string> {
  try {
    const { stdout } = await execute(name, parameters);
    return stdout;
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    if (missing) throw new Error(`there is no ${name}: install Debian's age and openssh-client`, { cause });
    throw cause;
  }
}

export async function sshKeyPair(...options: readonly string[]): Promise<KeyPair> {
  const identity = join(await place(), "key");
  await tool("ssh-keygen", ["-q", "-N", "", "-C", "emily@desk two words", "-f", identity, "-t", ...options]);
  return { identity, line: await readFile(`${identity}.pub`, "utf8") };
}

export async function ageKeyPair(): Promise<KeyPair> {
  const identity = join(await place(), "key");
  await tool("age-keygen", ["-o", identity]);
  return { identity, line: (await tool("age-keygen", ["-y", identity])).trim() };
}

/** What `ssh-keygen -l` prints of a line: bits and fingerprint. */
export async function shownByKeygen(
  line: string,
): Promise<{ readonly bits: string; readonly fingerprint: string }> {
  const file = join(await place(), "key.pub");
  await writeFile(file, line);
  const [bits = "", fingerprint = ""] = (await tool("ssh-keygen", ["-l", "-E", "sha256", "-f", file])).split(
    " ",
  );
  return { bits, fingerprint };
}

/** Rejects where the key does not open it. */
export async function openedByAge(sealed: string, { identity }: KeyPair): Promise<string> {
  const file = join(await place(), "sealed.age");
  await writeFile(file, sealed);
  return tool("age", ["-d", "-i", identity, file]);
}
