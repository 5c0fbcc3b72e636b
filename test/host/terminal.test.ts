import { once } from "node:events";
import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { terminalOn } from "../../src/host/terminal.ts";

interface Ends {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** A process's streams, each at a terminal or not. */
function streams(at: Ends, hasColors = true) {
  const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY, hasColors: () => hasColors });
  return { stdin: stream(at.stdin), stdout: stream(at.stdout), stderr: stream(at.stderr) };
}

const EVERYWHERE: Ends = { stdin: true, stdout: true, stderr: true };
const GREEN = `${String.fromCharCode(27)}[32mgreen${String.fromCharCode(27)}[39m`;

function textOf(stream: PassThrough): string {
  return String(stream.read() ?? "");
}

describe("colour", () => {
  test("is for terminals that take it", () => {
    expect(terminalOn(streams(EVERYWHERE)).color).toBe(true);
    expect(terminalOn(streams(EVERYWHERE, false)).color).toBe(false);
    expect(terminalOn(streams({ ...EVERYWHERE, stdout: false })).color).toBe(false);
  });

  test("is taken out of what goes beside the results, where that is no terminal", () => {
    const shown = streams(EVERYWHERE);
    terminalOn(shown).err(GREEN);
    expect(textOf(shown.stderr)).toBe(GREEN);
    const piped = streams({ ...EVERYWHERE, stderr: false });
    terminalOn(piped).err(GREEN);
    expect(textOf(piped.stderr)).toBe("green");
  });
});

/** Reads on until the question is there, so that what is typed next answers it. */
async function whenAsked(stderr: PassThrough): Promise<string> {
  let text = "";
  while (!text.includes("Really? ")) {
    await turn();
    text += textOf(stderr);
  }
  return text;
}

describe("a question", () => {
  test("goes beside the results and is answered by a line", async () => {
    const { stdin, stdout, stderr } = streams(EVERYWHERE);
    const answer = terminalOn({ stdin, stdout, stderr }).ask?.("Really? ");
    await whenAsked(stderr);
    stdin.write("yes\n");
    expect(await answer).toBe("yes");
    expect(textOf(stdout)).toBe("");
  });

  test("is not answered by what was typed before it was there", async () => {
    const { stdin, stdout, stderr } = streams(EVERYWHERE);
    stdin.write("yes\n");
    const answer = terminalOn({ stdin, stdout, stderr }).ask?.("Really? ");
    await whenAsked(stderr);
    stdin.write("no\n");
    expect(await answer).toBe("no");
  });

  test("that finds the end of the input has no answer", async () => {
    const { stdin, stdout, stderr } = streams(EVERYWHERE);
    const answer = terminalOn({ stdin, stdout, stderr }).ask?.("Really? ");
    stdin.end();
    expect(await answer).toBe("");
    // What is said next stands on a line of its own.
    expect(textOf(stderr)).toMatch(/\n$/);
  });

  test("that meets Ctrl-C has no answer", async () => {
    const { stdin, stdout, stderr } = streams(EVERYWHERE);
    const answer = terminalOn({ stdin, stdout, stderr }).ask?.("Really? ");
    await whenAsked(stderr);
    stdin.write(String.fromCharCode(3));
    expect(await answer).toBe("");
  });

  test("cannot be asked where nobody would see it or answer it", () => {
    expect(terminalOn(streams({ ...EVERYWHERE, stdin: false })).ask).toBeUndefined();
    expect(terminalOn(streams({ ...EVERYWHERE, stderr: false })).ask).toBeUndefined();
    // Results that are kept in a file do not keep a person from answering.
    expect(terminalOn(streams({ ...EVERYWHERE, stdout: false })).ask).toBeDefined();
  });
});

describe("a reader who leaves", () => {
  const broken = (code: string) => Object.assign(new Error(code), { code });

  test("is no failure", () => {
    const { stdin, stdout, stderr } = streams(EVERYWHERE);
    terminalOn({ stdin, stdout, stderr });
    expect(() => stdout.emit("error", broken("EPIPE"))).not.toThrow();
  });

  test("is told apart from a full disk", async () => {
    const { stdin, stdout, stderr } = streams(EVERYWHERE);
    terminalOn({ stdin, stdout, stderr });
    expect(() => stdout.emit("error", broken("ENOSPC"))).toThrow("ENOSPC");
    stdout.end();
    await once(stdout.resume(), "end");
  });
});
