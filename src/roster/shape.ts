import type { RosterFile } from "../core/port.ts";
import type { Json } from "../core/rules/documents.ts";
import { nearest } from "../core/rules/nearest.ts";
import { type Issue, issue } from "./issue.ts";
import { meantBy } from "./meant.ts";
import { pointer } from "./pointer.ts";
import { followed, hasType, kindOf, type SchemaPart, schemaAt, takesText } from "./schema-walk.ts";
import { groups, type Refusal, roster, users, type Validator } from "./schema/validators.js";
import type { Source } from "./source.ts";

/*
 * Holds a file against its schema. ajv says what is refused, the schema's titles say what would be right.
 */

const VALIDATORS: Readonly<Record<RosterFile, Validator>> = {
  "users.yaml": users,
  "groups.yaml": groups,
  "roster.yaml": roster,
};

/** What the file's value has that its schema does not allow, one issue for each wrong key or value. */
export function shapeIssues(source: Source): readonly Issue[] {
  const { file, value } = source;
  const validate = VALIDATORS[file];
  if (value === undefined || validate(value)) return [];
  const refusals = Map.groupBy(validate.errors ?? [], ({ instancePath }) => instancePath);
  return [...refusals].flatMap(([path, found]) =>
    issuesAt({ source, path, ...schemaAt(file, value, path) }, found),
  );
}

/** A place in a file, with the part of the schema that speaks of it and the value that stands there. */
interface Place {
  readonly source: Source;
  readonly path: string;
  readonly part: SchemaPart;
  readonly value: Json;
}

function issuesAt(place: Place, refusals: readonly Refusal[]): readonly Issue[] {
  // Of a choice between parts, ajv also reports those that were not meant.
  if (!hasType(place.value, place.part)) return [typeIssue(place)];
  const keys = refusals.flatMap((refusal) => keyIssue(place, refusal) ?? []);
  const wrong = refusals.some((refusal) => refusesValue(place.part, refusal));
  return wrong ? [...keys, valueIssue(place)] : keys;
}

const VALUE_KEYWORDS: ReadonlySet<string> = new Set([
  "pattern",
  "enum",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "minItems",
]);

function refusesValue(part: SchemaPart, { keyword, params, propertyName }: Refusal): boolean {
  if (propertyName !== undefined) return false;
  // A number that is not whole.
  return VALUE_KEYWORDS.has(keyword) || (keyword === "type" && params["type"] === part.type);
}

function keyIssue(place: Place, { keyword, params }: Refusal): Issue | undefined {
  const { source, path, part } = place;
  const at = (key: unknown): string => `${path}${pointer(String(key))}`;
  if (keyword === "additionalProperties") {
    const key = String(params["additionalProperty"]);
    const known = Object.keys(part.properties ?? {});
    const details = { key, nearest: nearest(key, known), known };
    return issue({ file: source.file, pointer: at(key), at: "key" }, "unknown-key", details);
  }
  if (keyword === "required" || keyword === "dependentRequired") {
    const key = String(params["missingProperty"]);
    return issue({ file: source.file, pointer: path, at: "key" }, "missing-key", { key });
  }
  if (keyword !== "propertyNames") return undefined;
  const name = String(params["propertyName"]);
  const details = {
    expected: expected(followed(source.file, part.propertyNames ?? {})),
    found: name,
    nearest: undefined,
  };
  return issue({ file: source.file, pointer: at(name), at: "key" }, "wrong-value", details);
}

function typeIssue({ source, path, part, value }: Place): Issue {
  const spot = { file: source.file, pointer: path };
  const written = source.written(path);
  if (isPrivateKey(value)) return issue(spot, "private-key", {});
  const scalar = typeof value !== "object" || value === null;
  if (scalar && typeof value !== "string" && written && takesText(source.file, part, written)) {
    return issue(spot, "unquoted-text", { written });
  }
  return issue(spot, "wrong-type", { expected: expected(part), found: kindOf(value), written });
}

function valueIssue({ source, path, part, value }: Place): Issue {
  const spot = { file: source.file, pointer: path };
  if (isPrivateKey(value)) return issue(spot, "private-key", {});
  const found = typeof value === "string" ? value : (source.written(path) ?? JSON.stringify(value));
  return issue(spot, "wrong-value", { expected: expected(part), found, nearest: meantBy(found, part) });
}

/** How private keys begin, in age's, OpenSSH's and PEM's form. */
function isPrivateKey(value: Json): boolean {
  return typeof value === "string" && /AGE-SECRET-KEY-|PRIVATE KEY/i.test(value);
}

function expected({ title = "something else" }: SchemaPart): string {
  return title;
}
