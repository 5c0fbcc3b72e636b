import { createHash } from "node:crypto";
import type { Commit, FileEntry, World } from "./world.ts";

/* Commits and branches: as much of Git as the API shows. */

export interface NewCommit {
  readonly parents?: readonly string[];
  /** Over those of the first parent; an undefined one is deleted. */
  readonly files?: Readonly<Record<string, string | FileEntry | undefined>>;
  readonly message?: string;
  readonly login?: string;
}

export function addCommit(world: World, given: NewCommit): string {
  const { parents = [], files = {}, message = "Change the roster", login = "emilyc" } = given;
  const inherited = parents[0] === undefined ? undefined : commitAt(world, parents[0]).files;
  const all = new Map<string, FileEntry>(inherited);
  for (const [path, file] of Object.entries(files)) {
    if (file === undefined) all.delete(path);
    else all.set(path, typeof file === "string" ? Buffer.from(file) : file);
  }
  return keepCommit(world, { parents, files: all, message, login });
}

export function keepCommit(world: World, given: Omit<Commit, "sha" | "at" | "order">): string {
  const order = world.count();
  const sha = createHash("sha1").update(`commit ${order}`).digest("hex");
  world.commits.set(sha, { ...given, sha, at: world.now(), order });
  return sha;
}

/** Throws where a test names a commit that there is not. */
export function commitAt(world: World, sha: string): Commit {
  const commit = world.commits.get(sha);
  if (commit === undefined) throw new Error(`the fake has no commit ${sha}`);
  return commit;
}

/** As Git names what is in a file. */
export function blobSha(entry: FileEntry): string {
  const bytes = bytesOf(entry);
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

export function bytesOf(entry: FileEntry): Buffer {
  if (Buffer.isBuffer(entry)) return entry;
  return Buffer.from("symlink" in entry ? entry.symlink : entry.submodule);
}

/** The names of a pull request's two refs: what it proposes, and that merged. */
function pullRef(world: World, ref: string): string | undefined {
  const [, number, kind] = /^(?:refs\/)?pull\/(\d+)\/(head|merge)$/.exec(ref) ?? [];
  const pull = world.issues.get(Number(number))?.pull;
  return kind === "merge" ? pull?.mergeSha : pull?.head;
}

/** What a full ref (`heads/main`, `pull/7/merge`) points at. */
export function refAt(world: World, ref: string): string | undefined {
  const branch = /^heads\/(.+)$/.exec(ref)?.[1];
  return branch === undefined ? pullRef(world, ref) : world.branches.get(branch);
}

/** The commit that a SHA, the beginning of one, a branch or a ref means. */
export function resolve(world: World, ref: string): Commit | undefined {
  const sha = refAt(world, ref.replace(/^refs\//, "")) ?? world.branches.get(ref) ?? ref;
  const exact = world.commits.get(sha);
  if (exact !== undefined || !/^[0-9a-f]{7,39}$/.test(ref)) return exact;
  const begun = [...world.commits.values()].filter((each) => each.sha.startsWith(ref));
  return begun.length === 1 ? begun[0] : undefined;
}

/** A commit and all before it, the newest first. */
export function history(world: World, sha: string): readonly Commit[] {
  const found = new Set([commitAt(world, sha)]);
  for (const { parents } of found) for (const each of parents) found.add(commitAt(world, each));
  return [...found].toSorted((one, other) => other.order - one.order);
}

/** What `head` has and `base` has not, the oldest first. */
export function commitsBetween(world: World, base: string, head: string): readonly Commit[] {
  const before = new Set(history(world, base));
  return history(world, head)
    .filter((each) => !before.has(each))
    .toReversed();
}

type Files = Commit["files"];

/** The files of both; undefined where both changed one. */
export function mergedFiles(world: World, base: string, head: string): Files | undefined {
  const ours = commitAt(world, base).files;
  const theirs = commitAt(world, head).files;
  const shared = new Set(history(world, base));
  const before = history(world, head).find((each) => shared.has(each))?.files ?? new Map<string, FileEntry>();
  const merged = new Map(ours);
  for (const path of new Set([...before.keys(), ...theirs.keys()])) {
    if (isSame(before, theirs, path)) continue;
    if (!isSame(before, ours, path) && !isSame(ours, theirs, path)) return undefined;
    const file = theirs.get(path);
    if (file === undefined) merged.delete(path);
    else merged.set(path, file);
  }
  return merged;
}

export function isSame(one: Files, other: Files, path: string): boolean {
  const a = one.get(path);
  const b = other.get(path);
  if (a === undefined || b === undefined) return a === b;
  return Buffer.isBuffer(a) === Buffer.isBuffer(b) && blobSha(a) === blobSha(b);
}
