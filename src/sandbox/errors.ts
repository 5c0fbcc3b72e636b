/*
 * IAM's errors: code, HTTP status and, where it is known from the live service, its wording.
 */

const STATUS = {
  AccessDenied: 403,
  ConcurrentModification: 409,
  DeleteConflict: 409,
  DuplicateCertificate: 409,
  DuplicateSSHPublicKey: 400,
  EntityAlreadyExists: 409,
  EntityTemporarilyUnmodifiable: 409,
  ExpiredToken: 403,
  InternalFailure: 500,
  InvalidAction: 400,
  InvalidAuthenticationCode: 403,
  InvalidClientTokenId: 403,
  InvalidInput: 400,
  InvalidPublicKey: 400,
  InvalidUserType: 400,
  LimitExceeded: 409,
  MalformedCertificate: 400,
  MalformedInput: 400,
  MalformedPolicyDocument: 400,
  MissingAction: 400,
  MissingAuthenticationToken: 403,
  NoSuchEntity: 404,
  NotSupportedService: 404,
  PasswordPolicyViolation: 400,
  PolicyNotAttachable: 400,
  ReportExpired: 410,
  ReportInProgress: 404,
  ReportNotPresent: 410,
  ServiceFailure: 500,
  Throttling: 400,
  UnrecognizedPublicKeyEncoding: 400,
  ValidationError: 400,
} as const;

export type ErrorCode = keyof typeof STATUS;

/** What the service answers instead of a result. */
export class IamError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = "IamError";
    this.code = code;
    this.status = STATUS[code];
  }
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(STATUS, code);
}

export function noSuch(message: string): IamError {
  return new IamError("NoSuchEntity", message);
}

export function alreadyExists(message: string): IamError {
  return new IamError("EntityAlreadyExists", message);
}

/** `quota` as IAM names it: `GroupsPerUser`. */
export function quotaExceeded(quota: string, most: number): IamError {
  return new IamError("LimitExceeded", `Cannot exceed quota for ${quota}: ${most}`);
}
