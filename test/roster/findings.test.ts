import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findingLine } from "../../src/render/findings.ts";
import { directoryFiles } from "../../src/roster/directory.ts";
import { load } from "../../src/roster/load.ts";
import { MADE } from "./made-files.ts";

const cases = join(import.meta.dirname, "..", "cases", "findings");
const names = new Set([...readdirSync(cases), ...Object.keys(MADE)]);

test.for([...names].toSorted())("the findings of %s are those of its golden file", async (name) => {
  const folder = join(cases, name);
  const make = MADE[name];
  const root = make === undefined ? folder : made(folder, make);
  const { roster, findings } = await load(directoryFiles(root));
  const lines = [...findings.map(findingLine), roster === undefined ? "no roster" : "a roster"];
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(join(folder, "findings.txt"));
});

/** A copy of the case's folder, with what is made for it. */
function made(folder: string, make: (root: string) => void): string {
  const around = mkdtempSync(join(tmpdir(), "roster-"));
  onTestFinished(() => rmSync(around, { recursive: true }));
  const root = join(around, "access");
  if (existsSync(folder)) cpSync(folder, root, { recursive: true });
  writeFileSync(join(around, "elsewhere.yaml"), "users: {}\n");
  make(root);
  return root;
}

test("there are cases enough to be worth the name", () => {
  expect(names.size).toBeGreaterThan(100);
});
