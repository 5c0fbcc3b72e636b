import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { INPUTS, OUTPUTS } from "../../src/host/action.ts";
import { ROOT } from "../cli/run.ts";

/* What action.yml promises to workflows is what the code has. */

interface Declared {
  readonly description: string;
  readonly default?: unknown;
}

const action = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as {
  readonly name: string;
  readonly runs: unknown;
  readonly inputs: Readonly<Record<string, Declared>>;
  readonly outputs: Readonly<Record<string, Declared>>;
};

test("action.yml declares the inputs that are read, and no others", () => {
  expect(Object.keys(action.inputs)).toEqual(INPUTS);
});

test("action.yml declares the outputs that are set, and no others", () => {
  expect(Object.keys(action.outputs)).toEqual(OUTPUTS);
});

test("the Action is one file for Node 24, that the build makes", () => {
  expect(action.name).toBe("iam-roster");
  expect(action.runs).toEqual({ using: "node24", main: "dist/action.js" });
});

test("each input has a default, as a text, so that a workflow need give none", () => {
  const defaults = Object.entries(action.inputs).map(([name, each]) => [name, each.default]);
  expect(Object.fromEntries(defaults)).toEqual({
    mode: "auto",
    root: ".",
    "github-token": "${{ github.token }}",
    comment: "true",
    digest: "",
    "drift-label": "iam-roster-drift",
  });
});

test("each input and output is described in one sentence", () => {
  const all = [...Object.entries(action.inputs), ...Object.entries(action.outputs)];
  const odd = all.filter(([, { description }]) => !/^[A-Z](?:[^.\n]|\.(?! ))*\.$/.test(description));
  expect(odd).toEqual([]);
});
