import { constants, createCipheriv, createHash, createPublicKey, hkdfSync, publicEncrypt } from "node:crypto";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { type Recipient, Stanza } from "age-encryption";
import { parseSshKey, type SshKey, unpadded } from "./ssh-key.ts";

/*
 * age recipients for SSH keys, which age-encryption lacks, wrapping the file key as the reference implementation does
 * (FiloSottile/age, package agessh): its `age -d -i ~/.ssh/id_ed25519` opens them.
 */

const ED25519_LABEL = "age-encryption.org/v1/ssh-ed25519";
const RSA_LABEL = "age-encryption.org/v1/ssh-rsa";

type KeyOf<Type extends SshKey["type"]> = Extract<SshKey, { readonly type: Type }>;

/** The recipient for `ssh-ed25519 AAAA…` or `ssh-rsa AAAA…`. Throws for anything else. */
export function ageSshRecipient(text: string): Recipient {
  const key = parseSshKey(text);
  if ("reason" in key) throw new Error(`age cannot encrypt to this SSH key: ${key.what}`);
  return {
    wrapFileKey: (fileKey) => [
      key.type === "ssh-rsa" ? rsaStanza(key, fileKey) : ed25519Stanza(key, fileKey),
    ],
  };
}

function rsaStanza(key: KeyOf<"ssh-rsa">, fileKey: Uint8Array): Stanza {
  const jwk = { kty: "RSA", n: base64url(key.modulus), e: base64url(key.exponent) };
  const wrapped = publicEncrypt(
    {
      key: createPublicKey({ key: jwk, format: "jwk" }),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: "sha256",
      oaepLabel: Buffer.from(RSA_LABEL),
    },
    fileKey,
  );
  return new Stanza([key.type, tagOf(key)], wrapped);
}

/** X25519 with the key's Montgomery form, tweaked so that the stanza is bound to the very SSH key. */
function ed25519Stanza(key: KeyOf<"ssh-ed25519">, fileKey: Uint8Array): Stanza {
  const theirs = ed25519.utils.toMontgomery(key.point);
  const ephemeral = x25519.keygen();
  const tweak = derived({ secret: new Uint8Array(), salt: key.wire });
  const shared = x25519.scalarMult(tweak, x25519.scalarMult(ephemeral.secretKey, theirs));
  const wrappingKey = derived({ secret: shared, salt: Buffer.concat([ephemeral.publicKey, theirs]) });
  return new Stanza([key.type, tagOf(key), unpadded(ephemeral.publicKey)], encrypted(wrappingKey, fileKey));
}

function derived({ secret, salt }: Readonly<Record<"secret" | "salt", Uint8Array>>): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, salt, ED25519_LABEL, 32));
}

/** ChaCha20-Poly1305. The nonce may be zero: the key wraps this one file key and nothing else. */
function encrypted(key: Uint8Array, fileKey: Uint8Array): Uint8Array {
  const cipher = createCipheriv("chacha20-poly1305", key, new Uint8Array(12), { authTagLength: 16 });
  return Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
}

/** By which an identity knows its stanza: the first four bytes of the key's hash. */
function tagOf({ wire }: SshKey): string {
  return unpadded(createHash("sha256").update(wire).digest().subarray(0, 4));
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
