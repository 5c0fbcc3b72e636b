import { codeSpan } from "./markdown-phrase.ts";
import { clippedText } from "./phrase.ts";
import type { Section } from "./sections.ts";

/** Under what a page is made; the plan itself says none of it. */
export interface Circumstances {
  /** The roster's name, where the repository has several. */
  readonly roster: string | undefined;
  /** The commit whose files these are. */
  readonly commit: string | undefined;
  readonly runUrl: string | undefined;
  /** The account was not looked at: the files before stand for it. */
  readonly offline: boolean;
}

/** Nothing is known but what the page is about. */
export const NO_CIRCUMSTANCES: Circumstances = {
  roster: undefined,
  commit: undefined,
  runUrl: undefined,
  offline: false,
};

/** So much of a text from outside stands where it has no shorter form. */
const MOST_SHOWN = 200;

/** ``Roster `prod` ``, with what else is to stand beside it. */
export function rosterMarkdown({ roster }: Circumstances): readonly string[] {
  return roster === undefined ? [] : [`Roster ${boundedCode(roster)}`];
}

/** The last line of a page: what it was made of. */
export function footer(digest: string | undefined, { commit, runUrl }: Circumstances): Section {
  const parts = [
    ...(digest === undefined ? [] : [`Digest ${codeSpan(digest)}`]),
    ...(commit === undefined ? [] : [`commit ${boundedCode(commit)}`]),
    ...(runUrl === undefined ? [] : [linked("run", runUrl)]),
  ];
  return {
    title: undefined,
    blocks: parts.length === 0 ? [] : [parts.join(" · ")],
    fold: "open",
    essential: true,
  };
}

/** No character of it ends a link, opens anything in Markdown, or is an entity. */
const PLAIN_URL = /^https?:\/\/[\w.~:/?#@!$+,;=%-]{1,1000}$/;

/** Our words with a link behind them; an address that is not plainly one stands beside them as code. */
export function linked(words: string, url: string): string {
  return PLAIN_URL.test(url) ? `[${words}](${url})` : `${words} ${boundedCode(url)}`;
}

function boundedCode(text: string): string {
  return codeSpan(clippedText(text, MOST_SHOWN));
}

/** Stands at the top of a plan that is made without the account. */
export const OFFLINE_NOTE: string = [
  "> [!NOTE]",
  "> This plan is made from the files alone, without the account: a pull request from a fork gets no credentials.",
  "> It shows what the change asks for, compared with the files before it. What the account really has, and what would be refused because of it, is seen in a plan by somebody who may read the account: push the branch to this repository, and the Action makes one.",
].join("\n");
