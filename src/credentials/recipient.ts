import { x25519 } from "@noble/curves/ed25519.js";
import { bech32 } from "@scure/base";
import type { Recipient, Resolved, Unusable, UnusableReason } from "../core/recipient.ts";
import { parseSshKey, sshFingerprint, sshKeyText } from "./ssh-key.ts";

/** A GitHub login's public keys, a line each; undefined where there is no such login. Throws where nobody can tell. */
export type KeysOf = (login: string) => Promise<readonly string[] | undefined>;

const GITHUB = "github:";
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/;

/** A recipient from its own public key: `age1…`, or a line of a .pub file. */
export function recipientOf(text: string): Recipient | Unusable {
  return /^age1/i.test(text.trim()) ? ageRecipient(text) : sshRecipient(text);
}

/**
 * The recipients that these texts name, in their order, each key once. Throws what keysOf throws: a plan must not go on
 * with fewer recipients than there are.
 */
export async function resolveRecipients(texts: readonly string[], keysOf: KeysOf): Promise<Resolved> {
  const found = (await Promise.all(texts.map((text) => resolve(text, keysOf)))).flat();
  const recipients = new Map<string, Recipient>();
  const unusable: Unusable[] = [];
  for (const each of found) {
    if ("reason" in each) unusable.push(each);
    else if (!recipients.has(each.fingerprint)) recipients.set(each.fingerprint, each);
  }
  return { recipients: [...recipients.values()], unusable };
}

async function resolve(text: string, keysOf: KeysOf): Promise<readonly (Recipient | Unusable)[]> {
  if (!text.startsWith(GITHUB)) return [recipientOf(text)];
  const login = text.slice(GITHUB.length);
  const refused = (reason: UnusableReason, what: string): Unusable => ({ source: text, reason, what });
  if (!LOGIN.test(login)) return [refused("malformed", "with something that is no login after github:")];
  const lines = await keysOf(login);
  if (lines === undefined) return [refused("unknown-login", login)];
  const keys = lines.map((line) => ({ ...sshRecipient(line), source: text }));
  return keys.some((key) => !("reason" in key)) ? keys : [...keys, refused("no-usable-key", login)];
}

function sshRecipient(line: string): Recipient | Unusable {
  const key = parseSshKey(line);
  if ("reason" in key) return { source: line, reason: key.reason, what: key.what };
  return { type: key.type, key: sshKeyText(key), fingerprint: sshFingerprint(key), source: line };
}

/** The kind of an age key is what stands before its last 1: `age`, `age1yubikey`, `age1pq`. */
function ageRecipient(source: string): Recipient | Unusable {
  const text = source.trim();
  // Post-quantum keys are longer than Bech32 is meant to be.
  const decoded = bech32.decodeUnsafe(text, false);
  if (decoded === undefined || !text.startsWith("age1")) {
    return { source, reason: "malformed", what: "mistyped, or not copied whole" };
  }
  const { prefix, words } = decoded;
  if (prefix !== "age") return { source, reason: "age-kind", what: prefix };
  const point = bech32.fromWordsUnsafe(words);
  if (point?.length !== 32) return { source, reason: "malformed", what: "not of the length of an age key" };
  if (!isSafeShare(point))
    return { source, reason: "malformed", what: "no point of the curve that could be a key" };
  return { type: "age", key: text, fingerprint: text, source };
}

/** A point of small order would refuse to be encrypted to, when the password is already set. Any scalar shows it. */
function isSafeShare(point: Uint8Array): boolean {
  try {
    x25519.scalarMult(new Uint8Array(32).fill(1), point);
    return true;
  } catch {
    return false;
  }
}
