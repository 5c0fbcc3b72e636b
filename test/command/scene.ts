import { createHash } from "node:crypto";
import type { Base } from "../../src/command/reading.ts";
import type { Clock, Files, RosterFile, Sha256, Terminal } from "../../src/core/port.ts";
import { hear } from "../silence/watch.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { type Connected, connect, type ConnectOptions } from "../iam/connect.ts";

/* What a command is given, with a real sandbox behind the real SDK. */

const OWNER = "acme/access";
const ACCOUNT = "123456789012";

const SETTINGS = `account: "${ACCOUNT}"\nowner: ${OWNER}\noffboarding: { verifyAfter: 5s }\n`;

/** One who is in one group. */
export const EMILY = "users:\n  emily:\n    groups: [power-users]\n";
export const POWER_USERS = "groups:\n  power-users:\n    policies: [PowerUserAccess]\n";

type Texts = Partial<Readonly<Record<RosterFile, string>>>;

/** A roster of these texts; what is not given is as above. */
export function rosterOf(texts: Texts = {}): Files {
  const all = { "users.yaml": EMILY, "groups.yaml": POWER_USERS, "roster.yaml": SETTINGS, ...texts };
  return { read: async (file) => new TextEncoder().encode(all[file]) };
}

export function baseOf(texts: Texts = {}): Base {
  return { files: rosterOf(texts), label: "main:" };
}

export interface Recorded extends Terminal {
  readonly told: { out: string; err: string };
  readonly asked: string[];
}

/** Keeps what is told; `answers` stands for a person, and without one nobody can be asked. */
export function terminalFor({ answer, color = false }: { answer?: string; color?: boolean } = {}): Recorded {
  const told = { out: "", err: "" };
  const asked: string[] = [];
  return {
    told,
    asked,
    color,
    out: (text) => {
      hear("what a command prints", text);
      told.out += text;
    },
    err: (text) => {
      hear("what a command prints", text);
      told.err += text;
    },
    ask:
      answer === undefined
        ? undefined
        : async (question) => {
            asked.push(question);
            return answer;
          },
  };
}

export const sha256: Sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Sunday, 22 November 2026. */
const START = Date.parse("2026-11-22T10:00:00Z");

export interface Scene extends Connected {
  readonly clock: Clock;
  /** Names of the calls so far that changed something. */
  readonly writes: () => readonly string[];
}

/** A sandbox whose clock, like the command's, begins at one moment and goes on only while something waits. */
export async function scene(options: ConnectOptions = {}): Promise<Scene> {
  const connected = await connect({ clock: () => START, seed: "scene", ...options });
  const clock: Clock = {
    now: () => "2026-11-22T10:00:00Z",
    sleep: async (duration) => connected.sandbox.advance(duration),
  };
  return { ...connected, clock, writes: () => writesOf(connected.sandbox) };
}

const READS = /^(Get|List|Generate)/;

export function writesOf({ calls }: Pick<Sandbox, "calls">): readonly string[] {
  return calls.map(({ operation }) => operation).filter((operation) => !READS.test(operation));
}

/** Denies this one operation. */
export function denied(operation: string): readonly Fault[] {
  return [{ kind: "access-denied", operations: [operation] }];
}
