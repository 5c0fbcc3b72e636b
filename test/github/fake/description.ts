import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";

/* GitHub's own description of its API, of which only what the fake plays is kept. */

export type Schema = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly required?: boolean;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
}

export interface Description {
  /** The operation of a route as `GET /user`; undefined where it was not asked for. */
  readonly operation: (route: string) => Operation | undefined;
  /** A check of this schema, made once. Everything that GitHub does not name is wrong in a closed one. */
  readonly check: (schema: Schema, closed?: "closed") => ValidateFunction;
}

const ROOT = "https://api.github.com/description";
/** They say nothing to a validator, or (`discriminator`) something that ajv does not understand. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "example",
  "examples",
  "description",
  "title",
  "discriminator",
]);
/** Those that occur; ajv knows none itself. */
const FORMATS = {
  uri: (text: string) => URL.canParse(text),
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
  email: /^\S+@\S+$/,
  int64: { type: "number", validate: Number.isSafeInteger },
} as const;

function readDocument(): Document {
  const require = createRequire(import.meta.url);
  // By its path: the package's own entry point reads 390 MB.
  const file = require.resolve("@octokit/openapi/generated/api.github.com.json");
  return JSON.parse(readFileSync(file, "utf8")) as Document;
}

/** Every schema that these lead to, converted. */
function reachedFrom(document: Document, start: unknown): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const waiting: unknown[] = [start];
  for (const node of waiting) {
    for (const [, kind = "", name = ""] of JSON.stringify(node).matchAll(
      /"#\/components\/(\w+)\/([^"/]+)"/g,
    )) {
      const key = `${kind}/${name}`;
      if (key in found) continue;
      const target = document.components[kind]?.[name];
      found[key] = target;
      waiting.push(target);
    }
  }
  const schemas = Object.entries(found).filter(([key]) => key.startsWith("schemas/"));
  return Object.fromEntries(schemas.map(([key, schema]) => [key.slice("schemas/".length), convert(schema)]));
}

/** A schema of OpenAPI 3.0 as JSON Schema. */
function convert(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(convert);
  if (!(node instanceof Object)) return node;
  const { nullable, ...rest } = node as Schema;
  const kept = Object.entries(rest).filter(([key]) => !LEFT_OUT.has(key) && !key.startsWith("x-"));
  const schema = Object.fromEntries(kept.map(([key, value]) => [key, convertAt(key, value)]));
  return nullable === true ? { anyOf: [schema, { type: "null" }] } : schema;
}

function convertAt(key: string, value: unknown): unknown {
  if (key === "enum" || key === "default") return value;
  if (key === "$ref") return String(value).replace("#", `${ROOT}#`);
  if (key !== "properties") return convert(value);
  // Names of properties: one may be called `title`.
  return Object.fromEntries(Object.entries(value as Schema).map(([name, each]) => [name, convert(each)]));
}

/** The description lets every unknown key pass; a misspelt one is what a fake is for. */
function close(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(close);
  if (!(node instanceof Object)) return node;
  const closed = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, close(value)]));
  return "properties" in node && node.properties instanceof Object && !("additionalProperties" in node)
    ? { ...closed, additionalProperties: false }
    : closed;
}

/** What of `#/components/parameters/…` and its like is meant. */
function dereference(document: Document, node: unknown): unknown {
  const [, kind = "", name = ""] =
    node instanceof Object && "$ref" in node ? (/(\w+)\/([^/]+)$/.exec(String(node.$ref)) ?? []) : [];
  return name === "" ? node : document.components[kind]?.[name];
}

/** Throws where GitHub describes none: it would be played unchecked. */
function operationOf(document: Document, route: string): Operation {
  const [method = "", path = ""] = route.split(" ");
  const found = document.paths[path]?.[method.toLowerCase()];
  if (found === undefined) throw new Error(`GitHub describes no ${route}`);
  const of = (node: unknown) => dereference(document, node);
  return {
    parameters: (found.parameters ?? []).map(of) as Parameter[],
    ...(found.requestBody !== undefined && { requestBody: of(found.requestBody) as Content }),
    responses: Object.fromEntries(
      Object.entries(found.responses).map(([status, each]) => [status, of(each)]),
    ) as Operation["responses"],
  };
}

/** The description of these routes. Throws where GitHub has none of one. */
export function describeGitHub(routes: readonly string[]): Description {
  const { operations, ajv } = prepare(readDocument(), routes);
  const checks = new WeakMap<Schema, ValidateFunction>();
  return {
    operation: (route) => operations.get(route),
    check(schema, closed) {
      const known = checks.get(schema);
      if (known !== undefined) return known;
      const converted = convert(schema);
      const made = ajv.compile((closed === undefined ? converted : close(converted)) as Schema);
      checks.set(schema, made);
      return made;
    },
  };
}

interface Prepared {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly ajv: Ajv;
}

/** Keeps nothing of the rest of the document. */
function prepare(document: Document, routes: readonly string[]): Prepared {
  const operations = new Map(routes.map((route) => [route, operationOf(document, route)]));
  // Large schemas, each compiled for a few checks: what would make checking faster makes that slower.
  const quick = { validateSchema: false, inlineRefs: false, code: { optimize: false } } as const;
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, formats: FORMATS, ...quick });
  const schemas = reachedFrom(document, [...operations.values()]);
  const basic = {
    schemas: { ...schemas, "basic-error": convert(document.components["schemas"]?.["basic-error"]) },
  };
  ajv.addSchema({ $id: ROOT, components: basic });
  return { operations, ajv };
}
