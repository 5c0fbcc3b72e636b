import { type Sha, firstParents, tipOf } from "../../github/commits.ts";
import { contentsFiles } from "../../github/contents.ts";
import { ROSTER_FILES } from "../reading.ts";
import type { ActionPorts } from "./ports.ts";

/** So many commits are looked at, three files each. */
const MOST_COMMITS = 20;

/**
 * The branch's newest commit, where it or one on the way to it has other files of the roster than the run's commit: what
 * that one asks for may be taken back there. undefined: the run's files are what is wanted now, and nobody else's run is
 * for them. Throws where too many came since to look at each: perhaps nobody else's run is for them, and perhaps it is.
 */
export async function newerFiles(ports: ActionPorts, branch: string): Promise<Sha | undefined> {
  const { repository, commit } = ports;
  const tip = await tipOf(repository, branch);
  if (tip === commit) return undefined;
  const files = await contentsAt(ports, commit);
  let looked = 0;
  for await (const later of firstParents(repository, tip)) {
    if (later === commit) return undefined;
    if ((await contentsAt(ports, later)) !== files) return tip;
    looked += 1;
    if (looked === MOST_COMMITS) throw tooMany(commit, branch);
  }
  return tip;
}

function tooMany(commit: Sha, branch: string): Error {
  return new Error(
    `${MOST_COMMITS} commits or more came to ${branch} after ${commit.slice(0, 12)}, too many to look at each, so that nothing is applied for it.\nA drift run shows what is left: start this by hand with its digest, or let the next push do it.`,
  );
}

/** What is in the files, to be compared. */
async function contentsAt({ repository, root }: ActionPorts, commit: Sha): Promise<string> {
  const files = contentsFiles(repository, commit, root);
  const contents = await Promise.all(ROSTER_FILES.map((file) => files.read(file)));
  return JSON.stringify(
    contents.map((content) => (content === undefined ? [] : [Buffer.from(content).toString("base64")])),
  );
}
