import { expect, test } from "vitest";
import type { Recipient } from "../../src/core/recipient.ts";
import { seal } from "../../src/credentials/envelope.ts";
import { recipientOf } from "../../src/credentials/recipient.ts";
import { ageKeyPair, type KeyPair, openedByAge, sshKeyPair } from "./tools.ts";
import { line, wire } from "./wire.ts";

const AGE = await ageKeyPair();
const ED25519 = await sshKeyPair("ed25519");
const RSA_2048 = await sshKeyPair("rsa", "-b", "2048");
const RSA_3072 = await sshKeyPair("rsa", "-b", "3072");
const STRANGERS = [await ageKeyPair(), await sshKeyPair("ed25519"), await sshKeyPair("rsa", "-b", "2048")];

const TEXT = "Password: @Ab3é\n\nwith two lines, and no end of line";

function recipient(pair: KeyPair): Recipient {
  const found = recipientOf(pair.line);
  if ("reason" in found) throw new Error(`${found.reason}: ${found.what}`);
  return found;
}

/** The lines of the header that begin a stanza, without their values. */
function stanzas(sealed: string): readonly string[] {
  const file = Buffer.from(sealed.split("\n").slice(1, -2).join(""), "base64").toString("latin1");
  const header = file.slice(0, file.indexOf("\n---"));
  return [...header.matchAll(/^-> (\S+)/gm)].map(([, type]) => type!);
}

test.each([
  ["an age key", AGE],
  ["an Ed25519 key", ED25519],
  ["an RSA key of 2048 bits", RSA_2048],
  ["an RSA key of 3072 bits", RSA_3072],
])("Debian's age opens what is sealed to %s, and a stranger's keys do not", async (_, pair) => {
  const sealed = await seal(TEXT, [recipient(pair)]);
  expect(await openedByAge(sealed, pair)).toBe(TEXT);
  for (const stranger of STRANGERS) {
    await expect(openedByAge(sealed, stranger)).rejects.toThrow(/no identity matched any of the recipients/);
  }
});

test("each of several recipients opens it alone", async () => {
  const pairs = [RSA_3072, AGE, ED25519, RSA_2048];
  const sealed = await seal(TEXT, pairs.map(recipient));
  expect(stanzas(sealed)).toEqual(["ssh-rsa", "X25519", "ssh-ed25519", "ssh-rsa"]);
  expect(await Promise.all(pairs.map((pair) => openedByAge(sealed, pair)))).toEqual(pairs.map(() => TEXT));
});

test("many Ed25519 keys and many seals open, whatever their first and last bits are", async () => {
  const pairs = await Promise.all(Array.from({ length: 12 }, () => sshKeyPair("ed25519")));
  const sealed = await seal(TEXT, pairs.map(recipient));
  expect(await Promise.all(pairs.map((pair) => openedByAge(sealed, pair)))).toEqual(pairs.map(() => TEXT));
});

test("whatever RSA key is read can be encrypted to: a failure would come when the password is already set", async () => {
  const exponents = [Buffer.from([3]), Buffer.from([0, 0xff, 0xff, 0xff])];
  const moduli = [256, 2048].map((bytes) => Buffer.concat([Buffer.alloc(1), Buffer.alloc(bytes, 0xff)]));
  const lines = exponents.flatMap((e) => moduli.map((n) => line("ssh-rsa", wire("ssh-rsa", e, n))));
  const sealed = await seal(
    TEXT,
    lines.map((each) => recipient({ identity: "", line: each })),
  );
  expect(stanzas(sealed)).toEqual(lines.map(() => "ssh-rsa"));
});

test("an empty text and a long one come back whole", async () => {
  const texts = ["", "x".repeat(200_000)];
  const opened = texts.map(async (text) => openedByAge(await seal(text, [recipient(ED25519)]), ED25519));
  expect(await Promise.all(opened)).toEqual(texts);
});

test("it is armored, in short lines of ASCII, and ends in one newline", async () => {
  const sealed = await seal(TEXT, [recipient(AGE), recipient(RSA_3072)]);
  expect(sealed).toMatch(
    /^-----BEGIN AGE ENCRYPTED FILE-----\n(?:[\w+/=]{1,64}\n)+-----END AGE ENCRYPTED FILE-----\n$/,
  );
});

test("the same text is never sealed the same way twice", async () => {
  const [one, other] = await Promise.all([1, 2].map(() => seal(TEXT, [recipient(ED25519)])));
  expect(one).not.toBe(other);
});

test("without a recipient nothing is sealed", async () => {
  await expect(seal(TEXT, [])).rejects.toThrow(/^there is nobody to encrypt to$/);
});

test("what is no recipient's key is not passed over", async () => {
  const ecdsa = (await sshKeyPair("ecdsa")).line;
  const wrong: Recipient = { ...recipient(ED25519), key: ecdsa };
  await expect(seal(TEXT, [recipient(AGE), wrong])).rejects.toThrow(
    /^age cannot encrypt to this SSH key: ecdsa-sha2-nistp256$/,
  );
  await expect(seal(TEXT, [{ ...recipient(AGE), key: "age1q" }])).rejects.toThrow();
});
