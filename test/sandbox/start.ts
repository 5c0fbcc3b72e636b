import { IAMClient, type IAMClientConfig } from "@aws-sdk/client-iam";
import { onTestFinished } from "vitest";

import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";

export interface Started {
  readonly sandbox: Sandbox;
  /** Signs as the administrator; one attempt a call, so that every error shows. */
  readonly iam: IAMClient;
}

/** A sandbox and a client of it, both closed when the test ends. */
export async function start(options: SandboxOptions = {}): Promise<Started> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return { sandbox, iam: client(sandbox) };
}

export const ADMINISTRATOR = { accessKeyId: "AKIAADMINISTRATOR000", secretAccessKey: "not-a-secret" };

/** One more client, as somebody else or with other retries. */
export function client(sandbox: Sandbox, config: IAMClientConfig = {}): IAMClient {
  return new IAMClient(clientConfig(sandbox, config));
}

/** The same for any client of the SDK. */
export function clientConfig<Config extends object>(
  sandbox: Sandbox,
  config: Config,
): typeof DEFAULTS & Config {
  return { ...DEFAULTS, endpoint: sandbox.url, ...config };
}

const DEFAULTS = { endpoint: "", region: "us-east-1", maxAttempts: 1, credentials: ADMINISTRATOR };
