import groupsSchema from "../../schema/groups.schema.json" with { type: "json" };
import rosterSchema from "../../schema/roster.schema.json" with { type: "json" };
import usersSchema from "../../schema/users.schema.json" with { type: "json" };
import type { ValueKind } from "../core/finding.ts";
import type { RosterFile } from "../core/port.ts";
import { isObject, type Json } from "../core/rules/documents.ts";
import { segmentsOf } from "./pointer.ts";

/*
 * Finds the part of a schema that speaks of a place in a file, so that a message can say what would be right there.
 */

/** As much of JSON Schema as a message needs. */
export interface SchemaPart {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaPart>>;
  /** What would be right, as the end of "expected …". */
  readonly title?: string;
  readonly type?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly additionalProperties?: boolean | SchemaPart;
  readonly propertyNames?: SchemaPart;
  readonly items?: SchemaPart;
  readonly anyOf?: readonly SchemaPart[];
}

const SCHEMAS: Readonly<Record<RosterFile, SchemaPart>> = {
  "users.yaml": usersSchema,
  "groups.yaml": groupsSchema,
  "roster.yaml": rosterSchema,
};

/** The part for the value at the pointer, with the alternative that fits the value's type; the root's for "". */
export function schemaAt(file: RosterFile, root: Json, pointer: string): { part: SchemaPart; value: Json } {
  const schema = SCHEMAS[file];
  let value: Json = root;
  let part = narrowed(schema, schema, value);
  for (const segment of segmentsOf(pointer)) {
    value = memberOf(value, segment);
    part = narrowed(schema, partOf(part, segment), value);
  }
  return { part, value };
}

/** The part behind a reference. */
export function followed(file: RosterFile, part: SchemaPart): SchemaPart {
  return follow(SCHEMAS[file], part);
}

function follow(schema: SchemaPart, part: SchemaPart): SchemaPart {
  if (part.$ref === undefined) return part;
  const target = schema.$defs?.[part.$ref.slice("#/$defs/".length)] ?? {};
  return follow(schema, target);
}

function narrowed(schema: SchemaPart, part: SchemaPart, value: Json): SchemaPart {
  const whole = follow(schema, part);
  const fitting = whole.anyOf?.map((each) => follow(schema, each)).find((each) => hasType(value, each));
  return fitting ?? whole;
}

function partOf(parent: SchemaPart, segment: string): SchemaPart {
  if (parent.items !== undefined) return parent.items;
  if (parent.properties !== undefined && Object.hasOwn(parent.properties, segment)) {
    return parent.properties[segment] ?? {};
  }
  return typeof parent.additionalProperties === "object" ? parent.additionalProperties : {};
}

function memberOf(value: Json, segment: string): Json {
  const member = Array.isArray(value)
    ? (value as readonly Json[])[Number(segment)]
    : isObject(value)
      ? value[segment]
      : undefined;
  // oxlint-disable-next-line unicorn/no-null
  return member ?? null;
}

const KINDS: Readonly<Record<string, ValueKind>> = {
  string: "text",
  integer: "number",
  number: "number",
  boolean: "truth value",
  array: "list",
  object: "map",
};

export function kindOf(value: Json): ValueKind {
  if (value === null) return "nothing";
  return KINDS[Array.isArray(value) ? "array" : typeof value] ?? "nothing";
}

/** Whether the value has the part's own type; a choice between parts has none, and nothing fits it. */
export function hasType(value: Json, part: SchemaPart): boolean {
  return part.type !== undefined && KINDS[part.type] === kindOf(value);
}

/** Whether this text, in quotes, might stand there. */
export function takesText(file: RosterFile, part: SchemaPart, text: string): boolean {
  if (part.anyOf !== undefined) return part.anyOf.some((each) => takesText(file, followed(file, each), text));
  if (part.type !== "string" || part.enum?.includes(text) === false) return false;
  return part.pattern === undefined || new RegExp(part.pattern, "u").test(text);
}
