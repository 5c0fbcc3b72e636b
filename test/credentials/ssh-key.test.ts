import { expect, test } from "vitest";
import { parseSshKey, type SshKey, sshFingerprint, sshKeyText } from "../../src/credentials/ssh-key.ts";
import { shownByKeygen, sshKeyPair } from "./tools.ts";
import { line, partsOf, wire, wireOf } from "./wire.ts";

function parsed(text: string): SshKey {
  const key = parseSshKey(text);
  if ("reason" in key) throw new Error(`${key.reason}: ${key.what}`);
  return key;
}

const fault = (what: string) => ({ reason: "malformed", what });

const ED25519 = await sshKeyPair("ed25519");
const RSA = await sshKeyPair("rsa", "-b", "2048");

test.each([
  { options: ["ed25519"], type: "ssh-ed25519" },
  { options: ["rsa", "-b", "2048"], type: "ssh-rsa" },
  { options: ["rsa", "-b", "3072"], type: "ssh-rsa" },
])("a key that ssh-keygen makes with $options is read, and its fingerprint is ssh-keygen's", async (each) => {
  const { line: made } = await sshKeyPair(...each.options);
  const key = parsed(made);
  expect(key.type).toBe(each.type);
  expect(sshFingerprint(key)).toBe((await shownByKeygen(made)).fingerprint);
  expect(sshKeyText(key)).toBe(made.split(" ").slice(0, 2).join(" "));
});

test("a comment, tabs and the end of the line do not matter", () => {
  const [type, encoded] = ED25519.line.split(" ");
  const texts = [
    `${type} ${encoded}`,
    `  ${type}\t ${encoded}\r\n`,
    `${type} ${encoded} ssh-rsa # "two words"`,
  ];
  expect(texts.map((text) => sshKeyText(parsed(text)))).toEqual(texts.map(() => `${type} ${encoded}`));
});

test("age cannot encrypt to ECDSA keys", async () => {
  const kinds = ["256", "521"].map((bits) => ["ecdsa", "-b", bits]);
  const lines = await Promise.all(kinds.map((options) => sshKeyPair(...options)));
  expect(lines.map((each) => parseSshKey(each.line))).toEqual([
    { reason: "ssh-kind", what: "ecdsa-sha2-nistp256" },
    { reason: "ssh-kind", what: "ecdsa-sha2-nistp521" },
  ]);
});

test.each([
  "ssh-dss",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
  "ssh-ed25519-cert-v01@openssh.com",
  "ssh-rsa-cert-v01@openssh.com",
  "sk-ssh-ed25519-cert-v01@openssh.com",
])("nor to %s", (type) => {
  const key = wire(type, new Uint8Array(32).fill(9), "ssh:");
  expect(parseSshKey(`${line(type, key)} emily@desk`)).toEqual({ reason: "ssh-kind", what: type });
});

test("an RSA key has 2048 bits at least, counted as ssh-keygen counts", async () => {
  const { line: short } = await sshKeyPair("rsa", "-b", "1024");
  expect(parseSshKey(short)).toEqual({ reason: "short-rsa", what: (await shownByKeygen(short)).bits });
  const [type, exponent, modulus] = partsOf(RSA.line);
  const withoutTopBit = Buffer.from(modulus!.subarray(1));
  withoutTopBit[0] = (withoutTopBit[0]! & 0x7f) | 0x40;
  expect(parseSshKey(line("ssh-rsa", wire(type!, exponent!, withoutTopBit)))).toEqual({
    reason: "short-rsa",
    what: "2047",
  });
});

test.each([
  ["", "no type of a key at the beginning"],
  ["ssh-rsa", "not proper base64 after the type"],
  ["ssh-ed25519 =", "not proper base64 after the type"],
  ["ssh-ed2551 AAAA", "no type of a key at the beginning"],
  ["AAAAC3NzaC1lZDI1NTE5AAAA", "no type of a key at the beginning"],
  ["# ssh-ed25519 AAAA", "no type of a key at the beginning"],
  ["no-pty ssh-ed25519 AAAA", "no type of a key at the beginning"],
  ['command="ls" ssh-ed25519 AAAA', "no type of a key at the beginning"],
  ["ssh-ed25519 AAAA\nssh-ed25519 AAAA", "more than one line"],
  ["ssh-ed25519 AAAA\rssh-rsa", "more than one line"],
])("%j is no key", (text, what) => {
  expect(parseSshKey(text)).toEqual(fault(what));
});

test("base64 is canonical: nothing skipped, no bits left over, the padding there", () => {
  const [type, encoded] = RSA.line.split(" ");
  // The wire form of 279 bytes needs no padding; with one byte more it does, and then the padding counts.
  const padded = Buffer.concat([wireOf(RSA.line), Buffer.alloc(1)]).toString("base64");
  const wrong = [`${encoded}=`, `${encoded!.slice(0, 9)}*${encoded!.slice(9)}`, encoded!.slice(0, -1)];
  const texts = [
    ...wrong,
    padded.replace(/=+$/, ""),
    encoded!.replaceAll("/", "_").replaceAll("+", "-") + "_",
  ];
  expect(texts.map((each) => parseSshKey(`${type} ${each}`))).toEqual(
    texts.map(() => fault("not proper base64 after the type")),
  );
});

