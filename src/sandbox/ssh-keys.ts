import { createHash, createPublicKey } from "node:crypto";

import { FIXED_QUOTAS } from "../core/rules/quotas.ts";
import { replaced, settableStatus } from "./access-keys.ts";
import { newId, requireUser, timeOf } from "./account.ts";
import { IamError, noSuch, quotaExceeded } from "./errors.ts";
import { credentialId, keyMaterial, oneOf, optional, PAGE, status, userName } from "./members.ts";
import { type Operations, reading, writing } from "./operation.ts";
import { pageOf } from "./page.ts";
import type { SshKeyRecord, UserRecord } from "./records.ts";
import { namedOrCaller } from "./users.ts";
import type { Answer } from "./wire.ts";

/*
 * SSH public keys: RSA of 2048 bits at least, given as ssh-rsa or PEM. A key counts once per user; two users may have
 * the same (seen live).
 */

interface RsaKey {
  readonly n: Buffer;
  readonly e: Buffer;
}

const LEAST_BITS = 2048;

function parseKey(body: string): RsaKey {
  const key = body.startsWith("ssh-rsa ") ? fromSsh(body) : fromPem(body);
  if (key === undefined) {
    throw new IamError("UnrecognizedPublicKeyEncoding", "Invalid public key uploaded.");
  }
  if (key.n.length * 8 < LEAST_BITS) throw new IamError("InvalidPublicKey", "Invalid body for public key");
  return key;
}

/** The parts of the second field: each is a length in four bytes, and so many bytes. */
function fromSsh(body: string): RsaKey | undefined {
  const blob = Buffer.from(body.split(/\s+/)[1] ?? "", "base64");
  const parts: Buffer[] = [];
  for (let at = 0; at + 4 <= blob.length;) {
    const length = blob.readUInt32BE(at);
    parts.push(blob.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  const [type, e, n] = parts;
  if (type?.toString() !== "ssh-rsa" || e === undefined || n === undefined || parts.length !== 3)
    return undefined;
  return { e: withoutSign(e), n: withoutSign(n) };
}

function withoutSign(number: Buffer): Buffer {
  return number[0] === 0 ? number.subarray(1) : number;
}

function fromPem(body: string): RsaKey | undefined {
  try {
    const { kty, n, e } = createPublicKey(body).export({ format: "jwk" });
    if (kty !== "RSA" || n === undefined || e === undefined) return undefined;
    return { n: Buffer.from(n, "base64url"), e: Buffer.from(e, "base64url") };
  } catch {
    return undefined;
  }
}

function sshBlob({ n, e }: RsaKey): Buffer {
  const signed = (number: Buffer): Buffer =>
    (number[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), number]) : number;
  const parts = [Buffer.from("ssh-rsa"), signed(e), signed(n)];
  return Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]));
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return length;
}

function fingerprintOf(key: RsaKey): string {
  const digest = createHash("md5").update(sshBlob(key)).digest("hex");
  return digest.match(/../g)?.join(":") ?? "";
}

function encoded(body: string, encoding: "SSH" | "PEM"): string {
  const key = parseKey(body);
  if (encoding === "SSH") return `ssh-rsa ${sshBlob(key).toString("base64")}`;
  const jwk = { kty: "RSA", n: key.n.toString("base64url"), e: key.e.toString("base64url") };
  return createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" }).toString();
}

function metadata(user: UserRecord, key: SshKeyRecord): { readonly [name: string]: Answer } {
  return { UserName: user.name, SSHPublicKeyId: key.id, Status: key.status, UploadDate: key.createdAt };
}

function requireKey(user: UserRecord, id: string): SshKeyRecord {
  const key = user.sshKeys.find((one) => one.id === id);
  if (key === undefined) throw noSuch(`User has no Public Key with id ${id}.`);
  return key;
}

const ofUser = { UserName: userName, SSHPublicKeyId: credentialId } as const;

export const sshKeyOperations: Operations = {
  UploadSSHPublicKey: writing({ UserName: userName, SSHPublicKeyBody: keyMaterial }, (account, input) => {
    const user = requireUser(account, input.UserName);
    const fingerprint = fingerprintOf(parseKey(input.SSHPublicKeyBody));
    if (user.sshKeys.some((key) => key.fingerprint === fingerprint)) {
      throw new IamError("DuplicateSSHPublicKey", "Duplicate SSH public key uploaded.");
    }
    const most = FIXED_QUOTAS.sshKeysPerUser;
    if (user.sshKeys.length >= most) throw quotaExceeded("SSHPublicKeysPerUser", most);
    const key: SshKeyRecord = {
      id: newId(account, "APKA", 20),
      status: "Active",
      createdAt: timeOf(account),
      body: input.SSHPublicKeyBody,
      fingerprint,
    };
    user.sshKeys = [...user.sshKeys, key];
    const body = { Fingerprint: fingerprint, SSHPublicKeyBody: key.body };
    return { SSHPublicKey: { ...metadata(user, key), ...body } };
  }),

  GetSSHPublicKey: reading({ ...ofUser, Encoding: oneOf(["SSH", "PEM"]) }, (account, input) => {
    const user = requireUser(account, input.UserName);
    const key = requireKey(user, input.SSHPublicKeyId);
    const body = { Fingerprint: key.fingerprint, SSHPublicKeyBody: encoded(key.body, input.Encoding) };
    return { SSHPublicKey: { ...metadata(user, key), ...body } };
  }),

  ListSSHPublicKeys: reading({ UserName: optional(userName), ...PAGE }, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    const sorted = user.sshKeys.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const { items, end } = pageOf(
      { items: sorted, key: ({ id }) => id, of: ["ListSSHPublicKeys", user.id] },
      input,
    );
    return { SSHPublicKeys: items.map((key) => metadata(user, key)), ...end };
  }),

  UpdateSSHPublicKey: writing({ ...ofUser, Status: status }, (account, input) => {
    const user = requireUser(account, input.UserName);
    const key = requireKey(user, input.SSHPublicKeyId);
    user.sshKeys = replaced(user.sshKeys, { ...key, status: settableStatus(input.Status) });
  }),

  DeleteSSHPublicKey: writing(ofUser, (account, input) => {
    const user = requireUser(account, input.UserName);
    const { id } = requireKey(user, input.SSHPublicKeyId);
    user.sshKeys = user.sshKeys.filter((key) => key.id !== id);
  }),
};
