import type { Subject } from "../../core/change.ts";
import type { Refusal, RefusalArguments, RefusalCode } from "../../core/refusal.ts";
import { counted, enumeration, join, listing, type Phrase, say, verbatim } from "../phrase.ts";

/** What is wrong, with its numbers, and the way out. */
export interface RefusalWords {
  readonly problem: Phrase;
  readonly wayOut: Phrase;
}

export function refusalWords(refusal: Refusal): RefusalWords {
  // TypeScript cannot relate the table's arm to the union's arm; the table's type guarantees it.
  const words = WORDS[refusal.code] as (
    of: Refusal["arguments"],
    subject: Subject | undefined,
  ) => RefusalWords;
  return words(refusal.arguments, refusal.subject);
}

export function subjectWords(subject: Subject): Phrase {
  return say`${[subject.type]} ${subject.name}`;
}

type Words = {
  readonly [Code in RefusalCode]: (
    of: Readonly<RefusalArguments[Code]>,
    subject: Subject | undefined,
  ) => RefusalWords;
};

/** How many names a refusal repeats: the entries are all above it. */
const NAMED = 3;

const WORDS: Words = {
  "wrong-account": ({ expected, found }) => ({
    problem: say`roster.yaml is for account ${expected}, and the credentials are for account ${found}.`,
    wayOut: say`Use credentials of ${expected}, or correct ${verbatim("account")} in roster.yaml.`,
  }),
  "no-users": ({ managed }) => ({
    problem: say`users.yaml names no users, and the account has ${counted(managed, "managed user")}.`,
    wayOut: say`Restore the file. To close users, keep their names there with ${verbatim("status: inactive")}.`,
  }),
  losing: ({ people, allowed, managed }) => ({
    problem: say`${losing(people)}; the limit allows ${allowed} of ${counted(managed, "active managed user")}.`,
    wayOut: override(`losing: ${people.length}`),
  }),
  "losing-half": ({ people, managed }) => ({
    problem: say`${losing(people)}: more than half of ${counted(managed, "active managed user")}.`,
    wayOut: override(`losing: ${people.length}`),
  }),
  "too-few-admins": ({ groups, before, after, atLeast }) => ({
    problem: say`${counted(after, "active user")} would be left in ${admins(groups)} (${before} now); ${verbatim(
      "admins.atLeast",
    )} asks for ${atLeast}.`,
    wayOut: say`Put another user there first, or lower ${verbatim("admins.atLeast")} in roster.yaml.`,
  }),
  "first-contact": ({ narrowing }) => ({
    problem: say`no user of this account carries our tag yet, and a first run only creates and adopts; something would be taken from ${listing(
      narrowing.map(narrowedWords),
      NAMED,
    )}.`,
    wayOut: say`Write what is there into the files first. ${override("firstContact: true")}`,
  }),
  protected: ({ user, caller, through }) => ({
    problem: say`${user} ${
      caller ? say`is the user that runs this` : say`is listed under ${verbatim("protected")} in roster.yaml`
    }, and would be changed${through === undefined ? [] : say` through group ${through}`}.`,
    wayOut: caller
      ? say`Let another user or a role run it, or make this change by hand.`
      : say`Make this change by hand, or take the name out of ${verbatim("protected")} first.`,
  }),
  "foreign-owner": ({ owner, ours }) => ({
    problem: say`this user belongs to the roster ${owner}; ours is ${ours} (tag iam-roster:owner).`,
    wayOut: say`Change the user in that roster, or take it out of this one.`,
  }),
  adoption: ({ changes }, subject) => ({
    problem:
      subject?.type === "group"
        ? say`the group exists and was not declared before; it differs from the file, by ${counted(changes, "change")}.`
        : say`this user exists and is not managed yet; the file asks for ${counted(changes, "change")} beside our tag.`,
    wayOut: say`Write what is there into the file, or allow the changes with ${verbatim("adopt: true")}.`,
  }),
  "access-not-stated": ({ password, activeKeys }) => ({
    problem: say`this user is to be adopted and has ${credentials(password, activeKeys)}; users.yaml does not say ${verbatim(
      "access",
    )}.`,
    wayOut: say`State it: ${verbatim(`access: [${stated(password, activeKeys)}]`)} keeps what is there, ${verbatim(
      "access: []",
    )} with ${verbatim("adopt: true")} takes it away.`,
  }),
  "unmanaged-members": ({ members }) => ({
    problem: say`the group is to be deleted, and ${counted(members.length, "member is not a managed user", "members are not managed users")}: ${listing(
      members,
    )}.`,
    wayOut: say`Take them out of the group by hand, or declare them in users.yaml.`,
  }),
  quota: ({ quota, most }) => ({
    problem: say`more than ${most} ${QUOTA_WORDS.get(quota) ?? verbatim(quota)}: IAM does not allow that in this account.`,
    wayOut: say`Ask for less, or have AWS raise the quota where it can be raised.`,
  }),
  "no-such-policy": ({ policy }) => ({
    problem: say`there is no policy ${policy}.`,
    wayOut: say`Correct its name in the file, or create the policy first.`,
  }),
  "no-usable-recipient": ({ what }) => ({
    problem: say`${[what === "key" ? "an access key" : "a password"]} would have to be issued, and nobody could read it.`,
    wayOut: say`Give the user ${verbatim("github")} or ${verbatim("encryptTo")} with a key that can be used in users.yaml.`,
  }),
  "public-repository": ({ what }) => ({
    problem: say`${[what === "key" ? "an access key" : "a password"]} would have to be issued, and in a public repository everybody could keep the ciphertext.`,
    wayOut: say`Make the repository private, or issue it by hand with ${verbatim("iam-roster apply --credentials-dir DIR")}.`,
  }),
  "rotation-blocked": ({ keys }) => ({
    problem: say`a new access key is asked for, and IAM allows no third; both are active: ${listing(keys)}.`,
    wayOut: say`Set the one that nobody uses Inactive by hand; the next run deletes it and makes the new one.`,
  }),
  "no-such-group": ({ group }) => ({
    problem: say`there is no group ${group} in the account.`,
    wayOut: say`It is ${verbatim("external")}: make it first, or correct the name.`,
  }),
  "name-taken": ({ name }, subject) => ({
    problem: say`the account already has a ${[subject?.type ?? "user"]} ${name}.`,
    wayOut: say`Choose another name, or delete that one first.`,
  }),
  "next-run": ({ on }) => ({
    problem: say`this has to wait until ${on.type} ${on.name} has changed: done in one run, somebody would for a moment hold too much, or lack a deny.`,
    wayOut: say`Nothing to do: the next run after this one does it.`,
  }),
  "depends-on": ({ on }) => ({
    problem: say`part of this needs ${subjectWords(on)}, which is refused itself.`,
    wayOut: say`It follows once that is settled.`,
  }),
};

