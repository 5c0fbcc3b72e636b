import type { HygieneArguments, HygieneCode, HygieneFinding } from "../../core/drift/hygiene.ts";
import { formatDuration } from "../../core/rules/duration.ts";
import type { Instant } from "../../core/state.ts";
import { type Phrase, say, verbatim } from "../phrase.ts";
import { day } from "./dates.ts";

type Words = {
  readonly [Code in HygieneCode]: (of: Readonly<HygieneArguments[Code]>) => Phrase;
};

const WORDS: Words = {
  "old-key": ({ key, madeAt, keyAge }) =>
    say`${keyWords(key)} was made on ${day(madeAt)}, and ${verbatim("hygiene.keyAge")} is ${[formatDuration(keyAge)]}`,
  "unused-key": ({ key, since, used, unused }) =>
    say`${keyWords(key)} ${used ? usedOn(since) : say`was made on ${day(since)}, no use of it is known`}, and ${verbatim("hygiene.unused")} is ${[formatDuration(unused)]}`,
  "unused-password": ({ since, used, unused }) =>
    say`the password ${used ? usedOn(since) : say`was set on ${day(since)}, no use of it is known`}, and ${verbatim("hygiene.unused")} is ${[formatDuration(unused)]}`,
  "console-without-mfa": () => say`has a password and no MFA`,
  "two-active-keys": ({ keys }) => say`has ${keys} active access keys`,
  "root-keys": () => say`has access keys: delete them`,
  "root-without-mfa": () => say`has no MFA`,
};

function keyWords(key: string | undefined): Phrase {
  return key === undefined ? say`an access key` : say`access key ${key}`;
}

function usedOn(since: Instant): Phrase {
  return say`was last used on ${day(since)}`;
}

/** What is wrong; whose it is stands before it. */
export function hygieneWords(finding: HygieneFinding): Phrase {
  // TypeScript cannot relate the table's arm to the union's arm; the table's type guarantees it.
  const words = WORDS[finding.code] as (of: HygieneFinding["arguments"]) => Phrase;
  return words(finding.arguments);
}

/** `emily`, `zoe (not managed)`, or the root user. */
export function hygieneOwner({ user, managed }: HygieneFinding): Phrase {
  if (user === undefined) return say`the root user`;
  return managed ? say`${user}` : say`${user} (not managed)`;
}
