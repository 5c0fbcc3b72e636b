import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { program } from "../../scripts/python.ts";
import { sandboxEnvironment } from "../../src/command/sandbox.ts";
import { directory } from "../cli/run.ts";

const execute = promisify(execFile);

/* The AWS command line, as whoever has nothing but the sandbox's address runs it. */

/** What it printed, parsed where it is JSON; where it failed, `exit status 254:` and what it said. */
export type Aws = (command: string, ...values: readonly string[]) => Promise<unknown>;

/** `aws("create-user --user-name emily")`; the values, which may hold spaces, stand behind. */
export async function awsAt(url: string): Promise<Aws> {
  const home = await directory({ config: "", credentials: "" });
  const env = {
    ...sandboxEnvironment(url),
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    AWS_PAGER: "",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: join(home, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(home, "credentials"),
  };
  return async (command, ...values) => {
    try {
      const { stdout } = await execute(program("aws"), ["iam", ...command.split(" "), ...values], {
        cwd: home,
        env,
        maxBuffer: 1 << 26,
      });
      return /^[[{]/.test(stdout) ? (JSON.parse(stdout) as unknown) : stdout.trim();
    } catch (error) {
      const { code, stderr } = error as { readonly code: unknown; readonly stderr?: string };
      if (typeof code !== "number") throw error;
      return `exit status ${code}: ${stderr?.trim()}`;
    }
  };
}
