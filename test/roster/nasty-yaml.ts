/*
 * What YAML makes something of that a person may not expect.
 */

/** What stands between the bars of each line. */
export function parts(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split("¦"));
}

/** What a person may write where a value is meant. */
export const NASTY: readonly string[] = parts(
  `on¦off¦yes¦no¦y¦n¦true¦True¦TRUE¦tRue¦false¦null¦Null¦NULL¦0¦-0¦+0¦1¦-1¦+1¦012¦00¦0123456789012¦1_000`,
  `1,000¦0o7¦0O7¦0x1F¦0b1¦123456789012345¦1234567890123456¦12345678901234567`,
  `1111111111111111111111111111111111111111¦1.¦.5¦1.10¦1.5.1¦1e3¦1E3¦1e-3¦1.e3¦.5e1¦1e¦e1¦.inf¦-.INF¦.nan`,
  `.NaN¦inf¦nan¦.¦..¦...¦12:30:00¦1:1¦2027-01-01¦2027-01-01T10:00:00Z¦2027-01-01 10:00:00¦90d¦2w¦15s`,
  `10.0.0.1¦~¦=¦<<¦!¦!!¦!!str a¦!!str¦&¦&a¦&a b¦*¦*a¦%¦@¦@a¦\`¦\`a¦|¦>¦|-¦-¦--¦---¦- a¦-a¦?¦? a¦?a¦:¦:a`,
  `: a¦a:¦a: b¦a:b¦a::b¦a :b¦#¦#a¦a#b¦a #b¦a # b: c¦[¦]¦{¦}¦[]¦{}¦[ ]¦{ }¦[a]¦{a}¦{ a }¦[a: b]¦{a:b}`,
  `{ a: b }¦{ a: b, }¦[a,]¦[a, , b]¦[,]¦{,}¦[a]b¦[a] b¦{a: b}c¦[a]: b¦,¦a,b¦a, b¦[[a]]¦[{ a: b }]`,
  `{ a: [b] }¦[a, [b, { c: d }]]¦{ a: { b: c }, d: e }¦{ a : b }¦{ "a": b }¦{"a":b}¦{"a": b}`,
  `{'a': b, 'a': c}¦[a b, c d ]¦[ a ,b]¦{ a: b ,c: d}¦[a:]¦[a:,b]¦[:a]¦[- a]¦[-a]¦[a #b]¦[a#b]¦(a)¦/a/¦a/b`,
  `+a¦<a¦>a¦|a¦_a¦$a¦^a¦;a¦\\a¦a\\b¦arn:aws:iam::123456789012:policy/a¦[arn:aws:iam::aws:policy/a]`,
  `http://a.b/c?d=e&f#g¦iam:*¦*¦AKIA*¦''¦""¦'a'¦"a"¦'a''b'¦"a\\"b"¦"\\x41"¦"\\¦'¦"¦'a¦"a¦a'b¦a"b¦'a'b¦"a"b`,
  `'a' b¦'a' #b¦'a'#b¦'a': b¦"a" : b¦'#'¦": "¦'[a]'¦"- a"¦'~'¦"true"¦'1'¦' a '¦'a\n  b'¦"a\n  b"`,
  `"a\\\n  b"¦"a\n\n  b"¦'é'¦"🙂"¦'\t'¦"\u0085"¦|\n  a¦|-\n  a\n  b¦>\n  a\n  b¦|2\n   a¦|+\n  a\n¦a\n  b`,
  `a\n b¦a\n\n  b¦a # c\n  b¦a\n# c¦\n  a¦\n  - a¦\n- a¦\n- a\n- b¦\n  - a\n - b¦\n  b: c¦\n  b: c\n c: d`,
  `\n  b: c\n   d: e¦\n b¦[a,\n  b]¦[a\n  b]¦[\n  a\n]¦{ a: b,\n  c: d }¦{\n  a: b }¦[a\n]¦# c¦# c\n  a`,
  `# c\n  a: b¦¦ ¦  ¦\t¦a\t¦\ta¦a\tb¦a  ¦a \t¦a\r¦a\r\nb: c¦a\rb¦a\u0000b¦a\u0007b¦a\u007fb¦\ufeffa`,
  `a\ufeff¦a\u0085b¦\u0085¦a\u00a0b¦\u00a0a¦a\u2028b¦a\u2029¦a\u200bb¦\u3000a¦é¦e\u0301¦\u0301e¦日本¦ⅷ¦२¦ﬀ`,
  `🙂¦a🙂b¦𝒳¦𐐀¦\ue000¦\ufffe¦\u{10ffff}¦ǅ¦ß`,
);

