import { fold } from "./names.ts";

/**
 * Does the pattern match the whole name? `*` stands for any text, `?` for one character, and case does not matter.
 * Never more than pattern times name steps: one star is remembered, none is tried again.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  // Nearly all names differ at once, and need not be taken apart.
  if (!/^[*?]/.test(pattern) && fold(pattern)[0] !== fold(name)[0]) return false;
  const want = [...fold(pattern)];
  const have = [...fold(name)];
  let at = 0;
  let star: { readonly pattern: number; name: number } | undefined;
  for (let index = 0; index < have.length;) {
    if (want[at] === "*") {
      star = { pattern: at, name: index };
      at += 1;
    } else if (want[at] === "?" || want[at] === have[index]) {
      at += 1;
      index += 1;
    } else if (star !== undefined) {
      star.name += 1;
      index = star.name;
      at = star.pattern + 1;
    } else {
      return false;
    }
  }
  return want.slice(at).every((character) => character === "*");
}
