import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Sha256 } from "../core/port.ts";
import { type CheckRun, checkRuns, type Conclusion, createCheckRun } from "./checks.ts";
import type { Repository } from "./client.ts";
import type { Sha } from "./commits.ts";

/*
 * The reviewed plan of a pull request, kept in check runs on its head commit: a page for people in the summary, and the
 * plan itself, compressed, in the text. What does not fit into one goes on in others, numbered.
 */

/** `iam-roster plan (access)` */
export function planCheckName(roster: string, part: number): string {
  return part === 1 ? `iam-roster plan (${roster})` : `iam-roster plan (${roster}) ${part}`;
}

export interface KeptPlan {
  readonly roster: string;
  readonly commit: Sha;
  /** The pull request: another one of the same commit may go elsewhere, where the same files ask for more. */
  readonly pull: number;
  /** The branch that it goes into: another one may lack more of what the files ask for, and nobody reviewed that here. */
  readonly into: string;
  readonly sha256: Sha256;
}

export interface PlanToKeep extends KeptPlan {
  /** The plan's file; undefined where there is none, so that an older one no longer counts. */
  readonly file: string | undefined;
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  readonly conclusion: Conclusion;
}

/** Characters of the plan in one check run; GitHub takes 65,535, and a few words stand around it. */
const A_PART = 60_000;
/** A plan that is larger, unpacked, is none of ours. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The first part is written last, so that nobody finds a plan whose other parts are not there yet. Gives it. */
export async function keepPlan(repository: Repository, plan: PlanToKeep): Promise<CheckRun> {
  const { roster, commit, pull, into, file, sha256, title, summary, conclusion } = plan;
  const packed = file === undefined ? "" : deflateRawSync(file, { level: 9 }).toString("base64");
  const count = Math.max(1, Math.ceil(packed.length / A_PART));
  const keepPart = (part: number): Promise<CheckRun> => {
    const piece = packed.slice((part - 1) * A_PART, part * A_PART);
    return createCheckRun(repository, {
      name: planCheckName(roster, part),
      commit,
      conclusion,
      externalId: externalIdOf({ pull, into }),
      title,
      summary: part === 1 ? summary : `Part ${part} of ${count} of the plan.`,
      ...(file !== undefined && { text: partText(piece, { part, count, digest: sha256(file) }) }),
    });
  };
  for (let part = count; part > 1; part -= 1) await keepPart(part);
  return keepPart(1);
}

function externalIdOf({ pull, into }: Pick<KeptPlan, "pull" | "into">): string {
  return `pull ${pull} into ${into}`;
}

interface Header {
  readonly part: number;
  readonly count: number;
  /** Of the whole file. */
  readonly digest: string;
}

function partText(piece: string, { part, count, digest }: Header): string {
  const told =
    "What `iam-roster apply` reads when this is merged: the entries and grants of the plan, compressed.";
  return `${told}\n\n\`\`\`text\niam-roster plan 1: part ${part} of ${count}, sha256 ${digest}\n${piece}\n\`\`\`\n`;
}

const PART = /^iam-roster plan 1: part (\d+) of (\d+), sha256 ([0-9a-f]{64})\n([A-Za-z0-9+/=]*)\n```$/m;

interface Kept extends KeptPlan {
  /** Only what this app made counts: anybody else could make one of the same name. */
  readonly app: number;
  /** When it was merged: nobody reviewed what was kept later. undefined: it is not. */
  readonly mergedAt: string | undefined;
}

/**
 * The file of the plan that was kept for this pull request by this app; undefined where none was. Throws a BrokenPlan
 * where it is not whole: half a plan is another one.
 */
export async function keptPlan(repository: Repository, kept: Kept): Promise<string | undefined> {
  const [newest] = await partRuns(repository, kept, 1);
  const first = partOf(newest);
  if (first === undefined) return undefined;
  const pieces = [first.piece];
  for (let part = 2; part <= first.count; part += 1) {
    // Of two runs at the same time, each has kept parts of its own.
    const runs = await partRuns(repository, kept, part);
    const next = runs.map(partOf).find((each) => each?.digest === first.digest && each.part === part);
    if (next === undefined) throw broken(kept, part);
    pieces.push(next.piece);
  }
  const file = unpacked(pieces.join(""));
  if (file === undefined || kept.sha256(file) !== first.digest) throw broken(kept, 1);
  return file;
}

/** The page that stands with the plan; undefined: none was kept. */
export async function keptPage(
  repository: Repository,
  kept: Omit<Kept, "sha256" | "mergedAt">,
): Promise<string | undefined> {
  const [newest] = await partRuns(repository, { ...kept, mergedAt: undefined }, 1);
  return newest?.summary;
}

/** The newest first. */
async function partRuns(
  repository: Repository,
  { roster, commit, pull, into, app, mergedAt }: Omit<Kept, "sha256">,
  part: number,
): Promise<readonly CheckRun[]> {
  const runs = await checkRuns(repository, { commit, name: planCheckName(roster, part), filter: "all" });
  return runs
    .filter(
      (run) => run.app === app && run.externalId === externalIdOf({ pull, into }) && isBefore(run, mergedAt),
    )
    .toSorted((one, other) => other.id - one.id);
}

function isBefore({ completedAt }: CheckRun, mergedAt: string | undefined): boolean {
  if (mergedAt === undefined) return true;
  return completedAt !== undefined && Date.parse(completedAt) <= Date.parse(mergedAt);
}

/** What was kept is not whole. */
export class BrokenPlan extends Error {
  override readonly name = "BrokenPlan";
}

function broken({ roster, commit }: KeptPlan, part: number): BrokenPlan {
  const name = planCheckName(roster, part);
  return new BrokenPlan(
    `the check run "${name}" on ${commit.slice(0, 12)} does not hold the whole reviewed plan.\nApply by dispatch instead, with the digest of a plan made now.`,
  );
}

function partOf(run: CheckRun | undefined): (Header & { readonly piece: string }) | undefined {
  const [, part, count, digest, piece] = PART.exec(run?.text ?? "") ?? [];
  if (digest === undefined || piece === undefined) return undefined;
  return { part: Number(part), count: Number(count), digest, piece };
}

function unpacked(packed: string): string | undefined {
  try {
    return inflateRawSync(Buffer.from(packed, "base64"), { maxOutputLength: MOST_BYTES }).toString("utf8");
  } catch {
    return undefined;
  }
}
