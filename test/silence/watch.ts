import { subscribe } from "node:diagnostics_channel";
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { expect } from "vitest";
import { formsOf } from "./forms.ts";

/*
 * Every password and key that the program is given by a sandbox or gives it is watched for from then on, in all that it
 * prints, writes and sends afterwards, in whatever test.
 */

/** The forms of each. */
const secrets = new Map<string, readonly string[]>();
const leaks: string[] = [];
let texts = 0;
let characters = 0;

function keep(secret: unknown): void {
  if (typeof secret === "string" && !secrets.has(secret)) secrets.set(secret, formsOf(secret));
}

/** Something that the program printed, wrote or sent. `where` is told where a secret is in it; the secret never is. */
export function hear(where: string, text: string): void {
  texts += 1;
  characters += text.length;
  for (const forms of secrets.values()) {
    if (forms.some((form) => text.includes(form))) leaks.push(where);
  }
}

/** Everything in a directory, and the names of what is there. */
export function hearDirectory(directory: string): void {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    hear("the name of a file", entry.name);
    // What Node compiled of the program is the program.
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !file.includes("/compiled/")) hear(entry.name, readFileSync(file, "latin1"));
  }
}

/** Forgets what was found, for a test of this watch itself. */
export function takeLeaks(): readonly string[] {
  return leaks.splice(0);
}

export function expectSilence(): void {
  expect(takeLeaks(), "a secret was told here").toEqual([]);
}

interface Sent {
  readonly operation: string;
  readonly userAgent: string | undefined;
  readonly form: ReadonlyMap<string, unknown>;
}

/** The one call, for each of these, in which a password has to be. */
const PASSWORDS: ReadonlySet<string> = new Set(["CreateLoginProfile", "UpdateLoginProfile"]);

function hearSent(message: unknown): void {
  const { operation, userAgent = "", form } = message as Sent;
  if (!/ iam-roster\/\S+ job\/\w+/.test(userAgent)) return;
  const isPassword = PASSWORDS.has(operation);
  if (isPassword) keep(form.get("Password"));
  const rest = [...form].filter(([name]) => !(isPassword && name === "Password"));
  hear(`a call of ${operation}`, `${userAgent} ${JSON.stringify(rest)}`);
}

/** From now on, in this process. */
export function watch(): void {
  subscribe("iam-roster:sandbox:secret", keep);
  subscribe("iam-roster:sandbox:form", hearSent);
}

/** Keeps how much was searched for how many, for the stage that looks whether anything was. */
export function keepCounts(): void {
  const directory = process.env["KEEP_SILENCE"];
  if (directory === undefined || texts === 0) return;
  mkdirSync(directory, { recursive: true });
  const counts = { secrets: secrets.size, texts, characters };
  appendFileSync(join(directory, `${process.pid}-${threadId}.jsonl`), `${JSON.stringify(counts)}\n`);
}
