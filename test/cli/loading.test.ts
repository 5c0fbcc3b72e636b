import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { at, BUILT, directory, type Entry, run, SOURCE } from "./run.ts";

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const TRACE = new URL("trace.ts", import.meta.url).href;

/** The files that Node loads for this. */
async function loaded(entry: Entry, parameters: readonly string[], env = {}): Promise<readonly string[]> {
  const trace = join(await directory(), "trace");
  const options = { entry, node: ["--import", TRACE], env: { TRACE: trace, ...env } };
  const { status, err } = await run(parameters, options);
  expect({ status, err }).toMatchObject({ status: 0 });
  const urls = (await readFile(trace, "utf8")).trim().split("\n");
  return urls.filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url));
}

/** Do these files hold the SDK's client of IAM? It names the service as nobody else does, in a bundle too. */
function holdSdk(files: readonly string[]): Promise<boolean> {
  return hold(files, "AWSIdentityManagement");
}

/** Do they hold the parser that knows what is wrong with YAML? */
function holdYaml(files: readonly string[]): Promise<boolean> {
  return hold(files, "Implicit keys need to be on a single line");
}

async function hold(files: readonly string[], words: string): Promise<boolean> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.some((text) => text.includes(words));
}

const OFFLINE = ["plan", "--root", "examples", "--base", "examples", "--offline"];

describe.each([SOURCE, BUILT].filter(({ exists }) => exists))("of $name", (entry) => {
  test.for([["--help"], ["plan", "--help"], ["--version"]])(
    "%s loads no package but that of the arguments",
    async (parameters) => {
      const files = await loaded(entry, parameters);
      const packages = files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
      expect(new Set(packages)).toEqual(new Set(entry === SOURCE ? ["commander"] : []));
      expect(await holdSdk(files)).toBe(false);
    },
  );

  test.for([["check", "--root", "examples"], OFFLINE])("%s loads no AWS SDK", async (parameters) => {
    expect(await holdSdk(await loaded(entry, parameters))).toBe(false);
  });

  test("check loads the thorough parser of YAML only where a file is not simple, or has a finding", async () => {
    expect(await holdYaml(await loaded(entry, ["check", "--root", "examples"]))).toBe(false);
    for (const users of ["users: # nobody yet\n  {}\n", "users: { emily: { access: [console] } }\n"]) {
      const root = await directory({ "users.yaml": users, "groups.yaml": "groups: {}\n" });
      expect(await holdYaml(await loaded(entry, ["check", "--root", root]))).toBe(true);
    }
  });

  test("plan on an account loads the AWS SDK, which shows that this would be seen", async () => {
    const sandbox = await startSandbox();
    try {
      const files = await loaded(entry, ["plan", "--root", "examples"], at(sandbox.url).env);
      expect(await holdSdk(files)).toBe(true);
    } finally {
      await sandbox.close();
    }
  });
});
