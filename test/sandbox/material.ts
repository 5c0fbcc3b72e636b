import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";

/* Public keys and certificates to upload. */

/** An RSA public key as PEM, a new one each time. */
export function rsaKey(bits: number): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}

export const certificate = (number: 1 | 2 | 3): string =>
  readFileSync(new URL(`certificates/${number}.pem`, import.meta.url), "utf8");
