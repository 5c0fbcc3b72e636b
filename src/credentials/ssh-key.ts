import { createHash } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import type { UnusableReason } from "../core/recipient.ts";

/*
 * SSH public keys as a line of a .pub file or of authorized_keys has them: type, base64, comment. The base64 is the
 * wire form: parts, each a length in four bytes and so many bytes (RFC 4253, section 6.6, and RFC 8709).
 */

export type SshKey = Ed25519Key | RsaKey;

interface Ed25519Key {
  readonly type: "ssh-ed25519";
  /** The wire form. */
  readonly wire: Uint8Array;
  readonly point: Uint8Array;
}

interface RsaKey {
  readonly type: "ssh-rsa";
  readonly wire: Uint8Array;
  /** Big-endian, without leading zeros. */
  readonly exponent: Uint8Array;
  readonly modulus: Uint8Array;
}

export interface SshKeyFault {
  readonly reason: Extract<UnusableReason, "ssh-kind" | "short-rsa" | "malformed">;
  readonly what: string;
}

const KINDS_WITHOUT_AGE =
  /^(?:ssh-dss|ssh-ed448|(?:ecdsa-sha2-|sk-)[\w.@-]+|[\w-]+-cert-v0[01]@openssh\.com)$/;

const LEAST_BITS = 2048;
/** OpenSSH and OpenSSL take no larger ones. */
const MOST_BITS = 16_384;
/** The SSH library of the reference age takes no exponent of more than 24 bits. */
const MOST_EXPONENT_BYTES = 3;

/** Takes a line without options before the type; the comment is dropped. */
export function parseSshKey(line: string): SshKey | SshKeyFault {
  const text = line.trim();
  if (/[\r\n]/.test(text)) return malformed("more than one line");
  const [type = "", encoded = ""] = text.split(/[ \t]+/);
  if (KINDS_WITHOUT_AGE.test(type)) return { reason: "ssh-kind", what: type };
  if (type !== "ssh-ed25519" && type !== "ssh-rsa") return malformed("no type of a key at the beginning");
  const wire = parseBase64(encoded);
  if (wire === undefined) return malformed("not proper base64 after the type");
  const [inner, ...parts] = partsOf(wire) ?? [];
  if (inner === undefined) return malformed("cut off, or with something behind it");
  if (Buffer.from(inner).toString("latin1") !== type) return malformed("of another type inside");
  return type === "ssh-ed25519" ? ed25519Key(wire, parts) : rsaKey(wire, parts);
}

/** `SHA256:…`, as `ssh-keygen -l` prints it. */
export function sshFingerprint({ wire }: SshKey): string {
  return `SHA256:${unpadded(createHash("sha256").update(wire).digest())}`;
}

/** Base64 without padding, as OpenSSH and age write it. */
export function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "");
}

/** Type and base64, without a comment. */
export function sshKeyText({ type, wire }: SshKey): string {
  return `${type} ${Buffer.from(wire).toString("base64")}`;
}

function malformed(what: string): SshKeyFault {
  return { reason: "malformed", what };
}

/** Buffer skips what is no base64; only what it writes the same way was read whole. */
function parseBase64(encoded: string): Uint8Array | undefined {
  const bytes = Buffer.from(encoded, "base64");
  return bytes.length > 0 && bytes.toString("base64") === encoded ? Uint8Array.from(bytes) : undefined;
}

function partsOf(wire: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(wire.buffer, wire.byteOffset, wire.byteLength);
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < wire.length) {
    if (at + 4 > wire.length) return undefined;
    const end = at + 4 + view.getUint32(at);
    if (end > wire.length) return undefined;
    parts.push(wire.subarray(at + 4, end));
    at = end;
  }
  return parts;
}

function ed25519Key(wire: Uint8Array, parts: readonly Uint8Array[]): Ed25519Key | SshKeyFault {
  const [point] = parts;
  if (point?.length !== 32 || parts.length !== 1) return malformed("not of the length of an Ed25519 key");
  if (!isSafePoint(point)) return malformed("no point of the curve that could be a key");
  return { type: "ssh-ed25519", wire, point };
}

/** With a point of small order anybody could tell the shared secret. */
function isSafePoint(point: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(point).isSmallOrder();
  } catch {
    return false;
  }
}

function rsaKey(wire: Uint8Array, parts: readonly Uint8Array[]): RsaKey | SshKeyFault {
  const [exponent, modulus] = parts.map(positive);
  if (exponent === undefined || modulus === undefined || parts.length !== 2) {
    return malformed("not made of two positive numbers, as an RSA key is");
  }
  if (
    !isOdd(exponent) ||
    exponent.length > MOST_EXPONENT_BYTES ||
    (exponent.length === 1 && exponent[0] === 1)
  ) {
    return malformed("with an exponent that no RSA key has");
  }
  const bits = bitsOf(modulus);
  if (bits < LEAST_BITS) return { reason: "short-rsa", what: String(bits) };
  if (!isOdd(modulus) || bits > MOST_BITS) return malformed("with a modulus that no RSA key has");
  return { type: "ssh-rsa", wire, exponent, modulus };
}

/** The number's bytes; undefined unless it is positive and written in as few as can be: a first bit of 1 takes a zero. */
function positive(number: Uint8Array): Uint8Array | undefined {
  const [first, second = 0] = number;
  if (first === undefined || first >= 0x80) return undefined;
  if (first > 0) return number;
  return second >= 0x80 ? number.subarray(1) : undefined;
}

function isOdd(number: Uint8Array): boolean {
  return (number.at(-1) ?? 0) % 2 === 1;
}

function bitsOf(number: Uint8Array): number {
  return number.length * 8 - Math.clz32(number[0] ?? 0) + 24;
}
