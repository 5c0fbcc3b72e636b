import { compile } from "json-schema-to-typescript";
import { formatted } from "./format.ts";
import type { Generator } from "./generator.ts";
import { readSchemas, type Schema } from "./schemas.ts";

const HEADER = `/*
 * What the three files say, as written. Made from schema/ by \`npm run generate\`; do not edit.
 */
import type { JsonObject } from "../../core/rules/documents.ts";
`;

/** What makes a type. Words for people, and limits that no type can say, are left out. */
const KEPT: ReadonlySet<string> = new Set([
  "$ref",
  "description",
  "type",
  "enum",
  "required",
  "properties",
  "additionalProperties",
  "items",
  "anyOf",
]);

/** One schema for the three files, so that what they share is one type. */
async function combined(): Promise<Schema> {
  const { users, groups, roster } = await readSchemas();
  const definitions: Readonly<Record<string, Schema>> = {
    UsersFile: users,
    GroupsFile: groups,
    RosterFile: roster,
    ...users.$defs,
    ...groups.$defs,
    ...roster.$defs,
  };
  return {
    $defs: { ...bareMap(definitions), PolicyDocument: { tsType: "JsonObject" } },
    type: "object",
    additionalProperties: false,
    required: ["users", "groups", "roster"],
    properties: {
      users: { $ref: "#/$defs/UsersFile" },
      groups: { $ref: "#/$defs/GroupsFile" },
      roster: { $ref: "#/$defs/RosterFile" },
    },
  };
}

function bare(schema: Schema): Schema {
  const kept = Object.entries(schema).filter(([key]) => KEPT.has(key));
  const { properties, items, anyOf, additionalProperties } = schema;
  return {
    ...Object.fromEntries(kept),
    ...(properties && { properties: bareMap(properties) }),
    ...(items && { items: bare(items) }),
    ...(anyOf && { anyOf: anyOf.map(bare) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: bare(additionalProperties) }),
  };
}

function bareMap(map: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(map).map(([key, schema]) => [key, bare(schema)]));
}

/** Every property and list of the generated types is readonly. */
function readonlyTypes(source: string): string {
  return source
    .replaceAll(/^(\s+)((?:\w+\??|\[\w+: string\]):)/gm, "$1readonly $2")
    .replaceAll(/(\w+|\([^()]*\))\[\]/g, "readonly $1[]");
}

export const writtenTypes: Generator = {
  path: "src/roster/schema/written.ts",
  async make() {
    const schema = (await combined()) as Parameters<typeof compile>[0];
    const source = await compile(schema, "Written", {
      bannerComment: HEADER,
      customName: (_schema, key) => key,
    });
    return formatted(writtenTypes.path, readonlyTypes(source));
  },
};
