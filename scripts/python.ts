// Makes the virtual environment of `npm run test:moto`, once for each content of requirements.txt.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const REQUIREMENTS = join(root, "test/moto/requirements.txt");
const ENVIRONMENTS = join(root, "node_modules/.cache/python");

/** Of Python; networkx, which moto brings, asks for it. */
const LEAST_VERSION = [3, 11] as const;

/** A program of the environment: `aws`, `python`. */
export function program(name: string): string {
  const digest = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 16);
  return join(ENVIRONMENTS, digest, "bin", name);
}

/** Written last: without it, an environment is one whose making was cut. */
function markOf(environment: string): string {
  return join(environment, "complete");
}

/** Is it there whole, and is the Python on which it was made still on this machine? */
export function isReady(): boolean {
  const environment = dirname(dirname(program("python")));
  return existsSync(markOf(environment)) && spawnSync(program("python"), ["-c", ""]).status === 0;
}

class Unable extends Error {}

const HOW = "On Debian or Ubuntu: apt install python3 python3-venv. On macOS: brew install python.";

/** The python3 of this machine is there, recent, and can make environments. */
function checkPython(): void {
  const told = spawnSync("python3", ["-c", "import sys; print(*sys.version_info[:2])"], { encoding: "utf8" });
  if (told.error !== undefined || told.status !== 0)
    throw new Unable(`This needs Python, and there is no python3 on the PATH that runs. ${HOW}`);
  const [major = 0, minor = 0] = told.stdout.trim().split(" ").map(Number);
  const least = LEAST_VERSION.join(".");
  if (major < LEAST_VERSION[0] || (major === LEAST_VERSION[0] && minor < LEAST_VERSION[1]))
    throw new Unable(`This needs Python ${least} or later, and python3 is ${major}.${minor}. ${HOW}`);
  // Debian has venv without it, and then makes an environment that has no pip.
  if (spawnSync("python3", ["-c", "import venv, ensurepip"]).status !== 0)
    throw new Unable(`This python3 cannot make virtual environments: venv or ensurepip is missing. ${HOW}`);
}

function run(command: string, parameters: readonly string[], otherwise: string): void {
  const { status } = spawnSync(command, parameters, { stdio: "inherit" });
  if (status !== 0) throw new Unable(otherwise);
}

function make(): void {
  checkPython();
  // Those of earlier requirements are of no use any more.
  rmSync(ENVIRONMENTS, { recursive: true, force: true });
  const environment = dirname(dirname(program("python")));
  run("python3", ["-m", "venv", environment], `python3 -m venv ${environment} failed; see above.`);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS];
  const otherwise = `pip could not install what ${REQUIREMENTS} lists; see above. It needs a package index to fetch from.`;
  run(program("python"), install, otherwise);
  writeFileSync(markOf(environment), "");
}

function main(): number {
  if (isReady()) return 0;
  console.log(
    "installing moto, the AWS command line and zizmor, which takes a minute or more; the next run finds them",
  );
  try {
    make();
    return 0;
  } catch (error) {
    if (!(error instanceof Unable)) throw error;
    console.error(error.message);
    return 1;
  }
}

if (import.meta.main) process.exitCode = main();
