import type { Call } from "../../src/sandbox/calls.ts";
import { IamError } from "../../src/sandbox/errors.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import type { Plain } from "../../src/sandbox/wire.ts";

/* What somebody else does in the account while a run is under way. */

export type Deed = readonly [operation: string, input: { readonly [name: string]: Plain }];

/** Does all of it, and says whether any of it was carried out; what IAM refuses is not. */
export function attempt(sandbox: Sandbox, deeds: readonly Deed[]): boolean {
  const done = deeds.map(([operation, input]) => {
    try {
      sandbox.act(operation, input);
      return true;
    } catch (error) {
      if (error instanceof IamError) return false;
      throw error;
    }
  });
  return done.includes(true);
}

/** Looks at each call just before it is carried out, until what it gives is called. */
export function beforeEveryCall(sandbox: Sandbox, look: (call: Call) => void): () => void {
  let isOver = false;
  const beforeNext = (): void =>
    sandbox.before(
      () => !isOver,
      () => {
        look(sandbox.calls.at(-1)!);
        beforeNext();
      },
    );
  beforeNext();
  return () => {
    isOver = true;
  };
}
