import { describe, expect, test } from "vitest";

import { formOf, parseForm, renderAnswer } from "../../src/sandbox/wire.ts";
import { failure, start } from "./start.ts";

const SIGNED = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=AKIAX/20261122/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0",
};

async function post(url: string, form: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams({ Version: "2010-05-08", ...form });
  const answer = await fetch(url, { method: "POST", body, headers: SIGNED });
  expect(answer.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  return answer.text();
}

describe("a form", () => {
  test("is a tree of the parts of its names", () => {
    const tree = parseForm("Action=TagUser&Tags.member.1.Key=a+b&Tags.member.1.Value=%26&UserName=emily");
    const tag = new Map([
      ["Key", "a b"],
      ["Value", "&"],
    ]);
    expect(tree.get("Tags")).toEqual(new Map([["member", new Map([["1", tag]])]]));
  });

  test("made of plain values is what the SDK would send", () => {
    const made = formOf({ UserName: "emily", Flag: true, Keys: ["a", "b"], Empty: [], Absent: undefined });
    expect(made).toEqual(parseForm("UserName=emily&Flag=true&Keys.member.1=a&Keys.member.2=b&Empty="));
  });

  test("that is a value and a structure at once is malformed", async () => {
    const { sandbox } = await start();
    const form = { Action: "TagUser", "Tags.member": "x", "Tags.member.1.Key": "a" };
    expect(await post(sandbox.url, form)).toContain("<Code>MalformedInput</Code>");
    expect(await post(sandbox.url, { Action: "GetUser", "UserName.a": "x" })).toContain("MalformedInput");
    expect(await post(sandbox.url, { Action: "TagUser", UserName: "a", Tags: "x" })).toContain(
      "MalformedInput",
    );
  });

  test("has its list members in the order of their numbers", async () => {
    const { iam, sandbox } = await start({ state: { users: [{ name: "emily" }] } });
    const tag = (number: string, key: string) => ({
      [`Tags.member.${number}.Key`]: key,
      [`Tags.member.${number}.Value`]: "",
    });
    await post(sandbox.url, { Action: "TagUser", UserName: "emily", ...tag("10", "b"), ...tag("2", "a") });
    const { User } = await iam.getUser({ UserName: "emily" });
    expect(User?.Tags?.map(({ Key }) => Key)).toEqual(["a", "b"]);
  });

  test.each([
    ["01", "<IsTruncated>false"],
    ["+1", "<IsTruncated>false"],
    ["1.0", "MalformedInput"],
    [" 1 ", "MalformedInput"],
    ["2147483648", "MalformedInput"],
    ["0", "ValidationError"],
  ])("may have the number %j: %s", async (MaxItems, expected) => {
    const { sandbox } = await start();
    expect(await post(sandbox.url, { Action: "ListUsers", MaxItems })).toContain(expected);
  });

  test.each([
    ["0", "<PasswordResetRequired>false"],
    ["1", "<PasswordResetRequired>true"],
    ["True", "MalformedInput"],
    ["", "MalformedInput"],
  ])("may have the truth %j: %s", async (PasswordResetRequired, expected) => {
    const { sandbox } = await start({ state: { users: [{ name: "emily" }] } });
    const form = {
      Action: "CreateLoginProfile",
      UserName: "emily",
      Password: "Abcdef12!",
      PasswordResetRequired,
    };
    expect(await post(sandbox.url, form)).toContain(expected);
  });
});

describe("an answer", () => {
  test("has the operation's result, or none, and always a request id", () => {
    const envelope = { operation: "GetX", namespace: "urn:x", requestId: "1" };
    const metadata = "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>";
    expect(renderAnswer(envelope, undefined)).toBe(`<GetXResponse xmlns="urn:x">${metadata}</GetXResponse>`);
    const answer = { List: ["a<b", "&"], Empty: [], Left: undefined, Map: new Map([["k", 1]]), Yes: true };
    expect(renderAnswer(envelope, answer)).toBe(
      '<GetXResponse xmlns="urn:x"><GetXResult><List><member>a&lt;b</member><member>&amp;</member></List>' +
        "<Empty></Empty><Map><entry><key>k</key><value>1</value></entry></Map><Yes>true</Yes></GetXResult>" +
        `${metadata}</GetXResponse>`,
    );
  });

  test("to an unknown operation is InvalidAction", async () => {
    const { iam, sandbox } = await start();
    expect(await post(sandbox.url, { Action: "MakeCoffee" })).toContain(
      "<Message>Could not find operation MakeCoffee for version 2010-05-08</Message>",
    );
    expect(await post(sandbox.url, { Action: "toString" })).toContain("<Code>InvalidAction</Code>");
    expect(await post(sandbox.url, {})).toContain("<Code>MissingAction</Code>");
    expect(await failure(iam.listRoles({}))).toMatch(/^InvalidAction/);
  });

  test("names all that is wrong with an input at once", async () => {
    const { iam } = await start();
    const error = await failure(iam.createUser({ UserName: "é", Path: "x" }));
    expect(error).toMatch(
      /^ValidationError: 2 validation errors detected: Value at 'userName'.*; Value at 'path'/,
    );
    const missing = await failure(iam.createUser({} as { UserName: string }));
    expect(missing).toMatch(
      /Value null at 'userName' failed to satisfy constraint: Member must not be null$/,
    );
  });
});
