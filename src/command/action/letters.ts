import type { HandOver, Letter } from "../../core/port.ts";
import { commentHandOver } from "../../github/hand-over.ts";
import { editIssue, openIssue, ownIssues } from "../../github/issue.ts";
import { codeSpan } from "../../render/markdown-phrase.ts";
import { letterMarkdown } from "../../render/letter-markdown.ts";
import { type ActionPorts, markOf } from "./ports.ts";
import { announce } from "./report.ts";
import { concerned, pullOf, type Reviews } from "./reviews.ts";

/**
 * Letters go to the pull request in which they were reviewed, else to the newest that is about this roster; without any, to
 * an issue of our own.
 */
export function lettersOf(ports: ActionPorts, reviews: Reviews, logins: Logins): HandOver {
  const { repository, root } = ports;
  let issue: Promise<number> | undefined;
  const threadOf = async (letter: Pick<Letter, "user" | "what">): Promise<number> =>
    pullOf(reviews, letter) ?? (await (issue ??= lettersIssue(ports)));
  return commentHandOver({
    repository,
    roster: root,
    threadOf,
    page: (letter, isValid) => letterMarkdown({ ...letter, login: logins(letter.user), isValid }),
    prepare: async () => {
      const pulls = concerned(reviews);
      if (pulls.length === 0) await (issue ??= lettersIssue(ports));
      else await announce(ports, pulls);
    },
  });
}

/** The login on GitHub of a user. */
export type Logins = (user: string) => string | undefined;

async function lettersIssue(ports: ActionPorts): Promise<number> {
  const { repository, label, root } = ports;
  const mark = markOf(ports, "letters");
  const [found] = await ownIssues(repository, { mark, label });
  if (found !== undefined) {
    if (!found.isOpen) await editIssue(repository, found.number, { state: "open" });
    return found.number;
  }
  const body = `${mark}\nPasswords and access keys of the roster ${codeSpan(root)} that no pull request asked for, each encrypted to its person.`;
  return (await openIssue(repository, { mark, label, title: `iam-roster: credentials (${root})`, body }))
    .number;
}
