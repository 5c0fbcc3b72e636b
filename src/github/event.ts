import type { Sha } from "./commits.ts";

/* Why this run is: the event of GitHub, and what of its payload we need. Nothing of it is believed before it is looked at. */

export type Event =
  | {
      readonly kind: "pull-request";
      readonly number: number;
      /** The branch that it goes into. */
      readonly into: string;
      readonly head: Sha;
      readonly isFork: boolean;
      readonly isClosed: boolean;
    }
  | { readonly kind: "merge-group"; readonly base: Sha }
  | {
      readonly kind: "push";
      readonly branch: string;
      readonly isDefaultBranch: boolean;
      readonly before: Sha | undefined;
    }
  | { readonly kind: "schedule"; readonly branch: string }
  | { readonly kind: "dispatch"; readonly branch: string; readonly isDefaultBranch: boolean };

export interface Happened {
  /** `GITHUB_EVENT_NAME` */
  readonly name: string;
  /** `GITHUB_REF`, such as `refs/heads/main`. */
  readonly ref: string;
  readonly payload: unknown;
}

/** Throws where nothing of ours runs on such an event, and says on which it does. */
export function parseEvent({ name, ref, payload }: Happened): Event {
  switch (name) {
    case "pull_request":
      return pullRequest(payload);
    case "merge_group":
      return { kind: "merge-group", base: shaAt(payload, "merge_group", "base_sha") };
    case "push":
      return { kind: "push", ...branchIn(payload, ref), before: beforeOf(payload) };
    case "schedule":
      return { kind: "schedule", branch: branchOf(ref) };
    case "workflow_dispatch":
      return { kind: "dispatch", ...branchIn(payload, ref) };
    case "pull_request_target":
      throw new Error(
        "iam-roster does not run on pull_request_target, which gives a stranger's pull request the credentials of this repository.\nUse the event pull_request.",
      );
    default:
      throw new Error(
        `iam-roster does not run on the event "${name}".\nIt runs on pull_request, merge_group, push, schedule and workflow_dispatch.`,
      );
  }
}

function pullRequest(payload: unknown): Event {
  const number = at(payload, "pull_request", "number");
  if (typeof number !== "number") throw incomplete("pull_request.number");
  const into = at(payload, "pull_request", "base", "ref");
  if (typeof into !== "string") throw incomplete("pull_request.base.ref");
  const repository = at(payload, "pull_request", "base", "repo", "full_name");
  return {
    kind: "pull-request",
    number,
    into,
    head: shaAt(payload, "pull_request", "head", "sha"),
    // The repository of a fork that was deleted is not there.
    isFork:
      repository === undefined || at(payload, "pull_request", "head", "repo", "full_name") !== repository,
    isClosed: at(payload, "action") === "closed",
  };
}

/** A branch that is new has forty zeros before. */
function beforeOf(payload: unknown): Sha | undefined {
  const before = shaAt(payload, "before");
  return /^0+$/.test(before) ? undefined : before;
}

function branchIn(
  payload: unknown,
  ref: string,
): { readonly branch: string; readonly isDefaultBranch: boolean } {
  const branch = branchOf(ref);
  return { branch, isDefaultBranch: at(payload, "repository", "default_branch") === branch };
}

function branchOf(ref: string): string {
  const [, branch] = /^refs\/heads\/(.+)$/s.exec(ref) ?? [];
  if (branch === undefined) {
    throw new Error(
      `this run is for ${ref}, which is no branch.\nRun it on the branch that holds the roster.`,
    );
  }
  return branch;
}

function shaAt(payload: unknown, ...path: readonly string[]): Sha {
  const found = at(payload, ...path);
  if (typeof found === "string" && /^[0-9a-f]{40,64}$/.test(found)) return found;
  throw incomplete(path.join("."));
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) =>
      typeof found === "object" && found !== null
        ? (found as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
}

function incomplete(path: string): Error {
  return new Error(
    `the event of this run has no ${path}: it is not as GitHub sends it.\nRun this job again, and report it if it stays so.`,
  );
}
