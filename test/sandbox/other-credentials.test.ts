import { describe, expect, test } from "vitest";

import { certificate, rsaKey } from "./material.ts";
import { failure, start } from "./start.ts";

const UserName = "emily";
const people = () => start({ state: { users: [{ name: UserName }, { name: "ben" }] } });

describe("an SSH public key", () => {
  test("comes back as ssh-rsa and as PEM, with one fingerprint", async () => {
    const { iam } = await people();
    const pem = rsaKey(2048);
    const { SSHPublicKey } = await iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: pem });
    const SSHPublicKeyId = SSHPublicKey?.SSHPublicKeyId ?? "";
    expect(SSHPublicKeyId).toMatch(/^APKA\w{16}$/);
    const get = async (Encoding: "SSH" | "PEM") =>
      (await iam.getSSHPublicKey({ UserName, SSHPublicKeyId, Encoding })).SSHPublicKey;
    expect((await get("PEM"))?.SSHPublicKeyBody).toBe(pem);
    const ssh = (await get("SSH"))?.SSHPublicKeyBody ?? "";
    expect(ssh).toMatch(/^ssh-rsa AAAAB3NzaC1yc2E/);
    const again = await failure(iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: ssh }));
    expect(again).toBe("DuplicateSSHPublicKeyException: Duplicate SSH public key uploaded.");
    await iam.uploadSSHPublicKey({ UserName: "ben", SSHPublicKeyBody: ssh });
  });

  test("that is no RSA key of 2048 bits is refused", async () => {
    const { iam } = await people();
    const upload = (SSHPublicKeyBody: string) =>
      failure(iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody }));
    expect(await upload("garbage")).toMatch(/^UnrecognizedPublicKeyEncoding/);
    expect(await upload("ssh-rsa AAAA")).toMatch(/^UnrecognizedPublicKeyEncoding/);
    expect(await upload("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA")).toMatch(/^UnrecognizedPublicKeyEncoding/);
    expect(await upload(rsaKey(1024))).toMatch(/^InvalidPublicKey/);
  });

  test("is listed, switched off and deleted once", async () => {
    const { iam } = await start({
      state: { users: [{ name: UserName, sshKeys: [{ id: "APKA0000000000000001" }] }] },
    });
    const key = { UserName, SSHPublicKeyId: "APKA0000000000000001" };
    await iam.updateSSHPublicKey({ ...key, Status: "Inactive" });
    expect((await iam.listSSHPublicKeys({ UserName })).SSHPublicKeys).toMatchObject([
      { ...key, Status: "Inactive" },
    ]);
    expect(await failure(iam.updateSSHPublicKey({ ...key, Status: "Expired" }))).toMatch(/^InvalidInput/);
    await iam.deleteSSHPublicKey(key);
    const gone = "NoSuchEntityException: User has no Public Key with id APKA0000000000000001.";
    expect(await failure(iam.deleteSSHPublicKey(key))).toBe(gone);
  });

  test("is the sixth of a user never", async () => {
    const { iam } = await start({ state: { users: [{ name: UserName, sshKeys: [{}, {}, {}, {}, {}] }] } });
    const upload = iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: rsaKey(2048) });
    expect(await failure(upload)).toBe(
      "LimitExceededException: Cannot exceed quota for SSHPublicKeysPerUser: 5",
    );
  });
});

describe("a signing certificate", () => {
  test("is uploaded, listed, switched off and deleted once", async () => {
    const { iam } = await people();
    const { Certificate } = await iam.uploadSigningCertificate({ UserName, CertificateBody: certificate(1) });
    const CertificateId = Certificate?.CertificateId ?? "";
    expect(CertificateId).toMatch(/^[A-Z2-7]{32}$/);
    await iam.updateSigningCertificate({ UserName, CertificateId, Status: "Inactive" });
    const { Certificates } = await iam.listSigningCertificates({ UserName });
    expect(Certificates).toMatchObject([
      { CertificateId, Status: "Inactive", CertificateBody: certificate(1) },
    ]);
    const expired = iam.updateSigningCertificate({ UserName, CertificateId, Status: "Expired" });
    expect(await failure(expired)).toMatch(/^InvalidInput/);
    await iam.deleteSigningCertificate({ UserName, CertificateId });
    expect(await failure(iam.deleteSigningCertificate({ UserName, CertificateId }))).toBe(
      `NoSuchEntityException: The Certificate with id ${CertificateId} cannot be found.`,
    );
  });

  test("is one's own again without an error, and never somebody else's", async () => {
    const { iam } = await people();
    const first = await iam.uploadSigningCertificate({ UserName, CertificateBody: certificate(1) });
    const second = await iam.uploadSigningCertificate({ UserName, CertificateBody: certificate(1) });
    expect(second.Certificate?.CertificateId).toBe(first.Certificate?.CertificateId);
    const other = iam.uploadSigningCertificate({ UserName: "ben", CertificateBody: certificate(1) });
    expect(await failure(other)).toBe("DuplicateCertificateException: Duplicate certificate uploaded.");
  });

  test("is the third of a user never, and none that is none or has run out", async () => {
    const { iam, sandbox } = await people();
    const upload = (CertificateBody: string) =>
      failure(iam.uploadSigningCertificate({ UserName, CertificateBody }));
    expect(await upload("garbage")).toMatch(/^MalformedCertificate/);
    expect(await upload(certificate(1))).toBe("no failure");
    expect(await upload(certificate(2))).toBe("no failure");
    const third = await upload(certificate(3));
    expect(third).toBe("LimitExceededException: Cannot exceed quota for CertificatesPerUser: 2");
    sandbox.advance(200 * 365 * 24 * 60 * 60 * 1000);
    expect(await upload(certificate(3))).toMatch(/^MalformedCertificate/);
  });
});

