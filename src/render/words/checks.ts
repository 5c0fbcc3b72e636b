import type { Check, CheckArguments, CheckCode } from "../../core/check.ts";
import { counted, join, type Phrase, say, verbatim } from "../phrase.ts";

/** What was found, and the way out where there is something to do. */
export function checkWords(check: Check): Phrase {
  // TypeScript cannot relate the table's arm to the union's arm; the table's type guarantees it.
  const words = WORDS[check.code] as (of: Check["arguments"]) => Phrase;
  return words(check.arguments);
}

type Words = { readonly [Code in CheckCode]: (of: Readonly<CheckArguments[Code]>) => Phrase };

const WORDS: Words = {
  node: ({ version }) => say`Node ${version}`,
  git: ({ version }) => say`${verbatim(version)}`,
  "no-git": () => say`there is no git: ${verbatim("--base")} takes a directory only`,
  files: ({ users, groups }) => say`the files: ${counted(users, "user")}, ${counted(groups, "group")}`,
  "files-wrong": ({ errors }) =>
    say`the files: ${counted(errors, "error")}; ${verbatim("iam-roster check")} says which`,
  caller: ({ arn }) => say`you are ${arn}`,
  "no-account": ({ problem }) => say`the account: ${lines(problem)}`,
  endpoint: ({ endpoint, region }) => say`IAM is asked at ${endpoint}, signed for ${region}`,
  account: ({ account }) => say`account ${account} is that of roster.yaml`,
  "account-not-set": ({ account }) =>
    say`roster.yaml sets no ${verbatim("account")}: add ${verbatim(`account: "${account}"`)}, so that no other is ever changed`,
  "owner-not-set": ({ owner }) =>
    say`roster.yaml sets no ${verbatim("owner")}, and ${owner} stands in: set one before a second roster manages users of this account`,
  "other-account": ({ account, ours }) =>
    say`this is account ${account}, and roster.yaml is for ${ours}: take the credentials of that one`,
  root: () =>
    say`these are the root user's credentials: nothing limits them, and nobody knows who used them. Delete its access keys, and take a role.`,
  "caller-is-user": ({ user }) =>
    say`you are the user ${user}: no plan will change it. A role has no key that lasts.`,
  reads: ({ count, of }) =>
    say`plan may make ${count} of its ${counted(of, "kind")} of calls: they were tried`,
  "read-denied": ({ permission }) =>
    say`plan needs ${permission}: ${verbatim("iam-roster permissions plan")} prints the policy`,
  "read-unknown": ({ permission, because }) => say`${permission} could not be tried: ${lines(because)}`,
  writes: ({ job, count }) =>
    say`${job} may make the other ${count} kinds of calls too, as far as IAM's policy simulator sees`,
  "write-denied": ({ permission, resource }) => say`${permission} on ${resource}`,
  "writes-denied": ({ job, count }) =>
    say`${job} would lack ${counted(count, "permission")}, which is as it should be for who only plans; ${verbatim(`iam-roster doctor ${job}`)} lists them`,
  "writes-unknown": ({ job, because }) =>
    say`whether ${job} may make its changes cannot be known without making them: ${lines(because)}`,
  "account-unread": ({ problem }) => say`the account's settings could not be read: ${lines(problem)}`,
  report: () => say`the credential report can be had`,
  passwords: ({ usersMayChange }) => passwordWords(usersMayChange),
  quota: ({ what, count, most }) => say`${count} of ${most} ${[what]} of the account's quota`,
  protected: ({ user }) => say`${user}, who is protected, is in the account under that name`,
  "protected-absent": ({ user }) => say`${user}, who is protected, is not in the account`,
  "protected-case": ({ written, live }) =>
    say`protected names ${written}, and the account ${live}: a policy tells them apart, so write ${live}`,
};

function passwordWords(usersMayChange: boolean | undefined): Phrase {
  if (usersMayChange === true) return say`users may change their own passwords`;
  const how = say`a first password can then be changed only by who has ${verbatim("iam:ChangePassword")} by a policy, such as IAMUserChangePassword`;
  return usersMayChange === false
    ? say`the account's password policy lets no user change a password: ${how}`
    : say`the account has no password policy of its own: ${how}`;
}

/** An error may have a second line, with the way out. */
function lines(text: string): Phrase {
  return join(text.split("\n").map(verbatim), "\n");
}
