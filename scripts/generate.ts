// Writes every generated file, or with --check compares each with what it would be and writes nothing.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { contractPage } from "./generators/contract.ts";
import type { Generator } from "./generators/generator.ts";
import { actionTables } from "./generators/action-tables.ts";
import { awsRoles } from "./generators/aws-roles.ts";
import { commandReference } from "./generators/command-reference.ts";
import { errorsPage } from "./generators/errors-page.ts";
import { filesReference } from "./generators/files-reference.ts";
import { validators } from "./generators/validators.ts";
import { writtenTypes } from "./generators/written.ts";

const generators: readonly Generator[] = [
  writtenTypes,
  validators,
  filesReference,
  commandReference,
  errorsPage,
  contractPage,
  awsRoles,
  actionTables,
];

const root = dirname(import.meta.dirname);

async function current(path: string): Promise<string | undefined> {
  try {
    return await readFile(join(root, path), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** The paths whose content is not what their generator makes; without `checkOnly` they are written. */
async function generate(checkOnly: boolean): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const { path, make } of generators) {
    const made = await make();
    if ((await current(path)) === made) continue;
    stale.push(path);
    if (checkOnly) continue;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), made);
  }
  return stale;
}

async function main(parameters: readonly string[]): Promise<number> {
  const unknown = parameters.find((parameter) => parameter !== "--check");
  if (unknown !== undefined) throw new Error(`expected nothing or --check, found ${unknown}`);
  const checkOnly = parameters.includes("--check");
  const stale = await generate(checkOnly);
  for (const path of stale) console.log(checkOnly ? `${path} is out of date` : `wrote ${path}`);
  if (!checkOnly) return 0;
  if (stale.length > 0) console.log("run `npm run generate` and commit what it wrote");
  else console.log(`${generators.length} generated files are up to date`);
  return stale.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
