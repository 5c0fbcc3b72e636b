import { type Answer, failed } from "./answer.ts";

/* What can go wrong with a call: the network, the limits, GitHub itself. */

export interface Fault {
  /** The route, as `POST /repos/{owner}/{repo}/issues`. */
  readonly on: string;
  /** Once, where it says nothing. */
  readonly times?: number;
  /** So many go well before. */
  readonly skip?: number;
  /**
   * An answer instead of carrying the call out. Or `drop`: the connection breaks before it is carried out. In all
   * others it is carried out: `drop-after`: then the connection breaks; `cut-answer`: it breaks in the midst of the
   * answer's body; `lost-answer`: a gateway answers with 502.
   */
  readonly answer: Answer | "drop" | "drop-after" | "cut-answer" | "lost-answer";
}

export const BAD_GATEWAY: Answer = failed(502, "Server Error");

/** Too much at once. `seconds` is how long GitHub asks to wait; it may not say. */
export function secondaryLimit(status: 403 | 429, seconds?: number): Answer {
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  return failed(status, message, seconds === undefined ? {} : { "retry-after": `${seconds}` });
}

/** The hour's questions are used up; `reset` is when there are new ones, in seconds of the epoch. */
export function primaryLimit(status: 403 | 429, reset: number): Answer {
  const headers = {
    "x-ratelimit-remaining": "0",
    "x-ratelimit-used": "1000",
    "x-ratelimit-reset": `${reset}`,
  };
  return failed(status, "API rate limit exceeded for installation ID 1.", {
    "x-ratelimit-limit": "1000",
    ...headers,
  });
}

export interface Faults {
  /** Throws where the fake has no such route. */
  readonly add: (fault: Fault) => void;
  /** The one that this call meets. */
  readonly take: (route: string) => Fault["answer"] | undefined;
}

export function newFaults(routes: readonly string[]): Faults {
  const waiting: { readonly fault: Fault; skip: number; times: number }[] = [];
  return {
    add(fault) {
      if (!routes.includes(fault.on)) throw new Error(`the fake does not know ${fault.on}`);
      waiting.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
    },
    take(route) {
      const next = waiting.find(({ fault, times }) => fault.on === route && times > 0);
      if (next === undefined) return undefined;
      if (next.skip > 0) {
        next.skip -= 1;
        return undefined;
      }
      next.times -= 1;
      return next.fault.answer;
    },
  };
}
