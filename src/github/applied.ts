import type { Subject } from "../core/change.ts";
import { fold } from "../core/rules/names.ts";
import { type CheckRun, checkRuns } from "./checks.ts";
import type { Repository } from "./client.ts";
import { firstParents, type Sha } from "./commits.ts";

/** `iam-roster apply (access)` */
export function applyCheckName(roster: string): string {
  return `iam-roster apply (${roster})`;
}

/** What the branch has got since the last apply that did all of it. */
export interface Since {
  /** The commit of that apply; else where the branch was before the pushes in question; undefined: neither is known. */
  readonly base: Sha | undefined;
  /** First parents, newest first. */
  readonly commits: readonly Sha[];
  /** Users that applies made since which did not do all, the newest first: these are the ones that were reviewed. */
  readonly made: readonly Made[];
  /** What each of these left. */
  readonly left: readonly Leftover[];
}

/** What an apply left that did not do all of it. The others are done, and what differs of them later is drift. */
interface Leftover {
  /** Commits with this index and further ones were in that apply. */
  readonly from: number;
  /** `user marco`, with folded names. */
  readonly subjects: ReadonlySet<string>;
}

/** A user, with the unique id that IAM gave it. */
export interface Made {
  readonly user: string;
  readonly id: string;
}

interface Looking {
  readonly roster: string;
  readonly tip: Sha;
  /** Where the branch is now; what came after `tip` left the roster alone. */
  readonly newest: Sha;
  readonly before: Sha | undefined;
  /** Our own check run on the tip: only what the same app made counts. */
  readonly own: Pick<CheckRun, "id" | "app">;
}

/** So far back is looked; each commit is a request. */
const MOST_COMMITS = 100;
/** Characters that GitHub takes in a check run. */
const MOST_TEXT = 65_535;

interface Note extends Pick<Since, "made">, Pick<Looking, "before"> {
  readonly left: readonly Subject[];
}

/** What an apply keeps in its check run for later ones, as its text; undefined: nothing. */
export function noteFor({ before, made, left }: Note): string | undefined {
  const begins = before === undefined ? [] : [`What is applied begins after ${before}.`];
  const lines = [
    ...begins,
    ...made.map(({ user, id }) => `Made: user ${user} ${id}`),
    ...left.map((subject) => `Left: ${subjectName(subject)}`),
  ];
  const text = lines.join("\n");
  // Not cut: whoever is not named among those who are would be taken for done.
  if (text.length > MOST_TEXT) return begins[0];
  return text === "" ? undefined : text;
}

const BEGINS_AFTER = /^What is applied begins after ([0-9a-f]{40,64})\.$/m;
const LEFT = /^Left: ((?:user|group) [\w+=,.@-]+)$/gm;
const MADE = /^Made: user ([\w+=,.@-]+) (\w+)$/gm;

/** `user marco`, as Leftover has it. */
export function subjectName({ type, name }: Subject): string {
  return `${type} ${fold(name)}`;
}

export async function sinceLastApply(repository: Repository, looking: Looking): Promise<Since> {
  const { roster, tip, newest, own } = looking;
  const walked: Sha[] = [];
  const begun: Sha[] = [];
  const made: Made[] = [];
  const left: Leftover[] = [];
  let looked = 0;
  let isReached = false;
  for await (const commit of firstParents(repository, newest)) {
    // All of them: on the tip, ours of this run is the newest.
    const runs = await checkRuns(repository, { commit, name: applyCheckName(roster), filter: "all" });
    const ours = runs.filter(({ id, app }) => id !== own.id && app === own.app);
    if (ours.some(({ conclusion }) => conclusion === "success"))
      // After the tip too: it did ours as well, and what differs since is drift.
      return { base: commit, commits: walked, made, left };
    for (const { text } of ours.toSorted((one, other) => other.id - one.id)) {
      const [, before] = BEGINS_AFTER.exec(text) ?? [];
      if (before !== undefined) begun.push(before);
      for (const [, user = "", id = ""] of text.matchAll(MADE)) made.push({ user, id });
      const subjects = new Set([...text.matchAll(LEFT)].map(([, subject = ""]) => subject));
      if (subjects.size > 0) left.push({ from: walked.length, subjects });
    }
    isReached ||= commit === tip;
    if (isReached) walked.push(commit);
    looked += 1;
    if (looked === MOST_COMMITS) break;
  }
  return { ...sinceFirstApply(looking, { walked, begun }), made, left };
}

interface Walk {
  readonly walked: readonly Sha[];
  /** Where the branch was before each push whose apply did not do all. */
  readonly begun: readonly Sha[];
}

/**
 * No apply ever did all of it: what came with this push, and since the first one whose apply was in vain. Between them may be
 * others: a push that leaves the roster alone has no apply.
 */
function sinceFirstApply({ before }: Looking, { walked, begun }: Walk): Omit<Since, "made" | "left"> {
  // A commit that a force push took off the branch is passed over.
  const found = [...begun, ...(before === undefined ? [] : [before])].map((sha) => walked.indexOf(sha));
  const furthest = Math.max(...found);
  if (furthest > 0) return { base: walked[furthest], commits: walked.slice(0, furthest) };
  return { base: before, commits: walked.slice(0, 1) };
}
