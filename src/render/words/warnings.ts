import type { Subject } from "../../core/change.ts";
import type { Warning, WarningArguments, WarningCode } from "../../core/refusal.ts";
import type { UnusableReason } from "../../core/recipient.ts";
import { policyWords } from "./changes.ts";
import { counted, listing, type Phrase, say, verbatim } from "../phrase.ts";

/** What is odd, and what to do about it; whom it is about stands before it. */
export function warningWords(warning: Warning): Phrase {
  // TypeScript cannot relate the table's arm to the union's arm; the table's type guarantees it.
  const words = WORDS[warning.code] as (of: Warning["arguments"], subject: Subject | undefined) => Phrase;
  return words(warning.arguments, warning.subject);
}

type Words = {
  readonly [Code in WarningCode]: (
    of: Readonly<WarningArguments[Code]>,
    subject: Subject | undefined,
  ) => Phrase;
};

const UNUSABLE: Readonly<Record<UnusableReason, (what: string) => Phrase>> = {
  "unknown-login": () => say`GitHub has no such login`,
  "no-usable-key": () => say`GitHub shows no key for this login that age can encrypt to`,
  malformed: (what) => say`no public key (${verbatim(what)})`,
  "short-rsa": (what) => say`an RSA key of ${verbatim(what)} bits, and one of less than 2048 is not safe`,
  "ssh-kind": (what) => say`age cannot encrypt to a key of type ${what}; ssh-ed25519 and ssh-rsa can be used`,
  "age-kind": (what) =>
    say`keys of the kind ${what} are not known to every age; age1… keys of age-keygen are`,
};

const WORDS: Words = {
  hold: () =>
    say`AWSDenyAll is attached, and not by us: somebody holds this user. Nothing is given to it until it is detached by hand.`,
  quarantine: ({ policy }) =>
    say`AWS attached ${policy}: a key of this user leaked. Nothing is given to it until the key is gone and the policy is detached by hand.`,
  "case-drift": ({ written, live }) =>
    say`written ${written}, in the account ${live}. IAM takes them for the same; write it as the account has it.`,
  "spent-adopt": () => say`${verbatim("adopt: true")} has done its work: take the line out.`,
  "spent-rename": ({ from }) => say`${verbatim("renamedFrom")} ${from} has done its work: take the line out.`,
  "owner-tag-missing": ({ keys }) =>
    say`carries our tags (${listing(keys)}) but not iam-roster:owner: somebody took it off. It counts as not managed; declare it with ${verbatim(
      "adopt: true",
    )} to take it back.`,
  "leaver-not-managed": () =>
    say`is taken out of users.yaml, and stays as it is: without the tag iam-roster:owner of this roster it is not ours to close. Did somebody take the tag off? To close it, declare it with ${verbatim("status: inactive")} and ${verbatim("adopt: true")}.`,
  "external-with-more": ({ policies }) =>
    say`becomes external, and has what was never declared: ${listing(policies.map(policyWords))}. From now on no plan looks at what it gives.`,
  "several-active-keys": ({ keys }) =>
    say`has ${counted(keys.length, "active access key")} (${listing(keys)}): a rotation under way? Where we made the new one, a run ends the old one after ${verbatim("credentials.rotationOverlap")}; else set it Inactive by hand when it is no longer in use.`,
  "ssh-keys": ({ keys }) =>
    say`has ${counted(keys.length, "active SSH key")} (${listing(keys)}), which the files say nothing about. Delete by hand what nobody needs.`,
  "service-credentials": ({ credentials }) =>
    say`has ${counted(credentials.length, "active service credential")} (${listing(credentials)}), which the files say nothing about. Delete by hand what nobody needs.`,
  "password-withdrawn": () =>
    say`${verbatim("access")} says console, and the last password was withdrawn, since nobody claimed it. Another ${verbatim("resetPassword")} makes a new one.`,
  "cannot-change-password": ({ policies }) =>
    say`must change the password at the first sign-in, and nothing seen here allows that${
      policies.length === 0 ? [] : say` (${listing(policies)} was not looked into)`
    }. Let users change their own in the account's password policy, or attach IAMUserChangePassword to a group.`,
  "long-lived-key": () =>
    say`gets an access key, which lasts until somebody takes it away: the last resort. Better: IAM Identity Center for people, a role by OIDC for CI, the machine's own role on AWS, IAM Roles Anywhere elsewhere.`,
  "unusable-recipient": ({ source, reason, what }) =>
    say`${source}: ${UNUSABLE[reason](what)}. It opens nothing that is issued.`,
  "shared-recipient": ({ fingerprint, users }) =>
    say`what is issued can be read with the same key as that of ${listing(users)} (${fingerprint}): two people with one key cannot be told apart.`,
  "renamed-from-unknown": ({ from }) =>
    say`${verbatim("renamedFrom")} ${from}: we manage nobody of that name, so nothing is renamed. Correct the name, or take the line out.`,
  "ignored-group-kept": ({ group }) =>
    say`stays in group ${group}, which ${verbatim("ignore.groups")} matches.`,
  "count-mismatch": ({ what, read, counted: total }) =>
    say`IAM listed ${read} ${[what === "groups" ? "groups" : "users"]} and counts ${total}: either the account is being changed right now, or the list is not whole. Run it again.`,
  "owner-not-set": ({ owner }) =>
    say`roster.yaml sets no ${verbatim("owner")}; ${owner} stands in. Set one before a second roster manages users of this account.`,
  "account-not-set": ({ account }) =>
    say`roster.yaml sets no ${verbatim("account")}. Add ${verbatim(`account: "${account}"`)}, so that no other account is ever changed by mistake.`,
  "guard-changed": ({ setting, before = "not set", after = "not set" }) =>
    say`roster.yaml changes ${verbatim(setting)} from ${verbatim(before)} to ${verbatim(after)}. This plan was held to the new value, not to the old one.`,
};
