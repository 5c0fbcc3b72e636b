import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { code, row, text } from "./cells.ts";
import type { Generator } from "./generator.ts";

/*
 * docs/reference/command.md: every command and option, as `--help` tells them, and what it cannot tell beside
 * them. A new command comes in by itself.
 */

const ROOT = join(import.meta.dirname, "..", "..");

const HEADER = `<!-- Made from what \`--help\` prints by \`npm run generate\`; do not edit. -->

# The command

All commands and their options, as \`--help\` shows them. What the files say is in [files.md](files.md), what the JSON
means in [json.md](json.md), and what the credentials must be allowed to do in [permissions.md](../permissions.md).

**Output.** Results go to standard output. Progress, warnings about the files and questions go to standard error. Colour
is for terminals that take it; \`NO_COLOR\` turns it off.

| exit status | means |
| --- | --- |
| 0 | done, or nothing to do; for \`plan\` also: there are changes; for \`drift\` also: there are differences |
| 1 | a mistake in the call; the files are wrong; something is refused; something failed or was left; nobody agreed |
| 2 | \`plan --detailed-exitcode\`: there are changes, and nothing is refused; \`drift --detailed-exitcode\`: there are differences |

**The account.** Credentials and their account come from where every program with the AWS SDK looks: \`AWS_PROFILE\`,
\`aws sso login\`, \`AWS_ACCESS_KEY_ID\` and its companions, the role of a machine or a job. \`AWS_ENDPOINT_URL\` leads to
another server, such as the sandbox. No region has to be set.

**The base.** \`--base\` names the files as they were before: a directory, or where there is none of that name, a Git ref of
the repository that \`--root\` is in, such as \`main\` or \`HEAD^\`. Only with a base can be told what is asked for now
(\`requested\`), what was asked for before and is not so (\`pending\`), and what a date asks for (\`due\`). Its files have
to be sound too; where they are not, give an older ref, or another directory.
`;

/** What is to be said of a command beyond its options. */
const NOTES: Readonly<Record<string, string>> = {
  check: `Reads the three files and nothing else: no account, no network. With \`--format github\` each finding is an
annotation that GitHub shows beside its line. \`--format json\` is described in [json.md](json.md#the-findings).`,
  plan: `Reads the files and the account, and writes nothing. A plan whose every entry could be applied ends with 0, whether
or not there is something to do. \`--out\` writes the same JSON as \`--format json\` prints, whatever is printed.

\`--offline\` needs no account: everything that the files of \`--base\` declare counts as being there. \`--at\` is for looking
ahead: what a date will do, on the account as it is today. \`--fresh\` trusts the credential report, which may be four
hours old, for nobody: six calls and more for each user whom the files name or our tag marks.`,
  apply: `Reads and plans again, shows the plan, and does what somebody agrees to. One of these agrees:

- the person at the terminal, by \`yes\`;
- \`--plan\`: a plan from \`plan --out\` that was reviewed. Of the new plan, what that one covers is done, and the rest is
  left as \`not-reviewed\` ([decision 5](../decisions/0005-grants.md));
- \`--digest\`: the whole plan, if it still has this digest; where nothing is to do, any digest will do;
- \`--yes\`: the whole plan, whatever it is.

Where nobody can be asked and none of them is given, nothing is done, with status 1. A plan that is refused as a whole is
not applied, whoever agrees. \`--report\` is written before the first change and again at the end, so that there is a
report also of a run that was cut off. Ctrl-C lets the calls that are under way end and begins no others.
It also ends the wait after somebody was closed; the report then says who was not looked at again.

\`--plan\` wants \`--base\` beside it. Without it nobody can tell whether a date that has passed was reviewed: what it asks for is
done all the same and counts for no limit, and a warning on standard error says so.

Without \`--fresh\`, what only \`plan --fresh\` found is not done.`,
  drift: `Reads the files and the account as \`plan\` does, and writes nothing. For each difference it tells what the roster
says and what the account has, and two ways to end it: \`apply --digest\` with the digest that it shows makes the account
what the roster says; the lines beside the difference make the roster say what the account has. A \`+\` line is to be
added, a \`-\` line taken out, a \`~\` line put in the place of what is there. What a refusal keeps from being applied
is a difference all the same, and does not make the status 1; the wrong account does.

It also tells which users and memberships end within 14 days, who is not managed, and hygiene: access keys older than
\`hygiene.keyAge\`, passwords and keys not used for \`hygiene.unused\`, passwords without MFA, two active keys, a root user
with keys or without MFA. All users are looked at, but for those that \`ignore\` matches, in the credential report, which
may be four hours old.`,
  rosters: `For a repository with many rosters: each directory with a \`users.yaml\` that Git knows (\`git add\` makes it known), but
none below a \`node_modules\`. Links are not followed, and another repository inside this one is not looked into. No file is
read. The names are as seen from the top of the repository, wherever \`--root\` is. A directory whose name has characters
that nobody sees (control characters, direction marks) is an error.

\`--since\` compares two commits, that ref and \`HEAD\`: a roster is listed if its \`users.yaml\`, \`groups.yaml\` or
\`roster.yaml\` is not the same in both. Where \`users.yaml\` is gone, there is nothing that a plan could be made of: the
directory is not listed, a warning on standard error names it, and \`--format json\` has it under \`gone\`. Its users stay as
they are, with the tag of their owner. Deactivate them before, by leaving them out of the file.

\`--format matrix\` prints on one line what GitHub takes as the matrix of a job:
\`{"include":[{"root":"teams/a","name":"teams/a"}]}\`. GitHub refuses an empty matrix, so let the job ask first whether it is
\`{"include":[]}\`. It takes 256 jobs; with more rosters the command ends with 1. \`--since\` makes them fewer, and
\`--root\` takes those of one directory at a time. [examples/many](../../examples/many/README.md) has the workflows.`,
  permissions: `Asks no account, and needs no credentials: the account is the one in roster.yaml, the partition the one that
ARNs in the files name. A user or group of the files that is under none of the paths is named in a warning, since the job
then cannot change it. With wrong files, or where the policy would be larger than IAM takes, nothing is printed, with
status 1. What is in the policy and what it cannot prevent: [permissions.md](../permissions.md).`,
  doctor: `Changes nothing. Each line begins with what it is: \`ok\`, \`missing\` (the job cannot go on without it), \`note\`
(worth knowing), or \`unknown\` (could not be found out, and why). With anything \`missing\` the status is 1; what is
\`unknown\` does not change it. What the lines tell: [permissions.md](../permissions.md#what-is-missing).`,
  sandbox: `A server on 127.0.0.1 that answers like IAM, to try things on. Any key is its administrator's. It prints the
environment that leads other programs to it, and runs until Ctrl-C. Without \`--state\` the account is gone then.`,
  demo: `Starts a sandbox of its own, and applies the roster in \`examples/\` to it. Nothing of yours is read or changed.`,
};

