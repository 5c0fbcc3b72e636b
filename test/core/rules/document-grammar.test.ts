import { describe, expect, test } from "vitest";
import { documentProblems } from "../../../src/core/rules/document-grammar.ts";
import type { Json } from "../../../src/core/rules/documents.ts";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

function problems(document: Json): readonly string[] {
  return documentProblems(document).map(({ pointer, problem }) => `${pointer}: ${problem}`);
}

function ofStatement(elements: Json): readonly string[] {
  return problems({ Statement: elements });
}

describe("the grammar of an identity-based policy", () => {
  test("takes what IAM takes", () => {
    expect(problems({ Version: "2012-10-17", Id: "x", Statement: { Sid: "a", ...statement } })).toEqual([]);
    expect(problems({ Version: "2008-10-17", Statement: statement })).toEqual([]);
    expect(ofStatement([{ Effect: "Deny", NotAction: "*", NotResource: ["*"], Condition: {} }])).toEqual([]);
    expect(
      ofStatement([
        { ...statement, Sid: "", Resource: ["arn:aws:s3:::a?/*", "${aws:PrincipalArn}"] },
        { ...statement, Sid: "", Condition: { Bool: { "aws:MultiFactorAuthPresent": false } } },
      ]),
    ).toEqual([]);
  });

  test("names a document that is none, and what is missing", () => {
    expect(problems(["x"])).toEqual([": a policy document is a map with Version and Statement"]);
    expect(problems({ Version: "2012-10-18", Id: 1, Statment: [] })).toEqual([
      '/Statment: unknown element "Statment"; did you mean "Statement"?',
      '/Version: Version is "2012-10-17"',
      "/Id: Id is a text",
    ]);
    expect(problems({ Version: "2012-10-17" })).toEqual([": Statement is missing"]);
    expect(ofStatement({ effect: "Deny", Actions: "*", Resource: "*" })).toEqual([
      '/Statement/effect: unknown element "effect"; did you mean "Effect"?',
      '/Statement/Actions: unknown element "Actions"; did you mean "Action"?',
    ]);
    expect(ofStatement([])).toEqual(["/Statement: Statement has no entry"]);
    expect(ofStatement({ Effect: "Deny" })).toEqual([
      "/Statement: Action or NotAction is missing",
      "/Statement: Resource or NotResource is missing",
    ]);
  });

  test("names everything that is wrong at its place", () => {
    expect(
      ofStatement(["x", { Effect: "allow", Action: [], "a/b~": 1, Condition: "x", Principal: "*" }]),
    ).toEqual([
      "/Statement/0: a statement is a map with Effect, Action and Resource",
      '/Statement/1/a~1b~0: unknown element "a/b~"',
      "/Statement/1/Principal: the policy of a user or group has no Principal: it speaks of whoever has it",
      "/Statement/1/Effect: Effect is Allow or Deny, written like that",
      "/Statement/1/Action: Action is a text or a list of texts",
      "/Statement/1: Resource or NotResource is missing",
      "/Statement/1/Condition: Condition is a map of operators",
    ]);
    expect(ofStatement({ ...statement, NotAction: "s3:*", Condition: { "a/b": "x" } })).toEqual([
      "/Statement/NotAction: Action and NotAction exclude each other",
      '/Statement/Condition/a~1b: the operator "a/b" holds a map of condition keys',
    ]);
  });

  test("names whom the statement is said of, in either form: that is whoever has the policy", () => {
    expect(ofStatement({ ...statement, NotPrincipal: "*" })).toEqual([
      "/Statement/NotPrincipal: the policy of a user or group has no NotPrincipal: it speaks of whoever has it",
    ]);
  });

  test("names an action or a resource that is no text, or an empty one, alone or among others", () => {
    const action = ["/Statement/Action: Action is a text or a list of texts"];
    for (const wrong of [1, "", ["s3:GetObject", 1], ["", "s3:GetObject"]])
      expect(ofStatement({ ...statement, Action: wrong })).toEqual(action);
    expect(ofStatement({ ...statement, Resource: ["*", true] })).toEqual([
      "/Statement/Resource: Resource is a text or a list of texts",
    ]);
  });

  test("names texts that IAM cannot take for an action or a resource", () => {
    expect(ofStatement([{ ...statement, Action: "s3", Resource: ["*", "bucket"] }])).toEqual([
      '/Statement/0/Action: the action "s3" lacks its service, as in s3:GetObject',
      '/Statement/0/Resource/1: the resource "bucket" is neither an ARN nor *',
    ]);
  });

  test("names a Sid that is no Sid, and one that stands twice", () => {
    const sids = ["a b", "One", "One", "one"];
    expect(ofStatement(sids.map((sid) => ({ ...statement, Sid: sid })))).toEqual([
      "/Statement/0/Sid: Sid is a text of letters and digits only",
      '/Statement/2/Sid: Sid "One" stands here a second time',
    ]);
    expect(ofStatement({ ...statement, Sid: 1 })).toEqual([
      "/Statement/Sid: Sid is a text of letters and digits only",
    ]);
  });

  test("names a character that IAM does not take in a document", () => {
    expect(ofStatement({ ...statement, Resource: "arn:aws:s3:::\u{e9}\u0000" })).toEqual([]);
    expect(ofStatement({ ...statement, Resource: "arn:aws:s3:::\u{1f642}" })).toEqual([
      ': IAM takes no "\u{1f642}" in a policy document, only characters up to U+00FF',
    ]);
  });
});
