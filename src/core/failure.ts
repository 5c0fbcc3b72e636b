/*
 * What the IAM ports throw. It stands here, so that what drives the ports can tell failures apart without knowing the
 * adapter.
 */

/** The service said no; it could not be reached; or there are no credentials that it takes. */
export type FailureKind = "answer" | "connection" | "credentials";

interface FailureDetail {
  readonly message: string;
  readonly code: string;
  readonly operation: string;
  readonly kind: FailureKind;
  readonly ambiguous: boolean;
  readonly cause: unknown;
}

/** A call that failed for good, after its retries. The message is for people: one or two lines, never a secret. */
export class IamFailure extends Error {
  override readonly name = "IamFailure";
  /** The code on the wire (`NoSuchEntity`, `AccessDenied`, `Throttling`), or the network's (`ECONNREFUSED`). */
  readonly code: string;
  readonly operation: string;
  readonly kind: FailureKind;
  /** An attempt of this call got no clear answer, so that a write may have been made all the same. */
  readonly ambiguous: boolean;

  constructor({ message, code, operation, kind, ambiguous, cause }: FailureDetail) {
    super(message, { cause });
    this.code = code;
    this.operation = operation;
    this.kind = kind;
    this.ambiguous = ambiguous;
  }
}

/** The same, where an answer to an earlier call of the step was lost: what it asked for may be made, whatever came later. */
export function inDoubt(failure: unknown): unknown {
  if (!(failure instanceof IamFailure)) return failure;
  const { message, code, operation, kind, cause } = failure;
  return new IamFailure({ message, code, operation, kind, ambiguous: true, cause });
}

/** What went wrong, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function isAnswer(error: unknown, code: string): error is IamFailure {
  return error instanceof IamFailure && error.kind === "answer" && error.code === code;
}
