import { once } from "node:events";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import { Argument, Command, CommanderError, Option } from "commander";
import manifest from "../package.json" with { type: "json" };
import type { OpenAccount } from "./command/applying.ts";
import type { Format } from "./command/plan.ts";
import { type Job, JOBS } from "./core/job.ts";
import type { Terminal } from "./core/port.ts";
import type { Instant, Path } from "./core/state.ts";
import { oneOf, parseDigest, parseMoment, parsePartition, parsePath, parsePort } from "./host/arguments.ts";
import { clock, gitVersion, isDirectory, readText, saveFile, sha256 } from "./host/machine.ts";
import { visible } from "./render/phrase.ts";
import { terminalOn } from "./host/terminal.ts";

/*
 * Arguments in, exit status out. What a command needs is loaded when it is called, so that nobody waits for the AWS SDK
 * who does not speak to AWS.
 */

const terminal: Terminal = terminalOn(process);

/** package.json says so too, but nobody asks it when the file is started by itself. */
const LEAST_NODE = 24;

async function main(): Promise<void> {
  if (Number.parseInt(process.versions.node, 10) < LEAST_NODE) {
    terminal.err(
      `error: iam-roster needs Node ${LEAST_NODE} or newer; this is Node ${process.versions.node}.\n`,
    );
    process.exitCode = 1;
    return;
  }
  const program = new Command("iam-roster")
    .description("Keeps the IAM users and groups of an AWS account equal to two files in Git.")
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  for (const add of COMMANDS) add(program);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
    // Commander has told its own already.
    if (!(error instanceof CommanderError)) terminal.err(`${errorLines(error)}\n`);
  }
}

/** One or two lines, of text that may come from anywhere. */
function errorLines(error: unknown): string {
  const lines = (error instanceof Error && error.message) || String(error);
  return `error: ${lines.split("\n").map(visible).join("\n")}`;
}

function addCheck(program: Command): void {
  command(program, "check", "tells what is wrong with the files")
    .option("--strict", "warnings count as errors", false)
    .addOption(oneOf("--format <format>", ["text", "json", "github"]))
    .action(
      async ({ root, ...options }: Rooted & { strict: boolean; format: "text" | "json" | "github" }) => {
        const [{ check }, files] = await Promise.all([import("./command/check.ts"), filesIn(root)]);
        process.exitCode = await check({ files, terminal }, { ...options, root });
      },
    );
}

interface PlanArguments extends Rooted {
  readonly format: Format;
  readonly out?: string;
  readonly base?: string;
  readonly offline: boolean;
  readonly at?: Instant;
  readonly fresh: boolean;
  readonly detailedExitcode: boolean;
}

function addPlan(program: Command): void {
  command(program, "plan", "shows what would be done to the account")
    .addOption(oneOf("--format <format>", ["text", "json", "markdown"]))
    .option("--out <file>", "keep the plan as JSON, for apply --plan")
    .option("--base <directory|ref>", "the files as they were before, to tell apart what is asked for now")
    .option("--offline", "without the account: the files of --base stand for it", false)
    .option("--at <date>", "as if it were then: 2026-12-31, or a moment (RFC 3339)", parseMoment)
    .addOption(
      new Option("--fresh", "read everybody's credentials one by one").default(false).conflicts("offline"),
    )
    .option("--detailed-exitcode", "exit with 2 where there are changes", false)
    .action(async ({ root, out, base, offline, at, ...options }: PlanArguments, called: Command) => {
      if (offline && base === undefined)
        called.error("error: --offline needs --base, whose files stand for the account");
      const { plan } = await import("./command/plan.ts");
      const ports = {
        files: await filesIn(root),
        base: await baseOf(root, base),
        openAccount: offline ? undefined : async () => (await openAccount("plan")).read,
        resolveRecipients,
        save: out === undefined ? undefined : (json: string) => saveFile(out, json),
      };
      process.exitCode = await plan({ ...ports, terminal, clock, sha256 }, { ...options, at });
    });
}