test("the type inside is the type outside", () => {
  expect([
    parseSshKey(line("ssh-rsa", wireOf(ED25519.line))),
    parseSshKey(line("ssh-ed25519", wireOf(RSA.line))),
    parseSshKey(line("ssh-ed25519", wire("SSH-ED25519", partsOf(ED25519.line)[1]!))),
  ]).toEqual(Array.from({ length: 3 }, () => fault("of another type inside")));
});

test.each([
  ["ssh-ed25519", ED25519.line],
  ["ssh-rsa", RSA.line],
])("of an %s key nothing is missing, and nothing follows it", (type, text) => {
  const bytes = wireOf(text);
  for (let length = 1; length < bytes.length; length += 1) {
    expect(parseSshKey(line(type, bytes.subarray(0, length)))).toMatchObject({ reason: "malformed" });
  }
  const behind = [Buffer.alloc(1), Buffer.alloc(4), wire("x")].map((more) => Buffer.concat([bytes, more]));
  expect(behind.map((each) => parseSshKey(line(type, each)))).toMatchObject(
    behind.map(() => ({ reason: "malformed" })),
  );
});

test("an Ed25519 key is a point of the curve, in its one form, and not of small order", () => {
  const identityPoint = Buffer.from([1, ...Buffer.alloc(31)]);
  const ofOrderTwo = Buffer.from(`ec${"ff".repeat(30)}7f`, "hex");
  const ofOrderFour = Buffer.alloc(32);
  const ofOrderEight = Buffer.from("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "hex");
  const notOnCurve = Buffer.from([2, ...Buffer.alloc(31)]);
  const notReduced = Buffer.from(`f0${"ff".repeat(30)}7f`, "hex");
  const points = [identityPoint, ofOrderTwo, ofOrderFour, ofOrderEight, notOnCurve, notReduced];
  expect(points.map((point) => parseSshKey(line("ssh-ed25519", wire("ssh-ed25519", point))))).toEqual(
    points.map(() => fault("no point of the curve that could be a key")),
  );
  const lengths = [0, 31, 33, 64].map((length) => wire("ssh-ed25519", Buffer.alloc(length, 9)));
  expect(lengths.map((each) => parseSshKey(line("ssh-ed25519", each)))).toEqual(
    lengths.map(() => fault("not of the length of an Ed25519 key")),
  );
});

test("an RSA key's exponent is odd, 3 at least, and of 24 bits at most", () => {
  const [, , modulus] = partsOf(RSA.line);
  const parse = (...exponent: readonly number[]) =>
    parseSshKey(line("ssh-rsa", wire("ssh-rsa", Buffer.from(exponent), modulus!)));
  expect([parse(3), parse(35), parse(1, 0, 1), parse(0, 0xff, 0xff, 0xff)]).toMatchObject(
    Array.from({ length: 4 }, () => ({ type: "ssh-rsa" })),
  );
  expect([parse(1), parse(2), parse(1, 0, 0), parse(1, 0, 0, 1)]).toEqual(
    Array.from({ length: 4 }, () => fault("with an exponent that no RSA key has")),
  );
});

test("an RSA key's numbers are positive and written in as few bytes as can be", () => {
  const [, exponent, modulus] = partsOf(RSA.line);
  const parse = (...parts: readonly Uint8Array[]) => parseSshKey(line("ssh-rsa", wire("ssh-rsa", ...parts)));
  const zero = Buffer.alloc(1);
  const smallest = Buffer.from([0x80, ...Buffer.alloc(254), 1]);
  expect(parse(exponent!, Buffer.concat([zero, smallest]))).toMatchObject({ type: "ssh-rsa" });
  const wrong = [
    parse(Buffer.concat([zero, exponent!]), modulus!),
    parse(exponent!, Buffer.concat([zero, modulus!])),
    parse(exponent!, modulus!.subarray(1)),
    parse(exponent!, smallest),
    parse(Buffer.alloc(0), modulus!),
    parse(zero, modulus!),
    parse(exponent!),
    parse(exponent!, modulus!, exponent!),
  ];
  expect(wrong).toEqual(wrong.map(() => fault("not made of two positive numbers, as an RSA key is")));
});

test("an RSA key's modulus is odd and has 16384 bits at most", () => {
  const [, exponent, modulus] = partsOf(RSA.line);
  const parse = (number: Uint8Array) => parseSshKey(line("ssh-rsa", wire("ssh-rsa", exponent!, number)));
  const even = Buffer.from(modulus!);
  even[even.length - 1]! &= 0xfe;
  const largest = Buffer.concat([Buffer.alloc(1), Buffer.alloc(2048, 0xff)]);
  const larger = Buffer.concat([Buffer.from([1]), Buffer.alloc(2048, 0xff)]);
  expect([parse(even), parse(larger)]).toEqual([
    fault("with a modulus that no RSA key has"),
    fault("with a modulus that no RSA key has"),
  ]);
  expect(parse(largest)).toMatchObject({ type: "ssh-rsa" });
});
