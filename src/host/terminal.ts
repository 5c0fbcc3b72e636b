import { createInterface } from "node:readline/promises";
import { setImmediate as turn } from "node:timers/promises";
import type { ReadStream, WriteStream } from "node:tty";
import { stripVTControlCharacters } from "node:util";
import type { Terminal } from "../core/port.ts";

export interface Streams {
  readonly stdin: NodeJS.ReadableStream & Pick<Partial<ReadStream>, "isTTY" | "readableEnded">;
  readonly stdout: Output;
  readonly stderr: Output;
}

type Output = NodeJS.WritableStream & Pick<Partial<WriteStream>, "isTTY" | "hasColors">;

/** The process's own streams as the commands see them; NO_COLOR and TERM=dumb are respected. */
export function terminalOn({ stdin, stdout, stderr }: Streams): Terminal {
  // Whoever reads may leave (`plan | head`); what is under way still ends as it should.
  for (const stream of [stdout, stderr]) stream.on("error", unlessPipeIsBroken);
  const canAnswer = stdin.isTTY === true && stderr.isTTY === true;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(isColored(stderr) ? text : stripVTControlCharacters(text)),
    color: isColored(stdout),
    ask: canAnswer ? (question) => ask({ stdin, stderr }, question) : undefined,
  };
}

function isColored(output: Output): boolean {
  return output.isTTY === true && output.hasColors?.() === true;
}

function unlessPipeIsBroken(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** Asks beside the results, not among them. An end of input, and Ctrl-C, are no answer; nor is what was typed before. */
async function ask({ stdin, stderr }: Pick<Streams, "stdin" | "stderr">, question: string): Promise<string> {
  await dropTypedAhead(stdin);
  if (stdin.readableEnded === true) {
    stderr.write(`${question}\n`);
    return "";
  }
  const lines = createInterface({ input: stdin, output: stderr });
  const closed = new Promise<undefined>((resolve) => {
    lines.once("close", () => resolve(undefined));
  });
  try {
    const answer = await Promise.race([lines.question(question), closed]);
    // What is said next must not stand behind the question.
    if (answer === undefined) stderr.write("\n");
    return answer ?? "";
  } finally {
    lines.close();
  }
}

/** Whoever answered before the question was there did not answer it. */
async function dropTypedAhead(stdin: Streams["stdin"]): Promise<void> {
  const drop = (): void => undefined;
  stdin.on("data", drop).resume();
  // What waits in the terminal is read once the loop has polled: begun in one turn, done in the next.
  for (let turns = 0; turns < 3; turns += 1) await turn();
  stdin.off("data", drop).pause();
}
