import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findingLine } from "../../src/render/findings.ts";
import { directoryFiles } from "../../src/roster/directory.ts";
import { load } from "../../src/roster/load.ts";

const cases = join(import.meta.dirname, "..", "cases", "findings");

test.for(readdirSync(cases))("the findings of %s are those of its golden file", async (name) => {
  const folder = join(cases, name);
  const { roster, findings } = await load(directoryFiles(folder));
  const lines = [...findings.map(findingLine), roster === undefined ? "no roster" : "a roster"];
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(join(folder, "findings.txt"));
});
