import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** As much of JSON Schema as our three schemas use. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  /** For json-schema-to-typescript: the type itself. */
  readonly tsType?: string;
}

export interface Schemas {
  readonly users: Schema;
  readonly groups: Schema;
  readonly roster: Schema;
}

export async function readSchemas(): Promise<Schemas> {
  const [users, groups, roster] = await Promise.all([read("users"), read("groups"), read("roster")]);
  return { users, groups, roster };
}

async function read(name: keyof Schemas): Promise<Schema> {
  const path = join(import.meta.dirname, "..", "..", "schema", `${name}.schema.json`);
  return JSON.parse(await readFile(path, "utf8")) as Schema;
}