describe("a service-specific credential", () => {
  const create = { UserName, ServiceName: "codecommit.amazonaws.com" };

  test("shows its password once, and another when it is reset", async () => {
    const { iam, sandbox } = await people();
    const made = (await iam.createServiceSpecificCredential(create)).ServiceSpecificCredential;
    expect(made?.ServiceUserName).toBe("emily-at-123456789012");
    expect(made?.ServicePassword).toHaveLength(60);
    const ServiceSpecificCredentialId = made?.ServiceSpecificCredentialId ?? "";
    const reset = await iam.resetServiceSpecificCredential({ UserName, ServiceSpecificCredentialId });
    expect(reset.ServiceSpecificCredential?.ServicePassword).not.toBe(made?.ServicePassword);
    const [listed] =
      (await iam.listServiceSpecificCredentials({ UserName })).ServiceSpecificCredentials ?? [];
    expect(listed).not.toHaveProperty("ServicePassword");
    expect(JSON.stringify(sandbox.snapshot())).not.toContain(made?.ServicePassword);
  });

  test("of a service with tokens has a token, an alias and perhaps an end", async () => {
    const { iam } = await people();
    const ServiceName = "bedrock.amazonaws.com";
    const made = await iam.createServiceSpecificCredential({ UserName, ServiceName, CredentialAgeDays: 1 });
    const { ServiceSpecificCredential } = made;
    expect(ServiceSpecificCredential?.ServiceCredentialSecret).toMatch(/^ABSK/);
    const ends = ServiceSpecificCredential?.ExpirationDate?.getTime() ?? 0;
    expect(ends - (ServiceSpecificCredential?.CreateDate?.getTime() ?? 0)).toBe(24 * 60 * 60 * 1000);
  });

  test("is the third of a service never, inactive ones included", async () => {
    const { iam } = await people();
    const { ServiceSpecificCredential } = await iam.createServiceSpecificCredential(create);
    await iam.createServiceSpecificCredential(create);
    const ServiceSpecificCredentialId = ServiceSpecificCredential?.ServiceSpecificCredentialId ?? "";
    await iam.updateServiceSpecificCredential({ UserName, ServiceSpecificCredentialId, Status: "Inactive" });
    const third = await failure(iam.createServiceSpecificCredential(create));
    expect(third).toMatch(/Cannot exceed quota for ContextSpecificCredentialsPerUserPerContext: 2$/);
    await iam.createServiceSpecificCredential({ ...create, ServiceName: "CASSANDRA.amazonaws.com" });
  });

  test("is listed for one user, one service, or all users", async () => {
    const { iam } = await people();
    await iam.createServiceSpecificCredential(create);
    await iam.createServiceSpecificCredential({ UserName: "ben", ServiceName: "logs.amazonaws.com" });
    const names = async (input: object) =>
      (await iam.listServiceSpecificCredentials(input)).ServiceSpecificCredentials?.map(
        (one) => one.UserName,
      );
    expect(await names({ UserName })).toEqual([UserName]);
    expect((await names({ AllUsers: true }))?.toSorted()).toEqual(["ben", UserName]);
    expect(await names({ AllUsers: true, ServiceName: "logs.amazonaws.com" })).toEqual(["ben"]);
    expect(await failure(names({ AllUsers: true, UserName }))).toMatch(/^InvalidInput.*for all users/);
    expect(await failure(names({ UserName, ServiceName: "sqs.amazonaws.com" }))).toMatch(
      /^NoSuchEntity.*No such service/,
    );
  });

  test("is deleted once, and only through its own user", async () => {
    const { iam } = await people();
    const made = await iam.createServiceSpecificCredential(create);
    const ServiceSpecificCredentialId = made.ServiceSpecificCredential?.ServiceSpecificCredentialId ?? "";
    const remove = (name: string) =>
      failure(iam.deleteServiceSpecificCredential({ UserName: name, ServiceSpecificCredentialId }));
    expect(await remove("ben")).toMatch(/^ValidationError: User ben does not have/);
    expect(await remove(UserName)).toBe("no failure");
    expect(await remove(UserName)).toMatch(/^NoSuchEntity.*No such credential/);
  });
});
