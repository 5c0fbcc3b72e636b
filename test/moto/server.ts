import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import type { TestProject } from "vitest/node";

import { isReady, program } from "../../scripts/python.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where moto's server is to be reached. */
    moto: string;
  }
}

/** Starts moto before the first test, and gives what ends it after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!isReady()) throw new Error("moto is not installed: this is run by `npm run test:moto`");
  const server = spawn(program("python"), [join(import.meta.dirname, "serve.py")], {
    // AWS's own policies are there only then.
    env: { PATH: process.env["PATH"] ?? "", MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
    stdio: ["pipe", "ignore", "pipe"],
  });
  project.provide("moto", await listening(server));
  return async () => {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  };
}

/** The address that it prints when it listens; fails when it ends before. */
function listening(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const url = /Running on (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`moto ended with status ${code}:\n${said}`)));
  });
}
