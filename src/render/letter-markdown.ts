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
    ? `🔑 ${told}${WHAT[what]} for ${name}, encrypted to the keys that the roster names for it.`
    : `⏳ ${told}${WHAT[what]} for ${name} is being made. What is below is **not valid yet, and may never be**: come back in a minute. This text says then how to open it, or is gone.`;
  return `${[head, fence("text", sealed), ...(isValid ? howToOpen(user, what) : [])].join("\n\n")}\n`;
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

function fence(language: string, text: string): string {
  // Armor has no backtick; were there one, the fence would end there.
  return [`\`\`\`${language}`, text.replaceAll("`", "").trimEnd(), "```"].join("\n");
}

function howToOpen(user: string, what: Credential): readonly string[] {
  const name = fileName(user);
  const sealed = `${name}.${what}.age`;
  const open =
    what === "password"
      ? `age -d -i ~/.ssh/id_ed25519 ${sealed}`
      : `age -d -i ~/.ssh/id_ed25519 -o ${name}-key.csv ${sealed}`;
  return [
    `Copy the block into a file ${codeSpan(sealed)}, and open it with [age](https://age-encryption.org) and your private key:`,
    fence("sh", open),
    `Is your key another? Put its file in the place of ${codeSpan("~/.ssh/id_ed25519")}: ${codeSpan("~/.ssh/id_rsa")}, or the file of your age key.`,
    NEXT[what](name),
  ];
}

const NEXT: Readonly<Record<Credential, (name: string) => string>> = {
  password: () =>
    "Sign in soon with what it says: AWS asks for a password of your own then, and the one in the letter ends. One that nobody uses is withdrawn after some days.",
  key: (name) =>
    `It is the file that the console would give: ${codeSpan(`aws configure import --csv file://${name}-key.csv`)} takes it in. Delete it afterwards.`,
};

/** As one word of a shell, and no option. */
function fileName(user: string): string {
  const word = user.replaceAll(/[^\w.@=+,-]/g, "_");
  return word.startsWith("-") ? `./${word}` : word;
}
