import { X509Certificate } from "node:crypto";

import { replaced, settableStatus } from "./access-keys.ts";
import { type Account, newId, timeOf } from "./account.ts";
import { IamError, noSuch, quotaExceeded } from "./errors.ts";
import { certificateId, keyMaterial, optional, PAGE, status, userName } from "./members.ts";
import { type Operations, reading, writing } from "./operation.ts";
import { pageOf } from "./page.ts";
import type { CertificateRecord, UserRecord } from "./records.ts";
import { namedOrCaller } from "./users.ts";
import type { Answer } from "./wire.ts";

/*
 * X.509 signing certificates. Uploading one's own again is a success, somebody else's is refused (seen live).
 */

function parseCertificate(body: string): X509Certificate | undefined {
  try {
    return new X509Certificate(body);
  } catch {
    return undefined;
  }
}

/** The certificate; refuses what is none, and one that has run out, both in the same words. */
function requireValid(account: Account, body: string): X509Certificate {
  const certificate = parseCertificate(body);
  if (certificate === undefined || Date.parse(certificate.validTo) <= account.clock()) {
    throw new IamError("MalformedCertificate", `Certificate ${body} is malformed.`);
  }
  return certificate;
}

function isSame(record: CertificateRecord, certificate: X509Certificate): boolean {
  return parseCertificate(record.body)?.fingerprint256 === certificate.fingerprint256;
}

function certificateAnswer(user: UserRecord, record: CertificateRecord): Answer {
  return {
    UserName: user.name,
    CertificateId: record.id,
    CertificateBody: record.body,
    Status: record.status,
    UploadDate: record.createdAt,
  };
}

function requireCertificate(user: UserRecord, id: string): CertificateRecord {
  const record = user.certificates.find((one) => one.id === id);
  if (record === undefined) throw noSuch(`The Certificate with id ${id} cannot be found.`);
  return record;
}

const ofUser = { UserName: optional(userName), CertificateId: certificateId } as const;

export const certificateOperations: Operations = {
  UploadSigningCertificate: writing(
    { UserName: optional(userName), CertificateBody: keyMaterial },
    (account, input, caller) => {
      const user = namedOrCaller(account, input.UserName, caller);
      const certificate = requireValid(account, input.CertificateBody);
      const own = user.certificates.find((record) => isSame(record, certificate));
      if (own !== undefined) return { Certificate: certificateAnswer(user, own) };
      const others = account.users.sorted().flatMap(({ certificates }) => certificates);
      if (others.some((record) => isSame(record, certificate))) {
        throw new IamError("DuplicateCertificate", "Duplicate certificate uploaded.");
      }
      const most = account.quotas.certificatesPerUser;
      if (user.certificates.length >= most) throw quotaExceeded("CertificatesPerUser", most);
      const record: CertificateRecord = {
        id: newId(account, "", 32),
        status: "Active",
        createdAt: timeOf(account),
        body: input.CertificateBody,
      };
      user.certificates = [...user.certificates, record];
      return { Certificate: certificateAnswer(user, record) };
    },
  ),

  ListSigningCertificates: reading({ UserName: optional(userName), ...PAGE }, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    const sorted = user.certificates.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const listing = {
      items: sorted,
      key: ({ id }: CertificateRecord) => id,
      of: ["ListSigningCertificates", user.id],
    };
    const { items, end } = pageOf(listing, input);
    return { Certificates: items.map((record) => certificateAnswer(user, record)), ...end };
  }),

  UpdateSigningCertificate: writing({ ...ofUser, Status: status }, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    const record = requireCertificate(user, input.CertificateId);
    user.certificates = replaced(user.certificates, { ...record, status: settableStatus(input.Status) });
  }),

  DeleteSigningCertificate: writing(ofUser, (account, input, caller) => {
    const user = namedOrCaller(account, input.UserName, caller);
    const { id } = requireCertificate(user, input.CertificateId);
    user.certificates = user.certificates.filter((record) => record.id !== id);
  }),
};
