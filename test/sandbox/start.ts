import { IAM, type IAMClientConfig } from "@aws-sdk/client-iam";
import { onTestFinished } from "vitest";

import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";

export interface Started {
  readonly sandbox: Sandbox;
  /** Signs as the administrator; one attempt a call, so that every error shows. */
  readonly iam: IAM;
}

/** A sandbox and a client of it, both closed when the test ends. */
export async function start(options: SandboxOptions = {}): Promise<Started> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return { sandbox, iam: client(sandbox) };
}

const ADMINISTRATOR = { accessKeyId: "AKIAADMINISTRATOR000", secretAccessKey: "not-a-secret" };

/** Where something that answers like IAM is to be reached. */
type Served = Pick<Sandbox, "url">;

/** One more client, as somebody else or with other retries. It is closed when the test ends. */
export function client(sandbox: Served, config: IAMClientConfig = {}): IAM {
  const made = new IAM(clientConfig(sandbox, config));
  onTestFinished(() => made.destroy());
  return made;
}

/** What any client of the SDK needs to reach the sandbox. */
export function clientConfig<Config extends object>(
  sandbox: Served,
  config: Config,
): ClientDefaults & Config {
  return {
    endpoint: sandbox.url,
    region: "us-east-1",
    maxAttempts: 1,
    credentials: ADMINISTRATOR,
    ...config,
  };
}

interface ClientDefaults {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: typeof ADMINISTRATOR;
}

/** The error a call ends with: its name as the SDK has it, then IAM's words. */
export async function failure(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return "no failure";
}

/** A policy document that allows this. */
export function allow(action: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });
}

export const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
