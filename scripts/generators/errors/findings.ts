import type { FindingArguments, FindingCode, Severity } from "../../../src/core/finding.ts";
import type { RosterFile } from "../../../src/core/port.ts";
import type { Explained } from "./explanation.ts";

interface ExplainedFinding<Details> extends Explained<Details> {
  readonly severities: readonly Severity[];
  /** users.yaml, unless said otherwise. */
  readonly file?: RosterFile;
  /** Told at the file's beginning. */
  readonly isOfFile?: true;
}

/** Findings, in the order in which files are looked at: bytes, YAML, keys and values, then between the files. */
export const FINDINGS: {
  readonly [Code in FindingCode]: ExplainedFinding<Readonly<FindingArguments[Code]>>;
} = {
  "missing-file": {
    isOfFile: true,
    severities: ["error"],
    example: {},
    means:
      "`users.yaml` and `groups.yaml` must be there, since a file that was lost or that stands in another directory would look like a roster without anybody. Only `roster.yaml` may be missing; then its defaults hold.",
    todo: "Check `--root`. If there is truly nothing to declare, commit an empty file.",
  },
  "unreadable-file": {
    isOfFile: true,
    severities: ["error"],
    example: {
      reason: "it is a symbolic link out of the roster's directory; put the file itself in its place",
    },
    means:
      "Something stands there and is not a file that may be read: a directory, a pipe, a file without read permission, a link to nothing, or a file whose name ends in `.yml`. A link that leads out of the roster or into `.git` is not followed, because the messages quote what the files hold, and a pull request could point one at a secret. At a Git ref no link is followed at all.",
    todo: "Put a regular file in its place, under the name with `.yaml`, and let the user who runs the command read it.",
  },
  "file-too-large": {
    isOfFile: true,
    severities: ["error"],
    example: { bytes: 6_291_467, most: 5_242_880 },
    means:
      "Files over 5 MiB are not read. That leaves a thousand characters for each of the 5,000 users that an account may have.",
    todo: "Look whether it is the right file, and not an export or an archive.",
  },
  "not-utf8": {
    severities: ["error"],
    example: { looksLike: undefined },
    means:
      "The byte at that place begins no UTF-8 character. Usually an editor saved the file in Latin-1 or UTF-16, or a character was cut in half. Guessing would turn one name into another.",
    todo: "Save the file as UTF-8 (`iconv -f latin1 -t utf-8`), and look at the names with accents again.",
  },
  "unseen-character": {
    severities: ["error"],
    example: { character: "\u202e" },
    means:
      "A character that no editor shows changes what the file says, or how a reviewer sees it: a control character, a direction mark, a byte order mark in the middle, a carriage return alone, or a no-break space used as indentation. Nothing else of the file is looked at, since the rest often follows from this. What is reviewed must be what counts, so these are refused in comments too.",
    todo: 'Delete the character at that line and column; an editor that shows invisible characters helps. In a text where it is meant, write its escape in double quotes: `"\\u00a0"`.',
  },
  "yaml-syntax": {
    severities: ["error"],
    example: { problem: "this character cannot begin a text; put the text in quotes" },
    means:
      "The file cannot be read as YAML. One problem is told per line, twenty at most, and nothing is said of the other keys of this file yet. YAML 1.2 is read, without tags (`!`), merge keys (`<<`) or keys that are lists.",
    todo: "Mend the first one and run `check` again: what follows is often its consequence. Where the place looks right, look at the line above for an open quote or bracket.",
  },
  "several-documents": {
    severities: ["error"],
    example: {},
    means:
      "A line `---` or `...` ends a YAML document and begins another. Only one is read; the second could hide below.",
    todo: "Remove that line, or move what stands below it into its own file.",
  },
  "duplicate-key": {
    severities: ["error"],
    example: { key: "emily" },
    means:
      "The same key stands twice in one map. Most YAML readers silently keep the last one, so that the first would lose what it says; here none is chosen.",
    todo: "Put both together under one key. For a user pasted twice, compare the two first.",
  },
  "alias-bomb": {
    severities: ["error"],
    example: {},
    means:
      "Aliases (`*name`) stand for copies, and copies of copies grow fast. Together they may add 250,000 values to a file, far more than an honest roster needs.",
    todo: "Write out what they stand for.",
  },
  "unknown-key": {
    severities: ["error"],
    example: { key: "acess", nearest: "access", known: [] },
    means:
      "No such key exists there. It is an error and not passed over, because a misspelt `until` or `access` would otherwise grant more than was meant, or nothing.",
    todo: "Correct the spelling. All keys are in [reference/files.md](reference/files.md); a note belongs in a comment.",
  },
  "missing-key": {
    severities: ["error"],
    example: { key: "reason" },
    file: "roster.yaml",
    means:
      "A map lacks a key that it needs: `group` in a membership with an end, `until` and `reason` in `limits.override`.",
    todo: "Add the key in that map. A membership without end or reason may be just the group's name.",
  },
  "wrong-type": {
    severities: ["error"],
    example: { expected: "a list of groups, or []", found: "text", written: "developers" },
    means: "A list stands where a map belongs, a text where a list belongs, or nothing at all.",
    todo: "Write it in the form that the message names. A list of one is `[developers]`. Found nothing? Then what belongs to the key is probably not indented below it.",
  },
  "wrong-value": {
    severities: ["error"],
    example: { expected: "active, inactive or absent", found: "disabled", nearest: undefined },
    means:
      "The value has the right form and cannot be used: not one of the choices, characters that IAM does not take in a name, a number out of range. IAM would refuse it in the middle of an apply; here it is told before.",
    todo: "Write what the message expects. Case counts in the choices.",
  },
  "unquoted-text": {
    severities: ["error"],
    example: { written: "012345678901" },
    file: "roster.yaml",
    means:
      "Without quotes YAML reads this as a number, a truth value or nothing. The account id `012345678901` would lose its zero and become another account.",
    todo: "Put the text in double quotes. If `null` was meant to say that there is none, leave the key out.",
  },
  "private-key": {
    severities: ["error"],
    example: {},
    means:
      "A private key was written where a public one belongs. Whoever can read the repository has it, and history keeps it after the line is gone. The message does not repeat it.",
    todo: "Make a new pair, write its public half (`age1…`, or the line of the `.pub` file), and take the old one out of use everywhere.",
  },
  "same-name": {
    severities: ["error"],
    example: { name: "emily", other: "Emily" },
    means:
      "IAM compares names without regard to case, so these are one user, group, tag key or policy. Two declarations of one thing may contradict each other.",
    todo: "Keep one, with the spelling that the account has.",
  },
  "unknown-group": {
    severities: ["error", "warning"],
    example: { group: "developer", nearest: "developers" },
    means:
      "A user's group must be declared in `groups.yaml`, so that a reviewer can look up what it gives. In `admins.groups` it is a warning: that group would not be counted, and `admins.atLeast` would protect nobody.",
    todo: "Correct the name or declare the group. A group that Terraform makes is declared with `external: true`.",
  },
  "too-many-groups": {
    severities: ["error", "warning"],
    example: { user: "emily", count: 11, most: 10 },
    means:
      "IAM allows ten groups for a user, and this cannot be raised. It is a warning where some of the memberships end, since then it depends on the day.",
    todo: "Take the user out of some, or put the policies of several groups into one.",
  },
  "absent-group": {
    severities: ["error"],
    example: { group: "old-team" },
    means: "`groups.yaml` has the group deleted (`status: absent`), and this user is still to be in it.",
    todo: "Remove it from the user's list. If the group is still needed, remove its `status`.",
  },
  "ignored-name": {
    severities: ["error"],
    example: { name: "svc-deploy", pattern: "svc-*" },
    means:
      "What `ignore` matches is not seen at all, so this declaration would have no effect, and nobody would be told so.",
    todo: "Narrow the pattern, or take the declaration out.",
  },
  "external-with-policies": {
    severities: ["error"],
    example: { group: "deployers", key: "policies" },
    file: "groups.yaml",
    means:
      "`external: true` says that something else makes the group, and only its members are ours. Two tools that both set its policies would undo each other for ever.",
    todo: "Remove the key here and set it there, or remove `external` and let this roster have the whole group.",
  },
  "renamed-from-declared": {
    severities: ["error"],
    example: { name: "emily", from: "emma" },
    means:
      "The old name is declared as well, so it would have to be renamed and to stay. Renaming keeps keys, password and history; declaring the old name makes a second user.",
    todo: "If it is one person, remove the old entry. If there are two, remove `renamedFrom`.",
  },
  "rename-circle": {
    severities: ["error"],
    example: { name: "a", from: "b" },
    means: "The old names lead back to where they began. IAM renames one at a time, and none could go first.",
    todo: "Rename one of them to a name that is free, apply, and then the others.",
  },
  "renamed-twice": {
    severities: ["error"],
    example: { from: "makers", name: "creators", other: "builders" },
    file: "groups.yaml",
    means: "One old name cannot become two. Whoever gets it also gets its members, keys and history.",
    todo: "Keep the line at the one who is the successor; the other is made new.",
  },
  "date-not-real": {
    severities: ["error"],
    example: { date: "2026-02-30" },
    means:
      "The form is right and the calendar has no such day or moment. Many programs take 30 February for 2 March; access that ends must end when the reviewer thinks it does.",
    todo: "Write the date that was meant. A date includes that whole day, in UTC. Leap seconds and 24:00 are not taken.",
  },
  "malformed-arn": {
    severities: ["error"],
    example: { arn: "arn:aws:iam::aws:role/admin" },
    file: "groups.yaml",
    means: "Only managed policies can be attached, and this is the ARN of something else, or of nothing.",
    todo: "Copy it from the policy's page in the console. For a policy of AWS's own the name is enough: `ReadOnlyAccess`.",
  },
  "foreign-arn": {
    severities: ["error"],
    example: { arn: "arn:aws:iam::999999999999:policy/boundary", expected: "123456789012" },
    means:
      "The policy belongs to another account than `roster.yaml` names, or to another partition (`aws-cn`, `aws-us-gov`) than the other ARNs. IAM cannot attach it. Often an entry was copied from another roster.",
    todo: "Write the ARN of the policy in this account, or correct `account`.",
  },
  "policy-document": {
    severities: ["error"],
    example: { problem: 'unknown element "Actions"; did you mean "Action"?' },
    file: "groups.yaml",
    means:
      "IAM would answer MalformedPolicyDocument, in the middle of an apply. The grammar is checked here; whether an action or a resource exists is not, as IAM does not look either.",
    todo: "Correct the document. The policy of a user or group says what may be done, never who: it has no `Principal`.",
  },
  "inline-size": {
    severities: ["error"],
    example: { size: 2206, most: 2048 },
    means:
      "All inline policies of a user together have 2,048 characters at most, those of a group 5,120. White space is not counted. The quota cannot be raised.",
    todo: "Make a managed policy of it (6,144 characters), outside of this roster, and name it under `policies`.",
  },
  "reserved-tag": {
    severities: ["error"],
    example: { key: "iam-roster:owner" },
    means:
      "Tags that begin with `aws:` are AWS's. Those that begin with `iam-roster:` say who is managed and since when somebody is deactivated; a file that sets them could take over users or hide a leaver.",
    todo: "Remove the tag, or choose another key. Who owns a user is set by `owner` in `roster.yaml`.",
  },
  "too-many-tags": {
    severities: ["error"],
    example: { count: 41, most: 40 },
    means: "IAM allows 50 tags for a user. Ten are kept free for what iam-roster writes itself.",
    todo: "Remove some.",
  },
  "reserved-policy": {
    severities: ["error"],
    example: { name: "iam-roster-deny-all" },
    means:
      "Under this name iam-roster denies everything to a user whom it deactivates where `AWSDenyAll` cannot be attached. Reactivating the user would remove your policy.",
    todo: "Choose another name.",
  },
  "unknown-user": {
    severities: ["warning"],
    example: { user: "emly", nearest: "emily" },
    file: "groups.yaml",
    means:
      "An owner of a group is nobody in `users.yaml`, or a name under `protected` is nearly that of a declared user. A misspelt `protected` protects nobody.",
    todo: "Correct the name. An owner who signs in without an IAM user may stay; the warning then does too.",
  },
  "no-recipient": {
    severities: ["warning"],
    example: { user: "emily" },
    means:
      "The user is to have a password or a key, and it could be encrypted to nobody: secrets are never written in clear.",
    todo: "Add `github` (the person's login, whose public SSH keys are used) or `encryptTo`.",
  },
  "shared-login": {
    severities: ["warning"],
    example: { login: "emilyc", other: "emily" },
    means:
      "Two users have one GitHub login. Passwords and keys of both are encrypted to its keys, so that one person can sign in as two: nobody can tell afterwards who it was.",
    todo: "Correct the login. For a machine's user, say with `encryptTo` who reads its key, and leave `github` away.",
  },
  "direct-policy": {
    severities: ["warning"],
    example: { user: "emily" },
    means:
      "It works, and it is where access is lost sight of: who looks at the groups does not see it, and whoever comes next in the same role does not get it.",
    todo: "Give the policies to a group, if need be one with a single member.",
  },
};
