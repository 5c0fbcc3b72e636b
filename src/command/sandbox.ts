import type { Terminal } from "../core/port.ts";
import type { Sandbox, SandboxOptions } from "../sandbox/server.ts";

export interface SandboxPorts {
  readonly start: (options: SandboxOptions) => Promise<Sandbox>;
  readonly terminal: Terminal;
  /** Settled when the user asked to stop. */
  readonly stopped: Promise<unknown>;
}

/** Serves an account until the user has enough of it. */
export async function sandbox(
  { start, terminal, stopped }: SandboxPorts,
  options: Pick<SandboxOptions, "port" | "stateFile">,
): Promise<0> {
  const onFailure = ({ message }: Error): void => terminal.err(`error: ${message}\n`);
  const running = await start({ ...options, onFailure });
  const lines = Object.entries(sandboxEnvironment(running.url)).map(
    ([name, value]) => `  export ${name}=${value}`,
  );
  terminal.out(
    [
      `A sandbox answers like IAM on ${running.url}, as account ${running.accountId}. Ctrl-C ends it.`,
      "",
      "In another terminal:",
      "",
      ...lines,
      "  unset AWS_PROFILE",
      "",
      "Whatever runs there with the AWS SDK or the AWS command line now speaks to the sandbox:",
      "",
      "  iam-roster apply --root examples",
      "  aws iam list-users",
      "",
    ].join("\n"),
  );
  await stopped;
  await running.close();
  return 0;
}

/** What leads the SDK, and everything built on it, to the sandbox. Any key is the administrator's. */
export function sandboxEnvironment(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "us-east-1",
    // Version 1 of the AWS command line knows only this one.
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "AKIASANDBOX",
    AWS_SECRET_ACCESS_KEY: "not-a-secret",
  };
}
