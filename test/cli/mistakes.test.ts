import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { BUILT, directory, run, SOURCE, start } from "./run.ts";

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const EXAMPLES = ["--root", "examples"];

/** What a person may get wrong, and what the answer has to name. */
const MISTAKES: readonly (readonly [parameters: readonly string[], words: RegExp])[] = [
  [["pln"], /unknown command 'pln'/],
  [["plan", "--formt", "json"], /unknown option '--formt'/],
  [["plan", "--format", "yaml"], /'yaml' is invalid.*text, json, markdown/],
  [["plan", "--at", "tomorrow"], /'tomorrow' is invalid.*2026-12-31/],
  [["plan", "--at", "2026-02-30"], /'2026-02-30' is invalid/],
  [["plan", ...EXAMPLES, "--offline"], /--offline needs --base/],
  [
    ["plan", ...EXAMPLES, "--offline", "--base", "examples", "--fresh"],
    /'--fresh' cannot be used with .*'--offline'/,
  ],
  [["check", "--root", "no-such-directory"], /no-such-directory is not a directory; --root names/],
  [["plan", "--root", "package.json"], /package.json is not a directory/],
  [["plan", ...EXAMPLES, "--base", "no-such-ref"], /"no-such-ref" is neither a directory nor a Git ref/],
  [
    ["plan", ...EXAMPLES, "--offline", "--base", "examples", "--out", "no/such/dir/plan"],
    /cannot write no\/such\/dir\/plan: no such/,
  ],
  [
    ["plan", ...EXAMPLES, "--offline", "--base", "examples", "--out", "/dev/null"],
    /cannot write \/dev\/null: .*else than a file/,
  ],
  [["plan", ...EXAMPLES], /no usable AWS credentials/],
  [["apply", ...EXAMPLES, "--plan", "no-such-file"], /cannot read no-such-file: no such file/],
  [["apply", ...EXAMPLES, "--plan", "package.json"], /package.json is not a plan/],
  [["apply", "--digest", "abc"], /'abc' is invalid.*64 hexadecimal digits/],
  [
    ["apply", "--plan", "a", "--digest", "0".repeat(64)],
    /'--plan <file>' cannot be used with .*'--digest <sha256>'/,
  ],
  [["apply", ...EXAMPLES, "--yes", "--report", "no/such/dir/report"], /cannot write no\/such\/dir\/report/],
  [["rosters", "--root", "no-such-directory"], /no-such-directory is not a directory/],
  [["rosters", "--since", "no-such-ref"], /"no-such-ref" is not a Git ref of this repository; is it fetched/],
  [["rosters", "--since=--output=x"], /"--output=x" is not a Git ref/],
  [["rosters", "--format", "yaml"], /'yaml' is invalid.*text, json, matrix/],
  [["sandbox", "--port", "http"], /'http' is invalid.*0 to 65535/],
  [["sandbox", "--state", "package.json/state"], /from package.json\/state: not a directory; --state names/],
  [
    ["sandbox", "--state", "no/such/dir/x.json"],
    /to no\/such\/dir\/x.json: no such file .*directory that is there/,
  ],
  [
    ["sandbox", "--state", "LICENSE"],
    /from LICENSE: Unexpected token .* is not valid JSON; --state names a file/,
  ],
  [["sandbox", "--state", "package.json"], /from package.json: no account has "name"; --state names a file/],
];

describe("a mistake is told in a line or two, without a stack", () => {
  test.for(MISTAKES)("%j", async ([parameters, words]) => {
    const { status, out, err } = await run(parameters);
    expect(err.replaceAll("\n", " ")).toMatch(words);
    expect(err).toMatch(/^error: /);
    expect(err.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
    expect(err).not.toMatch(/^\s+at /m);
    expect({ status, err }).toMatchObject({ status: 1 });
    if (!parameters.includes("--out")) expect(out).toBe("");
  });

  test("a port that is taken", async () => {
    const taken = await startSandbox();
    try {
      const { status, err } = await run(["sandbox", "--port", new URL(taken.url).port]);
      expect(err).toMatch(/^error: .*address already in use.*\n$/);
      expect(status).toBe(1);
    } finally {
      await taken.close();
    }
  });

  test("files that are wrong, with every place", async () => {
    const root = await directory({
      "users.yaml": "users:\n  emily: { groups: [nobody] }\n",
      "groups.yaml": "group: {}\n",
    });
    const { status, out } = await run(["plan", "--root", root]);
    expect(out).toMatch(/^groups.yaml:1:1: unknown-key: .*\nusers.yaml:2:21: unknown-group: /);
    expect(status).toBe(1);
  });
});

test("help and version go to where results go", async () => {
  const help = await run(["--help"]);
  expect(help).toMatchObject({ status: 0, err: "" });
  for (const name of ["check", "plan", "apply", "sandbox", "demo"])
    expect(help.out).toMatch(new RegExp(`^  ${name} `, "m"));
  expect(await run(["--version"])).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test("without a word, it says what there is", async () => {
  expect(await run([])).toMatchObject({ status: 1, err: expect.stringContaining("Usage: iam-roster") });
});

describe.each([SOURCE, BUILT].filter(({ exists }) => exists))("of $name", (entry) => {
  test("a reader who leaves early is no failure", async () => {
    const parameters = ["plan", ...EXAMPLES, "--offline", "--base", "examples", "--format", "json"];
    const running = start(parameters, { entry });
    running.child.stdout?.destroy();
    expect(await running.ended).toMatchObject({ status: 0, err: "" });
  });

  test("--out keeps the plan whole, in the place of what was there", async () => {
    const root = await directory({ plan: "old" });
    const file = join(root, "plan");
    const parameters = [
      "plan",
      ...EXAMPLES,
      "--offline",
      "--base",
      "examples",
      "--format",
      "json",
      "--out",
      file,
    ];
    const { out, status } = await run(parameters, { entry });
    expect(status).toBe(0);
    const { readFile, readdir } = await import("node:fs/promises");
    expect(await readFile(file, "utf8")).toBe(out);
    expect(await readdir(root)).toEqual(["plan"]);
  });
});
