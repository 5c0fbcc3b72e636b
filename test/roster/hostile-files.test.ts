import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { parse, stringify } from "yaml";
import type { Finding } from "../../src/core/finding.ts";
import type { RosterFile } from "../../src/core/port.ts";
import { findingAnnotation, findingLine } from "../../src/render/findings.ts";
import { load } from "../../src/roster/load.ts";
import { tries } from "../laws/tries.ts";
import { filesOf, type Texts } from "./memory.ts";

/*
 * Anybody may propose a change to the files. Whatever they hold, loading them ends soon, throws nothing, and says what
 * is wrong in lines that a terminal and a workflow can be given.
 */

async function expectTold(texts: Texts): Promise<void> {
  const { roster, findings } = await load(filesOf(texts));
  expect(roster === undefined).toBe(findings.some(({ severity }) => severity === "error"));
  expect(findings.map(placeKey)).toEqual(findings.map(placeKey).toSorted());
  for (const finding of findings) {
    expect(finding.line).toBeGreaterThan(0);
    expect(finding.column).toBeGreaterThan(0);
    expect(findingLine(finding)).toMatch(/^[a-z]+\.yaml:\d+:\d+: (warning: )?[a-z0-9-]+: [^\p{Cc}]+$/u);
    expect(findingAnnotation(finding, ".")).toMatch(/^::(error|warning) file=[^\p{Cc}]+$/u);
  }
}

function placeKey({ file, line, column }: Finding): string {
  return `${file} ${String(line).padStart(9, "0")} ${String(column).padStart(9, "0")}`;
}

const YAML_CHARACTERS = "{}[]:,-?&*!|>'\"#%@` \n\t~ab1<=\r\u0000".split("");

describe("whatever the files hold", () => {
  const word = fc.constantFrom(
    "emily",
    "Emily",
    "a b",
    "",
    "__proto__",
    "null",
    "12",
    "developers",
    "\u202e",
  );
  const scalar = fc.oneof(
    word,
    fc.string({ unit: "grapheme" }),
    fc.integer(),
    fc.boolean(),
    // oxlint-disable-next-line unicorn/no-null -- YAML has one
    fc.constant(null),
    fc.constantFrom("2026-02-30", "arn:aws:iam::aws:policy/x", "policy/x", "github:emily", "never", "7d"),
  );
  const key = fc.oneof(
    word,
    fc.constantFrom(
      "users",
      "groups",
      "name",
      "access",
      "policies",
      "inlinePolicies",
      "tags",
      "until",
      "status",
    ),
    fc.constantFrom(
      "external",
      "renamedFrom",
      "owners",
      "limits",
      "override",
      "losing",
      "Statement",
      "Effect",
    ),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: "small", maxDepth: 4 }, scalar, tie("list"), tie("map")),
    list: fc.array(tie("value"), { maxLength: 4 }),
    map: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: false }),
  }));
  const entry = fc.dictionary(key, value, { maxKeys: 8 });
  const section = (name: string) => fc.record({ [name]: fc.dictionary(word, entry, { maxKeys: 8 }) });

  property.prop([fc.uint8Array({ maxLength: 300 })])(
    "bytes are told or taken, never thrown on",
    async (users) => {
      await expectTold({ "users.yaml": users, "groups.yaml": users, "roster.yaml": users });
    },
  );

  property.prop([fc.string({ unit: fc.constantFrom(...YAML_CHARACTERS) })])(
    "YAML's own characters in any order are told or taken",
    async (users) => {
      await expectTold({ "users.yaml": users });
    },
  );

  property.prop([section("users"), section("groups"), value], { numRuns: 300 })(
    "values of any shape are told or taken",
    async (users, groups, roster) => {
      await expectTold({
        "users.yaml": stringify(users),
        "groups.yaml": stringify(groups),
        "roster.yaml": stringify(roster),
      });
    },
  );
});

const CASES = join(import.meta.dirname, "..", "cases");
const FILES: readonly RosterFile[] = ["users.yaml", "groups.yaml", "roster.yaml"];

/** A roster that has every key. */
const WHOLE = Object.fromEntries(
  FILES.map((file) => [file, readFileSync(join(CASES, "roster", file), "utf8")]),
) as Readonly<Record<RosterFile, string>>;

describe("whatever is changed in a roster that has every key", () => {
  const change = fc.record({
    file: fc.constantFrom(...FILES),
    place: fc.nat(),
    value: fc.constantFrom(...ODD),
    rest: fc.nat(3),
  });

  property.prop([fc.array(change, { minLength: 1, maxLength: 3 })], tries(150))(
    "one value or another in the place of any other is told or taken",
    async (changes) => {
      const values = Object.fromEntries(FILES.map((file) => [file, parse(WHOLE[file]) as unknown]));
      for (const { file, place, value, rest } of changes) {
        const places = placesIn(values[file]);
        const [holder, key] = places[place % places.length] ?? [{}, ""];
        // A name taken from elsewhere is what most mistakes are.
        Reflect.set(holder, rest === 0 ? "developers" : key, JSON.parse(value));
      }
      await expectTold(Object.fromEntries(FILES.map((file) => [file, stringify(values[file])])));
    },
  );
});

/** As JSON. */
const ODD = `null "" "x" 7 -1 1.5 true [] {} [null] [[]] {"a":null} {"__proto__":1}`.split(" ");

/** Every key of every map, and every index of every list. */
function placesIn(value: unknown): readonly (readonly [holder: object, key: string])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[value, key] as const, ...placesIn(member)]);
}

describe("whatever is done to the bytes of a file", () => {
  const folders = readdirSync(join(CASES, "findings"));
  const originals = [
    WHOLE["users.yaml"],
    ...folders.flatMap((name) =>
      readdirSync(join(CASES, "findings", name))
        .filter((file) => file === "users.yaml")
        .map((file) => readFileSync(join(CASES, "findings", name, file))),
    ),
  ].map((bytes) => Buffer.from(bytes));
  const piece = fc.oneof(
    fc.constantFrom(
      "\n",
      "  ",
      "\t",
      "- ",
      ": ",
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      "|\n",
      "? ",
      "<<: *a",
      "&a ",
      "*a",
    ),
    fc.constantFrom(
      "#",
      "---\n",
      "!!x ",
      "\r",
      "\u{feff}",
      "\u{202e}",
      "\0",
      "\u{a0}",
      "%",
      "__proto__",
      "users:",
    ),
  );
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(12),
    insert: fc.oneof(
      piece.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    ),
    times: fc.constantFrom(1, 1, 1, 2, 300),
  });

  property.prop([fc.constantFrom(...originals), fc.array(edit, { minLength: 1, maxLength: 6 })], {
    numRuns: 1000,
  })("it is told or taken", async (original, edits) => {
    const bytes = edits.reduce((before, { at, remove, insert, times }) => {
      const start = Math.floor(at * before.length);
      const inserted = Buffer.concat(Array.from({ length: times }, () => insert));
      return Buffer.concat([before.subarray(0, start), inserted, before.subarray(start + remove)]);
    }, original);
    await expectTold({ "users.yaml": bytes, "groups.yaml": WHOLE["groups.yaml"] });
  });
});
