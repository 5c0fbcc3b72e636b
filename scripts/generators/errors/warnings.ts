import type { Subject } from "../../../src/core/change.ts";
import type { WarningArguments, WarningCode } from "../../../src/core/refusal.ts";
import type { Explained } from "./explanation.ts";

interface ExplainedWarning<Details> extends Explained<Details> {
  /** undefined: it is about the account or the settings. */
  readonly subject: Subject | undefined;
}

const emily: Subject = { type: "user", name: "emily" };

export const WARNINGS: {
  readonly [Code in WarningCode]: ExplainedWarning<Readonly<WarningArguments[Code]>>;
} = {
  hold: {
    subject: emily,
    example: {},
    means:
      "Somebody attached `AWSDenyAll`, as an incident guide of AWS tells to do. It is no deactivation of ours, so nothing here lifts it or gives the user anything new. Taking away goes on.",
    todo: "Ask whoever did it. When it is over, detach the policy by hand; the next run goes on as usual.",
  },
  quarantine: {
    subject: emily,
    example: { policy: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3" },
    means:
      "AWS found a key of this user in public and restricted the user. AWS also writes to the account's e-mail address.",
    todo: "Treat it as an incident: make the key Inactive, look in CloudTrail what it did, issue another, and only then detach the policy.",
  },
  "case-drift": {
    subject: emily,
    example: { written: "Emily", live: "emily" },
    means: "To IAM the two are the same, so nothing is changed; renaming only the case is not done.",
    todo: "Write the name as the account has it, so that a search finds both.",
  },
  "spent-adopt": {
    subject: emily,
    example: {},
    means:
      "The user or group is ours by now. Left in, the line would allow a later takeover of the same name unseen.",
    todo: "Remove the line.",
  },
  "spent-rename": {
    subject: emily,
    example: { from: "emma" },
    means:
      "The new name exists, so the line does nothing. A later user of the old name could be taken for this one.",
    todo: "Remove the line.",
  },
  "owner-tag-missing": {
    subject: emily,
    example: { keys: ["iam-roster:deactivated"] },
    means:
      "Tags of ours are there, and the one that says whose the user is has been removed. Such a user is left alone, also one who should have been deactivated.",
    todo: "Find out who removed it (CloudTrail, UntagUser). Take the user back with `adopt: true`, or remove our other tags.",
  },
  "leaver-not-managed": {
    subject: emily,
    example: {},
    means:
      "The files of the base name this user and the new ones do not, so somebody wants it closed. Without our owner tag it counts as somebody else's, and nothing is done: who took the tag off keeps what they have.",
    todo: "Ask who removed the tag (CloudTrail, UntagUser). To close the user, declare it with `status: inactive` and `adopt: true`.",
  },
  "external-with-more": {
    subject: { type: "group", name: "developers" },
    example: { policies: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
    means:
      "The change makes the group `external`, and it has policies that its old declaration does not have. From then on no plan shows them, and nothing takes them away.",
    todo: "Have the old declaration applied first, or look at each of the policies and agree to it with this change.",
  },
  "several-active-keys": {
    subject: emily,
    example: { keys: ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"] },
    means:
      "One active key is asked for and there are two. While a key is being rotated that is right, later it is a key that nobody watches.",
    todo: "See which is still used, and set the other one Inactive.",
  },
  "ssh-keys": {
    subject: emily,
    example: { keys: ["APKAEXAMPLE"] },
    means:
      "SSH keys for CodeCommit are a way in that the files cannot describe. They are switched off when the user is deactivated, and not before.",
    todo: "Delete by hand those that nobody needs.",
  },
  "service-credentials": {
    subject: emily,
    example: { credentials: ["ACCAEXAMPLE"] },
    means:
      "Passwords for single services (CodeCommit, Keyspaces, Bedrock) are a way in that the files cannot describe. They are switched off when the user is deactivated, and not before.",
    todo: "Delete by hand those that nobody needs.",
  },
  "password-withdrawn": {
    subject: emily,
    example: {},
    means:
      "Nobody used the password that was issued last within `credentials.unclaimedAfter`, so a run took it away. Another one is not made by itself, or it would go on like that.",
    todo: "When the person is there, give `resetPassword` another value. Otherwise take `console` out of `access`.",
  },
  "cannot-change-password": {
    subject: emily,
    example: { policies: [] },
    means:
      "The password that is issued has to be changed at the first sign-in. Neither the account's password policy nor a policy of the user or of a group that could be seen allows `iam:ChangePassword`, so that the person would be stuck at that page.",
    todo: "Allow users to change their own password in the account's password policy. Or attach `IAMUserChangePassword` to a group that the user is in.",
  },
  "long-lived-key": {
    subject: emily,
    example: {},
    means:
      "An access key works from anywhere, without a second factor, until somebody takes it away; it is what leaks most often. There is nearly always something better.",
    todo: "People: IAM Identity Center. GitHub Actions and other CI: a role by OpenID Connect. Programs on AWS: the role of the instance, task or function. Elsewhere: IAM Roles Anywhere. Where none of them can be, apply.",
  },
  "unusable-recipient": {
    subject: emily,
    example: { source: "github:emily", reason: "ssh-kind", what: "ecdsa-sha2-nistp256" },
    means:
      "What is issued is encrypted with age, which knows its own keys, ssh-ed25519 and ssh-rsa from 2048 bits on. Keys of other types are passed over; the other keys of the same person are used.",
    todo: "Nothing, where another key of the person is in the plan. Otherwise have the person make one: `ssh-keygen -t ed25519`.",
  },
  "shared-recipient": {
    subject: emily,
    example: {
      fingerprint: "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      users: ["daniel"],
    },
    means:
      "Two users of this plan are issued something that the same key reads. Either two people share a key, or a login stands by mistake at somebody else's name, who could then sign in as both.",
    todo: "Correct `github` or `encryptTo`. For a machine's user whose owner reads its key, it is as it should be.",
  },
  "renamed-from-unknown": {
    subject: emily,
    example: { from: "emma" },
    means:
      "Nobody of ours has the old name: it is misspelt, belongs to an unmanaged user, or is long renamed. The user is created anew, without the old keys and history.",
    todo: "If somebody was to be renamed, correct the name before you apply. Otherwise remove the line.",
  },
  "ignored-group-kept": {
    subject: emily,
    example: { group: "console-only" },
    means:
      "Memberships in groups that `ignore.groups` matches are not seen and so not taken away, not even by a deactivation. The deny that goes with it outweighs what they give.",
    todo: "Nothing, if something else looks after that group.",
  },
  "count-mismatch": {
    subject: undefined,
    example: { what: "users", read: 120, counted: 121 },
    means:
      "The list of users or groups and the account's own count differ, also when read again. Somebody is creating or deleting just now, or the list was cut; who is missing in it could look like somebody who is gone.",
    todo: "Run it again. If it stays, do not apply, and look for what changes the account.",
  },
  "owner-not-set": {
    subject: undefined,
    example: { owner: "iam-roster" },
    means:
      "The owner tag says which roster a user belongs to. Two rosters with the same value take each other's users for leavers.",
    todo: "Set `owner` before the first apply, best to the repository's name. To change it later is to begin again.",
  },
  "account-not-set": {
    subject: undefined,
    example: { account: "123456789012" },
    means: "Nothing keeps a run with the wrong credentials from planning against the wrong account.",
    todo: "Add `account` to `roster.yaml`, in quotes.",
  },
  "guard-changed": {
    subject: undefined,
    example: {
      setting: "limits.losing",
      before: '{"people":3,"percent":10}',
      after: '{"people":40,"percent":50}',
    },
    means:
      "The new `roster.yaml` changes a setting that can stop a plan. The plan is held to the new value, so what the old one would have refused may be in it.",
    todo: "Agree only if this setting was meant to change. If the plan needs it to pass, ask for the two in separate pull requests.",
  },
};
