import * as core from "@actions/core";
import manifest from "../package.json" with { type: "json" };
import { applyReviewed } from "./command/action/apply.ts";
import { reportDrift } from "./command/action/drift.ts";
import { expire } from "./command/action/expire.ts";
import { type Work, workFor } from "./command/action/mode.ts";
import { planForReview } from "./command/action/plan.ts";
import type { ActionEnded, ActionPorts } from "./command/action/ports.ts";
import { messageOf } from "./core/failure.ts";
import type { Terminal } from "./core/port.ts";
import { openRepository } from "./github/client.ts";
import { openAccount } from "./host/account.ts";
import {
  harmless,
  type Inputs,
  keepFile,
  outputsOf,
  parseInputs,
  readRunner,
  type Runner,
} from "./host/action.ts";
import { recipientsFrom } from "./host/credentials.ts";
import { clock, random, sha256 } from "./host/machine.ts";
import { NO_CIRCUMSTANCES } from "./render/circumstances.ts";
import { noticeSections } from "./render/notice-markdown.ts";
import { visible } from "./render/phrase.ts";
import { sectionsMarkdown } from "./render/sections.ts";

/* Inputs and event in, outputs and the job's end out. */

async function main(): Promise<void> {
  let isSummarised = false;
  const summarise = async (markdown: string): Promise<void> => {
    await core.summary.addRaw(markdown, true).write();
    isSummarised = true;
  };
  try {
    const inputs = parseInputs((name) => core.getInput(name));
    const runner = await readRunner(process.env);
    const work = workFor(inputs, runner.event);
    const { outputs, line, failed } = await run(work, { ...portsOf(inputs, runner, work), summarise });
    for (const [name, value] of outputsOf(outputs)) core.setOutput(name, value);
    if (failed) core.setFailed(line);
    else core.info(harmless(line));
  } catch (error) {
    const message = messageOf(error);
    core.setFailed(message.split("\n").map(visible).join("\n"));
    const page = noticeSections("⛔ iam-roster could not do its work", message, NO_CIRCUMSTANCES);
    if (!isSummarised) await summarise(sectionsMarkdown(page)).catch(() => undefined);
  }
}

function run(work: Work, ports: ActionPorts): Promise<ActionEnded> {
  switch (work.mode) {
    case "plan":
      return planForReview(ports, work.event);
    case "apply":
      return applyReviewed(ports, work.event);
    case "drift":
      return reportDrift(ports);
    case "expire":
      return expire(ports, work.branch);
  }
}

function portsOf(inputs: Inputs, runner: Runner, { mode }: Work): Omit<ActionPorts, "summarise"> {
  const { apiUrl, commit, runUrl, workflow, directory, owner, repo } = runner;
  const { token, root, comment, label } = inputs;
  const job = mode === "drift" ? "plan" : mode;
  return {
    repository: openRepository({ apiUrl, token, owner, repo, clock, tell: (line) => log.err(`${line}\n`) }),
    commit,
    root,
    openAccount: async () => openAccount({ version: manifest.version, job }),
    resolveRecipients: recipientsFrom({ apiUrl, token }),
    sealing: async () => (await import("./credentials/sealing.ts")).ageSealing(random),
    terminal: log,
    command: (line) => void process.stdout.write(`${line}\n`),
    clock,
    sha256,
    runUrl,
    workflow,
    comment,
    label,
    stopping: stopWhenCancelled(),
    keep: (what, json) => keepFile(directory, root === "." ? `${what}.json` : `${root} ${what}.json`, json),
  };
}

const WARNING = "warning: ";

const log: Terminal = {
  out: (text) => void process.stdout.write(harmless(text)),
  err: (text) => {
    // GitHub shows a warning above the log too.
    if (text.startsWith(WARNING)) core.warning(harmless(text.slice(WARNING.length).trimEnd()));
    else process.stdout.write(harmless(text));
  },
  color: false,
  ask: undefined,
};

/** A cancelled job gets SIGINT, and some seconds later SIGTERM: what is under way ends, and the report is written. */
function stopWhenCancelled(): () => boolean {
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => (isStopping = true));
  return () => isStopping;
}

await main();
