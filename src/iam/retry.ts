import { StandardRetryStrategy } from "@smithy/core/retry";

import type { Call, CurrentCall, RetryReason, Young } from "./call.ts";
import { parseSdkError, type SdkError } from "./sdk-error.ts";

type RetryToken = Awaited<ReturnType<StandardRetryStrategy["acquireInitialRetryToken"]>>;
type RetryErrorInfo = Parameters<StandardRetryStrategy["refreshRetryTokenForRetry"]>[1];

interface Patience {
  /** Milliseconds before the first retry; doubled for each one after it, up to `longest`. */
  readonly first: number;
  readonly longest: number;
  readonly retries: number;
}

const PATIENCE: Readonly<Record<RetryReason, Patience>> = {
  throttled: { first: 1000, longest: 20_000, retries: 7 },
  unreachable: { first: 200, longest: 2000, retries: 3 },
  lost: { first: 200, longest: 5000, retries: 4 },
  // A login profile that was just made stays locked for up to two minutes (Terraform waits as long).
  locked: { first: 500, longest: 5000, retries: 24 },
  modified: { first: 200, longest: 2000, retries: 7 },
  // About thirty seconds until everyone sees what was just created.
  unseen: { first: 200, longest: 2000, retries: 17 },
};

/** Codes that say for certain that the request never reached the service. */
const NOT_DELIVERED: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** Refused unread, since it came at the wrong time or took too long. Source: the SDK's own lists. */
const FOR_THE_TIME: ReadonlySet<string> = new Set([
  "AuthFailure",
  "InvalidSignature",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "RequestTimeout",
  "SignatureDoesNotMatch",
]);

/** Repeating this after a lost answer leaves a key whose secret nobody has. */
const NEVER_TWICE: ReadonlySet<string> = new Set(["CreateAccessKey", "CreateServiceSpecificCredential"]);

export interface RetrySettings {
  readonly call: CurrentCall;
  readonly young: Young;
  /** Milliseconds. */
  readonly sleep: (duration: number) => Promise<void>;
}

/**
 * The SDK's standard strategy with IAM's own rules: it takes LimitExceeded, a quota, for throttling; it does not know
 * that IAM's locks open by themselves; and its bucket of 500 tokens, of which a retry takes up to 14 and gives only
 * the last back, runs dry within one large apply. So each call counts its own tries, each reason on its own.
 */
export class IamRetryStrategy extends StandardRetryStrategy {
  readonly #settings: RetrySettings;

  constructor(settings: RetrySettings) {
    super(1 + Math.max(...Object.values(PATIENCE).map((patience) => patience.retries)));
    this.#settings = settings;
  }

  /** Waits and gives a token for one more attempt; throws where there shall be none. */
  override async refreshRetryTokenForRetry(token: RetryToken, info: RetryErrorInfo): Promise<RetryToken> {
    const call = this.#settings.call.getStore();
    const reason = call && retryReason(call, info, this.#settings.young);
    if (call === undefined || reason === undefined) throw new Error("not to be retried");
    const tries = (call.tries.get(reason) ?? 0) + 1;
    call.tries.set(reason, tries);
    const { first, longest, retries } = PATIENCE[reason];
    if (tries > retries || (reason === "lost" && NEVER_TWICE.has(call.operation)))
      throw new Error("tried enough");
    const delay = Math.min(first * 2 ** (tries - 1), longest) * (0.5 + Math.random() / 2);
    await this.#settings.sleep(Math.round(delay));
    return nextToken(token);
  }
}

function nextToken(token: RetryToken): RetryToken {
  const count = token.getRetryCount() + 1;
  return { getRetryCount: () => count, getRetryDelay: () => 0, getRetryCost: () => 0 };
}

function retryReason(call: Call, info: RetryErrorInfo, young: Young): RetryReason | undefined {
  const error = parseSdkError(info.error);
  switch (error.code) {
    case "LimitExceeded":
      // A quota, and final; but for the report it means "too many asked for one just now".
      return call.operation === "GenerateCredentialReport" ? "throttled" : undefined;
    case "EntityTemporarilyUnmodifiable":
      return "locked";
    case "ConcurrentModification":
      return "modified";
    case "NoSuchEntity":
      // Only the subject itself: a password or policy that is not there is an answer like any other.
      return young.missedIn(error.message) ? "unseen" : undefined;
    default:
      return transportReason(error, info);
  }
}

function transportReason(error: SdkError, info: RetryErrorInfo): RetryReason | undefined {
  if (NOT_DELIVERED.has(error.code)) return "unreachable";
  if (info.errorType === "THROTTLING") return "throttled";
  if (error.code === "UnreadableAnswer" || (error.status ?? 0) >= 500) return "lost";
  // What the SDK holds to be transient besides: connections that broke, and whatever was refused while it set its clock
  // right, of which only a refusal for the time may end otherwise.
  if (info.errorType !== "TRANSIENT") return undefined;
  if (error.status === undefined) return "lost";
  return FOR_THE_TIME.has(error.code) ? "unreachable" : undefined;
}
