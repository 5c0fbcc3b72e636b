import { expect, test } from "vitest";
import { rosters, type RostersOptions } from "../../src/command/rosters.ts";
import { terminalFor } from "./scene.ts";

async function run(
  format: RostersOptions["format"],
  found: readonly string[],
  gone: readonly string[] = [],
): Promise<{ readonly out: string; readonly err: string }> {
  const terminal = terminalFor();
  expect(await rosters({ list: async () => ({ rosters: found, gone }), terminal }, { format })).toBe(0);
  return terminal.told;
}

function many(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `teams/${index}`);
}

test("text is a directory a line, and nothing where there is none", async () => {
  expect(await run("text", [".", "teams/a"])).toEqual({ out: ".\nteams/a\n", err: "" });
  expect(await run("text", [])).toEqual({ out: "", err: "" });
});

test("json has the rosters, and those that are gone", async () => {
  const { out } = await run("json", ["a"], ["b"]);
  const expected = {
    version: 1,
    rosters: [{ root: "a", name: "a" }],
    gone: [{ root: "b", name: "b" }],
  };
  expect(JSON.parse(out)).toEqual(expected);
});

test("matrix is one line that GitHub takes for a matrix", async () => {
  expect((await run("matrix", ["a", "b/c"])).out).toBe(
    '{"include":[{"root":"a","name":"a"},{"root":"b/c","name":"b/c"}]}\n',
  );
  expect((await run("matrix", [])).out).toBe('{"include":[]}\n');
});

test("a name in the matrix stays a text, whatever it holds", async () => {
  const name = `'"\\\${{ github.token }}%0A::set-output`;
  const { out } = await run("matrix", [name]);
  expect(out.trimEnd()).not.toContain("\n");
  expect(JSON.parse(out)).toEqual({ include: [{ root: name, name }] });
});

test("a roster that is gone is told on standard error, and is in no matrix", async () => {
  const { out, err } = await run("matrix", [], ["teams/old"]);
  expect(out).toBe('{"include":[]}\n');
  expect(err).toBe(
    "warning: teams/old has no users.yaml any more: nothing is planned for it, and its users stay as they are\n",
  );
});

test.for(["a\nb", "a\u001bb", "a\u202eb", "a\u2028b", "a\ufffdb", "a\u200bb"])(
  "%j is refused, in every format, also where it is gone",
  async (name) => {
    for (const format of ["text", "json", "matrix"] as const) {
      await expect(run(format, ["fine", name])).rejects.toThrow("that nobody sees");
      await expect(run(format, [], [name])).rejects.toThrow("that nobody sees");
    }
  },
);

test("a matrix takes 256 rosters, which is what GitHub takes, and no more", async () => {
  const { out } = await run("matrix", many(256));
  expect((JSON.parse(out) as { readonly include: readonly unknown[] }).include).toHaveLength(256);
  await expect(run("matrix", many(257))).rejects.toThrow(/257 rosters.* 256 jobs[^]*--since[^]*--root/);
  expect((await run("text", many(257))).out.split("\n")).toHaveLength(258);
});
