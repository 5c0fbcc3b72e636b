import type { Arn, ByName, GroupName, InlinePolicy, Path, Tag, UserName } from "./state.ts";

/*
 * The roster as resolved: what the three files say, with every default filled in. Nothing here depends on the account
 * or on the clock; `desire` puts those in.
 */

export interface Roster {
  readonly settings: Settings;
  readonly users: ByName<DeclaredUser>;
  readonly groups: ByName<DeclaredGroup>;
}

/** `2026-12-31` (that day included, UTC) or RFC 3339. */
export type Until = string;

/** As written: an ARN, or the name of an AWS managed policy, all that stands behind `policy/`. */
export type PolicyReference = string;

export type Access = "console" | "programmatic";

/** What is issued for each of them: a password for the console, an access key for programs. */
export type Credential = "password" | "key";

export interface Membership {
  readonly group: GroupName;
  readonly until: Until | undefined;
  readonly reason: string | undefined;
}

export interface DeclaredUser {
  readonly name: UserName;
  /** The person's own name; kept in Git only, like `email`. */
  readonly person: string | undefined;
  readonly email: string | undefined;
  readonly github: string | undefined;
  readonly groups: ByName<Membership>;
  /** undefined where the file does not say: neither, except that an adoption then may take nothing away. */
  readonly access: ReadonlySet<Access> | undefined;
  /** Keys or `github:LOGIN`, as written under `encryptTo`. */
  readonly encryptTo: readonly string[];
  readonly path: Path;
  /** undefined: leave what is there. */
  readonly boundary: Arn | "none" | undefined;
  readonly tags: ByName<Tag>;
  readonly policies: readonly PolicyReference[];
  readonly inlinePolicies: ByName<InlinePolicy>;
  readonly until: Until | undefined;
  readonly status: "active" | "inactive" | "absent";
  readonly resetPassword: string | undefined;
  readonly rotateKey: string | undefined;
  readonly adopt: boolean;
  readonly renamedFrom: UserName | undefined;
}

export interface DeclaredGroup {
  readonly name: GroupName;
  readonly description: string | undefined;
  readonly path: Path;
  readonly policies: readonly PolicyReference[];
  readonly inlinePolicies: ByName<InlinePolicy>;
  readonly owners: readonly string[];
  readonly exclusive: boolean;
  readonly external: boolean;
  readonly status: "present" | "absent";
  readonly adopt: boolean;
  readonly renamedFrom: GroupName | undefined;
}

export interface Settings {
  readonly account: string | undefined;
  /** The owner tag's value; undefined where the file does not say (then `DEFAULT_OWNER` stands in, with a warning). */
  readonly owner: string | undefined;
  readonly protected: readonly UserName[];
  readonly ignore: {
    readonly users: readonly string[];
    readonly groups: readonly string[];
    readonly tags: readonly string[];
  };
  readonly admins: { readonly groups: readonly GroupName[]; readonly atLeast: number };
  readonly limits: {
    readonly losing: { readonly people: number; readonly percent: number };
    readonly override: Override | undefined;
  };
  readonly offboarding: { readonly deleteAfter: Duration | "never"; readonly verifyAfter: Duration };
  readonly credentials: { readonly unclaimedAfter: Duration; readonly rotationOverlap: Duration };
  readonly hygiene: { readonly keyAge: Duration; readonly unused: Duration };
}

/** Milliseconds. */
export type Duration = number;

export interface Override {
  readonly losing: number | undefined;
  readonly firstContact: boolean;
  readonly until: Until;
  readonly reason: string;
}

export const DEFAULT_OWNER = "iam-roster";