interface ApplyArguments extends Rooted {
  readonly format: Format;
  readonly plan?: string;
  readonly digest?: string;
  readonly yes: boolean;
  readonly fresh: boolean;
  readonly base?: string;
  readonly report?: string;
  readonly credentialsDir?: string;
}

function addApply(program: Command): void {
  command(program, "apply", "shows what would be done to the account, and does what is agreed to")
    .addOption(new Option("--plan <file>", "do what this reviewed plan covers").conflicts("digest"))
    .option("--digest <sha256>", "do it if the plan still has this digest", parseDigest)
    .option("--yes", "do it whatever it is", false)
    .option("--base <directory|ref>", "the files as they were before, to tell apart what is asked for now")
    .option("--fresh", "read everybody's credentials one by one", false)
    .option("--credentials-dir <directory>", "where issued passwords and access keys are put, encrypted")
    .option("--report <file>", "keep what became of each change, as JSON")
    .addOption(oneOf("--format <format>", ["text", "json", "markdown"]))
    .action(
      async (
        { root, plan, digest, base, report, credentialsDir, ...options }: ApplyArguments,
        called: Command,
      ) => {
        const { apply } = await import("./command/apply.ts");
        const ports = {
          files: await filesIn(root),
          base: await baseOf(root, base),
          planFile: plan === undefined ? undefined : { name: plan, read: () => readText(plan) },
          saveReport: report === undefined ? undefined : (json: string) => saveFile(report, json),
          resolveRecipients,
          issuing: credentialsDir === undefined ? undefined : await issuingTo(called, credentialsDir),
          stopping: stopAtInterrupt(),
        };
        process.exitCode = await apply(
          { ...ports, openAccount: () => openAccount("apply"), terminal, clock, sha256 },
          { ...options, digest },
        );
      },
    );
}

/** The first interrupt lets what is under way end, the second ends the process as ever. */
function stopAtInterrupt(): () => boolean {
  let isStopping = false;
  process.once("SIGINT", () => {
    isStopping = true;
    terminal.err("Stopping: what is under way ends, nothing new begins. Ctrl-C again ends it at once.\n");
  });
  return () => isStopping;
}

interface DriftArguments extends Rooted {
  readonly format: Format;
  readonly fresh: boolean;
  readonly detailedExitcode: boolean;
}

function addDrift(program: Command): void {
  command(program, "drift", "shows how the account differs from files that nobody changed")
    .addOption(oneOf("--format <format>", ["text", "json", "markdown"]))
    .option("--fresh", "read everybody's credentials one by one", false)
    .option("--detailed-exitcode", "exit with 2 where there are differences", false)
    .action(async ({ root, ...options }: DriftArguments) => {
      const { drift } = await import("./command/drift.ts");
      const ports = { files: await filesIn(root), openAccount: async () => (await openAccount("plan")).read };
      process.exitCode = await drift({ ...ports, resolveRecipients, terminal, clock, sha256 }, options);
    });
}

interface RostersArguments extends Rooted {
  readonly since?: string;
  readonly format: "text" | "json" | "matrix";
}

function addRosters(program: Command): void {
  program
    .command("rosters")
    .description("lists the directories with a roster that Git knows here")
    .option("--root <directory>", "only what is in it or below", ".")
    .option("--since <ref>", "only those in which one of the three files has changed since")
    .addOption(oneOf("--format <format>", ["text", "json", "matrix"]))
    .action(async ({ root, since, format }: RostersArguments) => {
      if (!(await isDirectory(root))) throw new Error(`${root} is not a directory`);
      const [{ rosters }, { gitRosters }] = await Promise.all([
        import("./command/rosters.ts"),
        import("./roster/git-rosters.ts"),
      ]);
      process.exitCode = await rosters({ list: () => gitRosters({ root, since }), terminal }, { format });
    });
}

interface PermissionsArguments extends Rooted {
  readonly path?: readonly Path[];
  readonly partition?: string;
}

