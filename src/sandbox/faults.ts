import { fold } from "../core/rules/names.ts";
import { type Account, ageOf } from "./account.ts";
import { type ErrorCode, IamError, isErrorCode } from "./errors.ts";
import { passwordBirth } from "./passwords.ts";
import type { FormTree } from "./wire.ts";

/*
 * Faults: what IAM and the network do to a client now and then. They are plain data, so that a test gives them in
 * process and another program sends them as JSON. Each counts and draws for itself, from a seed.
 */

/** Which calls a fault hits. */
interface Aim {
  /** By name; default: every operation, or those that can answer so. */
  readonly operations?: readonly string[];
  /** So many matching calls go by first. */
  readonly after?: number;
  /** At most so many matching calls are hit. */
  readonly times?: number;
  /** Of the calls that are left, this part is hit: 0 to 1. */
  readonly share?: number;
}

export type Fault = Aim &
  (
    | { readonly kind: "throttle" }
    /** ServiceFailure, 500: before anything happened, or after the write was made. */
    | { readonly kind: "failure"; readonly when?: "before" | "after" }
    | { readonly kind: "concurrent-modification" }
    | { readonly kind: "access-denied" }
    /** EntityTemporarilyUnmodifiable; with a duration in milliseconds only so long after the user or password was made. */
    | { readonly kind: "locked"; readonly duration?: number }
    /** New users and groups are not seen for so many milliseconds, by any call. (It takes no aim.) */
    | { readonly kind: "invisible"; readonly duration: number }
    /** The write is made, then the connection is cut. */
    | { readonly kind: "lost-answer" }
    /** The write is made, and half of the answer arrives. */
    | { readonly kind: "half-answer" }
    /** The connection is cut before anything happens; with `after` alone, the service is gone after so many calls. */
    | { readonly kind: "lost-request" }
    /** A page holds at most so many items, and says that it is truncated. */
    | { readonly kind: "short-page"; readonly items: number }
    /** So many items are silently missing at the beginning of each page, as when somebody changes them between pages. */
    | { readonly kind: "missing-items"; readonly items: number }
    | { readonly kind: "delay"; readonly duration: number }
    | {
        readonly kind: "error";
        readonly code: ErrorCode;
        readonly message?: string;
        readonly when?: "before" | "after";
      }
  );

type Kind = Fault["kind"];

/** What is done to one call. */
export interface Strike {
  /** Milliseconds. */
  readonly delay?: number;
  readonly before?: IamError | "cut";
  readonly after?: IamError | "cut";
  readonly mostItems?: number;
  readonly missingItems?: number;
  readonly isHalf?: boolean;
}

export interface FaultyCall {
  readonly operation: string;
  readonly form: FormTree;
  readonly callerArn: string;
}

const UNMODIFIABLE: readonly string[] = [
  "ChangePassword",
  "DeactivateMFADevice",
  "DeleteLoginProfile",
  "EnableMFADevice",
  "UpdateLoginProfile",
  "UpdateUser",
];

const CONCURRENT: readonly string[] = [
  "CreateUser",
  "DeleteUser",
  "TagUser",
  "UntagUser",
  "UpdateUser",
  "CreateVirtualMFADevice",
  "DeactivateMFADevice",
  "DeleteVirtualMFADevice",
  "EnableMFADevice",
  "UploadSigningCertificate",
  "DeleteSigningCertificate",
  "CreateAccountAlias",
  "DeleteAccountAlias",
];

const DEFAULT_OPERATIONS: Partial<Record<Kind, readonly string[]>> = {
  locked: UNMODIFIABLE,
  "concurrent-modification": CONCURRENT,
};

type FaultOf<Of extends Kind> = Extract<Fault, { readonly kind: Of }>;
type Strikes = { readonly [Of in Kind]: (fault: FaultOf<Of>, call: FaultyCall) => Strike };

