import { channel } from "node:diagnostics_channel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formsOf } from "./forms.ts";
import { hear, takeLeaks } from "./watch.ts";

const SECRET = 'wJalr/UtnFEMI+K7"MDENG bPxRfiCYzEXAMPLEKEY';

describe("a secret", () => {
  test.each([
    ["as it is", SECRET],
    ["as JSON", JSON.stringify({ key: SECRET })],
    ["in a URL", `https://x/?k=${encodeURIComponent(SECRET)}`],
    ["in a form", new URLSearchParams({ k: SECRET }).toString()],
    ["in hexadecimal", Buffer.from(SECRET).toString("hex")],
    ["in Base64", Buffer.from(`a ${SECRET}!`).toString("base64")],
    ["in Base64 for URLs", Buffer.from(`ab ${SECRET}`).toString("base64url")],
  ])("is noticed %s", (_, text) => {
    channel("iam-roster:sandbox:secret").publish(SECRET);
    hear("here", `before ${text} behind`);
    expect(takeLeaks()).toEqual(["here"]);
  });

  test("is found in the Base64 of whatever it stands in", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (before, behind) => {
        const text = Buffer.concat([before, Buffer.from(SECRET), behind]).toString("base64");
        expect(formsOf(SECRET).some((form) => text.includes(form))).toBe(true);
      }),
    );
  });

  test("is noticed in a call of the program, and not in the one that it has to be in", () => {
    const send = (operation: string, form: Readonly<Record<string, string>>): readonly string[] => {
      const userAgent = "aws-sdk iam-roster/0.1.0 job/apply";
      const message = { operation, userAgent, form: new Map(Object.entries(form)) };
      channel("iam-roster:sandbox:form").publish(message);
      return takeLeaks();
    };
    expect(send("CreateLoginProfile", { UserName: "emily", Password: "Fresh-and-1-only" })).toEqual([]);
    expect(send("TagUser", { UserName: "emily", Tags: "Fresh-and-1-only" })).toEqual(["a call of TagUser"]);
    expect(send("CreateLoginProfile", { UserName: "Fresh-and-1-only", Password: "Another-2-only" })).toEqual([
      "a call of CreateLoginProfile",
    ]);
  });

  test("is no other text", () => {
    hear("here", "before behind");
    expect(takeLeaks()).toEqual([]);
  });
});
