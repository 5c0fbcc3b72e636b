import type { Subject } from "../../../src/core/change.ts";
import type { RefusalArguments, RefusalCode } from "../../../src/core/refusal.ts";
import type { Explained } from "./explanation.ts";

interface ExplainedRefusal<Details> extends Explained<Details> {
  /** undefined: the whole plan is refused. */
  readonly subject: Subject | undefined;
}

const emily: Subject = { type: "user", name: "emily" };
const developers: Subject = { type: "group", name: "developers" };

/** First those of the whole plan. */
export const REFUSALS: {
  readonly [Code in RefusalCode]: ExplainedRefusal<Readonly<RefusalArguments[Code]>>;
} = {
  "wrong-account": {
    subject: undefined,
    example: { expected: "123456789012", found: "210987654321" },
    means:
      "The credentials in use are those of another account. To it, everybody in the files would be new and everybody managed there would have left.",
    todo: "Check `AWS_PROFILE` and the role. Only correct `account` if the roster has truly moved.",
  },
  "no-users": {
    subject: undefined,
    example: { managed: 30 },
    means:
      "An empty `users.yaml` is nearly always a bad merge or a wrong `--root`. It would deactivate everybody. No override lifts this.",
    todo: "Restore the file from Git. To close everybody for real, keep the names with `status: inactive`; the limits then apply.",
  },
  losing: {
    subject: undefined,
    example: { people: ["alice", "bob", "carol", "dan"], allowed: 3, managed: 30 },
    means:
      "More people would lose something than `limits.losing` lets through in one run. Everybody whose access shrinks counts once, also the members of a group that loses a policy. What only a passed date takes away does not count, nor do users who are deactivated already.",
    todo: "Read who they are. If it is meant, split the change, or set `limits.override` with an end and a reason in the same pull request; it lapses by itself.",
  },
  "losing-half": {
    subject: undefined,
    example: { people: ["alice", "bob"], managed: 3 },
    means:
      "More than half of the managed users would lose something. However high `limits.losing` is set, this is asked about.",
    todo: "As for [losing](#losing).",
  },
  "too-few-admins": {
    subject: undefined,
    example: { groups: ["administrators"], before: 3, after: 1, atLeast: 2 },
    means:
      "Fewer active users would be left in the groups under `admins` than `admins.atLeast` asks for. Nobody might be able to undo the change.",
    todo: "Add another administrator in the same change, or lower `admins.atLeast`.",
  },
  "first-contact": {
    subject: undefined,
    example: { narrowing: ["user alice", "group developers"] },
    means:
      "No live user carries the owner tag, so this is the first run, or the tag's value changed with `owner`. What the files leave out was most likely forgotten, so nothing is taken from anybody.",
    todo: "Write into the files what is there, until the plan only adopts. If `owner` was changed, change it back.",
  },
  protected: {
    subject: emily,
    example: { user: "emily", caller: false, through: "administrators" },
    means:
      "Users under `protected`, and the user whose credentials run this, are not touched, neither directly nor through a group that they are in. That is what keeps the way back open.",
    todo: "Make the change by hand, or unprotect the user in a pull request of its own first.",
  },
  "foreign-owner": {
    subject: emily,
    example: { owner: "acme/other", ours: "acme/access" },
    means:
      "The owner tag has the value of another roster. Two rosters with one user would undo each other in turn.",
    todo: "Change the user there. To move it here, set the tag to this roster's value by hand, and move the entry from one file to the other.",
  },
  adoption: {
    subject: emily,
    example: { changes: 3 },
    means:
      "A user or group of this name exists and was not ours, and the file would change more than our tag. It may be another person or team of the same name.",
    todo: "Make the file say what is there, and it is adopted without changes. If the changes are meant, add `adopt: true`, and remove it when done.",
  },
  "access-not-stated": {
    subject: emily,
    example: { password: true, activeKeys: 1 },
    means:
      "A user who is being adopted can sign in, and the file says nothing of `access`. Left out, it would mean neither password nor key; nobody should lose a credential by saying nothing.",
    todo: "State `access` with what is there, or `access: []` to take it away.",
  },
  "unmanaged-members": {
    subject: developers,
    example: { members: ["terraform"] },
    means: "The group is to be deleted, and users whom this roster does not manage would lose what it gives.",
    todo: "Find out who put them there. Take them out by hand, or declare them.",
  },
  quota: {
    subject: emily,
    example: { quota: "policiesPerUser", most: 10 },
    means:
      "IAM would refuse the change with LimitExceeded. The number is that of your account. Two can be raised: managed policies of a user (to 20) and groups (to 500).",
    todo: "Ask for less: one group in the place of several, one policy in the place of several. Or have the quota raised in the Service Quotas console, and plan again.",
  },
  "no-such-policy": {
    subject: developers,
    example: { policy: "arn:aws:iam::aws:policy/PowerUserAcess" },
    means:
      "A policy that is to be attached does not exist in the account, or AWS has none of that name. Only policies newly attached are looked up.",
    todo: "Correct the name. Behind `policy/` a path counts too: `job-function/ViewOnlyAccess`. A policy of your own has to be created first.",
  },
  "no-usable-recipient": {
    subject: emily,
    example: { what: "password" },
    means:
      "The user is to get a password or an access key, and there is no public key to encrypt it to: neither `github` nor `encryptTo` is there, or none of the keys behind it can be used (a warning says which). The rest of the entry goes on.",
    todo: "Give the user `github` or `encryptTo`. Of a GitHub login, ssh-ed25519 and ssh-rsa keys can be used.",
  },
  "public-repository": {
    subject: emily,
    example: { what: "password" },
    means:
      "The Action would hand over a password or an access key as a comment, and the repository is public. Encrypted as it is, anybody could keep it and open it once the private key leaks, or its cipher is broken. The rest of the entry goes on.",
    todo: "Keep the roster in a private repository. Or run the command yourself, with `--credentials-dir`.",
  },
  "rotation-blocked": {
    subject: emily,
    example: { keys: ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"] },
    means:
      "A new access key is asked for. IAM allows two for each user, and both are active: which of them nobody needs is not for a program to guess.",
    todo: "Find out which of them is in use: `aws iam get-access-key-last-used`, and the user's Security credentials in the console, tell when each was used last. Set the other Inactive by hand; the next plan deletes it and makes the new one.",
  },
  "no-such-group": {
    subject: emily,
    example: { group: "tf-ops" },
    means:
      "A group that `groups.yaml` calls `external` is not in the account: iam-roster does not make it, so nobody can join it. The rest of the entry goes on.",
    todo: "Have whatever makes the group make it first, or correct its name in both files. If iam-roster is to make it, take `external` away.",
  },
  "name-taken": {
    subject: emily,
    example: { name: "emily.chen" },
    means:
      "A rename or a new user needs a name that the account has already, for somebody whom this plan does not move.",
    todo: "Choose another name, or see to the one who has it first.",
  },
  "next-run": {
    subject: emily,
    example: { on: developers },
    means:
      "Any order of these changes in one run would give somebody too much, or lift a deny, for a moment. So this part waits. The exit status is 1 all the same, since not all that was asked for is done.",
    todo: "Apply the rest, then plan again.",
  },
  "depends-on": {
    subject: emily,
    example: { on: developers },
    means: "Something that this needs is refused itself: the group to join, the name to become free.",
    todo: "Settle that one; this follows without being touched.",
  },
};
