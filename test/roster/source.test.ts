import { describe, expect, test } from "vitest";
import { pointer, segmentsOf } from "../../src/roster/pointer.ts";
import type { Source } from "../../src/roster/source.ts";
import { parseThoroughly } from "../../src/roster/thorough.ts";

function sourceOf(text: string): Source {
  return parseThoroughly("users.yaml", text);
}

/** `line:column` of key and value. */
function placesOf(source: Source, at: string): readonly string[] {
  return (["key", "value"] as const).map((which) => {
    const { line, column } = source.place(at, which);
    return `${line}:${column}`;
  });
}

const TEXT = `# a comment
users:
  emily: { groups: [a, "b"] }
  "a/b~c":
    name: &name Emily
    groups:
      - group: x
        until: 2026-12-31
      - *name
  empty:
`;

describe("the place of a JSON Pointer", () => {
  test.for([
    ["", ["2:1", "2:1"]],
    ["/users", ["2:1", "3:3"]],
    ["/users/emily", ["3:3", "3:10"]],
    ["/users/emily/groups/1", ["3:24", "3:24"]],
    ["/users/a~1b~0c/name", ["5:5", "5:17"]],
    ["/users/a~1b~0c/groups/0/until", ["8:9", "8:16"]],
    ["/users/empty", ["10:3", "10:3"]],
  ] as const)("%s is where its key and value stand", ([at, places]) => {
    expect(placesOf(sourceOf(TEXT), at)).toEqual(places);
  });

  test("of something that is not there is that of its nearest parent", () => {
    expect(placesOf(sourceOf(TEXT), "/users/emily/nothing/0")).toEqual(["3:3", "3:10"]);
    expect(placesOf(sourceOf(TEXT), "/users/emily/groups/7")).toEqual(["3:12", "3:20"]);
  });

  test("leads through an alias to its anchor", () => {
    const source = sourceOf("a: &a { b: [1, 2] }\nc: *a\n");
    expect(placesOf(source, "/c/b/1")).toEqual(["1:16", "1:16"]);
  });

  test("counts characters, not the halves of them", () => {
    expect(placesOf(sourceOf('"🙂🙂": { é: 1 }\n'), "/🙂🙂/é")).toEqual(["1:9", "1:12"]);
  });

  test("may hold any text", () => {
    for (const name of ["", "/", "~", "~1", "a/b~0c", "-1"]) {
      expect(segmentsOf(pointer("users", name, 0))).toEqual(["users", name, "0"]);
    }
    expect(segmentsOf(pointer())).toEqual([]);
  });
});

describe("the value of a file", () => {
  test("keeps every key as it is written", () => {
    const { value } = sourceOf("0123: a\n1e3: b\nnull: c\ntrue: d\n~: e\n12.50: f\n2026-01-01: g\n");
    expect(Object.keys(value ?? {}).toSorted()).toEqual(
      ["0123", "1e3", "null", "true", "~", "12.50", "2026-01-01"].toSorted(),
    );
  });

  test("has maps that are not objects of JavaScript", () => {
    const { value } = sourceOf("__proto__: { admin: true }\n");
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.keys(value ?? {})).toEqual(["__proto__"]);
    expect((value as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  test("knows how a scalar is written", () => {
    const source = sourceOf('a: 0123\nb: "0123"\nc:\nd: [1.10]\n');
    const written = ["/a", "/b", "/c", "/d/0", "/d"].map((at) => source.written(at));
    expect(written).toEqual(["0123", "0123", "", "1.10", undefined]);
  });

  test("is an empty map where the file is empty", () => {
    for (const text of ["", "\n", "# nothing\n", "---\n", "null\n", "{}\n"]) {
      expect(Object.keys(sourceOf(text).value ?? { none: 1 })).toEqual([]);
    }
  });
});
