import { createHmac } from "node:crypto";

/*
 * Time-based one-time passwords (RFC 6238): SHA-1, six digits, thirty seconds, as IAM's virtual MFA devices use them.
 */

const STEP = 30_000;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code that a device with this base32 seed shows at that moment, in milliseconds since 1970. */
export function codeAt(seed: string, moment: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(moment / STEP)));
  const digest = createHmac("sha1", fromBase32(seed)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

/** Are these two codes in a row that the device shows now, or shortly before or after? */
export function areConsecutive(seed: string, codes: readonly [string, string], now: number): boolean {
  const steps = Array.from({ length: 2 * TOLERANCE + 1 }, (_, index) => index - TOLERANCE);
  return steps.some((step) => {
    const moment = now + step * STEP;
    return codeAt(seed, moment) === codes[0] && codeAt(seed, moment + STEP) === codes[1];
  });
}

/** How many steps a device's clock may be off. */
const TOLERANCE = 10;

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