/** Where it may stand: at X. */
export const POSITIONS: readonly string[] = parts(
  `a: X\n¦a: X¦a:   X   \n¦a: X # c\n¦a: X\nb: c\n¦b: c\na: X\n¦a:\n  b: X\n¦a:\n    b: X\nc: d\n`,
  `a:\n  - X\n¦a:\n- X\n¦a:\n- X\n- b\nc: d\n¦a:\n  - b: X\n    c: d\n¦a:\n  - X: b\n¦a:\n  - X\n  - X\n`,
  `a: [X]\n¦a: [X, b]\n¦a: [ b, X ]\n¦a: { b: X }\n¦a: { b: X, c: d }\n¦a: {b: X}\n¦a: [{ b: [X] }]\n`,
  `X: a\n¦X:\n  a: b\n¦a:\n  X: b\n¦a: { X: b }\n¦a: { b: c, X: d }\n¦a: b\nX: c\n¦X: X\n¦X\n¦X¦a: 'X'\n`,
  `a: "X"\n¦a: ['X', "X"]\n¦'X': a\n¦"X": a\n¦a: { 'X': "X" }\n¦a: b X\n¦a: bX\n¦a: Xb\n¦# X\na: b\n`,
  `a: b # X\n¦a: # X\n  b: c\n¦a: b\n# X\n¦a: b\n  # X\nc: d\n¦Xa: b\n¦a: b\nX¦a: b\n X\n`,
);

/** Where lines may stand, and comments between them. */
export const LAYOUTS: readonly string[] = [
  'a: \'it s\'\n"b": "x y"\nc: [a, { b: c }, [d]]\n',
  "a: 'it''s'\n\"b\": \"x\\ny\"\n",
  "f:\n- a\n-  b: c\n   d: e\n- - x\n  - y\n",
  "f:\n- a\n- b: c\n  d: e\ng: h\n",
  "f:\n  - a:\n    - b\n    - c: d\n      e: f\n    g:\n      h: i\n  - j\nk: l\n",
  "a:   1 # one\n\n# two\n'x y': true\nempty: {}\nnone: []\n",
  "a: one\n  text of\n  several lines\nb: [1,\n  2, # two\n  3 ]\n",
  "# first\n\n  # second\na: # third\n# fourth\n  b: c\n      # fifth\n  d: e\n\n\n# last",
  "a:\n  b: c\n# less\n  d: e\n # odd\nf: g\n",
  "a:\n  - b\n# less\n  - c\n  # same\n    # more\n  - d\n",
  "a:\n   b:\n         c: d\n   e: f\n",
  "a:\n  b: c\n d: e\n",
  "a:\n  b: c\n   d: e\n",
  "a:\n  - b\n - c\n",
  "a: b\n c: d\n",
  "- a\n- b\n",
  "  a: b\n  c: d\n",
  " a: b\nc: d\n",
  "a: b\n- c\n",
  "a:\n- b\nc\n",
  "a:\n  - b\n  c: d\n",
  "a:\n  c: d\n  - b\n",
  "a: b\n\n  \n   \nc: d\n   ",
  "---\na: b\n",
  "--- # x\na: b\n",
  "# x\n---\na: b\n...\n",
  "a: b\n...\n",
  "a: b\n---\n",
  "--- a: b\n",
  "%YAML 1.2\n---\na: b\n",
  "%a: b\n",
  "a: b\r\nc:\r\n  d: e\r\n",
  "\uFEFFa: b\n",
  `${"a".repeat(127)}: b\n`,
  `${"a".repeat(128)}: b\n`,
  `${"a".repeat(129)}: b\n`,
  `${"a".repeat(1030)}: b\n`,
  `"${"a".repeat(1030)}": b\n`,
  `a: ${"b ".repeat(2000)}\n`,
  `a: [${"b, ".repeat(2000)}b]\n`,
];
