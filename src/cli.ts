import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import manifest from "../package.json" with { type: "json" };
import type { Format } from "./command/plan.ts";
import type { IamRead, IamWrite, Terminal } from "./core/port.ts";
import { isRealDate } from "./core/rules/dates.ts";
import type { Instant } from "./core/state.ts";
import { instant } from "./core/time.ts";
import { clock, saveFile, sha256 } from "./host.ts";
import { visible } from "./render/phrase.ts";
import { terminalOn } from "./terminal.ts";

/*
 * Arguments in, exit status out. What a command needs is loaded when it is called, so that nobody waits for the AWS SDK
 * who does not speak to AWS.
 */

const terminal: Terminal = terminalOn(process);

async function main(): Promise<void> {
  const program = new Command("iam-roster")
    .description("Keeps the IAM users and groups of an AWS account equal to two files in Git.")
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  for (const add of [addCheck, addPlan]) add(program);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
    // Commander has told its own already.
    if (!(error instanceof CommanderError)) terminal.err(`${messageOf(error)}\n`);
  }
}

/** One or two lines, of text that may come from anywhere. */
function messageOf(error: unknown): string {
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
        openAccount: offline ? undefined : async () => (await openAccount()).read,
        save: out === undefined ? undefined : (json: string) => saveFile(out, json),
      };
      process.exitCode = await plan({ ...ports, terminal, clock, sha256 }, { ...options, at });
    });
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

function oneOf(flags: string, choices: readonly string[]): Option {
  return new Option(flags, "how to print").choices(choices).default(choices[0]);
}

/** A date is its first moment: what holds "until" that day still does. */
function parseMoment(text: string): Instant {
  const isMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  if (!isMoment || !isRealDate(text)) {
    throw new InvalidArgumentError("It should be a date (2026-12-31) or a moment (2026-12-31T18:00:00Z).");
  }
  return instant(Date.parse(text));
}

async function filesIn(root: string) {
  const { directoryFiles } = await import("./roster/directory.ts");
  return directoryFiles(root);
}

async function baseOf(root: string, name: string | undefined) {
  if (name === undefined) return undefined;
  const { findBase } = await import("./base.ts");
  return findBase(root, name);
}

async function openAccount(): Promise<{ readonly read: IamRead; readonly write: IamWrite }> {
  const [{ iamClients }, { iamRead }, { iamWrite }] = await Promise.all([
    import("./iam/client.ts"),
    import("./iam/read.ts"),
    import("./iam/write.ts"),
  ]);
  const clients = iamClients(clock);
  return { read: iamRead(clients, clock), write: iamWrite(clients) };
}

await main();
