import { fc } from "@fast-check/vitest";
import { NASTY, parts } from "./nasty-yaml.ts";

/*
 * Texts that look like YAML: of any layout, and with mistakes in them.
 */

const scalar = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom("a", "group-1", "true", "42", "2027-01-01", "x y", "'q r'", '"s, t"', "é"),
  },
  { weight: 1, arbitrary: fc.constantFrom(...NASTY) },
);
const key = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom("a", "b", "c", "users", "group-1", "'q r'", '"s: t"', "012", "__proto__"),
  },
  { weight: 1, arbitrary: fc.constantFrom(...NASTY) },
);
/** What may stand at the end of a line, or between lines. */
const tail = fc.oneof(
  { weight: 4, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: fc.constantFrom(" ", " # why", "\n", "\n# why", "\n      # why", "\n\n  ") },
);

const { inline } = fc.letrec<{ inline: string; flow: string }>((tie) => ({
  inline: fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: tie("flow") }),
  flow: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("[]", "{}", "[ ]"),
    fc.array(tie("inline"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc
      .uniqueArray(fc.tuple(key, tie("inline")), { maxLength: 3, selector: ([name]) => name })
      .map((pairs) => `{ ${pairs.map(([name, value]) => `${name}: ${value}`).join(", ")} }`),
  ),
}));

type Block = string | { readonly lines: readonly Line[]; readonly shift: number };
interface Line {
  /** undefined: an entry of a list. */
  readonly key: string | undefined;
  readonly value: Block;
  readonly tail: string;
}

const { block } = fc.letrec<{ block: Block; value: Block }>((tie) => {
  const pairs = fc.record({ key, value: tie("value"), tail });
  const entries = fc.record({ key: fc.constant(undefined), value: tie("value"), tail });
  return {
    value: fc.oneof({ depthSize: "small" }, inline, tie("block")),
    block: fc.record({
      lines: fc.oneof(
        {
          weight: 3,
          arbitrary: fc.uniqueArray<Line, unknown>(pairs, {
            minLength: 1,
            maxLength: 4,
            selector: (line) => line.key,
          }),
        },
        { weight: 1, arbitrary: fc.array<Line>(entries, { minLength: 1, maxLength: 3 }) },
      ),
      shift: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(2, 4) },
        { weight: 1, arbitrary: fc.constantFrom(0, 1) },
      ),
    }),
  };
});

/** A map or list, now and then in a layout that is none. */
export const yamlText: fc.Arbitrary<string> = block.map((each) => rendered(each, 0).trimStart());

function rendered(value: Block, indent: number): string {
  if (typeof value === "string") return ` ${value}`;
  return value.lines.map((line) => `\n${" ".repeat(indent)}${renderedLine(line, indent)}`).join("");
}

function renderedLine({ key: name, value, tail: end }: Line, indent: number): string {
  const shift = typeof value === "string" ? 0 : value.shift;
  const below = rendered(value, indent + shift);
  if (name !== undefined) return `${name}:${typeof value === "string" ? `${below}${end}` : `${end}${below}`}`;
  // The first line of what an entry holds stands behind its dash.
  return typeof value === "string" ? `-${below}${end}` : `- ${rendered(value, indent + 2).trimStart()}`;
}

interface Mistake {
  readonly at: number;
  readonly cut: number;
  readonly bit: string;
}

/** What is put into a file by mistake. */
const BITS = parts(
  ` ¦  ¦\n¦\n  ¦:¦: ¦- ¦-¦?¦? ¦#¦ #¦'¦"¦[¦]¦{¦}¦,¦&a ¦*a¦!¦!!str ¦!<x> ¦|\n¦>\n¦|-\n   ¦%¦@¦\`¦\\¦\\n¦<<: ¦=¦.`,
  `---\n¦---¦--- a¦...\n¦\t¦\r\n¦\r¦\0¦\u0085¦\u00a0¦\u2028¦\ufeff¦~¦null¦yes¦0x1¦1e3¦012¦-0`,
);

const mistakes: fc.Arbitrary<readonly Mistake[]> = fc.array(
  fc.record({ at: fc.nat(), cut: fc.constantFrom(0, 0, 1, 3), bit: fc.constantFrom("", ...BITS, ...NASTY) }),
  { minLength: 1, maxLength: 4 },
);

/** Some lines of the text, with mistakes in them. */
export function spoilt(text: string): fc.Arbitrary<string> {
  const lines = text.split("\n");
  return fc.tuple(fc.nat(lines.length), mistakes).map(([first, found]) => {
    const part = `${lines.slice(first, first + 8).join("\n")}\n`;
    return found.reduce(spoiltBy, part);
  });
}

function spoiltBy(before: string, { at, cut, bit }: Mistake): string {
  const place = at % (before.length + 1);
  // Half of a character is no text.
  return (before.slice(0, place) + bit + before.slice(place + cut)).toWellFormed();
}
