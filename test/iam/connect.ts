import { setTimeout as sleep } from "node:timers/promises";

import { onTestFinished, vi } from "vitest";

import type { IamRead, IamWrite } from "../../src/core/port.ts";
import { type Agent, iamClients, type Clients } from "../../src/iam/client.ts";
import { iamRead } from "../../src/iam/read.ts";
import { iamWrite } from "../../src/iam/write.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/server.ts";

export interface Connected {
  readonly sandbox: Sandbox;
  readonly clients: Clients;
  readonly read: IamRead;
  readonly write: IamWrite;
  /** What was waited between attempts, in milliseconds. */
  readonly waits: readonly number[];
  /** Names of the calls so far. */
  readonly operations: () => readonly string[];
}

export interface ConnectOptions extends SandboxOptions {
  /** What the calls are made for; `nothing`: they are made by hand. */
  readonly job?: Agent["job"];
}

export const NOW = "2026-11-22T10:00:00Z";

/** A sandbox, and the adapter on it. Waiting takes no time: the sandbox's clock is put forward instead. */
export async function connect({ job = "apply", ...options }: ConnectOptions = {}): Promise<Connected> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  const waits: number[] = [];
  const clock = {
    sleep: async (duration: number) => {
      waits.push(duration);
      sandbox.advance(duration);
    },
  };
  const clients = clientsOf(sandbox.url, clock, job);
  return {
    sandbox,
    clients,
    read: iamRead(clients, clock),
    write: iamWrite(clients),
    waits,
    operations: () => sandbox.calls.map((call) => call.operation),
  };
}

/** A clock that waits a tenth of what it is told. */
export const HURRY = { sleep: (duration: number): Promise<void> => sleep(duration / 10) };

/** The clients find endpoint and credentials as they do for a person: in the environment. */
export function clientsOf(
  url: string,
  clock: { sleep: (duration: number) => Promise<void> },
  job: Agent["job"] = "apply",
): Clients {
  vi.stubEnv("AWS_ENDPOINT_URL", url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAADMINISTRATOR000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "not-a-secret");
  const clients = iamClients(clock, { version: "0.0.0", job });
  onTestFinished(() => {
    clients.iam.destroy();
    clients.sts.destroy();
  });
  return clients;
}
