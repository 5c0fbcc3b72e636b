import { tmpdir } from "node:os";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Mode, MODES } from "../command/action/mode.ts";
import type { ActionOutputs } from "../command/action/ports.ts";
import { type Event, parseEvent } from "../github/event.ts";
import { visible } from "../render/phrase.ts";
import { readText, saveFile } from "./machine.ts";

/* What a runner of GitHub Actions tells and takes. */

/** What a workflow may give to the Action, as action.yml declares it. */
export const INPUTS = ["mode", "root", "github-token", "comment", "digest", "drift-label"] as const;

/** What a workflow may take from it. */
export const OUTPUTS = [
  "has-changes",
  "changes",
  "refused",
  "digest",
  "plan-file",
  "report-file",
  "comment-url",
  "issue-url",
] as const;

export interface Inputs {
  readonly mode: Mode | "auto";
  /** The roster's directory, with slashes, without one at either end; `.` for the repository itself. */
  readonly root: string;
  readonly token: string;
  readonly comment: boolean;
  readonly digest: string | undefined;
  readonly label: string;
}

/** Throws where an input is not what it should be, and says what it should be. */
export function parseInputs(get: (name: (typeof INPUTS)[number]) => string): Inputs {
  return {
    token: parseToken(get("github-token")),
    label: get("drift-label") || "iam-roster-drift",
    mode: parseMode(get("mode")),
    root: parseRoot(get("root")),
    comment: parseComment(get("comment")),
    digest: parseDigest(get("digest")),
  };
}

function parseToken(text: string): string {
  if (text !== "") return text;
  throw new Error("the input github-token is empty.\nLeave it out: its default is the token of the job.");
}

function parseComment(text: string): boolean {
  const comment = text || "true";
  if (comment !== "true" && comment !== "false") throw wrongInput("comment", "true or false", comment);
  return comment === "true";
}

function parseDigest(text: string): string | undefined {
  if (text === "") return undefined;
  if (!/^[0-9a-f]{64}$/.test(text))
    throw wrongInput("digest", "the 64 hexadecimal digits that a plan ends with", text);
  return text;
}

function parseMode(text: string): Mode | "auto" {
  const mode = text || "auto";
  if (mode === "auto") return mode;
  const known = MODES.find((each) => each === mode);
  if (known === undefined) throw wrongInput("mode", `one of auto, ${MODES.join(", ")}`, mode);
  return known;
}

function parseRoot(text: string): string {
  const parts = text.split("/").filter((part) => part !== "" && part !== ".");
  const isInside =
    !text.startsWith("/") && !parts.includes("..") && !text.includes("\\") && visible(text) === text;
  if (!isInside) throw wrongInput("root", "a directory of this repository, such as teams/data", text);
  return parts.length === 0 ? "." : parts.join("/");
}

function wrongInput(name: string, expected: string, found: string): Error {
  return new Error(`the input ${name} should be ${expected}, and is ${JSON.stringify(found)}`);
}

/** What the runner says in the environment. */
export interface Runner {
  readonly apiUrl: string;
  readonly owner: string;
  readonly repo: string;
  readonly commit: string;
  readonly event: Event;
  readonly runUrl: string | undefined;
  /** `apply.yml` */
  readonly workflow: string | undefined;
  /** Where files for later steps go. */
  readonly directory: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws where this does not run in GitHub Actions, or on an event of which nothing comes. */
export async function readRunner(env: Environment): Promise<Runner> {
  const [owner = "", repo = ""] = needed(env, "GITHUB_REPOSITORY").split("/");
  const file = needed(env, "GITHUB_EVENT_PATH");
  const payload = parsePayload(await readText(file));
  const server = env["GITHUB_SERVER_URL"];
  const run = env["GITHUB_RUN_ID"];
  return {
    apiUrl: env["GITHUB_API_URL"] || "https://api.github.com",
    owner,
    repo,
    commit: needed(env, "GITHUB_SHA"),
    event: parseEvent({ name: needed(env, "GITHUB_EVENT_NAME"), ref: needed(env, "GITHUB_REF"), payload }),
    runUrl: server && run ? `${server}/${owner}/${repo}/actions/runs/${run}` : undefined,
    workflow: /\/([\w.-]+)@/.exec(env["GITHUB_WORKFLOW_REF"] ?? "")?.[1],
    directory: join(env["RUNNER_TEMP"] || tmpdir(), "iam-roster"),
  };
}

function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("the event file of this run, GITHUB_EVENT_PATH, cannot be read: it is not JSON");
  }
}

function needed(env: Environment, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new Error(
    `${name} is not set: the Action runs in GitHub Actions. On a machine of your own use the command.`,
  );
}

/** Keeps a file for later steps under the roster's own name, and gives its path. */
export async function keepFile(directory: string, name: string, text: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, encodeURIComponent(name));
  await saveFile(file, text);
  return file;
}

/** Text that may hold other people's words, so that the runner takes no line of it for a command. */
export function harmless(text: string): string {
  // NEL is a space to the runner, and none to a regular expression.
  return text.replace(/^([\s\u0085]*):(?=:)/gm, String.raw`$1\u{3a}`).replaceAll("##[", String.raw`##\u{5b}`);
}

/** Each output that there is, under its name in action.yml. */
export function outputsOf(ended: ActionOutputs): readonly (readonly [(typeof OUTPUTS)[number], string])[] {
  const { hasChanges, changes, refused, digest, planFile, reportFile, commentUrl, issueUrl } = ended;
  const all: Readonly<Record<(typeof OUTPUTS)[number], string | number | boolean | undefined>> = {
    "has-changes": hasChanges,
    changes,
    refused,
    digest,
    "plan-file": planFile,
    "report-file": reportFile,
    "comment-url": commentUrl,
    "issue-url": issueUrl,
  };
  return OUTPUTS.map((name) => [name, String(all[name] ?? "")]);
}