function losing(people: readonly string[]): Phrase {
  return say`${counted(people.length, "user")} would lose something (${listing(people, NAMED)})`;
}

/** The core names them with their type: `user alice`. */
function narrowedWords(text: string): Phrase {
  const [, type, name] = /^(user|group) (.+)$/s.exec(text) ?? [];
  return type === undefined || name === undefined ? say`${text}` : say`${[type]} ${name}`;
}

function override(what: string): Phrase {
  return say`If this is meant, set ${verbatim("limits.override")} in roster.yaml: ${verbatim(
    `{ ${what}, until: YYYY-MM-DD, reason: "…" }`,
  )}.`;
}

function admins(groups: readonly string[]): Phrase {
  const names = enumeration(groups.map((group) => say`${group}`));
  return groups.length === 1 ? say`the admin group ${names}` : say`the admin groups ${names}`;
}

function credentials(password: boolean, activeKeys: number): Phrase {
  const parts = [
    ...(password ? [say`a password`] : []),
    ...(activeKeys > 0 ? [counted(activeKeys, "active access key")] : []),
  ];
  return enumeration(parts);
}

function stated(password: boolean, activeKeys: number): string {
  return [...(password ? ["console"] : []), ...(activeKeys > 0 ? ["programmatic"] : [])].join(", ");
}

/** The quotas by the names that the core gives them. */
const QUOTA_WORDS: ReadonlyMap<string, Phrase> = new Map(
  Object.entries({
    users: "users",
    groups: "groups",
    groupsPerUser: "groups for one user",
    policiesPerUser: "managed policies attached to one user",
    policiesPerGroup: "managed policies attached to one group",
    userPolicySize: "characters of inline policies in one user",
    groupPolicySize: "characters of inline policies in one group",
    accessKeysPerUser: "access keys for one user",
    certificatesPerUser: "signing certificates for one user",
    tagsPerUser: "tags on one user",
  }).map(([quota, words]) => [quota, [words]]),
);

/** One message with everything, as JSON carries it. */
export function refusalMessage(refusal: Refusal): Phrase {
  const { problem, wayOut } = refusalWords(refusal);
  return join([problem, wayOut], " ");
}
