import type { Subject } from "./change.ts";
import type { UnusableReason } from "./recipient.ts";
import type { Credential } from "./roster.ts";
import type { Arn } from "./state.ts";

/*
 * A refusal is a reason not to apply, as data: a code and its numbers. The words, with the way out, are added in render.
 */

export interface RefusalArguments {
  /* Of the whole plan: no subject. */
  "wrong-account": { expected: string; found: string };
  "no-users": { managed: number };
  /** `people` would lose something, of `managed` active managed users; `allowed` is what the limits let through. */
  losing: { people: readonly string[]; allowed: number; managed: number };
  /** More than one and more than half of the managed users, whatever the limits say. */
  "losing-half": { people: readonly string[]; managed: number };
  "too-few-admins": { groups: readonly string[]; before: number; after: number; atLeast: number };
  "first-contact": { narrowing: readonly string[] };
  /* Of one entry. */
  /** `through` is the group whose change would reduce the protected user. */
  protected: { user: string; caller: boolean; through: string | undefined };
  "foreign-owner": { owner: string; ours: string };
  /** A user or group that is not ours yet, and more than our tag would change. */
  adoption: { changes: number };
  /** A user to adopt has a password or keys, and the file does not say `access`. */
  "access-not-stated": { password: boolean; activeKeys: number };
  "unmanaged-members": { members: readonly string[] };
  quota: { quota: string; most: number };
  "no-such-policy": { policy: string };
  /** Nobody could read what would be issued. */
  "no-usable-recipient": { what: Credential };
  /** What would be issued could only be handed over where everybody can read it, sealed as it is. */
  "public-repository": { what: Credential };
  /** A new key is asked for, and the user has as many as IAM allows, all in use: their ids. */
  "rotation-blocked": { keys: readonly string[] };
  /** A group to join is not in the account, and nothing in the plan makes it: it is external. */
  "no-such-group": { group: string };
  "name-taken": { name: string };
  /** The order of one run cannot hold this: it waits until `on` has changed. */
  "next-run": { on: Subject };
  /** Something that this needs was itself refused. `change` says what was left out. */
  "depends-on": { on: Subject };
}

export type RefusalCode = keyof RefusalArguments;

export type Refusal = {
  readonly [Code in RefusalCode]: {
    readonly code: Code;
    /** undefined: the whole plan is refused. */
    readonly subject: Subject | undefined;
    readonly arguments: Readonly<RefusalArguments[Code]>;
  };
}[RefusalCode];

/*
 * A warning stops nothing.
 */

export interface WarningArguments {
  /** An AWSDenyAll without our deactivation tag: somebody else's hold; nothing on that user broadens. */
  hold: Record<never, never>;
  quarantine: { policy: string };
  "case-drift": { written: string; live: string };
  "spent-adopt": Record<never, never>;
  "spent-rename": { from: string };
  "owner-tag-missing": { keys: readonly string[] };
  /** The base names this user, the files do not, and it is not ours: nothing is done to it. */
  "leaver-not-managed": Record<never, never>;
  /** A group becomes external, and has policies that the base does not declare so: ARNs, and names of inline ones. */
  "external-with-more": { policies: readonly string[] };
  "several-active-keys": { keys: readonly string[] };
  "ssh-keys": { keys: readonly string[] };
  "service-credentials": { credentials: readonly string[] };
  /** The file asks for a password; the last one was withdrawn, and nobody has asked for another. */
  "password-withdrawn": Record<never, never>;
  /** A password to be changed at once, and nothing seen that lets the user do so; `policies` were not looked into. */
  "cannot-change-password": { policies: readonly Arn[] };
  /** A key that lasts is issued. */
  "long-lived-key": Record<never, never>;
  /** What is issued cannot be encrypted to this one. */
  "unusable-recipient": { source: string; reason: UnusableReason; what: string };
  /** Others who are issued something in this plan and whose credentials the same key reads. */
  "shared-recipient": { fingerprint: string; users: readonly string[] };
  "renamed-from-unknown": { from: string };
  "ignored-group-kept": { group: string };
  "count-mismatch": { what: string; read: number; counted: number };
  "owner-not-set": { owner: string };
  "account-not-set": { account: string };
  /** A setting that guards plans is another than in the base; as JSON, undefined where it is not set. */
  "guard-changed": { setting: string; before: string | undefined; after: string | undefined };
}

export type WarningCode = keyof WarningArguments;

export type Warning = {
  readonly [Code in WarningCode]: {
    readonly code: Code;
    readonly subject: Subject | undefined;
    readonly arguments: Readonly<WarningArguments[Code]>;
  };
}[WarningCode];
