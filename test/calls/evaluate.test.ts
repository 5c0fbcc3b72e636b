import { describe, expect, test } from "vitest";
import { type Asked, decide, type StatementToRead } from "./evaluate.ts";

const USER = "arn:aws:iam::123456789012:user/people/emily";

function decided(statements: readonly StatementToRead[], asked: Partial<Asked> = {}): string {
  return decide(
    { Statement: statements },
    { permission: "iam:GetUser", resource: USER, context: {}, ...asked },
  );
}

const ALLOW: StatementToRead = { Effect: "Allow", Action: "iam:getuser", Resource: "*" };

describe("a policy", () => {
  test("allows what a statement names, without regard to the case of the action", () => {
    expect(decided([])).toBe("not allowed");
    expect(decided([ALLOW])).toBe("allowed");
    expect(decided([ALLOW], { permission: "iam:GetUserPolicy" })).toBe("not allowed");
    expect(decided([{ ...ALLOW, Action: ["iam:Get*"] }], { permission: "iam:GetUserPolicy" })).toBe(
      "allowed",
    );
  });

  test("denies whatever else allows it", () => {
    expect(decided([ALLOW, { ...ALLOW, Effect: "Deny" }])).toBe("denied");
    expect(decided([ALLOW, { Effect: "Deny", NotAction: "iam:Get*", Resource: "*" }])).toBe("allowed");
    expect(decided([ALLOW, { Effect: "Deny", NotAction: "iam:List*", Resource: "*" }])).toBe("denied");
  });

  test.each([
    ["arn:aws:iam::123456789012:user/*", "allowed"],
    ["arn:aws:iam::123456789012:user/*/emily", "allowed"],
    ["arn:aws:iam::123456789012:user/emily", "not allowed"],
    ["arn:aws:iam::123456789012:user/people/Emily", "not allowed"],
    ["arn:aws:iam::123456789012:user/people/emil?", "allowed"],
    ["arn:aws-cn:iam::123456789012:user/*", "not allowed"],
  ])("on %s reaches user/people/emily: %s", (Resource, decision) => {
    expect(decided([{ ...ALLOW, Resource }])).toBe(decision);
  });

  test.for([
    ["StringEquals", { a: ["one", "two"] }, { a: "two" }, "allowed"],
    ["StringEquals", { a: "one" }, {}, "not allowed"],
    ["StringLike", { a: "o*" }, { a: "one" }, "allowed"],
    ["StringLike", { a: "o*" }, { a: "two" }, "not allowed"],
    ["StringNotEquals", { a: "one" }, {}, "allowed"],
    ["StringNotEquals", { a: "one" }, { a: "one" }, "not allowed"],
    ["ForAllValues:StringEquals", { a: ["one"] }, { a: ["one", "two"] }, "not allowed"],
    ["ForAllValues:StringEquals", { a: ["one"] }, {}, "allowed"],
    ["Null", { a: "false" }, {}, "not allowed"],
    ["Null", { a: "false" }, { a: "one" }, "allowed"],
  ] as const)("with %s %j on %j: %s", ([operator, wanted, context, decision]) => {
    expect(decided([{ ...ALLOW, Condition: { [operator]: wanted } }], { context })).toBe(decision);
  });

  test("with an operator that is not known here is no policy to judge", () => {
    expect(() => decided([{ ...ALLOW, Condition: { Bool: { a: "true" } } }])).toThrow("Bool");
  });
});
