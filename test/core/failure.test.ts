import { expect, test } from "vitest";
import { type FailureKind, IamFailure, inDoubt, isAnswer, messageOf } from "../../src/core/failure.ts";

function failure(kind: FailureKind, ambiguous = true): IamFailure {
  const cause = new Error("below");
  return new IamFailure({
    message: "GetUser: no such user",
    code: "NoSuchEntity",
    operation: "GetUser",
    kind,
    ambiguous,
    cause,
  });
}

test("a failure of a call says what failed, how, and because of what", () => {
  expect(failure("answer")).toMatchObject({
    name: "IamFailure",
    message: "GetUser: no such user",
    code: "NoSuchEntity",
    operation: "GetUser",
    kind: "answer",
    ambiguous: true,
    cause: new Error("below"),
  });
});

test("only what the service itself said is its answer", () => {
  expect(isAnswer(failure("answer"), "NoSuchEntity")).toBe(true);
  expect(isAnswer(failure("answer"), "AccessDenied")).toBe(false);
  expect(isAnswer(failure("connection"), "NoSuchEntity")).toBe(false);
  expect(isAnswer({ kind: "answer", code: "NoSuchEntity" }, "NoSuchEntity")).toBe(false);
});

test("after an answer that was lost a failure is the same, and says nothing for certain", () => {
  const doubted = inDoubt(failure("connection", false));
  expect(doubted).toBeInstanceOf(IamFailure);
  expect(doubted).toEqual(failure("connection"));
  const { kind, code, operation, ambiguous } = failure("connection");
  expect(doubted).toMatchObject({ kind, code, operation, ambiguous, cause: new Error("below") });
  const mistake = new TypeError("a mistake");
  expect(inDoubt(mistake)).toBe(mistake);
});

test("what went wrong is told, whatever was thrown", () => {
  expect(messageOf(new Error("no room"))).toBe("no room");
  expect(messageOf("no room")).toBe("no room");
});
