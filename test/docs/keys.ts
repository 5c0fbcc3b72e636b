import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { bech32 } from "@scure/base";
import { identityToRecipient } from "age-encryption";

/* The keys that the pages make: those of the tools would be others in each run, and so would what the pages show. */

/** What `ssh-keygen` and `age-keygen` would have written, by the name of the file. */
export async function keyFiles(): Promise<Readonly<Record<string, string>>> {
  const emily = sshKeyOf("emily");
  return {
    emily: emily.export({ format: "pem", type: "pkcs8" }).toString(),
    "emily.pub": `${sshLineOf(emily)} emily@laptop\n`,
    ...(await ageKey("build-bot")),
  };
}

function seedOf(name: string): Buffer {
  return createHash("sha256").update(`the key of ${name} in the pages`).digest();
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const ED25519_PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

function sshKeyOf(name: string): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8, seedOf(name)]),
    format: "der",
    type: "pkcs8",
  });
}

function sshLineOf(key: KeyObject): string {
  const point = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
  const wire = [Buffer.from("ssh-ed25519"), point].flatMap((part) => [lengthOf(part), part]);
  return `ssh-ed25519 ${Buffer.concat(wire).toString("base64")}`;
}

function lengthOf({ length }: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

async function ageKey(name: string): Promise<Readonly<Record<string, string>>> {
  const identity = bech32.encodeFromBytes("AGE-SECRET-KEY-", seedOf(name)).toUpperCase();
  return { [`${name}.txt`]: `# public key: ${await identityToRecipient(identity)}\n${identity}\n` };
}