function addPermissions(program: Command): void {
  command(program, "permissions", "prints the least IAM policy for a job")
    .addArgument(new Argument("<job>", "what the policy is for").choices(JOBS))
    .option("--path <path>", "only users and groups under it may be changed; may be repeated", parsePath)
    .option("--partition <name>", "where the files name no ARN and it is not aws", parsePartition)
    .action(async (job: Job, { root, path: paths = [], partition }: PermissionsArguments) => {
      const [{ permissions }, files] = await Promise.all([import("./command/permissions.ts"), filesIn(root)]);
      process.exitCode = await permissions({ files, terminal }, { job, paths, partition });
    });
}

function addDoctor(program: Command): void {
  command(program, "doctor", "says what is missing here: files, credentials, permissions, settings")
    .addArgument(new Argument("[job]", "what is to be done").choices(JOBS).default("plan"))
    .action(async (job: Job, { root }: Rooted) => {
      const [{ doctor }, { openAccess }, files] = await Promise.all([
        import("./command/doctor.ts"),
        import("./host/account.ts"),
        filesIn(root),
      ]);
      const machine = { version: process.versions.node, git: gitVersion };
      const account = openAccess({ version: manifest.version, job: "doctor" });
      process.exitCode = await doctor({ ...machine, ...account, files, terminal }, job);
    });
}

function addSandbox(program: Command): void {
  program
    .command("sandbox")
    .description("serves an account to try things on, on 127.0.0.1")
    .option("--port <number>", "where it listens; 0: one that is free", parsePort, 0)
    .option("--state <file>", "keep the account in this file")
    .action(async ({ port, state }: { readonly port: number; readonly state?: string }) => {
      const [{ sandbox }, { startSandbox: start }] = await Promise.all([
        import("./command/sandbox.ts"),
        import("./sandbox/server.ts"),
      ]);
      const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
      process.exitCode = await sandbox({ start, terminal, stopped }, { port, stateFile: state });
    });
}

function addDemo(program: Command): void {
  program
    .command("demo")
    .description("shows a plan, applies it in a sandbox, and deactivates somebody")
    .action(async () => {
      const [{ demo }, { startSandbox: start }, files] = await Promise.all([
        import("./command/demo.ts"),
        import("./sandbox/server.ts"),
        filesIn(fileURLToPath(new URL("../examples", import.meta.url))),
      ]);
      process.exitCode = await demo({ files, start, openAccount: openSandbox, terminal, clock, sha256 });
    });
}

/** Nothing of the user's own settings may lead from the demo to a real account. */
async function openSandbox(url: string): Promise<OpenAccount> {
  const { sandboxEnvironment } = await import("./command/sandbox.ts");
  const settings = Object.keys(process.env).filter((name) => name.startsWith("AWS_"));
  for (const name of settings) delete process.env[name];
  const noFiles = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };
  Object.assign(process.env, sandboxEnvironment(url), noFiles);
  return openAccount("apply");
}

interface Rooted {
  readonly root: string;
}

function command(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option("--root <directory>", "where users.yaml, groups.yaml and roster.yaml are", ".");
}

async function filesIn(root: string) {
  if (!(await isDirectory(root))) {
    throw new Error(`${root} is not a directory; --root names the one with users.yaml and groups.yaml`);
  }
  const { directoryFiles } = await import("./roster/directory.ts");
  return directoryFiles(root);
}

async function baseOf(root: string, name: string | undefined) {
  if (name === undefined) return undefined;
  const { findBase } = await import("./host/base.ts");
  return findBase(root, name);
}

async function resolveRecipients(texts: readonly string[]) {
  const host = await import("./host/credentials.ts");
  return host.resolveRecipients(texts);
}

/** Text that a script forgot to set would be the directory in which it stands. */
async function issuingTo(called: Command, directory: string) {
  if (directory.trim() === "") called.error("error: --credentials-dir names no directory");
  const host = await import("./host/credentials.ts");
  return host.issuingTo(directory);
}

async function openAccount(job: Job): Promise<OpenAccount> {
  const host = await import("./host/account.ts");
  return host.openAccount({ version: manifest.version, job });
}

/** In the order in which the help has them. */
const COMMANDS: readonly ((program: Command) => void)[] = [
  addCheck,
  addPlan,
  addApply,
  addDrift,
  addRosters,
  addPermissions,
  addDoctor,
  addSandbox,
  addDemo,
];

await main();
