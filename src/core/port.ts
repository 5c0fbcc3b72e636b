import type { Change, WriteKind } from "./change.ts";
import type { Job } from "./job.ts";
import type { Recipient, Resolved } from "./recipient.ts";
import type { Credential } from "./roster.ts";
import type {
  Account,
  Arn,
  Credentials,
  Group,
  GroupName,
  Instant,
  ManagedPolicy,
  PasswordPolicy,
  Path,
  State,
  User,
  UserName,
} from "./state.ts";

/*
 * What the program needs of the world. What plans holds only IamRead; the adapters stand in src/iam and are put in by
 * the entry points.
 */

export interface IamRead {
  /** Who and where: identity, alias, quotas, password policy. */
  readonly account: () => Promise<Account>;
  /**
   * Every user and group, from pages and the credential report; no user's credentials are read one by one.
   * Throws where any page or the report cannot be had: a truncated read is an error, never a short list.
   */
  readonly snapshot: () => Promise<Snapshot>;
  /** One user's credentials; undefined where the user is gone. */
  readonly credentials: (user: UserName) => Promise<Credentials | undefined>;
  /** One user afresh, with credentials; undefined where there is none. */
  readonly user: (user: UserName) => Promise<User | undefined>;
  /** One group afresh, without its members; undefined where there is none. */
  readonly group: (group: GroupName) => Promise<Group | undefined>;
  /** A group's members; nobody where there is no such group. */
  readonly members: (group: GroupName) => Promise<readonly UserName[]>;
  /** A managed policy, a customer's with its document; undefined where there is none. */
  readonly policy: (policy: Arn) => Promise<ManagedPolicy | undefined>;
  /** A user's tags; undefined where there is no such user. */
  readonly tags: (user: UserName) => Promise<User["tags"] | undefined>;
}

export interface Snapshot {
  readonly state: State;
  readonly warnings: readonly SnapshotWarning[];
}

/** The pages did not add up to the account's own count, twice. */
export interface SnapshotWarning {
  readonly code: "count-mismatch";
  readonly what: "users" | "groups";
  readonly read: number;
  readonly counted: number;
}

export interface IamWrite {
  /**
   * Makes one change, and gives the unique id of the user or group that it created. What is so already, and provably so,
   * counts as made. Throws an IamFailure.
   */
  readonly write: (change: Change<WriteKind>, occasion: Occasion) => Promise<string | undefined>;
  /**
   * Gives the user this password, to be changed at the first sign-in: a first one, or another in its place. Throws an
   * IamFailure, ambiguous where an answer was lost before it; then the same password may be given again.
   */
  readonly setPassword: (user: UserName, password: string) => Promise<void>;
  /** Makes an access key. Never tried twice: after an answer that was lost there is a key whose secret nobody has. */
  readonly createAccessKey: (user: UserName) => Promise<NewAccessKey>;
}

/** The only moment at which a secret key can be known. */
export interface NewAccessKey {
  readonly id: string;
  readonly secret: string;
}

/** Makes secrets, and closes them up for their recipients with age. */
export interface Sealing {
  /** A name for a run that no other one has. */
  readonly newRunName: () => string;
  /** A password that the account takes. */
  readonly newPassword: (policy: PasswordPolicy | undefined) => string;
  /** The letter with the password, encrypted. */
  readonly sealPassword: (of: PasswordToSeal, to: readonly Recipient[]) => Promise<string>;
  /** The key as the console's own file, encrypted. */
  readonly sealKey: (of: KeyToSeal, to: readonly Recipient[]) => Promise<string>;
}

/** What a person needs to sign in for the first time. */
export interface PasswordToSeal {
  readonly user: UserName;
  readonly password: string;
  readonly account: Pick<Account, "id" | "partition" | "alias">;
}

export interface KeyToSeal extends NewAccessKey {
  readonly user: UserName;
}

/** Looks up whom the texts of a roster lead to. Throws where that cannot be known. */
export type ResolveRecipients = (texts: readonly string[]) => Promise<ReadonlyMap<string, Resolved>>;

export interface Occasion {
  /** Fills the tags that are stamped with the moment. */
  readonly now: Instant;
  /** The unique id of the change's user or group, where known: it proves a rename whose answer was lost. */
  readonly id?: string | undefined;
}

/** What the credentials at hand are and may do, found out without changing anything. */
export interface IamAccess {
  /** Throws where there are no credentials, or nobody answers. It needs no permission. */
  readonly identity: () => Promise<Identity>;
  /** Makes each call that `plan` makes, and gives for each permission what came of it. */
  readonly tryReads: () => Promise<readonly Tried[]>;
  /** What IAM's policy simulator says of a job's permissions that were not tried, on users and groups under these paths. */
  readonly foresee: (job: Job, identity: Identity, paths: readonly Path[]) => Promise<Foreseen>;
}

export interface Identity {
  readonly caller: Arn;
  readonly account: string;
  readonly region: string;
  /** Where IAM's calls go. */
  readonly endpoint: string;
}

export interface Tried {
  /** `iam:GetLoginProfile` */
  readonly permission: string;
  readonly outcome: "allowed" | "denied" | "unknown";
  /** Why it is unknown. */
  readonly because: string;
}

export type Foreseen =
  | {
      readonly denied: readonly { readonly permission: string; readonly resource: string }[];
      readonly of: number;
    }
  /** It cannot be asked. */
  | { readonly denied: undefined; readonly because: string };

export interface Clock {
  readonly now: () => Instant;
  /** Milliseconds. */
  readonly sleep: (duration: number) => Promise<void>;
}

/** Where secrets come from: nobody can foresee it. */
export interface Random {
  /** From 0 to below - 1, each equally likely. */
  readonly integer: (below: number) => number;
}

/** Where sealed letters go, to be found by those whom they are for. */
export interface HandOver {
  /** Proves before the first write to IAM that letters can be delivered. Throws where they cannot, and says what to do. */
  readonly prepare: () => Promise<void>;
  /** Returns when the letter is safe, but nobody finds it yet. */
  readonly stage: (letter: Letter) => Promise<Staged>;
}

/** A letter on its way. */
export interface Staged {
  /** Lets it be found, and gives the place where it is. An older one of the same kind is replaced. */
  readonly commit: () => Promise<string>;
  readonly discard: () => Promise<void>;
}

export interface Letter {
  readonly user: UserName;
  readonly what: Credential;
  /** An armored age file; never the text itself. */
  readonly sealed: string;
}

/** SHA-256 of the text's UTF-8, as lower-case hexadecimal. */
export type Sha256 = (text: string) => string;

export type RosterFile = "users.yaml" | "groups.yaml" | "roster.yaml";

/** A roster's files: a directory, a Git ref, GitHub's contents. */
export interface Files {
  /** The file's bytes; undefined where there is none. Throws what else keeps it from being read. */
  readonly read: (file: RosterFile) => Promise<Uint8Array | undefined>;
}

/** Where a command's words go. Results to `out`, progress and warnings to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether the results may be coloured. */
  readonly color: boolean;
  /** Asks a person and gives the answer; undefined where nobody can answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}
