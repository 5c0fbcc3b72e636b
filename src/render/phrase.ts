/*
 * Words with other people's words in them. What stands between the names is ours; the names come from files and from
 * the account, so they are hostile text until each output has escaped them in its own way.
 */

/** A text is ours; a `name` comes from outside; `verbatim` is shown as it stands (an error, a piece of YAML). */
export type Piece = string | { readonly name: string } | { readonly verbatim: string };

export type Phrase = readonly Piece[];

/** A phrase from a template; what is put in as text is a name, so that forgetting to escape is not possible. */
export function say(words: TemplateStringsArray, ...values: readonly (string | number | Phrase)[]): Phrase {
  return words.flatMap((ours, index): Phrase => {
    const value = values[index];
    if (value === undefined) return [ours];
    if (typeof value === "number") return [ours, String(value)];
    return [ours, ...(typeof value === "string" ? [{ name: value }] : value)];
  });
}

/** A text from outside, or a piece of a file, to be shown as it stands. */
export function verbatim(text: string): Phrase {
  return [{ verbatim: text }];
}

export function join(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [separator, ...phrase]));
}

/** `alice, bob, carol and 9 more`, or all of them where no most is given. */
export function listing(names: readonly (string | Phrase)[], most: number = names.length): Phrase {
  // "and 1 more" is longer than most names.
  const shown = names.length === most + 1 ? names.length : most;
  const list = join(
    names.slice(0, shown).map((name) => say`${name}`),
    ", ",
  );
  return names.length > shown ? say`${list} and ${names.length - shown} more` : list;
}

/** So many characters of a name are shown where there is little room; IAM's own are shorter, ARNs mostly too. */
const CLIPPED = 128;

/** The phrase with no name in it longer than what is good to read: for where the whole stands elsewhere. */
export function clipped(phrase: Phrase, most: number = CLIPPED): Phrase {
  return phrase.map((piece) => {
    if (typeof piece === "string") return piece;
    return "name" in piece
      ? { name: clippedText(piece.name, most) }
      : { verbatim: clippedText(piece.verbatim, most) };
  });
}

/** The text in at most so many characters; one that is cut ends with `…`. */
export function clippedText(text: string, most: number): string {
  // By characters, so that none is cut in two.
  const characters = text.length <= most ? [] : [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumeration(phrases: readonly Phrase[]): Phrase {
  const last = phrases.at(-1) ?? [];
  return phrases.length < 2 ? last : say`${join(phrases.slice(0, -1), ", ")} and ${last}`;
}

/** `1 user`, `2 users`. */
export function counted(count: number, noun: string, plural?: string): Phrase {
  return [`${count} ${count === 1 ? noun : (plural ?? `${noun}s`)}`];
}

/**
 * What a terminal or a reader would not show as itself: control characters, direction marks, everything invisible,
 * and every space but the plain one.
 */
const UNSEEN = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/** The text with every unseen character written as `\u{202e}`: one line, safe to print. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

const PLAIN_NAME = /^[^\s"\\();]+$/u;

/** A name as people write it; in quotes where it could be taken for something else. */
export function visibleName(name: string): string {
  if (PLAIN_NAME.test(name) && visible(name) === name) return name;
  return `"${visible(name.replace(/["\\]/g, "\\$&"))}"`;
}

/** The phrase as plain text on one line. */
export function plain(phrase: Phrase): string {
  return phrase
    .map((piece) => {
      if (typeof piece === "string") return piece;
      return "name" in piece ? visibleName(piece.name) : visible(piece.verbatim);
    })
    .join("");
}
