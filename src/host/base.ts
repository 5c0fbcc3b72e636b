import type { Base } from "../command/reading.ts";
import type { Files, RosterFile } from "../core/port.ts";
import { directoryFiles } from "../roster/directory.ts";
import { gitRefFiles } from "../roster/git-ref.ts";
import { isDirectory } from "./machine.ts";

/** What `--base` names: a directory where there is one of that name, else a Git ref. Throws where it is neither. */
export async function findBase(root: string, name: string): Promise<Base> {
  if (await isDirectory(name)) return { files: directoryFiles(name), label: `${name.replace(/\/+$/, "")}/` };
  const files = await gitRefFiles(root, name);
  return { files: (await hasRoster(files)) ? files : EMPTY, label: `${name}:` };
}

const ROSTER: readonly RosterFile[] = ["users.yaml", "groups.yaml", "roster.yaml"];

async function hasRoster(files: Files): Promise<boolean> {
  const found = await Promise.all(
    ROSTER.map((file) =>
      files.read(file).then(
        (bytes) => bytes !== undefined,
        // It is there, and what is wrong with it is told where it is read.
        () => true,
      ),
    ),
  );
  return found.includes(true);
}

/** The pull request that brings the roster has a base without one: that base asks for nothing. */
const EMPTY: Files = { read: async () => new Uint8Array() };
