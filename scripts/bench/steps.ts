// Two steps of a plan, each for the first time in a process: reading and checking the files in a directory, and the
// difference to the account. Prints how many milliseconds each took.
import { plan } from "../../src/core/planning/planner.ts";
import { clock, sha256 } from "../../src/host/machine.ts";
import { iamClients } from "../../src/iam/client.ts";
import { iamRead } from "../../src/iam/read.ts";
import { directoryFiles } from "../../src/roster/directory.ts";
import { load } from "../../src/roster/load.ts";

const [root = "."] = process.argv.slice(2);

const beforeFiles = performance.now();
const { roster } = await load(directoryFiles(root));
const files = performance.now() - beforeFiles;
if (roster === undefined) throw new Error("the files are wrong");

const { state: actual } = await iamRead(iamClients(clock, { version: "0", job: "plan" }), clock).snapshot();

const beforePlan = performance.now();
const planned = plan({
  roster,
  base: undefined,
  actual,
  now: clock.now(),
  policies: new Map(),
  recipients: new Map(),
  sha256,
});
const difference = performance.now() - beforePlan;
if (planned.plan.entries.length > 0) throw new Error("there is something to change");

console.log(JSON.stringify({ files, difference }));
