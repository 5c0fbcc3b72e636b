import { CreateLoginProfileCommand } from "@aws-sdk/client-iam";
import { expect, test, vi } from "vitest";

import type { IamFailure } from "../../src/core/failure.ts";
import { iamClients } from "../../src/iam/client.ts";
import { iamRead } from "../../src/iam/read.ts";
import { clientsOf, connect, HURRY, NOW } from "./connect.ts";
import { errorOf, impostor } from "./impostor.ts";

async function failureOf(promise: Promise<unknown>): Promise<IamFailure> {
  return promise.then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => error as IamFailure,
  );
}

async function refused(code: string, message: string): Promise<IamFailure> {
  const url = await impostor({}, { status: 403, body: errorOf(code, message) });
  return failureOf(iamRead(clientsOf(url, HURRY), HURRY).group("readers"));
}

test("a refusal says what was asked, of whom, what IAM answered, and which permission is missing", async () => {
  const { write } = await connect({
    state: { users: [{ name: "emily" }], groups: [{ name: "readers" }] },
    faults: [{ kind: "access-denied" }],
  });
  const failure = await failureOf(
    write.write({ kind: "AddUserToGroup", user: "emily", group: "readers" }, { now: NOW }),
  );
  expect(failure.message).toMatch(
    /^AddUserToGroup emily readers: AWS answers AccessDenied: .+\n.*iam:AddUserToGroup/,
  );
  expect(failure).toMatchObject({ code: "AccessDenied", operation: "AddUserToGroup", kind: "answer" });
});

test("where AWS names another permission than the call's, that one is told", async () => {
  const failure = await refused(
    "AccessDenied",
    "User: x is not authorized to perform: iam:TagUser on resource: y",
  );
  expect(failure.message).toContain("needs iam:TagUser,");
});

test("expired credentials say so, and how to get new ones", async () => {
  const failure = await refused("ExpiredToken", "The security token included in the request is expired");
  expect(failure).toMatchObject({ kind: "credentials", code: "ExpiredToken" });
  expect(failure.message).toContain("have expired");
  expect(failure.message).toContain("aws sso login");
});

test("credentials that AWS does not know point to those in use and to the region's partition", async () => {
  const failure = await refused(
    "InvalidClientTokenId",
    "The security token included in the request is invalid.",
  );
  expect(failure.kind).toBe("credentials");
  expect(failure.message).toContain("get-caller-identity");
  expect(failure.message).toContain("AWS_REGION");
});

test("without credentials the message says where they may come from", async () => {
  const { sandbox } = await connect();
  vi.unstubAllEnvs();
  vi.stubEnv("AWS_ENDPOINT_URL", sandbox.url);
  const failure = await failureOf(
    iamRead(iamClients(HURRY, { version: "0.0.0", job: "apply" }), HURRY).account(),
  );
  expect(failure.kind).toBe("credentials");
  expect(failure.message).toContain("AWS_PROFILE");
  expect(failure.message).toContain("configure-aws-credentials");
  expect(sandbox.calls).toEqual([]);
});

test("an endpoint where nobody answers is named", async () => {
  const failure = await failureOf(iamRead(clientsOf("http://127.0.0.1:1", HURRY), HURRY).account());
  expect(failure.kind).toBe("connection");
  expect(failure.message).toContain("127.0.0.1:1");
  expect(failure.message).toContain("AWS_ENDPOINT_URL");
});

test("a password that a service echoes is not in the failure, nor in anything that hangs on it", async () => {
  const Password = "Sesame-Open-4711!";
  const url = await impostor(
    {},
    { status: 400, body: errorOf("ValidationError", `Value '${Password}' at 'password'`) },
  );
  const { iam } = clientsOf(url, HURRY);
  const failure = await failureOf(iam.send(new CreateLoginProfileCommand({ UserName: "emily", Password })));
  expect(failure.message).toContain("CreateLoginProfile emily");
  expect(failure.message).toContain("'***'");
  expect(failure.cause).toBeUndefined();
  expect(`${failure.stack}`).not.toContain(Password);
});

test("messages are one or two lines", async () => {
  const messages = await Promise.all(
    [
      "Throttling",
      "DeleteConflict",
      "ExpiredToken",
      "AccessDenied",
      "NoSuchEntity",
      "InvalidClientTokenId",
    ].map(async (code) => (await refused(code, "first line\nsecond line")).message),
  );
  for (const message of messages) expect(message.split("\n").length).toBeLessThanOrEqual(2);
});
