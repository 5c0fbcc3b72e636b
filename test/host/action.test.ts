import { readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  harmless,
  type INPUTS,
  keepFile,
  OUTPUTS,
  outputsOf,
  parseInputs,
  readRunner,
} from "../../src/host/action.ts";
import { directory } from "../cli/run.ts";

const inputs = (given: Partial<Record<(typeof INPUTS)[number], string>> = {}) =>
  parseInputs((name) => ({ "github-token": "t0ken", ...given })[name] ?? "");

describe("the inputs", () => {
  test("have their defaults", () => {
    expect(inputs()).toEqual({
      mode: "auto",
      root: ".",
      token: "t0ken",
      comment: true,
      digest: undefined,
      label: "iam-roster-drift",
    });
  });

  test.each([
    [".", "."],
    ["./", "."],
    ["teams", "teams"],
    ["./teams//data/", "teams/data"],
    ["teams/./data", "teams/data"],
    ["..teams", "..teams"],
  ])("take the root %o as %s", (root, expected) => {
    expect(inputs({ root }).root).toBe(expected);
  });

  test.each(["/", "/teams", "..", "a/../b", "a/..", "a\\b", "a\nb", "a\u202eb", "a\u00a0b"])(
    "refuse the root %o",
    (root) => {
      expect(() => inputs({ root })).toThrow(
        /^the input root should be a directory of this repository, .*, and is "/,
      );
    },
  );

  test.each([
    [{ mode: "Plan" }, 'the input mode should be one of auto, plan, apply, drift, expire, and is "Plan"'],
    [{ comment: "yes" }, 'the input comment should be true or false, and is "yes"'],
    [
      { digest: "abc" },
      'the input digest should be the 64 hexadecimal digits that a plan ends with, and is "abc"',
    ],
    [{ digest: "A".repeat(64) }, "the input digest should be the 64"],
    [{ "github-token": "" }, "the input github-token is empty."],
  ])("that are wrong are told with what would be right: %o", (given, message) => {
    expect(() => inputs(given)).toThrow(message);
  });

  test("that are right are taken", () => {
    const given = { mode: "expire", comment: "false", digest: "d".repeat(64), "drift-label": "x" } as const;
    expect(inputs(given)).toMatchObject({
      mode: "expire",
      comment: false,
      digest: "d".repeat(64),
      label: "x",
    });
  });
});

/** What a runner of Actions takes for the beginning of a command; lines end where it says they do. */
const COMMAND = /(?:^|[\n\r])[\s\u0085]*::|##\[/;

describe("text for the log", () => {
  test.each([
    "::error::x",
    "  ::set-output name=x::y",
    "words\n\t::add-mask::x",
    "words\r::stop-commands::x",
    "\u0085::error::x",
    "\u00a0\u3000::error::x",
    ":::error::x",
    "##[error]x",
    "words ##[set-env name=x]y",
    "###[error]x",
    "##[##[error]x",
  ])("holds no command: %o", (text) => {
    expect(harmless(text)).not.toMatch(COMMAND);
  });

  property.prop([
    fc
      .array(fc.constantFrom(":", "::", "#", "[", " ", "\n", "\r", "\t", "\u0085", "\u2028", "a"))
      .map((all) => all.join("")),
  ])("holds none, whatever it is", (text) => {
    expect(harmless(text)).not.toMatch(COMMAND);
  });

  test("is as it was where nothing of it could be one", () => {
    const text = "+ marco   create user\n  a::b, ::c, # [d], #[e]\n";
    expect(harmless(text)).toBe(text);
  });
});

describe("what the runner says", () => {
  const payload = JSON.stringify({ before: "a".repeat(40) });

  async function environment(): Promise<Record<string, string>> {
    const place = await directory({ "event.json": payload });
    return {
      GITHUB_REPOSITORY: "acme/access",
      GITHUB_EVENT_PATH: join(place, "event.json"),
      GITHUB_EVENT_NAME: "push",
      GITHUB_REF: "refs/heads/main",
      GITHUB_SHA: "b".repeat(40),
      RUNNER_TEMP: place,
    };
  }

  test("is read, with what may be missing", async () => {
    const env = await environment();
    expect(await readRunner(env)).toEqual({
      apiUrl: "https://api.github.com",
      owner: "acme",
      repo: "access",
      commit: "b".repeat(40),
      event: { kind: "push", branch: "main", isDefaultBranch: false, before: "a".repeat(40) },
      runUrl: undefined,
      workflow: undefined,
      directory: join(env["RUNNER_TEMP"] ?? "", "iam-roster"),
    });
    const more = {
      GITHUB_API_URL: "https://github.acme.example/api/v3",
      GITHUB_SERVER_URL: "https://github.acme.example",
      GITHUB_RUN_ID: "7",
      GITHUB_WORKFLOW_REF: "acme/access/.github/workflows/apply.yml@refs/heads/main",
    };
    expect(await readRunner({ ...env, ...more })).toMatchObject({
      apiUrl: "https://github.acme.example/api/v3",
      runUrl: "https://github.acme.example/acme/access/actions/runs/7",
      workflow: "apply.yml",
    });
  });

  test.each(["GITHUB_REPOSITORY", "GITHUB_EVENT_PATH", "GITHUB_EVENT_NAME", "GITHUB_REF", "GITHUB_SHA"])(
    "without %s is an error that says where the Action runs",
    async (name) => {
      const env = { ...(await environment()), [name]: "" };
      await expect(readRunner(env)).rejects.toThrow(`${name} is not set: the Action runs in GitHub Actions.`);
    },
  );

  test("in a file that is not JSON is an error in one line", async () => {
    const env = await environment();
    await writeFile(env["GITHUB_EVENT_PATH"] ?? "", "<html>\n");
    await expect(readRunner(env)).rejects.toThrow(
      /^the event file of this run, GITHUB_EVENT_PATH, cannot be read: [^\n]+$/,
    );
  });
});

describe("outputs", () => {
  test("are all there, empty where there is nothing", () => {
    expect(outputsOf({ hasChanges: false, changes: 0 })).toEqual(
      OUTPUTS.map((name) => [name, { "has-changes": "false", changes: "0" }[name as string] ?? ""]),
    );
  });

  test("of files are under names of their own, in one directory", async () => {
    const place = join(await directory(), "new");
    const file = await keepFile(place, "teams/data plan.json", "{}");
    expect(basename(file)).toBe("teams%2Fdata%20plan.json");
    expect(await readFile(file, "utf8")).toBe("{}");
    expect((await stat(place)).isDirectory()).toBe(true);
  });
});
