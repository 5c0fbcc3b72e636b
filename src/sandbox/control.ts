import { messageOf } from "../core/failure.ts";
import type { AccountData } from "./data.ts";
import { parseFaults } from "./faults.ts";
import type { Sandbox } from "./server.ts";

/*
 * The control endpoint, for a sandbox in another process. IAM's clients only ever post to `/`, so none comes here by
 * accident. Bodies are JSON.
 *
 *   GET /sandbox/calls     the log of calls
 *   GET /sandbox/state     the account's data
 *   PUT /sandbox/state     puts an account of this data in the place of the present one
 *   PUT /sandbox/faults    puts these faults in the place of the present ones; [] for none
 *   PUT /sandbox/clock     {"advance": milliseconds}
 */

export interface ControlReply {
  readonly status: number;
  readonly body: unknown;
}

const DONE: ControlReply = { status: 200, body: {} };

type Control = (sandbox: Sandbox, body: string) => ControlReply;

const CONTROLS: ReadonlyMap<string, Control> = new Map<string, Control>([
  ["GET /sandbox/calls", (sandbox) => ({ status: 200, body: sandbox.calls })],
  ["GET /sandbox/state", (sandbox) => ({ status: 200, body: sandbox.snapshot() })],
  [
    "PUT /sandbox/state",
    (sandbox, body) => {
      sandbox.load(JSON.parse(body) as AccountData);
      return DONE;
    },
  ],
  [
    "PUT /sandbox/faults",
    (sandbox, body) => {
      sandbox.setFaults(parseFaults(JSON.parse(body)));
      return DONE;
    },
  ],
  [
    "PUT /sandbox/clock",
    (sandbox, body) => {
      const { advance } = JSON.parse(body) as { readonly advance?: unknown };
      if (typeof advance !== "number") throw new TypeError("advance is a number of milliseconds");
      sandbox.advance(advance);
      return DONE;
    },
  ],
]);

export function control(sandbox: Sandbox, request: string, body: string): ControlReply {
  const found = CONTROLS.get(request);
  if (found === undefined)
    return { status: 404, body: { error: `no ${request} here`, known: [...CONTROLS.keys()] } };
  try {
    return found(sandbox, body);
  } catch (error) {
    return { status: 400, body: { error: messageOf(error) } };
  }
}
