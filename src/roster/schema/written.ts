/*
 * What the three files say, as written. Made from schema/ by `npm run generate`; do not edit.
 */
import type { JsonObject } from "../../core/rules/documents.ts";

/**
 * One membership: the name of the group, or a map that also says until when and why.
 */
export type Membership = GroupName | LimitedMembership;
/**
 * The name of an IAM group that groups.yaml declares.
 */
export type GroupName = string;
/**
 * One who can read what is encrypted: an age public key, an SSH public key (Ed25519 or RSA), or github:LOGIN for the SSH keys that GitHub shows for that login.
 */
export type Recipient = string;
/**
 * The IAM path: / or text between slashes, at most 512 characters. Changing it changes the ARN.
 */
export type Path = string;
/**
 * A managed policy: its ARN, or, for a policy of AWS's own, all that stands behind policy/ in its ARN.
 */
export type PolicyReference = string;
export type PolicyDocument = JsonObject;
/**
 * The name of an IAM user.
 */
export type UserName = string;
/**
 * The name of a user who may exist already: IAM once took longer names.
 */
export type ExistingUserName = string;
/**
 * A pattern for names: * stands for any text, ? for one character, and case does not matter.
 */
export type Pattern = string;

export interface Written {
  readonly users: UsersFile;
  readonly groups: GroupsFile;
  readonly roster: RosterFile;
}
/**
 * The IAM users of the account. A user of ours who leaves this file is deactivated, not deleted.
 */
export interface UsersFile {
  /**
   * The users, by user name. Names are unique without regard to case.
   */
  readonly users?: {
    readonly [k: string]: User;
  };
}
/**
 * One IAM user. Every key may be left out.
 */
export interface User {
  /**
   * The person's own name. It stays in Git; IAM does not get it.
   */
  readonly name?: string;
  /**
   * Where the person can be reached. It stays in Git; IAM does not get it.
   */
  readonly email?: string;
  /**
   * The person's GitHub login. The public SSH keys that GitHub shows for it are the recipients of new credentials, unless encryptTo names others.
   */
  readonly github?: string;
  /**
   * The groups that the user is a member of, each declared in groups.yaml. The list is exclusive: the user leaves every group that is not in it, ignored groups excepted. At most ten, as in IAM.
   */
  readonly groups?: readonly Membership[];
  /**
   * How the user signs in. With console the user has a password, without it none. With programmatic the user has at least one active access key; without it every key is made inactive, never deleted. Left out, it means neither; but a user who is being adopted keeps password and keys until it is stated (access: [] takes them).
   */
  readonly access?: readonly ("console" | "programmatic")[];
  /**
   * To whom the user's new password and access keys are encrypted: age or SSH public keys, or github:LOGIN for the keys that GitHub shows. It takes the place of github as the source of recipients.
   */
  readonly encryptTo?: Recipient | readonly Recipient[];
  readonly path?: Path;
  /**
   * The managed policy that bounds what the user can ever do. Left out, a boundary that is there stays; none takes it away.
   */
  readonly permissionsBoundary?: string;
  /**
   * The user's tags. The map is exclusive: every other tag is removed, except those of AWS (aws:), of iam-roster (iam-roster:) and those that ignore.tags in roster.yaml matches. Keys are compared without regard to case.
   */
  readonly tags?: {
    readonly [k: string]: string;
  };
  /**
   * Managed policies attached to the user directly. The list is exclusive. Possible, but warned about: give policies to a group instead.
   */
  readonly policies?: readonly PolicyReference[];
  readonly inlinePolicies?: InlinePolicies;
  /**
   * When the whole user ends: a date (the last day, UTC) or a moment (RFC 3339). The first run after it deactivates the user. Left out, the user does not end.
   */
  readonly until?: string;
  /**
   * With active a user who was deactivated is reactivated; a hold by somebody else (AWSDenyAll without our tag) stays. With inactive the user is deactivated and stays so. With absent the user is deleted: disabled, looked at again, then removed with everything that belongs to it.
   */
  readonly status?: "active" | "inactive" | "absent";
  /**
   * A token of your choice. Each time it changes, the user gets a new password, encrypted to the recipients. A token that is there when the user is created counts as acted on.
   */
  readonly resetPassword?: string | number;
  /**
   * A token of your choice. Each time it changes, the user gets a new access key; the old one is made inactive after credentials.rotationOverlap. A token that is there when the user is created counts as acted on.
   */
  readonly rotateKey?: string | number;
  /**
   * Allows changing a user who exists in IAM and is not managed by iam-roster yet. Remove it once the user is adopted.
   */
  readonly adopt?: boolean;
  /**
   * The user name that this user had before, so that the user is renamed, not replaced. It does nothing once the new name exists; remove it then.
   */
  readonly renamedFrom?: string;
}
/**
 * A membership with an end, a reason or both.
 */
export interface LimitedMembership {
  readonly group: GroupName;
  /**
   * When the membership ends: a date (the last day, UTC) or a moment (RFC 3339). The first run after it removes the user from the group. Left out, the membership does not end.
   */
  readonly until?: string;
  /**
   * Why the user has this membership. It stays in Git, for whoever reads the line.
   */
  readonly reason?: string;
}
/**
 * Inline policies, by name: each an IAM policy document with Version and Statement. The map is exclusive. All of them together, white space not counted, have at most 2,048 characters for a user and 5,120 for a group. For a user: possible, but warned about.
 */
