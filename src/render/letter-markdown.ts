import type { Letter } from "../core/port.ts";
import type { Credential } from "../core/roster.ts";
import { linked } from "./circumstances.ts";
import { codeSpan, inMarkdown } from "./markdown-phrase.ts";
import { say } from "./phrase.ts";
import type { Section } from "./sections.ts";
import type { HandedOver } from "./words/hand-over.ts";

export interface LetterPage extends Letter {
  /** The person's login on GitHub, who is told; undefined: nobody is. */
  readonly login: string | undefined;
  /** Whether it is handed over: until then nobody can sign in with what is in it. */
  readonly isValid: boolean;
}

/** A sealed letter as a comment for its person: what it is, the armored text, and the command that opens it. */
export function letterMarkdown({ user, what, sealed, login, isValid }: LetterPage): string {
  const told = login === undefined ? "" : `@${login}: `;
  const name = inMarkdown(say`${user}`);
  const head = isValid
    ? `🔑 ${told}${WHAT[what]} for ${name}, encrypted to the recipients in the plan.`
    : `⏳ ${told}${WHAT[what]} for ${name} is being made. It is **not valid yet**: wait until this text says so.`;
  return `${[head, fence(sealed), ...(isValid ? [howToOpen(`${user}.${what}.age`, what)] : [])].join("\n\n")}\n`;
}

/** Who was handed what, and where it is. */
export function handedOverSections(handedOver: readonly HandedOver[]): readonly Section[] {
  const items = handedOver.map(({ user, what, place }) => {
    const words = `${inMarkdown(say`${user}`)}: ${linked(WHAT[what].toLowerCase(), place)}`;
    return { whole: `- ${words}`, line: `- ${words}`, name: inMarkdown(say`${user}`) };
  });
  return [
    { title: "Handed over", blocks: [], items, noun: ["letter", "letters"], fold: "open", essential: true },
  ];
}

const WHAT: Readonly<Record<Credential, string>> = { password: "A password", key: "An access key" };

function fence(sealed: string): string {
  // Armor has no backtick; were there one, the fence would end there.
  return ["```text", sealed.replaceAll("`", "").trimEnd(), "```"].join("\n");
}

function howToOpen(file: string, what: Credential): string {
  const next =
    what === "password"
      ? "Then sign in soon: AWS asks for a new password, and the one in the letter ends."
      : "Then delete the opened file once the key is where it is used.";
  const open = codeSpan(`age -d -i ~/.ssh/id_ed25519 ${/^[\w.@=+,][\w.@=+,-]*$/.test(file) ? file : "FILE"}`);
  return `Copy the block into a file ${codeSpan(file)}, and open it with [age](https://age-encryption.org) and your private key: ${open} (or ${codeSpan("~/.ssh/id_rsa")}, or the file of your age key). ${next}`;
}
