import type { Terminal } from "../core/port.ts";
import { visible } from "../render/phrase.ts";

export interface RostersPorts {
  /** Directories as seen from the top of the repository: with a roster, and those that had one at the ref. */
  readonly list: () => Promise<{ readonly rosters: readonly string[]; readonly gone: readonly string[] }>;
  readonly terminal: Terminal;
}

export interface RostersOptions {
  readonly format: "text" | "json" | "matrix";
}

/** GitHub takes no more jobs of one matrix. */
const MOST_JOBS = 256;

/** Lists the rosters of a repository. Throws where a name cannot be passed on safely, or there are too many for a matrix. */
export async function rosters({ list, terminal }: RostersPorts, { format }: RostersOptions): Promise<0> {
  const found = await list();
  const all = [...found.rosters, ...found.gone];
  const unsafe = all.find((root) => UNSEEN.test(root));
  if (unsafe !== undefined) {
    throw new Error(
      `the directory "${unsafe}" has characters in its name that nobody sees, or that are no UTF-8; rename it`,
    );
  }
  const count = found.rosters.length;
  if (format === "matrix" && count > MOST_JOBS) {
    throw new Error(
      `there are ${count} rosters, and GitHub takes ${MOST_JOBS} jobs in a matrix\n` +
        "Take those that changed (--since), or those of one directory and then another (--root).",
    );
  }
  for (const root of found.gone) terminal.err(`${goneNotice(root)}\n`);
  terminal.out(RENDERED[format](found.rosters, found.gone));
  return 0;
}

/** Control characters, direction marks and their like, ends of lines, and what stands for bytes that are no UTF-8. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/u;

function goneNotice(root: string): string {
  return `warning: ${visible(root)} has no users.yaml any more: nothing is planned for it, and its users stay as they are`;
}

type Rendering = (rosters: readonly string[], gone: readonly string[]) => string;

const RENDERED: Readonly<Record<RostersOptions["format"], Rendering>> = {
  text: (found) => found.map((root) => `${root}\n`).join(""),
  json: (found, gone) =>
    `${JSON.stringify({ version: 1, rosters: found.map(included), gone: gone.map(included) }, undefined, 2)}\n`,
  // One line, since it becomes the value of a step's output.
  matrix: (found) => `${JSON.stringify({ include: found.map(included) })}\n`,
};

function included(root: string): { readonly root: string; readonly name: string } {
  return { root, name: root };
}
