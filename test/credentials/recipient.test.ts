import { bech32 } from "@scure/base";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Recipient, Unusable } from "../../src/core/recipient.ts";
import { type KeysOf, recipientOf, resolveRecipients } from "../../src/credentials/recipient.ts";
import { ageKeyPair, shownByKeygen, sshKeyPair } from "./tools.ts";
import { line, wire } from "./wire.ts";

const AGE = (await ageKeyPair()).line;
const ED25519 = (await sshKeyPair("ed25519")).line.trim();
const RSA = (await sshKeyPair("rsa", "-b", "2048")).line.trim();
const ECDSA = (await sshKeyPair("ecdsa")).line.trim();

const NOBODY: KeysOf = () => Promise.resolve(undefined);
const shows =
  (logins: Readonly<Record<string, readonly string[]>>): KeysOf =>
  (login) =>
    Promise.resolve(logins[login]);

const bare = (keyLine: string): string => keyLine.split(" ").slice(0, 2).join(" ");
const ageText = (bytes: Uint8Array, prefix = "age"): string =>
  bech32.encode(prefix, bech32.toWords(bytes), false);

test("an age key is its own fingerprint", () => {
  expect(recipientOf(AGE)).toEqual({ type: "age", key: AGE, fingerprint: AGE, source: AGE });
});

test.each([
  ["ssh-ed25519", ED25519],
  ["ssh-rsa", RSA],
])("an %s key loses its comment and has ssh-keygen's fingerprint", async (type, text) => {
  const { fingerprint } = await shownByKeygen(text);
  expect(recipientOf(text)).toEqual({ type, key: bare(text), fingerprint, source: text });
});

test("what cannot be used is given back with what is wrong", async () => {
  const short = (await sshKeyPair("rsa", "-b", "1024")).line;
  expect([ECDSA, short, "nobody"].map(recipientOf)).toEqual([
    { source: ECDSA, reason: "ssh-kind", what: "ecdsa-sha2-nistp256" },
    { source: short, reason: "short-rsa", what: "1024" },
    { source: "nobody", reason: "malformed", what: "no type of a key at the beginning" },
  ]);
});

test.each([
  ["age1yubikey", 33],
  ["age1pq", 1216],
  ["age1tag", 33],
  ["age1tagpq", 1249],
  ["age1se", 33],
])("an age key of the kind %s is refused: Debian's age cannot encrypt to it alone", (kind, length) => {
  const source = ageText(new Uint8Array(length).fill(7), kind);
  expect(recipientOf(source)).toEqual({ source, reason: "age-kind", what: kind });
});

test("an age key that is mistyped, cut off, in capitals or too long is malformed", () => {
  const mistyped = AGE.slice(0, -1) + (AGE.endsWith("q") ? "p" : "q");
  const wrong = [mistyped, AGE.slice(0, -1), AGE.toUpperCase(), `${AGE} `.repeat(2), "age1"];
  expect(wrong.map(recipientOf)).toEqual(
    wrong.map((source) => ({ source, reason: "malformed", what: "mistyped, or not copied whole" })),
  );
  const lengths = [31, 33].map((length) => ageText(new Uint8Array(length).fill(9)));
  expect(lengths.map(recipientOf)).toEqual(
    lengths.map((source) => ({ source, reason: "malformed", what: "not of the length of an age key" })),
  );
});

test("an age key of small order is refused now, since encrypting to it would fail", () => {
  const order = ["00".repeat(32), `01${"00".repeat(31)}`, `ec${"ff".repeat(30)}7f`];
  const wrong = order.map((each) => ageText(Buffer.from(each, "hex")));
  expect(wrong.map(recipientOf)).toEqual(
    wrong.map((source) => ({
      source,
      reason: "malformed",
      what: "no point of the curve that could be a key",
    })),
  );
});

test("recipients keep the order of the texts, and a login's keys stand where the login stands", async () => {
  const keysOf = shows({ emilyc: [ED25519, ECDSA] });
  const { recipients, unusable } = await resolveRecipients([RSA, "github:emilyc", AGE], keysOf);
  expect(recipients.map(({ key, source }) => ({ key, source }))).toEqual([
    { key: bare(RSA), source: RSA },
    { key: bare(ED25519), source: "github:emilyc" },
    { key: AGE, source: AGE },
  ]);
  expect(unusable).toEqual([{ source: "github:emilyc", reason: "ssh-kind", what: "ecdsa-sha2-nistp256" }]);
});