export interface InlinePolicies {
  readonly [k: string]: PolicyDocument;
}
/**
 * The IAM groups of the account. A group that leaves this file is reported, never deleted; its managed members leave it.
 */
export interface GroupsFile {
  /**
   * The groups, by group name. Names are unique without regard to case.
   */
  readonly groups?: {
    readonly [k: string]: Group;
  };
}
/**
 * One IAM group. Every key may be left out. Who is a member stands with the users, in users.yaml.
 */
export interface Group {
  /**
   * What the group is for. It stays in Git; IAM groups have no description.
   */
  readonly description?: string;
  /**
   * The managed policies attached to the group. The list is exclusive: every other policy is detached. At most ten, as in IAM.
   */
  readonly policies?: readonly PolicyReference[];
  readonly inlinePolicies?: InlinePolicies;
  readonly path?: Path;
  /**
   * The users who answer for the group. It stays in Git, where a reviewer looks it up.
   */
  readonly owners?: readonly UserName[];
  /**
   * With true, members who are not managed users are removed from the group. With false they are listed and stay.
   */
  readonly exclusive?: boolean;
  /**
   * With true the group is made elsewhere (by Terraform, say): iam-roster manages who is in it and nothing else.
   */
  readonly external?: boolean;
  /**
   * With absent the group is deleted; that is refused while users who are not managed are in it.
   */
  readonly status?: "present" | "absent";
  /**
   * Allows changing a group that exists in IAM, differs from this declaration and was not ours before. Remove it once the group is adopted.
   */
  readonly adopt?: boolean;
  /**
   * The name of an IAM group that groups.yaml declares.
   */
  readonly renamedFrom?: string;
}
/**
 * How iam-roster works on this account. The file and every key in it may be left out; then the defaults hold.
 */
export interface RosterFile {
  /**
   * The id of the account that this roster is for, in quotes. Every other account is refused. The Action does not run without it; the command warns.
   */
  readonly account?: string;
  /**
   * The value of the tag iam-roster:owner that marks the users of this roster, for example the name of the repository. A user with another owner's value is never touched. The Action does not run without it; the command warns, and takes iam-roster.
   */
  readonly owner?: string;
  /**
   * Users whom no change may touch or reduce, also not through a group. Whoever runs iam-roster, if that is a user, is always protected.
   */
  readonly protected?: readonly ExistingUserName[];
  /**
   * What iam-roster does not see at all, by patterns: * stands for any text, ? for one character, and case does not matter.
   */
  readonly ignore?: {
    /**
     * Users that are left alone and not reported.
     */
    readonly users?: readonly Pattern[];
    /**
     * Groups that are left alone and not reported, with everybody's membership in them.
     */
    readonly groups?: readonly Pattern[];
    /**
     * Tag keys that are left alone on every user. The default keeps the descriptions that the console gives to access keys.
     */
    readonly tags?: readonly Pattern[];
  };
  /**
   * Which groups make an administrator, and how many active ones must remain.
   */
  readonly admins?: {
    /**
     * The groups whose members are administrators.
     */
    readonly groups?: readonly GroupName[];
    /**
     * A plan that lowers the active users in these groups below this number is refused.
     */
    readonly atLeast?: number;
  };
  /**
   * How much one run may take away before it stops.
   */
  readonly limits?: {
    /**
     * How many managed users may lose anything in one run: the larger of the two.
     */
    readonly losing?: {
      /**
       * As a number of users.
       */
      readonly people?: number;
      /**
       * As a share of the managed users.
       */
      readonly percent?: number;
    };
    /**
     * Lifts a limit for a while, with a reason. Until and reason are needed with it.
     */
    readonly override?: {
      /**
       * How many managed users may lose something in one run, while this holds.
       */
      readonly losing?: number;
      /**
       * Allows a plan to narrow where no live user carries our owner tag yet.
       */
      readonly firstContact?: boolean;
      /**
       * When this ends: a date (the last day, UTC) or a moment (RFC 3339).
       */
      readonly until?: string;
      /**
       * Why the limit is lifted, for whoever reads the file.
       */
      readonly reason?: string;
    };
  };
  /**
   * What happens with users who leave the file.
   */
  readonly offboarding?: {
    /**
     * How long after the deactivation a plan deletes a user who left the file. A user whom the file names is never deleted so.
     */
    readonly deleteAfter?: string;
    /**
     * How long a run waits after disabling users before it looks whether anything came back.
     */
    readonly verifyAfter?: string;
  };
  /**
   * How long new and replaced credentials live.
   */
  readonly credentials?: {
    /**
     * How long a new password may stay unused before it is withdrawn.
     */
    readonly unclaimedAfter?: string;
    /**
     * How long the old access key stays active beside the new one.
     */
    readonly rotationOverlap?: string;
  };
  /**
   * From when on the drift report names stale credentials.
   */
  readonly hygiene?: {
    /**
     * An access key older than this is reported.
     */
    readonly keyAge?: string;
    /**
     * A password or access key not used for this long is reported.
     */
    readonly unused?: string;
  };
}
