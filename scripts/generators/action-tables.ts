import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { code, row } from "./cells.ts";
import type { Generator } from "./generator.ts";

/*
 * The parts of README.md that are made from other files: the tables of what action.yml declares, and the workflow to
 * copy. `<!-- inputs -->` and its like begin such a part, `<!-- end -->` ends it; the rest is by hand.
 */

const ROOT = join(import.meta.dirname, "../..");
const path = "README.md";
const WORKFLOW = "examples/.github/workflows/plan.yml";

interface Declared {
  readonly description: string;
  readonly default?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, Declared>>;
  readonly outputs: Readonly<Record<string, Declared>>;
}

export const actionTables: Generator = {
  path,
  make: async () => {
    const { inputs, outputs } = parse(await read("action.yml")) as Action;
    const page = await read(path);
    const parts = { inputs: inputTable(inputs), outputs: outputTable(outputs), workflow: await workflow() };
    return Object.entries(parts).reduce((text, [name, made]) => replaced(text, name, made), page);
  },
};

function read(file: string): Promise<string> {
  return readFile(join(ROOT, file), "utf8");
}

/** The text with this between its markers. Throws where it has no such markers. */
function replaced(text: string, name: string, made: string): string {
  const [before, rest] = text.split(`<!-- ${name} -->\n`);
  const end = rest?.indexOf("<!-- end -->") ?? -1;
  if (before === undefined || rest === undefined || end < 0) {
    throw new Error(`${path} has no part between <!-- ${name} --> and <!-- end -->`);
  }
  return `${before}<!-- ${name} -->\n\n${made}\n\n${rest.slice(end)}`;
}

function inputTable(inputs: Action["inputs"]): string {
  const rows = Object.entries(inputs).map(([name, { description, default: otherwise = "" }]) =>
    row([code(name), otherwise === "" ? "" : code(otherwise), cell(description)]),
  );
  return [row(["input", "default", "meaning"]), row(["---", "---", "---"]), ...rows].join("\n");
}

function outputTable(outputs: Action["outputs"]): string {
  const rows = Object.entries(outputs).map(([name, { description }]) => row([code(name), cell(description)]));
  return [row(["output", "meaning"]), row(["---", "---"]), ...rows].join("\n");
}

/** A description is one sentence, as action.yml has it, with code between back quotes. */
function cell(description: string): string {
  return description.replace(/\.$/, "").replaceAll("|", "\\|");
}

async function workflow(): Promise<string> {
  return ["```yaml", `# .github/workflows/plan.yml`, (await read(WORKFLOW)).trimEnd(), "```"].join("\n");
}
