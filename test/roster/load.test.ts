import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findingLine } from "../../src/render/findings.ts";
import { load } from "../../src/roster/load.ts";
import { filesOf, type Texts } from "./memory.ts";

async function linesOf(texts: Texts): Promise<readonly string[]> {
  const { findings } = await load(filesOf(texts));
  return findings.map(findingLine);
}

const bytes = (text: string, encoding: BufferEncoding): Uint8Array => Buffer.from(text, encoding);

describe("the bytes of a file", () => {
  test("a byte order mark is passed over, and the columns count without it", async () => {
    const lines = await linesOf({ "users.yaml": "\u{feff}usrs: {}\n" });
    expect(lines).toEqual(['users.yaml:1:1: unknown-key: unknown key "usrs"; did you mean "users"?']);
  });

  test("lines may end as on Windows", async () => {
    const text = "users:\r\n  emily:\r\n    name: Emily Chen\r\n    acess: []\r\n";
    const lines = await linesOf({ "users.yaml": text });
    expect(lines).toEqual(['users.yaml:4:5: unknown-key: unknown key "acess"; did you mean "access"?']);
    const { roster } = await load(filesOf({ "users.yaml": text.replace("acess", "access") }));
    expect(roster?.users.get("emily")?.person).toBe("Emily Chen");
  });

  test("a file in another encoding is told at its first wrong line", async () => {
    const lines = await linesOf({ "users.yaml": bytes("users:\n  emily:\n    name: Zo\u00eb\n", "latin1") });
    expect(lines).toEqual([
      "users.yaml:3:13: not-utf8: from here on the file is not UTF-8; save it as UTF-8",
    ]);
  });

  test("UTF-16 is not UTF-8", async () => {
    const lines = await linesOf({ "users.yaml": bytes("\u{feff}users: {}\n", "utf16le") });
    expect(lines[0]).toMatch(/^users\.yaml:1:1: not-utf8:/);
  });

  test("a file of six megabytes is not parsed", async () => {
    const lines = await linesOf({ "users.yaml": `users: {}\n#${"x".repeat(6 * 1024 * 1024)}` });
    expect(lines).toEqual([
      "users.yaml:1:1: file-too-large: the file has 6,291,467 bytes, and may have 5,242,880; is it the right file?",
    ]);
  });

  test("an alias bomb is refused before it goes off", async () => {
    const levels = "abcdefghij".split("");
    const text = levels
      .map((name, level) => {
        const before = levels[level - 1];
        const entries = before === undefined ? "1,2,3,4,5,6,7,8,9" : Array(9).fill(`*${before}`).join(",");
        return `${name}: &${name} [${entries}]\n`;
      })
      .join("");
    expect(await linesOf({ "users.yaml": text })).toEqual([
      "users.yaml:6:14: alias-bomb: the aliases up to here stand for too many values; write them out, or use fewer",
    ]);
  });

  test("aliases that many users share are no bomb", async () => {
    const users = Array.from({ length: 5000 }, (_, index) => `  user-${index}: { groups: *groups }\n`);
    const text = `users:\n  first: { groups: &groups [developers] }\n${users.join("")}`;
    const { roster, findings } = await load(
      filesOf({ "users.yaml": text, "groups.yaml": "groups: { developers: {} }\n" }),
    );
    expect(findings).toEqual([]);
    expect(roster?.users.get("user-4999")?.groups.get("developers")?.group).toBe("developers");
  });

  test.for([
    ["lists", "[", "users: "],
    ["maps", "{a: ", "users: "],
    ["dashes", "- ", ""],
  ])("a file nested too deeply in %s is told, not crashed on", async ([, unit = "", start = ""]) => {
    for (const depth of [200, 20_000]) {
      const lines = await linesOf({ "users.yaml": `${start}${unit.repeat(depth)}` });
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.every((line) => line.startsWith("users.yaml:"))).toBe(true);
    }
  });

  test("a value more than a hundred levels deep is told", async () => {
    const lines = await linesOf({ "users.yaml": `users: ${"[".repeat(150)}${"]".repeat(150)}\n` });
    expect(lines).toEqual([
      "users.yaml:1:107: yaml-syntax: cannot be read as YAML: this is more than 100 levels deep",
    ]);
  });

  test("a file that cannot be read is a finding with the reason", async () => {
    const read = (): Promise<undefined> => Promise.reject(new Error("the disk\nis gone"));
    const { roster, findings } = await load({ read });
    expect(roster).toBeUndefined();
    expect(findings.map(findingLine)).toEqual([
      "groups.yaml:1:1: unreadable-file: cannot be read: the disk\\u{a}is gone",
      "roster.yaml:1:1: unreadable-file: cannot be read: the disk\\u{a}is gone",
      "users.yaml:1:1: unreadable-file: cannot be read: the disk\\u{a}is gone",
    ]);
  });
});

describe("the roster that the files say", () => {
  test("every key of the files arrives in it", async () => {
    const folder = join(import.meta.dirname, "..", "cases", "roster");
    const texts = Object.fromEntries(
      ["users.yaml", "groups.yaml", "roster.yaml"].map((file) => [file, readFileSync(join(folder, file))]),
    );
    const { roster, findings } = await load(filesOf(texts));
    expect(findings.map(findingLine)).toEqual([]);
    const plain = JSON.parse(JSON.stringify(roster, plainly)) as unknown;
    await expect(`${JSON.stringify(plain, undefined, 2)}\n`).toMatchFileSnapshot(join(folder, "roster.json"));
  });

  test("a membership has the spelling with which the group is declared", async () => {
    const { roster } = await load(
      filesOf({ "users.yaml": "users: { e: { groups: [OPS] } }", "groups.yaml": "groups: { Ops: {} }" }),
    );
    expect(roster?.users.get("e")?.groups.get("ops")?.group).toBe("Ops");
  });

  test("access that is not stated is not access to nothing", async () => {
    const { roster } = await load(filesOf({ "users.yaml": "users: { a: {}, b: { access: [] } }" }));
    expect(roster?.users.get("a")?.access).toBeUndefined();
    expect(roster?.users.get("b")?.access).toEqual(new Set());
  });

  test("names of JavaScript's own are names like others", async () => {
    const { roster } = await load(
      filesOf({ "users.yaml": "users: { __proto__: { path: /x/ }, constructor: {}, toString: {} }" }),
    );
    expect([...(roster?.users.keys() ?? [])]).toEqual(["__proto__", "constructor", "tostring"]);
    expect(roster?.users.get("__proto__")?.path).toBe("/x/");
  });

  test("an override that lifts nothing is none", async () => {
    const text = "limits: { override: { until: 2026-12-01, reason: team sold } }";
    const { roster } = await load(filesOf({ "roster.yaml": text }));
    expect(roster?.settings.limits.override).toBeUndefined();
  });
});

function plainly(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value) as unknown;
  return value instanceof Set ? [...(value as ReadonlySet<unknown>)] : value;
}
