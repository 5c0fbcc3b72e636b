import { type Change, credentialOf, type IssueKind } from "../../core/change.ts";
import type { NamedRecipient } from "../../core/recipient.ts";
import type { Credential } from "../../core/roster.ts";
import { enumeration, type Phrase, plain, say, verbatim, visible } from "../phrase.ts";

/** Why a run that would issue these is not begun. */
export function handOverRefusal(issued: readonly Change<IssueKind>[]): string {
  const what = enumeration(issued.map((change) => say`${WHAT[credentialOf(change)]} for ${change.user}`));
  return plain(
    say`Nothing was applied: ${what} would be issued, and there is nowhere to hand that over to. Name a directory with --credentials-dir DIR.`,
  );
}

const WHAT: Readonly<Record<Credential, Phrase>> = { password: ["a password"], key: ["an access key"] };

/** What was handed over, and who can open it. */
export interface HandedOver {
  readonly user: string;
  readonly what: Credential;
  readonly to: readonly NamedRecipient[];
  /** The file. */
  readonly place: string;
}

/** Who has to be told, with the one command that opens what is theirs. Empty where nothing was handed over. */
export function handedOverText(handedOver: readonly HandedOver[]): string {
  if (handedOver.length === 0) return "";
  const blocks = handedOver.map(({ user, what, to, place }) => [
    `  ${plain(say`${user}: ${WHAT[what]} in ${verbatim(place)}`)}`,
    ...identitiesOf(to).map((identity) => `    age -d -i ${identity} ${quoted(nameOf(place))}`),
  ]);
  return `\nSend each file to its person, who opens it with age:\n${blocks.flat().join("\n")}\n`;
}

/** Where the private keys usually lie that open it; of an age key only its owner knows. */
function identitiesOf(to: readonly NamedRecipient[]): readonly string[] {
  return [...new Set(to.map(({ type }) => IDENTITY[type]))];
}

const IDENTITY: Readonly<Record<NamedRecipient["type"], string>> = {
  "ssh-ed25519": "~/.ssh/id_ed25519",
  "ssh-rsa": "~/.ssh/id_rsa",
  age: "FILE-OF-YOUR-AGE-KEY",
};

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** As one word of a shell. */
function quoted(path: string): string {
  // What begins with a dash would be an option.
  if (path.startsWith("-")) return quoted(`./${path}`);
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${visible(path).replaceAll("'", `'\\''`)}'`;
}
