import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import groups from "../../schema/groups.schema.json" with { type: "json" };
import roster from "../../schema/roster.schema.json" with { type: "json" };
import users from "../../schema/users.schema.json" with { type: "json" };
import { parseDuration } from "../../src/core/rules/duration.ts";
import { load } from "../../src/roster/load.ts";
import { filesOf } from "./memory.ts";

interface Part {
  readonly title?: string;
  readonly description?: string;
  readonly $ref?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Part>>;
  readonly $defs?: Readonly<Record<string, Part>>;
}

const schemas: Readonly<Record<string, Part>> = { users, groups, roster };

/** Every property of the part and of what lies in it, with its path. */
function properties(part: Part, path = ""): readonly (readonly [path: string, part: Part])[] {
  return Object.entries({ ...part.properties, ...part.$defs }).flatMap(([key, each]) => [
    [`${path}/${key}`, each] as const,
    ...properties(each, `${path}/${key}`),
  ]);
}

test.for(Object.entries(schemas))("every key of the %s schema has a title and a sentence", ([, schema]) => {
  for (const [path, part] of properties(schema)) {
    expect(part.title ?? part.$ref, path).toBeDefined();
    expect(part.description ?? part.$ref, path).toMatch(/\.$|^#/);
  }
});

test.for(Object.entries(schemas))(
  "the examples and defaults of the %s schema are valid",
  ([name, schema]) => {
    const ajv = new Ajv2020({ strict: true });
    ajv.addSchema(schema, name);
    const pathOf = (path: string): string => {
      const segments = path.slice(1).split("/");
      const kept = segments.map((segment, index) => {
        const isDefinition =
          index === 0 && schema.$defs !== undefined && Object.hasOwn(schema.$defs, segment);
        return isDefinition ? `$defs/${segment}` : `properties/${segment}`;
      });
      return `${name}#/${kept.join("/")}`;
    };
    for (const [path, part] of properties(schema)) {
      for (const example of [...(part.examples ?? []), ...("default" in part ? [part.default] : [])]) {
        expect(ajv.validate(pathOf(path), example), `${path}: ${JSON.stringify(example)}`).toBe(true);
      }
    }
  },
);

test("what several schemas define they define alike", () => {
  const shared = Object.entries(schemas).flatMap(([, { $defs = {} }]) => Object.entries($defs));
  for (const [name, definition] of shared) {
    const others = shared.filter(([other]) => other === name).map(([, each]) => each);
    for (const other of others) expect(other, name).toEqual(definition);
  }
});

test("an empty roster.yaml has the defaults that its schema states", async () => {
  const loaded = await load(filesOf({}));
  const settings = loaded.roster?.settings as unknown as Readonly<Record<string, unknown>>;
  const stated = properties(roster).filter(([, part]) => "default" in part && part.properties === undefined);
  expect(stated.length).toBeGreaterThan(10);
  for (const [path, { default: value }] of stated) {
    if (path === "/limits/override/firstContact") continue;
    const found = path
      .slice(1)
      .split("/")
      .reduce<unknown>((parent, key) => (parent as Readonly<Record<string, unknown>>)[key], settings);
    const duration = typeof value === "string" ? parseDuration(value) : undefined;
    expect(found, path).toEqual(duration ?? value);
  }
});

test("an empty user and an empty group have the defaults that their schemas state", async () => {
  const { roster: loaded } = await load(
    filesOf({ "users.yaml": "users: { a: {} }", "groups.yaml": "groups: { a: {} }" }),
  );
  const declared = [
    [users.$defs.User.properties, loaded?.users.get("a")],
    [groups.$defs.Group.properties, loaded?.groups.get("a")],
  ] as const;
  for (const [parts, entry] of declared) {
    for (const [key, part] of Object.entries(parts as Readonly<Record<string, Part>>)) {
      if (!("default" in part)) continue;
      const value = (entry as unknown as Readonly<Record<string, unknown>>)[key];
      const plain = value instanceof Map ? (Object.fromEntries(value) as unknown) : value;
      expect(Array.isArray(part.default) && value instanceof Map ? [] : plain, key).toEqual(part.default);
    }
  }
});
