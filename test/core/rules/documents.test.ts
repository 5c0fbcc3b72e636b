import { describe, expect, test } from "vitest";

import {
  canonicalDocument,
  canonicalJson,
  documentAllows,
  documentDenies,
  documentMayAllow,
  documentSize,
  type Json,
} from "../../../src/core/rules/documents.ts";

// oxlint-disable-next-line unicorn/no-null -- JSON has one
const NULL = null;
const statement = { Effect: "Allow", Action: ["s3:Get*", "s3:List*"], Resource: "*" };

function same(one: Json, other: Json): boolean {
  return canonicalDocument(one) === canonicalDocument(other);
}

describe("policy documents", () => {
  test("mean the same whatever the order of keys, statements and lists", () => {
    const other = { Effect: "Deny", Action: "iam:*", Resource: "*" };
    expect(
      same(
        { Version: "2012-10-17", Statement: [statement, other] },
        {
          Statement: [other, { Resource: "*", Action: ["s3:List*", "s3:Get*"], Effect: "Allow" }],
          Version: "2012-10-17",
        },
      ),
    ).toBe(true);
  });

  test("mean the same with a list of one or a scalar, and with action names in any case", () => {
    expect(
      same(
        { Statement: { Effect: "Allow", Action: "S3:getobject", Resource: ["*"] } },
        { Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" }] },
      ),
    ).toBe(true);
    expect(same({ Statement: [{ NotAction: "IAM:*" }] }, { Statement: [{ NotAction: ["iam:*"] }] })).toBe(
      true,
    );
  });

  test("mean the same with a condition's value as boolean, text or list", () => {
    const mfa = (value: Json): Json => ({
      Statement: [{ ...statement, Condition: { Bool: { "aws:MultiFactorAuthPresent": value } } }],
    });
    expect(same(mfa(true), mfa("true"))).toBe(true);
    expect(same(mfa(["true"]), mfa("true"))).toBe(true);
    expect(same(mfa("false"), mfa("true"))).toBe(false);
  });

  test("differ by effect, action, resource, condition, version, and the case of a resource", () => {
    const document = { Version: "2012-10-17", Statement: [statement] };
    const others: readonly Json[] = [
      { Version: "2008-10-17", Statement: [statement] },
      { Version: "2012-10-17", Statement: [{ ...statement, Effect: "Deny" }] },
      { Version: "2012-10-17", Statement: [{ ...statement, Action: "s3:Get*" }] },
      { Version: "2012-10-17", Statement: [{ ...statement, Resource: "arn:aws:s3:::Bucket" }] },
      { Version: "2012-10-17", Statement: [{ ...statement, Resource: "arn:aws:s3:::bucket" }] },
      {
        Version: "2012-10-17",
        Statement: [{ ...statement, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
      },
      { Version: "2012-10-17", Statement: [statement, statement, { ...statement, Sid: "x" }] },
    ];
    expect(new Set([document, ...others].map(canonicalDocument)).size).toBe(8);
  });

  test("keep lists in lists apart from plain ones, wherever they stand", () => {
    expect(same([["b", "a"]], [["a", "b"]])).toBe(true);
    expect(same([["a"], "b"], ["a", "b"])).toBe(false);
    expect(same({ Effect: ["Allow"] }, { Effect: "Allow" })).toBe(false);
  });

  test("say nothing more by saying the same twice", () => {
    expect(same({ Statement: [statement, statement] }, { Statement: statement })).toBe(true);
    expect(same({ Action: ["a", "b", "a", "c"] }, { Action: ["c", "b", "a"] })).toBe(true);
  });

  test("keep a map of maps, such as a condition, apart from a list of one", () => {
    expect(canonicalDocument({ Condition: { Bool: { k: true } } })).toBe(
      '{"Condition":{"Bool":{"k":["true"]}}}',
    );
    expect(canonicalDocument({ Statement: { Sid: "a" } })).toBe('{"Statement":[{"Sid":"a"}]}');
  });

  test("may hold null, which nothing equals", () => {
    expect(canonicalJson({ b: NULL, a: [NULL] })).toBe('{"a":[null],"b":null}');
    expect(same({ Resource: NULL }, { Resource: {} })).toBe(false);
  });

  test("keep keys like __proto__ apart", () => {
    expect(canonicalJson(JSON.parse('{"__proto__":1,"constructor":2}') as Json)).toBe(
      '{"__proto__":1,"constructor":2}',
    );
  });

  test("count without white space", () => {
    expect(documentSize({ a: "b c\n" })).toBe('{"a":"bc\\n"}'.length);
  });

  test("deny or allow by their statements, and an unreadable one may do either", () => {
    const allow = { Statement: [{ Effect: "Allow" }] };
    const deny = { Statement: { Effect: "Deny" } };
    expect([documentDenies(allow), documentAllows(allow)]).toEqual([false, true]);
    expect([documentDenies(deny), documentAllows(deny)]).toEqual([true, false]);
    expect([documentDenies({ Statement: ["x"] }), documentAllows({ Statement: ["x"] })]).toEqual([
      true,
      true,
    ]);
    expect([documentDenies({}), documentAllows({})]).toEqual([true, true]);
    for (const unreadable of [
      ["x"],
      NULL,
      { Statement: [{ Effect: "Allow" }, NULL] },
      { Statement: [{ Effect: "Deny" }, "x"] },
    ])
      expect([documentDenies(unreadable), documentAllows(unreadable)]).toEqual([true, true]);
  });

  test("allow an action where any statement that does not deny is about it, by what it names or leaves out", () => {
    const allows = (...statements: readonly Readonly<Record<string, Json>>[]): boolean =>
      documentMayAllow({ Statement: statements }, "iam:ChangePassword");
    const other = { Effect: "Allow", Action: "s3:*" };
    expect(allows(other, { Effect: "Allow", Action: ["s3:*", "iam:change*"] })).toBe(true);
    expect(allows(other, { Effect: "Allow", NotAction: "s3:*" })).toBe(true);
    expect(allows(other, { Effect: "Deny", Action: "*" })).toBe(false);
    expect(allows(other, { Effect: "Allow", NotAction: ["s3:*", "iam:*"] })).toBe(false);
    expect(allows({ Effect: "Allow", Action: [7, "s3:*"] })).toBe(false);
    expect(allows({ Effect: "Allow" })).toBe(false);
    expect(documentMayAllow("?", "iam:ChangePassword")).toBe(true);
  });
});