export const commandReference: Generator = {
  path: "docs/reference/command.md",
  async make() {
    const commands = rowsOf(await helpOf(), "Commands")
      .map(({ term }) => term.split(" ")[0] ?? "")
      .filter((name) => name !== "help");
    const spent = Object.keys(NOTES).filter((name) => !commands.includes(name));
    if (spent.length > 0) throw new Error(`there are notes on what is no command: ${spent.join(", ")}`);
    return [HEADER, ...(await Promise.all(commands.map(section)))].join("\n");
  },
};

const execute = promisify(execFile);

async function helpOf(command?: string): Promise<string> {
  const parameters = [join(ROOT, "src/cli.ts"), ...(command === undefined ? [] : [command]), "--help"];
  const { stdout } = await execute(process.execPath, parameters, { cwd: ROOT });
  return stdout;
}

async function section(name: string): Promise<string> {
  const help = await helpOf(name);
  const [usage = "", description = ""] = help.split("\n\n");
  const note = NOTES[name];
  const options = rowsOf(help, "Options").filter(({ term }) => !term.includes("--help"));
  return [
    `## ${name}`,
    "",
    `${code(usage.replace("Usage: ", ""))}: ${text(onOneLine(description))}.`,
    "",
    ...(note === undefined ? [] : [note, ""]),
    ...table("argument", rowsOf(help, "Arguments")),
    ...table("option", options),
  ].join("\n");
}

interface HelpRow {
  /** `--format <format>` */
  readonly term: string;
  readonly meaning: string;
}

/** The list under a heading of the help, its long lines put together again. */
function rowsOf(help: string, heading: string): readonly HelpRow[] {
  const lines = help.split(`\n${heading}:\n`)[1]?.split("\n\n")[0]?.split("\n") ?? [];
  const rows: HelpRow[] = [];
  for (const line of lines) {
    const [, term, meaning] = /^ {2}(\S+(?: \S+)*)(?: {2,}(.*))?$/.exec(line) ?? [];
    const last = rows.at(-1);
    if (term !== undefined) rows.push({ term, meaning: meaning ?? "" });
    else if (last !== undefined)
      rows[rows.length - 1] = { ...last, meaning: `${last.meaning} ${line.trim()}` };
  }
  return rows;
}

function table(head: string, rows: readonly HelpRow[]): readonly string[] {
  if (rows.length === 0) return [];
  return [
    row([head, "meaning"]),
    row(["---", "---"]),
    ...rows.map(({ term, meaning }) => row([code(term), meaningCell(meaning)])),
    "",
  ];
}

/** That a switch is off unless it is given needs no words. */
function meaningCell(meaning: string): string {
  return text(meaning.replace(/ ?\(default: false\)/, "")).replaceAll(/"([^"]*)"/g, "`$1`");
}

function onOneLine(words: string): string {
  return words.trim().replaceAll(/\s+/g, " ");
}
