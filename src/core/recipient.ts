/*
 * To whom a new password or key is encrypted: public keys, written in the roster or shown by GitHub for a login. Named by
 * their fingerprints wherever a person or a review looks at them.
 */

export interface NamedRecipient {
  readonly type: "age" | "ssh-ed25519" | "ssh-rsa";
  /** By which a person knows the key: what `ssh-keygen -l` prints (`SHA256:…`), or the `age1…` key itself. */
  readonly fingerprint: string;
  /** The text in the roster that led to it. */
  readonly source: string;
}

export interface Recipient extends NamedRecipient {
  /** What encryption needs: `age1…`, or `ssh-ed25519 AAAA…` without its comment. */
  readonly key: string;
}

/** What keeps a key or a login from being a recipient. With each: what `what` then holds. */
export type UnusableReason =
  /** An SSH key that age cannot encrypt to: ECDSA, FIDO, DSA, a certificate. The key's type. */
  | "ssh-kind"
  /** An age key for a plugin, or a post-quantum one, which the age of today's distributions does not know. `age1yubikey` */
  | "age-kind"
  /** An RSA key of less than 2048 bits. How many it has. */
  | "short-rsa"
  /** No key at all, or a damaged one. What is wrong, in a few words. */
  | "malformed"
  /** GitHub has no such login. The login. */
  | "unknown-login"
  /** The login shows no key, or none that age can encrypt to. The login. */
  | "no-usable-key";

export interface Unusable {
  /** The text in the roster that led to it. */
  readonly source: string;
  readonly reason: UnusableReason;
  readonly what: string;
}

/**
 * A login may stand in both lists, with the keys that can be used and those that cannot; `no-usable-key` comes once
 * for a login that has only the latter.
 */
export interface Resolved {
  readonly recipients: readonly Recipient[];
  readonly unusable: readonly Unusable[];
}
