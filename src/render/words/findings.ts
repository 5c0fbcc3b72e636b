import type { Finding, FindingArguments, FindingCode, ValueKind } from "../../core/finding.ts";
import { join, type Phrase, say, verbatim } from "../phrase.ts";

/*
 * What is wrong, what was found, what would be right: one answer for each code. The place stands before it.
 */

type Words = { readonly [Code in FindingCode]: (details: Readonly<FindingArguments[Code]>) => Phrase };

const WORDS: Words = {
  "unreadable-file": ({ reason }) => say`cannot be read: ${verbatim(reason)}`,
  "missing-file": () => say`the file is missing; where there is nothing to declare, leave an empty file`,
  "file-too-large": ({ bytes, most }) => [
    `the file has ${number(bytes)} bytes, and may have ${number(most)}; is it the right file?`,
  ],
  "not-utf8": ({ looksLike }) => {
    if (looksLike !== undefined) return say`the file is ${looksLike}; save it as UTF-8`;
    return say`from here on the file is not UTF-8; save it as UTF-8`;
  },
  "unseen-character": ({ character }) => unseenCharacter(character),
  "yaml-syntax": ({ problem }) => say`cannot be read as YAML: ${verbatim(problem)}`,
  "several-documents": () =>
    say`a second document begins here, and a file holds one; remove the line with --- or ...`,
  "duplicate-key": ({ key }) => say`the key ${quoted(key)} stands here a second time; keep one`,
  "alias-bomb": () => say`the aliases up to here stand for too many values; write them out, or use fewer`,
  "unknown-key": unknownKey,
  "missing-key": ({ key }) => say`the key ${quoted(key)} is missing here; add it`,
  "wrong-type": (details) => {
    const { expected, found, written } = details;
    return [`expected ${expected}, found `, ...kind(found, written), hint(details)];
  },
  "wrong-value": ({ expected, found, nearest }) => {
    const wrong = [`expected ${expected}, found `, ...value(found)];
    return nearest === undefined ? wrong : say`${wrong}; ${didYouMean(nearest)}`;
  },
  "unquoted-text": ({ written }) => {
    if (/^null$/i.test(written)) {
      return say`YAML reads ${verbatim(written)} as nothing; leave it out, or write the text in quotes: ${quoted(written)}`;
    }
    return say`YAML does not read ${verbatim(short(written))} as text; write it in quotes: ${quoted(written)}`;
  },
  "private-key": () => {
    return say`this is a private key; it counts as leaked now: make a new pair, and write its public half here`;
  },
  "same-name": ({ name, other }) => {
    if (name === other) return say`${quoted(name)} stands here a second time; keep one`;
    return say`${quoted(other)} and ${quoted(name)} are one name to IAM, which ignores case; keep one`;
  },
  "unknown-group": ({ group, nearest }) => {
    const way = say`declare it in groups.yaml, or remove this line`;
    return say`no group ${quoted(group)}; ${nearest === undefined ? way : didYouMean(nearest)}`;
  },
  "too-many-groups": ({ user, count, most }) => {
    return say`${quoted(user)} is in ${count} groups, and IAM allows ${most} at a time; remove some`;
  },
  "absent-group": ({ group }) => {
    return say`the group ${quoted(group)} is to be deleted (status: absent in groups.yaml); remove this line`;
  },
  "ignored-name": ({ name, pattern }) => {
    const both = say`${quoted(name)} is declared here, but roster.yaml ignores ${quoted(pattern)}`;
    return say`${both}; change one of them`;
  },
  "external-with-policies": ({ group, key }) => {
    const reason = say`the group ${quoted(group)} is external, made elsewhere; only its members are set here`;
    return say`${reason}: remove ${quoted(key)}, or external`;
  },
  "renamed-from-declared": ({ name, from }) => {
    return say`${quoted(name)} is renamed from ${quoted(from)}, which is declared too; remove one of the two`;
  },
  "rename-circle": ({ name, from }) => {
    return say`${quoted(name)} is renamed from ${quoted(from)}, and that leads back to ${quoted(name)}; break the circle`;
  },
  "renamed-twice": ({ from, name, other }) => {
    return say`${quoted(other)} and ${quoted(name)} are both renamed from ${quoted(from)}; keep one of these lines`;
  },
  "date-not-real": ({ date }) => {
    if (date.includes("T")) return say`there is no such moment as ${quoted(date)}; write one that exists`;
    return say`the calendar has no ${quoted(date)}; write a date that exists`;
  },
  "malformed-arn": ({ arn }) => {
    const form = "arn:aws:iam::ACCOUNT:policy/NAME (ACCOUNT is aws for a policy of AWS's own)";
    return say`expected the ARN of a managed policy, ${[form]}, found ${quoted(arn)}`;
  },
  "foreign-arn": ({ arn, expected }) => {
    if (/^\d+$/.test(expected))
      return say`${quoted(arn)} is not in ${["account"]} ${expected}, which this roster is for`;
    return say`${quoted(arn)} is in another partition; the other ARNs begin with ${quoted(`arn:${expected}:`)}`;
  },
  "policy-document": ({ problem }) => say`IAM would refuse this policy document: ${verbatim(problem)}`,
  "inline-size": ({ size, most }) => [
    `the inline policies have ${number(size)} characters together, white space not counted, and IAM allows ${number(most)}; shorten them, or make managed policies of them`,
  ],
  "reserved-tag": ({ key }) =>
    say`tags that begin with aws: or iam-roster: are not for you to set; remove ${quoted(key)}`,
  "too-many-tags": ({ count, most }) => {
    return say`${count} tags, and there may be ${most}, since IAM allows 50 and iam-roster needs some; remove some`;
  },
  "reserved-policy": ({ name }) =>
    say`iam-roster itself uses the name ${quoted(name)} to deactivate users; choose another`,
  "unknown-user": ({ user, nearest }) => {
    const way = say`correct the name, or declare the user there`;
    return say`no user ${quoted(user)} in users.yaml; ${nearest === undefined ? way : didYouMean(nearest)}`;
  },
  "no-recipient": ({ user }) => {
    return say`${quoted(user)} has access, but nobody could read the credentials; add github or encryptTo`;
  },
  "shared-login": ({ login, other }) =>
    say`${quoted(login)} is the login of ${quoted(other)} too; who has it can read what is issued to both`,
  "direct-policy": ({ user }) => say`${quoted(user)} has policies of its own; give them to a group instead`,
};

