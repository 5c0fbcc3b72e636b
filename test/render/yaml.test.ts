import { test as property } from "@fast-check/vitest";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import type { Json } from "../../src/core/rules/documents.ts";
import { yamlLines, yamlText } from "../../src/render/yaml.ts";

/** As the files are read, by 1.2 and, more easily misled, by 1.1. */
function parsed(yaml: string, version: "1.1" | "1.2" = "1.2"): unknown {
  const document = parseDocument(yaml, { version, stringKeys: true });
  expect(document.errors).toEqual([]);
  return document.toJS();
}

const ODD: readonly string[] = [
  "on",
  "No",
  "NULL",
  "~",
  "y",
  "123",
  "0123",
  "1e3",
  "0x1f",
  ".inf",
  "2026-11-22",
  "12:30",
  "",
  " ",
  "a ",
  "a: b",
  "a:",
  "a #b",
  "#a",
  "- a",
  "-",
  "---",
  "@emily",
  "emily@example.com",
  "`a`",
  "a,b",
  "[a]",
  "{a}",
  "*a",
  "&a",
  "!a",
  "%a",
  "?",
  "? a",
  "|",
  ">",
  "'a'",
  '"a"',
  "\\n",
  "a\nb",
  "\t",
  "=",
  "<<",
  "/people/",
  "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
  "a_b+c=d,e.f@g-h",
  "Zürich",
  "\u0000\u001b\u007f\u0085\u009b",
  "\u2028\u202e\u200b\ufeff",
  "\u{e0041}",
  "😀",
  "\ud800",
];

const text = fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "binary", maxLength: 8 }), fc.string());

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.integer(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u{e0000}-\u{e0fff}]/u;

test.each(ODD)("%j is read back as the text it is, as value, item and key", (odd) => {
  const written = yamlText(odd);
  for (const version of ["1.1", "1.2"] as const) {
    expect(parsed(`value: ${written}`, version)).toEqual({ value: odd });
    expect(parsed(`- ${written}`, version)).toEqual([odd]);
  }
  expect(parsed(`${written}: 1`)).toEqual({ [odd]: 1 });
});

describe("whatever the value is", () => {
  property.prop([json])("its lines are read back as just that value", (value) => {
    expect(parsed(yamlLines(value).join("\n"))).toEqual(value);
  });

  property.prop([json])("each line is one line, and shows all that is in it", (value) => {
    for (const line of yamlLines(value)) expect(line).not.toMatch(UNSEEN);
  });
});

test("names, paths and ARNs stand as people write them", () => {
  for (const name of ["power-users", "/people/", "arn:aws:iam::aws:policy/PowerUserAccess", "a.b@c"]) {
    expect(yamlText(name)).toBe(name);
  }
});

test("a document stands in blocks", () => {
  const document = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: ["iam:*"], Resource: "*" }, {}],
  };
  expect(yamlLines(document)).toEqual([
    'Version: "2012-10-17"',
    "Statement:",
    "  - Effect: Deny",
    "    Action:",
    '      - "iam:*"',
    '    Resource: "*"',
    "  - {}",
  ]);
});
