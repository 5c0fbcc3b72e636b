import { code, row, text } from "./cells.ts";
import type { Generator } from "./generator.ts";
import { readSchemas, type Schema } from "./schemas.ts";

/*
 * docs/reference/files.md: the keys of the three files as tables, made from the schemas that editors and the check use.
 */

const HEADER = `<!-- Made from schema/ by \`npm run generate\`; do not edit. -->

# The files

A roster is a directory with three YAML files. Both \`users.yaml\` and \`groups.yaml\` are maps keyed by name. Names are
unique without regard to case, and YAML rejects one that stands twice. A key that is not in these tables is an error.

What \`access\`, \`encryptTo\`, \`resetPassword\`, \`rotateKey\` and \`credentials\` do is told in
[credentials.md](../credentials.md).

**Names** of users have 1 to 64 characters, those of groups 1 to 128: \`A-Z a-z 0-9 _ + = , . @ -\`. Keys are read as text,
so \`0123\` and \`1e3\` are names; a value that should be text and looks like a number needs quotes, as every account id
does.

**Dates** are absolute and in UTC: \`2026-12-31\` includes that whole day, and \`2026-12-31T18:00:00Z\` is a moment (RFC
3339). Durations are a number and a unit: \`15s\`, \`5m\`, \`12h\`, \`7d\`, \`2w\`.

**Managed policies** are ARNs. One of AWS's own may be written as all that stands behind \`policy/\` in its ARN:
\`ReadOnlyAccess\`, \`job-function/ViewOnlyAccess\`. **A membership** is the name of a group, or a map with \`group\`,
\`until\` and \`reason\`.

A file has at most 5 MiB, in UTF-8, and holds one YAML document. Aliases may be used within bounds; merge keys (\`<<\`)
and tags (\`!\`) may not. \`users.yaml\` and \`groups.yaml\` must exist and may be empty; \`roster.yaml\` may be missing.

For completion and help in an editor, let the first line of each file name its schema, by path or by URL:

\`\`\`yaml
# yaml-language-server: $schema=../schema/users.schema.json
\`\`\`

## An example

\`\`\`yaml
# users.yaml
users:
  emily:
    name: Emily Chen
    github: emilyc
    groups:
      - auditors
      - { group: administrators, until: 2026-12-31, reason: on call }
    access: [console]
  build-bot:
    path: /machines/
    groups: [deployers]
    access: [programmatic]
    encryptTo: github:emilyc
    permissionsBoundary: arn:aws:iam::123456789012:policy/machine-boundary
    tags: { team: platform }
# groups.yaml
groups:
  administrators: { policies: [AdministratorAccess] }
  auditors: { policies: [SecurityAudit, job-function/ViewOnlyAccess] }
  deployers: { policies: ["arn:aws:iam::123456789012:policy/deploy"] }
# roster.yaml
account: "123456789012"
owner: acme/access
admins: { groups: [administrators], atLeast: 1 }
\`\`\`

\`\`\`sh
iam-roster check
\`\`\`

\`\`\`text
2 users, 3 groups: no problems found
\`\`\`
`;

/** One row: a key, below its parents. */
interface Row {
  readonly key: string;
  readonly schema: Schema;
  readonly required: boolean;
}

export const filesReference: Generator = {
  path: "docs/reference/files.md",
  async make() {
    const { users, groups, roster } = await readSchemas();
    const sections = [
      section("users.yaml", users, rowsBelow(users, "User")),
      section("groups.yaml", groups, rowsBelow(groups, "Group")),
      section("roster.yaml", roster, rowsOf(roster, roster, "")),
    ];
    return [HEADER, ...sections].join("\n");
  },
};

/** The keys of an entry, for a file that is a map of entries. */
function rowsBelow(root: Schema, definition: string): readonly Row[] {
  return rowsOf(root, root.$defs?.[definition] ?? {}, "");
}

function rowsOf(root: Schema, parent: Schema, prefix: string): readonly Row[] {
  const required = new Set(parent.required ?? []);
  return Object.entries(parent.properties ?? {}).flatMap(([name, written]) => {
    const schema = resolved(root, written);
    const key = `${prefix}${name}`;
    const own: Row = { key, schema, required: required.has(name) };
    return [own, ...rowsOf(root, schema, `${key}.`), ...rowsOfItems(root, schema, key)];
  });
}

/** The keys of the maps that a list holds. */
function rowsOfItems(root: Schema, { items }: Schema, key: string): readonly Row[] {
  if (items === undefined) return [];
  const choices = resolved(root, items).anyOf ?? [items];
  return choices.flatMap((choice) => rowsOf(root, resolved(root, choice), `${key}[].`));
}

/** What stands beside a reference wins over what stands behind it. */
function resolved(root: Schema, { $ref, ...beside }: Schema): Schema {
  if ($ref === undefined) return beside;
  return { ...root.$defs?.[$ref.slice("#/$defs/".length)], ...beside };
}

function section(file: string, root: Schema, rows: readonly Row[]): string {
  const [name] = Object.keys(root.properties ?? {});
  const entries =
    file === "roster.yaml" ? "" : ` The keys below stand under each name in the map \`${name}\`.`;
  const lines = rows.map(({ key, schema, required }) =>
    row([code(key), text(schema.title), required ? "required" : preset(schema), text(schema.description)]),
  );
  return [
    `## ${file}`,
    "",
    `${root.description ?? ""}${entries}`,
    "",
    row(["key", "value", "default", "meaning"]),
    row(["---", "---", "---", "---"]),
    ...lines,
    "",
  ].join("\n");
}

function preset({ default: value }: Schema): string {
  return value === undefined ? "" : code(typeof value === "string" ? value : JSON.stringify(value));
}
