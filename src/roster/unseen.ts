import type { YamlProblem } from "./plain.ts";

/*
 * Characters that nobody sees in a file, though they change what it says or how it looks. YAML forbids the control
 * characters (1.2.2, chapter 5). Direction marks let a reviewer read another text than the one that counts
 * (CVE-2021-42574), and what looks like the end of a line, or like its indentation, and is none, does the same.
 * Written as an escape in double quotes, each of them can be seen, and is left to the checks.
 */

const CONTROL = String.raw`\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff`;
const DIRECTION = String.raw`\u202a-\u202e\u2066-\u2069`;
const NO_LINE_END = String.raw`\x85\u2028\u2029`;
const OTHER_SPACES = String.raw`\xa0\u1680\u2000-\u200b\u202f\u205f\u3000`;

// The look behind comes last, so that it is tried at few places.
const UNSEEN = new RegExp(
  `[${CONTROL}${DIRECTION}${NO_LINE_END}]|\\r(?!\\n)|[${OTHER_SPACES}](?<=(?:^|\\n) *.)`,
  "g",
);

/** Every such character, in order. */
export function* unseenCharacters(text: string): Generator<YamlProblem> {
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    yield { code: "unseen-character", offset: index, arguments: { character } };
  }
}
