import type { AnySchema } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { formatted } from "./format.ts";
import type { Generator } from "./generator.ts";
import { readSchemas } from "./schemas.ts";

const HEADER = `// Checks a file's value against its schema. Made from schema/ by \`npm run generate\`; do not edit.
`;

/** What says nothing about validity; without it the code is half as long. */
const WORDS: ReadonlySet<string> = new Set(["title", "description", "examples", "default", "$schema"]);

/** ajv's only import, which counts characters as JSON Schema does. */
const LENGTH_IMPORT = /require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g;

/** ajv copies all errors so far for each entry that has some; a file of wrong entries would take minutes. */
const COPIED_ERRORS = /vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\)/g;

const MERGE = `function merged(errors, more) {
  if (errors === null) return more;
  for (const error of more) errors.push(error);
  return errors;
}
`;

/** A keyword of that name is a text; a property of that name is a schema, and stays. */
function withoutWords(key: string, value: unknown): unknown {
  if (WORDS.has(key) && (typeof value !== "object" || Array.isArray(value) || key === "default"))
    return undefined;
  return value;
}

export const validators: Generator = {
  path: "src/roster/schema/validators.js",
  async make() {
    const schemas = JSON.parse(JSON.stringify(await readSchemas(), withoutWords)) as Record<
      string,
      AnySchema
    >;
    const ajv = new Ajv2020({ allErrors: true, messages: false, code: { source: true, esm: true }, schemas });
    const names = Object.fromEntries(Object.keys(schemas).map((name) => [name, name]));
    const source = standalone
      .default(ajv, names)
      .replaceAll(LENGTH_IMPORT, "(text) => [...text].length")
      .replaceAll(COPIED_ERRORS, "merged(vErrors, $1.errors)");
    if (source.includes(".concat("))
      throw new Error("the validators copy errors in a way that is not known here");
    if (source.includes("require(")) throw new Error("the validators need a module at run time");
    return formatted(validators.path, `${HEADER}${source}\n${MERGE}`);
  },
};
