import { type Base, rosterOrNone } from "../command/reading.ts";
import { directoryFiles } from "../roster/directory.ts";
import { gitRefFiles } from "../roster/git-ref.ts";
import { isDirectory } from "./machine.ts";

/** What `--base` names: a directory where there is one of that name, else a Git ref. Throws where it is neither. */
export async function findBase(root: string, name: string): Promise<Base> {
  if (await isDirectory(name)) return { files: directoryFiles(name), label: `${name.replace(/\/+$/, "")}/` };
  return { files: await rosterOrNone(await gitRefFiles(root, name)), label: `${name}:` };
}
