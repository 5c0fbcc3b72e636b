import { expect, test } from "vitest";
import { check, type CheckOptions } from "../../src/command/check.ts";
import type { Terminal } from "../../src/core/port.ts";
import { filesOf, type Texts } from "../roster/memory.ts";

const GOOD: Texts = {
  "users.yaml": "users:\n  a: {}\n  b: {}\n  c: { groups: [x] }\n",
  "groups.yaml": "groups: { x: {}, developers: {} }\n",
};
const WARNED: Texts = { ...GOOD, "users.yaml": "users:\n  a: { access: [console] }\n" };
const WRONG: Texts = {
  ...WARNED,
  "users.yaml": "users:\n  a: { access: [console], groups: [z, developer] }\n",
};

async function run(texts: Texts, options: Partial<CheckOptions> = {}) {
  const printed = { out: "", err: "" };
  const terminal: Terminal = {
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    color: false,
    ask: undefined,
  };
  const all: CheckOptions = { strict: false, format: "text", root: ".", ...options };
  const status = await check({ files: filesOf(texts), terminal }, all);
  return { status, ...printed };
}

test("files without problems are told in one line", async () => {
  expect(await run(GOOD)).toEqual({ status: 0, out: "3 users, 2 groups: no problems found\n", err: "" });
});

test("a warning is told and lets the check pass", async () => {
  const { status, out } = await run(WARNED);
  expect(status).toBe(0);
  expect(out).toMatch(/^users\.yaml:2:8: warning: no-recipient: .*\n1 user, 2 groups: 1 warning\n$/);
});

test("with --strict a warning makes the check fail", async () => {
  expect((await run(WARNED, { strict: true })).status).toBe(1);
  expect((await run(GOOD, { strict: true })).status).toBe(0);
});

test("errors make the check fail, and all of them are told", async () => {
  const { status, out } = await run(WRONG);
  expect(status).toBe(1);
  expect(out.split("\n").slice(1)).toEqual([
    'users.yaml:2:36: unknown-group: no group "z"; declare it in groups.yaml, or remove this line',
    'users.yaml:2:39: unknown-group: no group "developer"; did you mean "developers"?',
    "2 errors, 1 warning",
    "",
  ]);
});

test("as JSON the findings are objects, and nothing else is printed", async () => {
  const { status, out } = await run(WRONG, { format: "json" });
  const { version, findings } = JSON.parse(out) as { version: number; findings: readonly object[] };
  expect(status).toBe(1);
  expect(version).toBe(1);
  expect(findings[2]).toEqual({
    code: "unknown-group",
    severity: "error",
    file: "users.yaml",
    line: 2,
    column: 39,
    message: 'no group "developer"; did you mean "developers"?',
  });
  expect(JSON.parse((await run(GOOD, { format: "json" })).out)).toEqual({ version: 1, findings: [] });
});

test("for GitHub the findings are annotations of the file in the repository", async () => {
  const { out } = await run(WRONG, { format: "github", root: "./teams/a,b:c/" });
  expect(out.split("\n")[2]).toBe(
    '::error file=teams/a%2Cb%3Ac/users.yaml,line=2,col=39,title=unknown-group::no group "developer"; did you mean "developers"?',
  );
  expect(out).toMatch(/^::warning file=/);
});

test("text from the files cannot end an annotation or begin another", async () => {
  const hostile = 'users:\n  a: { "100%::x\\r\\n::error::y": 1 }\n';
  const { out } = await run({ "users.yaml": hostile }, { format: "github" });
  const lines = out.split("\n").filter((line) => line.startsWith("::"));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('"100%25::x\\u{d}\\u{a}::error::y"');
});
