// Compares the calls that the last `npm test` recorded with the policies that `iam-roster permissions` prints.
import { existsSync } from "node:fs";
import { CALLS } from "./kept-directories.ts";
import { compare, readRecorded } from "../test/calls/compare.ts";

function main(): number {
  if (!existsSync(CALLS)) {
    console.log("no calls are recorded: only `npm test` records them, and only where its tests run");
    return 1;
  }
  const { calls, problems } = compare(readRecorded(CALLS));
  for (const problem of problems) console.log(problem);
  console.log(`${calls} permissions were asked for by the program's calls; ${problems.length} problems`);
  return problems.length > 0 ? 1 : 0;
}

process.exitCode = main();
