import { globSync, readFileSync } from "node:fs";
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { pointer } from "../../src/roster/pointer.ts";
import { readSimple } from "../../src/roster/simple.ts";
import { parseThoroughly } from "../../src/roster/thorough.ts";
import { tries } from "../laws/tries.ts";
import { LAYOUTS, NASTY, POSITIONS } from "./nasty-yaml.ts";
import { spoilt, yamlText } from "./yaml-texts.ts";

/* What is read quickly is read as the parser reads it that knows what is wrong with a file. */

const ROOT = new URL("../../", import.meta.url).pathname;
const NAMES = globSync(["examples/**/*.yaml", "test/**/*.yaml", ".github/**/*.yml"], { cwd: ROOT });
const FILES: readonly string[] = NAMES.map((name) => readFileSync(`${ROOT}${name}`, "utf8"));

/** Whether the text is simple; fails where it is, and is not read as the other parser reads it. */
function isReadTheSame(text: string): boolean {
  const value = readSimple(text);
  if (value === undefined) return false;
  const thorough = parseThoroughly("users.yaml", text);
  expect(thorough.findings).toEqual([]);
  expect(value).toEqual(thorough.value);
  // The order of keys too.
  expect(JSON.stringify(value)).toBe(JSON.stringify(thorough.value));
  for (const [at, number] of numbersIn(value)) expect(thorough.written(at)).toBe(String(number));
  return true;
}

/** Each number at its JSON Pointer. */
function numbersIn(value: unknown, at = ""): readonly (readonly [at: string, number: number])[] {
  if (typeof value === "number") return [[at, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => numbersIn(each, `${at}${pointer(key)}`));
}

/** How many of the texts are simple. */
function simpleAmong(texts: readonly string[]): number {
  return texts.filter(isReadTheSame).length;
}

test("every YAML file of the examples and tests is read the same both ways, and most are simple", () => {
  expect(FILES.length).toBeGreaterThan(100);
  expect(simpleAmong(FILES) / FILES.length).toBeGreaterThan(0.5);
});

test("every layout of lines is read the same both ways", () => {
  simpleAmong(LAYOUTS);
});

test("everything that YAML makes something of is read the same wherever it stands", () => {
  const texts = NASTY.flatMap((nasty) => POSITIONS.map((position) => position.replaceAll("X", () => nasty)));
  // Most are for the other parser, but not all.
  expect(simpleAmong(texts)).toBeGreaterThan(texts.length / 10);
});

prop.prop([yamlText], tries(2000))("a text of any layout is read the same both ways", (text) => {
  isReadTheSame(text);
});

test("of texts of any layout, many are simple and many are not", () => {
  const texts = fc.sample(yamlText, { numRuns: 300, seed: 1 });
  const simple = simpleAmong(texts);
  expect(simple).toBeGreaterThan(75);
  expect(simple).toBeLessThan(225);
});

prop.prop([fc.constantFrom(...FILES, ...LAYOUTS).chain(spoilt)], tries(4000))(
  "a file with mistakes in it is read the same both ways",
  (text) => {
    isReadTheSame(text);
  },
);

prop.prop([yamlText.chain(spoilt)], tries(4000))(
  "a text of any layout with mistakes in it is read the same both ways",
  (text) => {
    isReadTheSame(text);
  },
);

describe("left to the thorough parser is", () => {
  test.for([
    ["a name for a value", "a: &a [1]\nb: *a\n"],
    ["a tag", "a: !!str 1\n"],
    ["a key given twice", "a: 1\na: 2\n"],
    ["a key given twice between braces", "a: { b: 1, b: 2 }\n"],
    ["a merge key", "a: { b: 1 }\n<<: { c: 1 }\n"],
    ["a key that is not there", ": 1\n"],
    ["a key that is a list", "? [a]\n: 1\n"],
    ["a value below its key", "a:\n  text\n"],
    ["text with a bar", "a: |\n  text\n"],
    ["text of two lines", "a: b\n  c\n"],
    ["a list of two lines", "a: [b,\n  c]\n"],
    ["an escape", 'a: "\\n"\n'],
    ["a number that may be meant as text", "a: 0123\n"],
    ["a number that would lose a zero", "a: 1.10\n"],
    ["a number that would lose a digit", "a: 12345678901234567\n"],
    ["nothing", "a:\n"],
    ["two documents", "a: 1\n---\nb: 1\n"],
    ["a directive", "%YAML 1.1\n---\na: yes\n"],
    ["a tab", "a:\t1\n"],
    ["a line in a column where nothing began", "a:\n    b: 1\n  c: 1\n"],
    ["an empty file", ""],
    ["what is no YAML", "a: [1\n"],
  ] as const)("%s", ([, text]) => {
    expect(readSimple(text)).toBeUndefined();
  });
});

test("keys are text as written, and maps have no prototype", () => {
  const value = readSimple("0123: a\ntrue: b\n__proto__: { c: 1 }\n") ?? {};
  expect(Object.keys(value)).toEqual(["0123", "true", "__proto__"]);
  expect(Object.getPrototypeOf(value)).toBeNull();
});

test("what is nested as deeply as may be is read both ways", () => {
  const keys = Array.from({ length: 40 }, (_, indent) => `${" ".repeat(indent)}a:\n`).join("");
  const deepest = `${keys}${" ".repeat(40)}b: `;
  expect(isReadTheSame(`${deepest}${"[".repeat(21)}${"]".repeat(21)}\n`)).toBe(true);
  expect(readSimple(`${deepest}${"[".repeat(22)}${"]".repeat(22)}\n`)).toBeUndefined();
});
