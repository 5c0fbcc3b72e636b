import type { Cause } from "../../core/change.ts";
import { messageOf } from "../../core/failure.ts";
import type { Finding } from "../../core/finding.ts";
import type { Plan } from "../../core/plan.ts";
import type { Clock, Files, ResolveRecipients, Sealing, Sha256, Terminal } from "../../core/port.ts";
import { GitHubFailure, type Repository } from "../../github/client.ts";
import { marker } from "../../github/comment.ts";
import type { Sha } from "../../github/commits.ts";
import { contentsFiles } from "../../github/contents.ts";
import type { Circumstances } from "../../render/circumstances.ts";
import { findingAnnotation } from "../../render/findings.ts";
import { COMMENT_ROOM, fitted, SUMMARY_ROOM } from "../../render/fitted.ts";
import type { Section } from "../../render/sections.ts";
import type { OpenAccount } from "../applying.ts";
import { NO_ROSTER, ROSTER_FILES, readRosters, rosterOrNone, type Rosters } from "../reading.ts";

/* What every mode of the Action needs, and what it ends with. */

export interface ActionPorts {
  readonly repository: Repository;
  /** The commit that this run is for: its files are what is wanted. */
  readonly commit: Sha;
  /** The roster's directory in the repository, which is its name: `.`, `teams/data`. */
  readonly root: string;
  readonly openAccount: () => Promise<OpenAccount>;
  readonly resolveRecipients: ResolveRecipients;
  readonly sealing: () => Promise<Sealing>;
  /** The job's log. */
  readonly terminal: Terminal;
  /** Tells the runner something: a workflow command, on one line. */
  readonly command: (line: string) => void;
  readonly clock: Clock;
  readonly sha256: Sha256;
  readonly runUrl: string | undefined;
  /** The file name of the workflow that runs, for the command that starts it by hand. */
  readonly workflow: string | undefined;
  /** Whether to write on pull requests; letters are written in any case. */
  readonly comment: boolean;
  /** The label of our issues. */
  readonly label: string;
  /** True once the run was cancelled. */
  readonly stopping: () => boolean;
  /** Adds Markdown to the job summary. */
  readonly summarise: (markdown: string) => Promise<void>;
  /** Keeps a file for later steps, and gives its path. */
  readonly keep: (what: "plan" | "report", json: string) => Promise<string>;
}

/** What later steps of the workflow can use; undefined: there is none. */
export interface ActionOutputs {
  readonly hasChanges?: boolean;
  readonly changes?: number;
  readonly refused?: number;
  readonly digest?: string;
  readonly planFile?: string;
  readonly reportFile?: string;
  readonly commentUrl?: string | undefined;
  readonly issueUrl?: string | undefined;
}

/** Where no plan was made. */
export const NO_PLAN: ActionOutputs = { hasChanges: false, changes: 0, refused: 0 };

export interface ActionEnded {
  readonly outputs: ActionOutputs;
  /** What it came to, in one line for the log. */
  readonly line: string;
  /** Whether the job fails. */
  readonly failed: boolean;
}

/** The roster's files at the run's commit, and at another one. A base that is wrong itself asks for nothing. */
export async function readAt(
  { repository, commit, root, terminal }: ActionPorts,
  base: Sha | undefined,
): Promise<Rosters> {
  const files = await filesAt({ repository, commit, root });
  const before =
    base === undefined
      ? NO_ROSTER
      : await rosterOrNone(await answered(contentsFiles(repository, base, root)));
  const name = base?.slice(0, 12) ?? "nothing";
  const label = `${name}:`;
  const read = await readRosters(files, { files: before, label });
  if (read.roster !== undefined || read.wrong === "roster") return withOwner(read);
  terminal.err(
    `warning: the files of ${name} are wrong themselves, so that everything that differs counts as asked for now\n`,
  );
  return withOwner(await readRosters(files, { files: NO_ROSTER, label }));
}

/**
 * The roster's files at the run's commit, without a base: a digest that a person takes from one run to another must not
 * hang on what each of them compares with.
 */
export async function readAlone(ports: ActionPorts): Promise<Rosters> {
  return withOwner(await readRosters(await filesAt(ports), undefined));
}

/** The files of the run's commit. Throws where there are none at all: that is no roster with mistakes. */
async function filesAt({
  repository,
  commit,
  root,
}: Pick<ActionPorts, "repository" | "commit" | "root">): Promise<Files> {
  const files = await answered(contentsFiles(repository, commit, root));
  if ((await rosterOrNone(files)) === files) return files;
  throw new Error(
    `there is no roster in ${root === "." ? "the repository" : root} at ${commit.slice(0, 12)}.\nLook at the input root, and give the job the permission contents: read.`,
  );
}

/** The same files, once GitHub has answered for all of them. Throws where it did not: that is no fault of the files. */
async function answered(files: Files): Promise<Files> {
  const reads = await Promise.allSettled(ROSTER_FILES.map((file) => files.read(file)));
  for (const read of reads)
    if (read.status === "rejected" && read.reason instanceof GitHubFailure) throw read.reason;
  return files;
}

/** Beside the lines of the files, where GitHub shows them. */
export function annotate({ command, root }: ActionPorts, findings: readonly Finding[]): void {
  for (const finding of findings) command(findingAnnotation(finding, root));
}

/** The same rosters. Throws where the one that is wanted does not say whose it is: the Action does not run on such. */
function withOwner(rosters: Rosters): Rosters {
  const settings = rosters.roster?.settings;
  const missing = (["account", "owner"] as const).filter((key) => settings && settings[key] === undefined);
  if (missing.length === 0) return rosters;
  throw new Error(
    `roster.yaml does not set ${missing.join(" and ")}: the Action does not run without, so that no wrong credentials can do harm.`,
  );
}

export function circumstancesOf({ root, commit, runUrl }: ActionPorts): Circumstances {
  return { roster: root === "." ? undefined : root, commit, runUrl, offline: false };
}

export function summaryPage(sections: readonly Section[]): string {
  return fitted(sections, SUMMARY_ROOM, "the plan file of this run");
}

/** Where there is more to be done or told: the log says it then. */
export async function summariseOrWarn(ports: ActionPorts, sections: readonly Section[]): Promise<void> {
  try {
    await ports.summarise(summaryPage(sections));
  } catch (error) {
    ports.terminal.err(`warning: the job summary could not be written: ${messageOf(error)}\n`);
  }
}

export function commentPage(sections: readonly Section[]): string {
  return fitted(sections, COMMENT_ROOM, "the job summary of the run");
}

/** The hidden first line of our one comment or issue of that kind. */
export function markOf({ root }: ActionPorts, kind: "plan" | "report" | "drift" | "letters"): string {
  return marker(kind, root);
}

/** Of how many users and groups something is refused that has this cause. */
export function refusedFor(cause: Cause, { refused }: Plan): number {
  return refused.filter(({ changes }) => changes.some((change) => change.cause === cause)).length;
}