test("a key named twice is one recipient, under the first text", async () => {
  const keysOf = shows({ emilyc: [ED25519, bare(ED25519), RSA] });
  const texts = ["github:emilyc", `${bare(ED25519)} another comment`, RSA, AGE, AGE];
  const { recipients } = await resolveRecipients(texts, keysOf);
  expect(recipients.map(({ source }) => source)).toEqual(["github:emilyc", "github:emilyc", AGE]);
});

test("a login without a key that can be used, or that is not there, gives no recipient", async () => {
  const keysOf = shows({ bare: [], emilyc: [ECDSA] });
  const texts = ["github:bare", "github:emilyc", "github:gone"];
  expect(await resolveRecipients(texts, keysOf)).toEqual({
    recipients: [],
    unusable: [
      { source: "github:bare", reason: "no-usable-key", what: "bare" },
      { source: "github:emilyc", reason: "ssh-kind", what: "ecdsa-sha2-nistp256" },
      { source: "github:emilyc", reason: "no-usable-key", what: "emilyc" },
      { source: "github:gone", reason: "unknown-login", what: "gone" },
    ],
  });
});

test("a login's keys are SSH keys, whatever is sent for them", async () => {
  const { recipients, unusable } = await resolveRecipients(["github:emilyc"], shows({ emilyc: [AGE, ""] }));
  expect(recipients).toEqual([]);
  expect(unusable.map(({ reason }) => reason)).toEqual(["malformed", "malformed", "no-usable-key"]);
});

test("nobody is asked for what is no login", async () => {
  const asked: string[] = [];
  const keysOf: KeysOf = (login) => Promise.resolve(void asked.push(login));
  const logins = ["", "../keys", "a b", "-a", "a".repeat(40), "emilyc?x", "github:emilyc"];
  const { unusable } = await resolveRecipients(
    logins.map((login) => `github:${login}`),
    keysOf,
  );
  expect(unusable.map(({ reason }) => reason)).toEqual(logins.map(() => "malformed"));
  expect(asked).toEqual([]);
});

test("when a login's keys cannot be had, there is no shorter list but an error", async () => {
  const failure = new Error("GitHub does not answer");
  const keysOf: KeysOf = () => Promise.reject(failure);
  await expect(resolveRecipients([AGE, "github:emilyc"], keysOf)).rejects.toBe(failure);
});

test("no text, no recipient", async () => {
  expect(await resolveRecipients([], NOBODY)).toEqual({ recipients: [], unusable: [] });
});

/** The two ways that it may end for any text; a recipient is what its own key says. */
function isSound(found: Recipient | Unusable, source: string): boolean {
  if ("reason" in found) return found.source === source && found.what !== "";
  if (found.type === "age") return found.key.startsWith("age1") && found.fingerprint === found.key;
  const again = recipientOf(found.key);
  const keeps = !("reason" in again) && again.fingerprint === found.fingerprint && again.type === found.type;
  return keeps && found.key.startsWith(`${found.type} AAAA`) && /^SHA256:[\w+/]{43}$/.test(found.fingerprint);
}

test("no text makes it fail, and none gives a recipient that its key is not", () => {
  const bytes = fc.uint8Array({ maxLength: 80 });
  const type = fc.constantFrom("ssh-ed25519", "ssh-rsa", "ssh-dss", "sk-ssh-ed25519@openssh.com", "");
  const built = fc
    .tuple(type, type, fc.array(bytes, { maxLength: 3 }))
    .map(([outer, inner, parts]) => line(outer, wire(inner, ...parts)));
  const lines = fc.tuple(type, bytes).map(([outer, rest]) => line(outer, rest));
  const ages = fc
    .tuple(bytes, fc.constantFrom("age", "age1x", "a"))
    .map(([rest, kind]) => ageText(rest, kind));
  const text = fc.oneof(fc.string({ unit: "binary" }), built, lines, ages);
  fc.assert(fc.property(text, (each) => isSound(recipientOf(each), each)));
});

test("a real key with one character changed is the same key or another, but never of a wrong type", () => {
  const texts = fc.constantFrom(AGE, ED25519, RSA, ECDSA);
  const changed = fc
    .tuple(texts, fc.nat(), fc.string({ unit: "grapheme-ascii", minLength: 0, maxLength: 1 }))
    .map(([text, at, put]) => {
      const place = at % text.length;
      return text.slice(0, place) + put + text.slice(place + 1);
    });
  fc.assert(
    fc.property(changed, (each) => isSound(recipientOf(each), each)),
    { numRuns: 2000 },
  );
});