/** What the finding says, without its place and code. */
export function findingWords(finding: Finding): Phrase {
  // TypeScript cannot relate the table's answer to the finding's code; the table's type guarantees it.
  const words = WORDS[finding.code] as (details: Finding["arguments"]) => Phrase;
  return words(finding.arguments);
}

function unknownKey({ key, nearest, known }: FindingArguments["unknown-key"]): Phrase {
  if (key === "<<") return say`YAML has no merge key ${quoted(key)} any more; write the keys out`;
  if (nearest !== undefined) return say`unknown key ${quoted(key)}; ${didYouMean(nearest)}`;
  return [...say`unknown key ${quoted(key)}; known here: `, known.join(", ")];
}

function didYouMean(nearest: string): Phrase {
  return say`did you mean ${quoted(nearest)}?`;
}

/** Why a character that nobody sees must not stay, by what it is. */
const UNSEEN: readonly (readonly [RegExp, string])[] = [
  [/\r/, "ends no line when it stands alone; save the file with LF or CRLF line ends"],
  [/\0/, "belongs to no text; is the file saved as UTF-8?"],
  [/\ufeff/, "is a byte order mark in the middle of the file; delete it"],
  [/[\x85\u2028\u2029]/, "looks like the end of a line and is none; delete it"],
  [/[\u202a-\u202e\u2066-\u2069]/, "makes the line look like another; delete it"],
  [/[\p{Z}\u200b]/u, "indents this line, and YAML takes plain spaces only; put those in its place"],
];

function unseenCharacter(character: string): Phrase {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const [, way] = UNSEEN.find(([which]) => which.test(character)) ?? [];
  return [`the character U+${code}, which cannot be seen, ${way ?? "is not allowed in YAML; delete it"}`];
}

/** What most likely was meant, where the type is wrong. */
function hint({ expected, found, written = "" }: FindingArguments["wrong-type"]): string {
  if (!/^a (?:list|map|policy document) /.test(expected)) return "";
  if (found === "nothing") return "; is what belongs to it indented?";
  if (/^[{[]/.test(written)) return "; take the quotes away";
  if (expected.startsWith("a map") && /^[^\s:]+:\S/.test(written)) return "; put a space behind the colon";
  if (expected.startsWith("a list") && /^-\S/.test(written)) return "; put a space behind each dash";
  return "";
}

const KINDS: Readonly<Record<ValueKind, string>> = {
  text: "the text",
  number: "the number",
  "truth value": "the truth value",
  list: "a list",
  map: "a map",
  nothing: "nothing",
};

function kind(found: ValueKind, written: string | undefined): Phrase {
  if (found === "text") return [`${KINDS.text} `, ...quoted(written ?? "")];
  const scalar = found === "number" || found === "truth value";
  return scalar && written !== undefined
    ? say`${[KINDS[found]]} ${verbatim(short(written))}`
    : [KINDS[found]];
}

/** Very long values are best told by their length. */
function value(found: string): Phrase {
  const length = [...found].length;
  return length > UNCOUNTED ? say`${quoted(found)} (${length} characters)` : quoted(found);
}

/** How long a text may be to be shown whole, and without its length. */
const MOST = 100;
const UNCOUNTED = 60;

function short(text: string): string {
  const characters = [...text];
  return characters.length > MOST ? `${characters.slice(0, MOST - 40).join("")}…` : text;
}

function quoted(text: string): Phrase {
  return join(
    ['"', verbatim(short(text).replace(/["\\]/g, "\\$&")), '"'].map((piece) => [piece].flat()),
    "",
  );
}

function number(count: number): string {
  return count.toLocaleString("en-US");
}