const STRIKES: Strikes = {
  throttle: () => ({ before: new IamError("Throttling", "Rate exceeded") }),
  failure: ({ when }) => at(when, new IamError("ServiceFailure", "The request processing has failed.")),
  "concurrent-modification": () => ({
    before: new IamError(
      "ConcurrentModification",
      "The entity is being modified by another request. Try again.",
    ),
  }),
  "access-denied": (_fault, call) => ({
    before: new IamError(
      "AccessDenied",
      `User: ${call.callerArn} is not authorized to perform: iam:${call.operation} ` +
        `because no identity-based policy allows the iam:${call.operation} action`,
    ),
  }),
  locked: (_fault, { form }) => ({
    before: new IamError(
      "EntityTemporarilyUnmodifiable",
      `Login Profile for User ${userNameIn(form)} cannot be modified while login profile is being created.`,
    ),
  }),
  invisible: () => ({}),
  "lost-answer": () => ({ after: "cut" }),
  "half-answer": () => ({ isHalf: true }),
  "lost-request": () => ({ before: "cut" }),
  "short-page": ({ items }) => ({ mostItems: items }),
  "missing-items": ({ items }) => ({ missingItems: items }),
  delay: ({ duration }) => ({ delay: duration }),
  error: ({ code, message, when }) => at(when, new IamError(code, message ?? code)),
};

function userNameIn(form: FormTree): string {
  const name = form.get("UserName");
  return typeof name === "string" ? name : "";
}

function at(when: "before" | "after" | undefined, error: IamError): Strike {
  return when === "after" ? { after: error } : { before: error };
}

function strikeOf(fault: Fault, call: FaultyCall): Strike {
  // The table's type guarantees the arm; TypeScript cannot relate it to the union.
  const strike = STRIKES[fault.kind] as (fault: Fault, call: FaultyCall) => Strike;
  return strike(fault, call);
}

/** Says what is done to each call, in the order in which they come. */
export type Striker = (call: FaultyCall, account: Account) => Strike;

export function createStriker(faults: readonly Fault[], seed = "sandbox"): Striker {
  const armed = faults.map((fault, index) => ({ fault, draw: drawer(`${seed}:${index}`), seen: 0, hits: 0 }));
  return (call, account) => {
    const strikes = armed
      .filter((one) => aimed(one.fault, call, account))
      .flatMap((one) => {
        one.seen += 1;
        const { after = 0, times = Infinity, share = 1 } = one.fault;
        if (one.seen <= after || one.hits >= times || one.draw() >= share) return [];
        one.hits += 1;
        return [strikeOf(one.fault, call)];
      });
    // Of two faults for the same moment the first given wins.
    return Object.assign({}, ...strikes.toReversed()) as Strike;
  };
}

function aimed(fault: Fault, call: FaultyCall, account: Account): boolean {
  const operations = fault.operations ?? DEFAULT_OPERATIONS[fault.kind];
  if (operations !== undefined && !operations.includes(call.operation)) return false;
  if (fault.kind !== "locked" || fault.duration === undefined) return true;
  const user = account.users.find(userNameIn(call.form));
  if (user === undefined) return false;
  return Math.min(ageOf(account, user.id), ageOf(account, passwordBirth(user))) < fault.duration;
}

/** For how many milliseconds new users and groups are not seen. */
export function concealmentOf(faults: readonly Fault[]): number {
  const durations = faults.map((fault) => (fault.kind === "invisible" ? fault.duration : 0));
  return Math.max(0, ...durations);
}

/** Permissions, folded, that these faults take from everybody. */
export function deniedBy(faults: readonly Fault[]): ReadonlySet<string> {
  const operations = faults.flatMap(({ kind, operations: named = [] }) =>
    kind === "access-denied" ? named : [],
  );
  return new Set(operations.map((operation) => fold(`iam:${operation}`)));
}

/** Checks faults that came from outside as JSON. */
export function parseFaults(value: unknown): readonly Fault[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const wrong = list.find((fault) => !isFault(fault));
  if (!Array.isArray(value) || wrong !== undefined) {
    throw new TypeError(`faults are a list of objects with a kind: ${Object.keys(STRIKES).join(", ")}`);
  }
  return list as readonly Fault[];
}

function isFault(value: unknown): value is Fault {
  if (typeof value !== "object" || value === null) return false;
  const { kind, code } = value as Readonly<Record<string, unknown>>;
  return (
    typeof kind === "string" &&
    Object.hasOwn(STRIKES, kind) &&
    (kind !== "error" || isErrorCode(String(code)))
  );
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32 over the seed's letters). */
function drawer(seed: string): () => number {
  let state = [...seed].reduce(
    (sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193),
    0x811c9dc5,
  );
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
