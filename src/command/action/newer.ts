import { type Sha, firstParents, tipOf } from "../../github/commits.ts";
import { contentsFiles } from "../../github/contents.ts";
import { ROSTER_FILES } from "../reading.ts";
import type { ActionPorts } from "./ports.ts";

/** So many commits are looked at, three files each. */
const MOST_COMMITS = 20;

/**
 * The branch's newest commit, where it or one on the way to it has other files of the roster than the run's commit: what
 * that one asks for may be taken back there. undefined: the run's files are what is wanted now, and nobody else's run is
 * for them.
 */
export async function newerFiles(ports: ActionPorts, branch: string): Promise<Sha | undefined> {
  const { repository, commit } = ports;
  const tip = await tipOf(repository, branch);
  if (tip === commit) return undefined;
  const files = await filesAt(ports, commit);
  let looked = 0;
  for await (const later of firstParents(repository, tip)) {
    if (later === commit) return undefined;
    looked += 1;
    if (looked > MOST_COMMITS || (await filesAt(ports, later)) !== files) break;
  }
  return tip;
}

/** What is in the files, to be compared. */
async function filesAt({ repository, root }: ActionPorts, commit: Sha): Promise<string> {
  const files = contentsFiles(repository, commit, root);
  const contents = await Promise.all(ROSTER_FILES.map((file) => files.read(file)));
  return JSON.stringify(
    contents.map((content) => (content === undefined ? [] : [Buffer.from(content).toString("base64")])),
  );
}
